"""What came on the desk since a list was shown: the page asks by itself, each minute, while somebody may read it."""

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from app.base.i18n import ntranslate
from app.base.web.pages import PortalOf, ReadOf
from app.intake import filters, queries
from app.intake.desk.page import StillAtDesk
from app.intake.web import inbox

router = APIRouter()
LONGEST = 18
"""Digits of a line that a database can number."""


@router.get("/agent/arrivees", name="intake.arrivals")
def arrivals(request: Request, session: ReadOf, portal: PortalOf, clerk: StillAtDesk) -> Response:
    """Say how many complaints of the list came since the line that it was shown with; nothing when none did."""
    line = request.query_params.get("depuis", "")
    if not (line.isascii() and line.isdecimal() and len(line) <= LONGEST):
        return PlainTextResponse("")
    asked, _ = filters.read_filters(request.query_params, inbox.professions_of(session, portal))
    n = queries.arrived(session, portal.keyring, inbox.asking_of(session, portal, clerk), asked, int(line))
    said = ntranslate("{n} nouvelle plainte – Afficher", "{n} nouvelles plaintes – Afficher", n).format(n=n)
    return PlainTextResponse(said if n else "")
