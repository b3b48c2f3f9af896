"""« Journal » of the whole service: counts by day, place and action; neither names nor complaints."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.audit import access_log, filters
from app.acts.kinds import NOTED
from app.administration.routes import AdminOf, frame
from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.base.web.addresses import path_of
from app.base.web.pages import ReadOf, download, render

router = APIRouter()
MOST = 1000
HEAD = (N_("Jour"), N_("Service"), N_("Action"), N_("Nombre"))


@router.get("/administration/journal", name="administration.journal")
def show(request: Request, session: ReadOf, clerk: AdminOf) -> Response:
    """Show how many times what was done, where."""
    asked = filters.asked_of(request.query_params)
    found = access_log.counts(session, asked, MOST)
    rows = [(date_text(row.day, weekday=False), row.place or "—", row.kind, str(row.n)) for row in found]
    kinds = [(kind, kind) for kind in sorted(NOTED)]
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
    rows = [(row.day.isoformat(), row.place, row.kind, str(row.n)) for row in access_log.counts(session, asked, MOST)]
    return download("journal.csv", filters.table(map(translate, HEAD), rows), filters.CSV)
