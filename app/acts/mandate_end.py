"""The mandate of an association ends: the complaint and its date stay, and all are told whom to write to from then on.

Code civil, articles 2003 (how a mandate ends), 2004 (the person ends it whenever they want), 2007 (the association
gives it up). The association reads nothing any more from its next request on: it holds the key no longer.
"""

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import SignedInMember
from app.acts.case import Case
from app.acts.refusals import NotNow, NotNowForAssociation
from app.acts.turn import take_mandated, take_own
from app.base.errors import NotFound
from app.base.portal import Portal
from app.filing.models import Filing
from app.filing.sealed.mandate import MandateGivenUp, MandateRevoked
from app.filing.status.mandate import MANDATE_GIVEN_UP, MANDATE_REVOKED
from app.notifications.kinds import Mail


def revoke(session: Session, portal: Portal, filing: Filing) -> bool:
    """Note that the person ends the mandate; ``False`` when it ended already."""
    try:
        case = take_own(session, portal, filing, MANDATE_REVOKED)
    except NotNow:  # pressed twice, or again after a lost answer: the page says where it stands
        return False
    tell(case.write(MANDATE_REVOKED, MandateRevoked()))
    return True


def give_up(session: Session, portal: Portal, member: SignedInMember, filing: Filing) -> bool:
    """Note that an association gives its mandate up; ``False`` when it holds none any more."""
    try:
        case = take_mandated(session, portal, member, filing, MANDATE_GIVEN_UP)
    except (NotFound, NotNowForAssociation):  # pressed twice, or ended by the person meanwhile
        return False
    tell(case.write(MANDATE_GIVEN_UP, MandateGivenUp()))
    return True


def tell(case: Case) -> None:
    """Tell the authorities whom to write to, the association that it reads nothing any more, and the person."""
    sealed = case.opened.payload["association"]
    own = dict.fromkeys([sealed.get("email", ""), *accounts.answering_for(case.session, "", sealed["id"])])
    mails = [(one, Mail.MANDATE_ENDED) for one in case.addresses(*case.now.readers)]
    mails += [(one, Mail.MANDATE_ENDED_FOR_YOU) for one in own]
    case.tell([*mails, (case.email, Mail.NEWS)], association=sealed["name"])
