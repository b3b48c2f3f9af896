"""Several complaints of the list at once: given to a colleague, or taken out as a table."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response, StreamingResponse

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.accounts.sign_in.done import JustDone, telling
from app.acts.kinds.lines import ASSIGNED, EXPORTED
from app.acts.refusals import Left
from app.acts.turn import ActPress, take
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Checkboxes, LongText
from app.base.i18n import ntranslate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, portal_of, render, versioned
from app.base.web.reading import FormData, FormOf
from app.filing.history import last_line
from app.filing.sealed.base import Sealed
from app.intake import columns, csv_export, filters, queries, rules, saved_views, several
from app.intake.acts.assignment import GONE, NOBODY, Assign, colleagues, given, proposed
from app.intake.columns import ListColumn
from app.intake.desk.act_page import Wrong
from app.intake.desk.case import DeskCase, actor_of
from app.intake.desk.page import DeskOf, frame, today_of
from app.intake.rows import rows_of
from app.intake.web import inbox

router = APIRouter()
ALL = "tout"
AT_ONCE = 200
"""Complaints read, and written in the history, in one go."""
MOST = 10_000
"""Complaints of one table: the history of each says that it left."""
CONFIRMED = "confirme"
LONG = N_("Cette liste a plus de {most} plaintes. Revenez à la liste, affinez-la, puis exportez chaque partie.")


class TableUse(Answers):
    """What the table is for, and what it holds."""

    usage: Annotated[
        str,
        LongText(
            label=N_("Pour quel usage ?"),
            hint=N_("Par exemple : réunion de service. Votre réponse reste dans l'historique de chaque plainte."),
            missing=N_("Écrivez pour quel usage."),
            longest=500,
            rows=2,
        ),
    ]
    colonnes: Annotated[
        tuple[ListColumn, ...],
        Checkboxes(
            label=N_("Quelles colonnes ?"),
            hint=N_("Prenez seulement celles qu'il vous faut."),
            choices=ListColumn,
            missing=N_("Choisissez au moins une colonne."),
        ),
    ]


@router.post("/agent/lot/attribuer", name="intake.assign.several")
def assign(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Ask who takes care of those that were ticked, show what will change, then give them, all or none.

    What left meanwhile is passed over. Raises :class:`~app.acts.refusals.AlreadyDone` when a colleague gave one since.
    """
    if not ticked(form) or "agent_id" not in form.typed:
        return _show(request, session, clerk, form, Assign, proposed(session, clerk, today_of(portal, clerk)))
    parsed = parse(Assign, form.typed)
    if parsed.values is None:
        return _show(request, session, clerk, form, Assign, form.typed, parsed.errors)
    foreseen = _foreseen(session, portal, clerk, form, _taker(form.typed))
    if form.get(CONFIRMED) != "oui" or not foreseen.made:
        return _show(request, session, clerk, form, Assign, form.typed)
    session.close()
    try:
        with portal.database.write() as writing:
            for number in foreseen.numbers:
                with suppress(Left):
                    case = take(writing, portal, actor_of(clerk), ActPress(number, ASSIGNED, form.seen))
                    case.write(ASSIGNED, given(DeskCase.of(case, clerk), parsed.values))
    except Wrong as wrong:
        return _show(request, session, clerk, form, Assign, form.typed, wrong.mistakes)
    back = path_of(request.app, "intake.list") + _back(session, portal, form)
    return RedirectResponse(telling(JustDone.SEVERAL_ASSIGNED, back), 303)


