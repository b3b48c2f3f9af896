"""« Journal » of an authority: who opened, exported or changed which complaint; its manager reads it."""

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.audit import filters
from app.accounts.queries import Clerk
from app.acts.journal import Journal
from app.acts.kinds import NOTED
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, download, render
from app.filing.rules import authority_holder
from app.intake import rules
from app.intake.desk.page import DeskOf, frame

router = APIRouter()


@router.get("/agent/journal", name="intake.journal")
def show(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Show what was done here, the last lines first."""
    shown = _journal(session, portal, clerk).page(request.query_params, NOTED)
    return render(request, "intake/journal.html", **frame(request, clerk), **shown)


@router.get("/agent/journal.csv", name="intake.journal.table")
def table(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Return the same lines as a table."""
    return download("journal.csv", _journal(session, portal, clerk).table(request.query_params), filters.CSV)


def _journal(session: Session, portal: Portal, clerk: Clerk) -> Journal:
    """Return the journal of this authority."""
    return Journal(session, portal.keyring, clerk.authority, authority_holder(clerk.authority), rules.is_number)
