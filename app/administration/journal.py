"""« Journal » of the whole service: counts by day, place and action; neither names nor complaints."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.audit import access_log, filters
from app.acts.journal import choices, what_of
from app.acts.kinds import NOTED
from app.administration.routes import AdminOf, frame
from app.associations import registry
from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.base.web.addresses import path_of
from app.base.web.pages import ReadOf, download, render
from app.filing.rules import AIGUILLAGE
from app.routing import queries as routing

router = APIRouter()
MOST = 1000
HEAD = (N_("Jour"), N_("Service"), N_("Action"), N_("Nombre"))


@router.get("/administration/journal", name="administration.journal")
def show(request: Request, session: ReadOf, clerk: AdminOf) -> Response:
    """Show how many times what was done, where."""
    asked = filters.asked_of(request.query_params)
    found = access_log.counts(session, asked, MOST)
    names = _names(session, found)
    rows = [
        (date_text(row.day, weekday=False), names.get(row.place, row.place) or "—", what_of(row.kind), str(row.n))
        for row in found
    ]
    kinds = choices(NOTED)
    around = frame(request, clerk)
    head = [translate(words) for words in HEAD]
    to_csv = f"{path_of(request.app, 'administration.journal.table')}?{request.url.query}"
    shown: dict[str, Any] = {"head": head, "cut": found, "rows": rows, "kinds": kinds, "asked": asked, "to_csv": to_csv}
    return render(request, "administration/journal.html", **around, **shown)


@router.get("/administration/journal.csv", name="administration.journal.table")
def table(request: Request, session: ReadOf, clerk: AdminOf) -> Response:
    """Return the same counts as a table."""
    del clerk
    asked = filters.asked_of(request.query_params)
    found = access_log.counts(session, asked, MOST)
    names = _names(session, found)
    rows = [(row.day.isoformat(), names.get(row.place, row.place), what_of(row.kind), str(row.n)) for row in found]
    return download("journal.csv", filters.table(map(translate, HEAD), rows, is_cut=found.is_cut), filters.CSV)


def _names(session: Session, found: Iterable[access_log.Count]) -> dict[str, str]:
    """Name the places of these lines: authorities, the box of « aiguillage », associations."""
    places = tuple(dict.fromkeys(row.place for row in found))
    names = {one.row.id: one.row.name for one in registry.every(session) if one.row.id in places}
    names |= {one.code: one.name for one in routing.authorities(session, places)}
    return {**names, AIGUILLAGE: translate(N_("Aiguillage"))}
