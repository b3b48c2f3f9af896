"""A new personal code: the old one opens nothing from that instant on, in any browser; it is said in the history."""

from sqlalchemy.orm import Session

from app.accounts.service import sessions
from app.filing.queries import filing_to_change
from app.filing.receipt.receive import PersonalCode
from app.saisine import returning
from app.saisine import service as drafts

FOLLOWING = "suivi"
"""Kind of session that follows a complaint."""


def renew(session: Session, filing_id: str, code: PersonalCode) -> None:
    """Put a code in place of the one before, and end every follow-up; the caller says so in the history and by mail."""
    filing = filing_to_change(session, filing_id)
    filing.code_hash = code.hash
    sessions.close_all(session, filing.id, FOLLOWING)
    drafts.forget_code(session, filing.draft_id)
    returning.forget_links(session, [filing.id])
