"""A new personal code: the old one opens nothing from that instant on, in any browser; it is said in the history."""

from sqlalchemy.orm import Session

from app.accounts.service import sessions
from app.base.portal import Portal
from app.filing import contact
from app.filing.queries import OpenFiling, filing_to_change
from app.filing.service import PersonalCode, record_event
from app.notifications import service as notifications
from app.notifications.service import Message
from app.saisine import returning
from app.saisine import service as drafts

RENEWED, POSTED = "nouveau_code", "code_poste"
"""Lines of the history: the person drew another code; the authority sent one by post."""
FOLLOWING = "suivi"
"""Kind of session that follows a complaint."""


def renew(
    session: Session,
    portal: Portal,
    opened: OpenFiling,
    code: PersonalCode,
    kind: str,
    *,
    by: str = "",
    authority: str = "",
) -> None:
    """Put a code in place of the one before, end every follow-up, and tell the person that something happened."""
    filing, now = filing_to_change(session, opened.filing.id), portal.clock()
    filing.code_hash = code.hash
    sessions.close_all(session, filing.id, FOLLOWING)
    drafts.forget_code(session, filing.draft_id)
    returning.forget_links(session, [filing.id])
    record_event(session, filing.id, kind, by=by, authority=authority, at=now)
    if email := contact.email_of(opened.contact):
        told = {"number": filing.number, "address": portal.settings.address}
        message = Message(email, "code_changed", filing.number, told, now.isoformat())
        notifications.queue(session, portal.keyring, [message], portal.clock)
