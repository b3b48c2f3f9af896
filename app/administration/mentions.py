"""« Mentions à compléter »: the cards that lack what a letter must say of its service (CRPA R. 112-5, R. 112-11-1)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.administration import queries
from app.administration.routes import AdminOf, frame
from app.base.web.pages import ReadOf, render

router = APIRouter()


@router.get("/administration/mentions", name="administration.mentions")
def show(request: Request, session: ReadOf, clerk: AdminOf) -> Response:
    """List the incomplete cards, those of the authorities that work here first."""
    return render(request, "administration/mentions.html", **frame(request, clerk), rows=queries.incomplete(session))
