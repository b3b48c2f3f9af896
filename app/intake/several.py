"""Several complaints of the list at once: given to a colleague, or taken out as a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Mistake, Option, Typed
from app.base.forms import Answers, parse
from app.base.i18n import ntranslate, translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, make_form, render
from app.base.web.reading import FormData, FormOf
from app.base.widgets import LongText
from app.filing import service as filings
from app.filing.queries import read_for
from app.intake import filters, listing, queries, rules, service, table
from app.intake.caring import GIVEN, GONE, NOBODY, TO_NOBODY, Assign
from app.intake.desk import DeskOf, frame, today_of
from app.intake.rules import EventKind

router = APIRouter()
ALL = "tout"
AT_ONCE = 200
"""Complaints read, and written in the history, in one go."""


class TableUse(Answers):
    """What the table is for."""

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


@router.post("/agent/lot/attribuer", name="intake.assign.several")
def assign(request: Request, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Ask who takes care of those that were ticked; then give them."""
    numbers = _ticked(form)
    if not numbers or "agent_id" not in form.typed:
        return _show(request, portal, clerk, form, Assign, {"agent_id": [clerk.id]})
    parsed = parse(Assign, form.typed)
    with portal.database.read() as session:
        people = dict(accounts.colleagues(session, clerk.authority))
    if parsed.values is None:
        return _show(request, portal, clerk, form, Assign, form.typed, parsed.errors)
    to, note = parsed.values.agent_id, parsed.values.note
    if to not in people and to != NOBODY:
        return _show(request, portal, clerk, form, Assign, form.typed, {"agent_id": Mistake(GONE)})
    words = translate(TO_NOBODY) if to == NOBODY else translate(GIVEN).format(name=people[to])
    why = "\n".join(filter(None, [words, note]))
    with portal.database.write() as session:
        for number in numbers:
            if opened := read_for(session, portal.keyring, number, clerk.authority):
                filings.assign(session, opened.filing.id, clerk.authority, "" if to == NOBODY else to)
                service.trace(session, opened, clerk, EventKind.ATTRIBUEE, why, portal.clock)
    return RedirectResponse(path_of(request.app, "intake.list") + _back(portal, form), 303)


@router.post("/agent/lot/exporter", name="intake.export.several")
def export(request: Request, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Ask what the table is for; then give it, once the history of each complaint says so."""
    is_all = form.get("geste") == ALL
    if not (is_all or _ticked(form)) or "usage" not in form.typed:
        return _show(request, portal, clerk, form, TableUse, {})
    parsed = parse(TableUse, form.typed)
    if parsed.values is None:
        return _show(request, portal, clerk, form, TableUse, form.typed, parsed.errors)
    numbers = _readable(portal, clerk, form, None if is_all else _ticked(form))
    for some in _by_some(numbers):
        with portal.database.write() as session:
            for number in some:
                if opened := read_for(session, portal.keyring, number, clerk.authority):
                    service.trace(session, opened, clerk, EventKind.EXPORTEE, parsed.values.usage, portal.clock)
    headers = {"Content-Disposition": f'attachment; filename="plaintes-{today_of(portal, clerk).isoformat()}.csv"'}
    rows = table.lines(portal, clerk, numbers, today_of(portal, clerk))
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


def _ticked(form: FormData) -> list[str]:
    return list(dict.fromkeys(value for value in form.typed.get("dossier", []) if rules.is_number(value)))


def _asked(portal: Portal, form: FormData) -> filters.Filters:
    """Read which list the clerk came from."""
    return listing.asked_by(portal, form)[0]


def _back(portal: Portal, form: FormData) -> str:
    return _asked(portal, form).query()


def _readable(portal: Portal, clerk: Clerk, form: FormData, ticked: Sequence[str] | None) -> list[str]:
    """Give the numbers that were ticked, or those of the whole list, that this authority may read."""
    with portal.database.read() as session:
        asking = listing.asking_of(portal, clerk)
        return queries.readable(session, portal.keyring, asking, _asked(portal, form), ticked)


def _by_some(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    form: FormData,
    model: type[Answers],
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
) -> Response:
    numbers, is_all, asked = _ticked(form), form.get("geste") == ALL, _asked(portal, form)
    with portal.database.read() as session:
        total = queries.inbox(session, portal.keyring, listing.asking_of(portal, clerk), asked).total if is_all else 0
        people = accounts.colleagues(session, clerk.authority)
    options = [Option(one, name) for one, name in people] + [Option(NOBODY, translate(N_("Personne")))]
    offered = {"agent_id": options} if model is Assign else None
    n = total if is_all else len(numbers)
    return render(
        request,
        "intake/several.html",
        status=200 if n and not mistakes else 422,
        **frame(request, clerk),
        form=make_form(request, model, typed, mistakes, offered),
        names=list(model.model_fields),
        is_assigning=model is Assign,
        is_all=is_all,
        numbers=numbers,
        hidden=asked.sent,
        back=path_of(request.app, "intake.list") + asked.query(),
        many=ntranslate("{n} plainte", "{n} plaintes", n).format(n=n) if n else "",
    )
