"""« Relance »: the letters that an association may send once an authority missed a day (CSP R. 1110-11), as PDF."""

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import SignedInMember
from app.accounts.sign_in.current_user import MemberOf
from app.association_desk.own_filing import OwnFilingOf
from app.association_desk.reminders.letters import Whom, missed_of
from app.base.errors import NotFound
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, download
from app.filing import queries
from app.filing.documents.reminder import make_pdf
from app.filing.models import Filing

router = APIRouter()


@router.get("/association/plaintes/{numero}/relance", name="associations.reminder")
def to_authority(session: ReadOf, portal: PortalOf, member: MemberOf, filing: OwnFilingOf) -> Response:
    """Return the letter to the authority that received; there is none while nothing is late."""
    return _letter(session, portal, member, filing, Whom.AUTHORITY)


@router.get("/association/plaintes/{numero}/relance-defenseur", name="associations.reminder.defender")
def to_defender(session: ReadOf, portal: PortalOf, member: MemberOf, filing: OwnFilingOf) -> Response:
    """Return the letter to the Défenseur des droits; there is none while nothing is late."""
    return _letter(session, portal, member, filing, Whom.DEFENDER)


def _letter(session: Session, portal: Portal, member: SignedInMember, filing: Filing, whom: Whom) -> Response:
    opened, now = queries.open_for_association(session, portal.keyring, filing, member.association), portal.clock()
    letter = missed_of(session, opened, now).letters.get(whom) if opened else None
    if opened is None or letter is None:
        raise NotFound
    return download(f"relance-{whom}-{filing.number}.pdf", make_pdf(opened, letter, now), "application/pdf")
