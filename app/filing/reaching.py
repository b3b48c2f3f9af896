"""The person gives other contact details: sealed like an act; letters and mails go to the new ones at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.base.portal import Portal
from app.filing import contact, ledger
from app.filing.acts import record
from app.filing.models import Filing
from app.filing.queries import OpenFiling, filing_to_change, open_for_person
from app.filing.standing import CONTACT_CHANGED
from app.notifications import service as notifications
from app.notifications.service import Message
from app.saisine import returning


def change(session: Session, portal: Portal, filing: Filing, given: Sequence[Mapping[str, Any]]) -> bool:
    """Keep another contact sheet; ``False`` when it is the same, or the file is closed.

    The address that served until now is told too: whoever changes it in the person's place must not do so in silence.
    """
    ledger.take_turn(session)
    opened = open_for_person(session, portal.keyring, filing)
    new = contact.changed(opened.contact, given)
    now = opened.now
    if not now.is_open or _answers(new) == _answers(opened.contact):
        return False
    content = {"by": "", "authority": "", "words": "", contact.CONTACT: new}
    at = record(session, portal.keyring, opened, CONTACT_CHANGED, content, portal.clock).at
    filing_to_change(session, filing.id).email_key = portal.keyring.address_key(contact.email_of(new))
    session.flush()
    returning.forget_links(session, [filing.id])  # those that were sent to the address before
    _tell(session, portal, opened, (contact.email_of(opened.contact), contact.email_of(new)), now.readers, at)
    return True


def _answers(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {row["name"]: row["answer"] for row in rows}


def _tell(
    session: Session,
    portal: Portal,
    opened: OpenFiling,
    emails: Sequence[str],
    readers: Sequence[str],
    at: datetime,
) -> None:
    number = opened.filing.number
    told = {"number": number, "address": portal.settings.address}
    messages = [Message(one, "news", number, told, at.isoformat()) for one in dict.fromkeys(filter(None, emails))]
    to = dict.fromkeys(one for code in readers for one in accounts.addresses(session, code))
    messages += [Message(one, "contact", number, told, at.isoformat()) for one in to]
    notifications.queue(session, portal.keyring, messages, portal.clock)
