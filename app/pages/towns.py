"""``GET /communes``: the towns that may be meant, while one types. What is asked is neither kept nor logged."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from app.base.errors import TooMany
from app.base.i18n import translate
from app.base.limits import Limit
from app.base.web.errors import problem
from app.base.web.pages import AddressOf, PortalOf, ReadOf
from app.routing import queries as routing

router = APIRouter()
OFFERED = 7
ASKED = 900
"""Times that one network may ask in 15 minutes: several people who type at once."""
KEPT_SECONDS = 3600


@router.get("/communes", name="pages.towns")
def towns(session: ReadOf, portal: PortalOf, address: AddressOf, q: str = "") -> Response:
    """List what to write for each town, so that no question is left; ``label``: what to show, when it says more."""
    try:
        portal.limits.take(Limit("communes", address, ASKED))
    except TooMany as wait:
        return problem(wait.status, translate(wait.says).format(minutes=wait.minutes))
    found = routing.find_places(session, " ".join(q.split()), OFFERED)
    rows = [{"value": one.plain} | ({"label": one.label} if one.former else {}) for one in found]
    return JSONResponse(rows, headers={"Cache-Control": f"public, max-age={KEPT_SECONDS}"})
