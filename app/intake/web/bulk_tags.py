"""Tags on several complaints of the list at once."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.queries import Clerk
from app.accounts.sign_in.done import JustDone, telling
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError, Option
from app.base.forms.form import Answers, parse
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, make_form, portal_of, render
from app.base.web.reading import FormData, FormOf
from app.intake import several
from app.intake.desk.page import DeskOf, frame, line_of, today_of
from app.intake.fields import TagChoices
from app.intake.rows import rows_of
from app.intake.tags.queries import tags_of
from app.intake.web import inbox
from app.intake.web.bulk import ticked
from app.intake.web.tagging import note_change

router = APIRouter()
NONE, BOTH = N_("Cochez au moins une étiquette."), N_("Vous la mettez et l'enlevez. Décochez-la d'un côté.")


class SeveralTags(Answers):
    """Which tags are put on the complaints that were ticked, and which are taken off."""

    mettre: Annotated[tuple[str, ...], TagChoices(label=N_("Étiquettes à mettre"), optional=False)]
    enlever: Annotated[tuple[str, ...], TagChoices(label=N_("Étiquettes à enlever"), optional=False)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse what changes nothing, and what undoes itself."""
        put, taken = found.get("mettre", ()), found.get("enlever", ())
        if not (put or taken):
            yield "mettre", FieldError(NONE)
        if {*put} & {*taken}:
            yield "enlever", FieldError(BOTH)


@router.post("/agent/lot/etiqueter", name="intake.tagging.several")
def change(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Ask which tags, then put them on the complaints that were ticked, and take others off; all or none."""
    if not ticked(form) or "avec" not in form.typed:
        return _show(request, session, clerk, form)
    parsed = parse(SeveralTags, form.typed)
    if parsed.values is None:
        return _show(request, session, clerk, form, parsed.errors)
    said, numbers = parsed.values, _foreseen(session, portal, clerk, form).numbers
    back = inbox.asked_by(session, portal, form)[0].query()
    session.close()
    try:
        with portal.database.write() as writing:
            for number in numbers:
                with suppress(NotFound):  # it left meanwhile
                    note_change(writing, portal, clerk, line_of(writing, clerk, number), said.mettre, said.enlever)
    except FieldError as mistake:
        return _show(request, session, clerk, form, {"mettre": mistake})
    return RedirectResponse(telling(JustDone.SEVERAL_TAGGED, path_of(request.app, "intake.list") + back), 303)


def _foreseen(session: Session, portal: Portal, clerk: Clerk, form: FormData) -> several.Foreseen:
    """Foresee which complaints change: those that were ticked, and that this authority may read."""
    numbers = ticked(form)
    rows = rows_of(session, portal.keyring, clerk.authority, numbers, today_of(portal, clerk))
    return several.foresee(numbers, rows, {})


def _show(
    request: Request,
    session: Session,
    clerk: Clerk,
    form: FormData,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    portal = portal_of(request)
    asked, foreseen = inbox.asked_by(session, portal, form)[0], _foreseen(session, portal, clerk, form)
    known = tags_of(session, portal.keyring, clerk.authority)
    offered = {
        "mettre": [Option(tag.id, tag.name) for tag in known if not tag.is_retired],
        "enlever": [Option(tag.id, tag.name) for tag in known],
    }
    return render(
        request,
        "intake/tag_several.html",
        status=200 if foreseen.made and not mistakes else 422,
        **frame(request, clerk),
        form=make_form(request, SeveralTags, form.typed, mistakes, offered, {"avec": "oui", **asked.sent}),
        foreseen=foreseen,
        back=path_of(request.app, "intake.list") + asked.query(),
    )
