"""« Journal » of an association: which member read which complaint, changed which account; its manager reads it."""

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.audit import filters
from app.accounts.audit.access_log import WORDS
from app.accounts.queries import SignedInMember
from app.acts.journal import Journal
from app.association_desk.branches import ManagerOf
from app.association_desk.filters import NUMBER
from app.association_desk.frame import surrounds
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, download, render
from app.filing.rules import association_holder

router = APIRouter()


@router.get("/association/journal", name="associations.journal")
def show(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf) -> Response:
    """Show what was done here, the last lines first."""
    shown = _journal(session, portal, member).page(request.query_params, WORDS)
    return render(request, "associations/journal.html", **surrounds(request, session, portal, member), **shown)


@router.get("/association/journal.csv", name="associations.journal.table")
def table(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf) -> Response:
    """Return the same lines as a table."""
    return download("journal.csv", _journal(session, portal, member).table(request.query_params), filters.CSV)


def _journal(session: Session, portal: Portal, member: SignedInMember) -> Journal:
    """Return the journal of this association alone."""
    place, holder = member.association, association_holder(member.association)
    return Journal(session, portal.keyring, place, holder, lambda one: NUMBER.fullmatch(one) is not None)
