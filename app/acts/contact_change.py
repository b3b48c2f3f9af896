"""The person gives other contact details: sealed like an act; letters and mails go to the new ones at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.acts.turn import take_own
from app.base.portal import Portal
from app.filing.queries import OpenFiling, filing_to_change
from app.filing.sealed.person import ContactChanged
from app.filing.status import contact
from app.filing.status.case_status import CONTACT_CHANGED
from app.notifications.kinds import Mail
from app.saisine import returning


def change(session: Session, portal: Portal, shown: OpenFiling, given: Sequence[Mapping[str, Any]], seen: int) -> bool:
    """Keep another contact sheet; ``False`` when it is the same. ``seen``: the version that the page was shown.

    The address that served until now is told too: whoever changes it in the person's place must not do so in silence.
    Raises :class:`~app.acts.refusals.NotNow`.
    """
    filing = shown.filing
    case = take_own(session, portal, filing, CONTACT_CHANGED, seen, shown)
    before = case.opened.contact
    new = contact.changed(before, given)
    if _answers(new) == _answers(before):
        return False
    done = case.write(CONTACT_CHANGED, ContactChanged(contact=new))
    filing_to_change(session, filing.id).email_key = portal.keyring.address_key(contact.email_of(new))
    session.flush()
    returning.forget_links(session, [filing.id])  # those that were sent to the address before
    done.tell((one, Mail.NEWS) for one in (contact.email_of(before), contact.email_of(new)))
    done.tell((one, Mail.CONTACT_CHANGED) for one in done.addresses(*done.now.readers))
    return True


def _answers(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {row["name"]: row["answer"] for row in rows}