@router.post("/agent/lot/exporter", name="intake.export.several")
def export(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Ask what the table is for; then give it, once the history of each complaint says so."""
    is_all = form.get("geste") == ALL
    if not (is_all or ticked(form)) or "usage" not in form.typed:
        own = columns.shown(saved_views.display_of(session, clerk.id).columns)
        return _show(request, session, clerk, form, TableUse, {"colonnes": list(columns.exported(own))})
    parsed = parse(TableUse, form.typed)
    if parsed.values is None:
        return _show(request, session, clerk, form, TableUse, form.typed, parsed.errors)
    numbers = _readable(session, portal, clerk, form, None if is_all else ticked(form))
    if len(numbers) > MOST:
        return _show(request, session, clerk, form, TableUse, form.typed, {"usage": FieldError(LONG, most=MOST)})
    session.close()
    for some in _by_some(numbers):
        with portal.database.write() as writing:
            for number in some:
                with suppress(NotFound):
                    DeskCase.open(writing, portal, clerk, number).write(EXPORTED, Sealed(words=parsed.values.usage))
    headers = {"Content-Disposition": f'attachment; filename="plaintes-{today_of(portal, clerk).isoformat()}.csv"'}
    rows = csv_export.lines(portal, clerk, numbers, parsed.values.colonnes, today_of(portal, clerk))
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


def ticked(form: FormData) -> list[str]:
    """Return the numbers of the complaints that were ticked in the list, once each."""
    return list(dict.fromkeys(value for value in form.typed.get("dossier", []) if rules.is_number(value)))


def _asked(session: Session, portal: Portal, form: FormData) -> filters.Filters:
    """Read which list the clerk came from."""
    return inbox.asked_by(session, portal, form)[0]


def _back(session: Session, portal: Portal, form: FormData) -> str:
    return _asked(session, portal, form).query()


def _readable(
    session: Session, portal: Portal, clerk: Clerk, form: FormData, ticked: Sequence[str] | None
) -> list[str]:
    """Return the numbers that were ticked, or those of the whole list, that this authority may read."""
    asking = inbox.asking_of(session, portal, clerk)
    return queries.readable(session, portal.keyring, asking, _asked(session, portal, form), ticked)


def _foreseen(session: Session, portal: Portal, clerk: Clerk, form: FormData, to: str | None) -> several.Foreseen:
    """Foresee what is done of those that were ticked."""
    numbers = ticked(form)
    rows = rows_of(session, portal.keyring, clerk.authority, numbers, today_of(portal, clerk))
    return several.foresee(numbers, rows, dict(accounts.colleagues(session, clerk.authority)), to)


def _by_some(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]


def _taker(typed: Typed) -> str:
    """Return the id of who was chosen, or nothing for nobody."""
    chosen = typed["agent_id"][-1].strip()
    return "" if chosen == NOBODY else chosen


def _closed(n: int) -> str:
    """Tell how many complaints of a list this authority cannot read yet."""
    said = ntranslate(
        "{n} plainte laissée de côté : votre service ne peut pas encore la lire.",
        "{n} plaintes laissées de côté : votre service ne peut pas encore les lire.",
        n,
    )
    return said.format(n=n) if n else ""


def _show(
    request: Request,
    session: Session,
    clerk: Clerk,
    form: FormData,
    model: type[Answers],
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    """Show the form; once somebody is chosen, what will change if it is confirmed."""
    portal = portal_of(request)
    is_all, asked = form.get("geste") == ALL, _asked(session, portal, form)
    total = (
        queries.inbox(session, portal.keyring, inbox.asking_of(session, portal, clerk), asked).total if is_all else 0
    )
    closed = total - len(_readable(session, portal, clerk, form, None)) if is_all else 0
    offered = {"agent_id": colleagues(session, clerk, today_of(portal, clerk))} if model is Assign else None
    people = dict(accounts.colleagues(session, clerk.authority))
    to = _taker(typed) if model is Assign and typed is form.typed and not mistakes else None
    if to and to not in people:
        mistakes, to = {"agent_id": FieldError(GONE)}, None
    foreseen = _foreseen(session, portal, clerk, form, to)
    version = last_line(session)
    n = total - closed if is_all else len(foreseen.made)
    return render(
        request,
        "intake/several.html",
        status=200 if n and not mistakes else 422,
        **frame(request, clerk),
        form=versioned(request, model, typed, mistakes, offered, version=version),
        names=list(model.model_fields),
        chosen={name: "\n".join(typed.get(name, ())[-1:]) for name in model.model_fields},
        is_assigning=model is Assign,
        is_all=is_all,
        foreseen=foreseen,
        closed=_closed(closed),
        confirming=to is not None,
        new=people.get(to, "") if to else "",
        hidden=asked.sent,
        back=path_of(request.app, "intake.list") + asked.query(),
        many=ntranslate("{n} plainte", "{n} plaintes", n).format(n=n) if n else "",
    )
