"""Before the first letter: what its mandatory mentions still lack is asked, then the page of the act comes back.

Whoever sends may fill what is empty; only the manager, or an administrator, changes what is there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts import queries, service
from app.accounts.queries import Clerk
from app.accounts.service import access
from app.base import dates
from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.form import parse
from app.base.forms.widgets import Text
from app.base.portal import Portal
from app.base.web.pages import make_form, render
from app.base.web.reading import FormData
from app.intake.desk.case import DeskCase
from app.intake.desk.page import frame
from app.intake.desk.sender import lacking, sender_of
from app.routing.card import AuthorityContact
from app.routing.models import Authority
from app.routing.service import keep_contact

GESTURE, COMPLETE = "geste", "completer"
ASKED = "mentions_demandees"
"""What the page knows beside its fields: those that it asks."""
NEEDED = N_("Écrivez cette mention : la lettre doit la donner.")


class MissingMentions(AuthorityContact):
    """The card, and the quality of the clerk; only what lacks is asked."""

    qualite: Annotated[
        str, Text(label=N_("Votre qualité"), hint=N_("Par exemple : chargée des réclamations."), longest=120)
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for each mention that the letter owes."""
        yield from ((name, FieldError(NEEDED)) for name in found[ASKED] if name in found and not found[name])


def ask(request: Request, case: DeskCase, code: str, form: FormData | None = None) -> Response | None:
    """Return the page that asks for what the letter of an act lacks, ``None`` when nothing does."""
    asked = lacking(code, sender_of(case.clerk))
    if not asked:
        return None
    return _show(request, case, asked, form)


def complete(request: Request, case: DeskCase, code: str, form: FormData) -> DeskCase | Response:
    """Keep what was written; return the complaint with it, or what to show instead of the page of the act."""
    asked = lacking(code, sender_of(case.clerk))
    parsed = parse(MissingMentions, form.typed, {ASKED: asked})
    if parsed.values is None:
        return _show(request, case, asked, form, parsed.errors)
    case.session.close()
    with case.portal.database.write() as writing:
        _fill(writing, case.portal, case.clerk, {name: getattr(parsed.values, name) for name in asked})
    clerk = queries.clerk(case.session, case.clerk.id)
    if not _carried(form) or clerk is None:
        return RedirectResponse(request.url.path, 303)
    return replace(case, clerk=clerk)


def _fill(session: Session, portal: Portal, clerk: Clerk, found: Mapping[str, str]) -> None:
    """Fill what is still empty: what a colleague wrote meanwhile stays."""
    row = session.get_one(Authority, clerk.authority, with_for_update=True)
    columns = AuthorityContact.columns
    fresh = {columns[name]: value for name, value in found.items() if name in columns}
    fresh = {column: value for column, value in fresh.items() if not getattr(row, column)}
    if fresh:
        keep_contact(session, clerk.authority, fresh, dates.local_day(portal.clock()))
        access.note(session, access.Access(clerk.name, clerk.authority, "fiche_changee", ""), portal.clock())
    if found.get("qualite"):
        service.set_quality(session, clerk.id, found["qualite"])


def _carried(form: FormData | None) -> list[tuple[str, str]]:
    """List what was typed on the page of the act, to be typed no more."""
    own = {*MissingMentions.model_fields, GESTURE}
    return [
        (name, value) for name, values in (form.typed if form else {}).items() if name not in own for value in values
    ]


def _show(
    request: Request,
    case: DeskCase,
    asked: tuple[str, ...],
    form: FormData | None,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    return render(
        request,
        "intake/completing.html",
        status=422 if form else 200,
        **frame(request, case.clerk),
        form=make_form(request, MissingMentions, form.typed if form else {}, mistakes),
        asked=asked,
        number=case.number,
        carried=_carried(form),
        papers=case.papers,
    )
