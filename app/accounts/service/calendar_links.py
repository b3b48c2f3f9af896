"""Links under which a calendar reads the dates of a desk: one for each clerk, until it is cut.

Only its fingerprint is kept. It goes when the account is closed, changes its role, or has its sessions ended.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import queries
from app.accounts.models import CalendarLink
from app.accounts.queries import Clerk
from app.base.crypto.row_binding import is_bound
from app.base.secrets import fingerprint, new_token


def make(session: Session, account_id: str, now: datetime) -> str:
    """Draw a link for this account; the one before serves no more."""
    cut(session, account_id)
    token = new_token()
    session.add(CalendarLink(account=account_id, token_hash=fingerprint(token), made_at=now))
    session.flush()
    return token


def cut(session: Session, account_id: str) -> bool:
    """Take the link of an account away; return whether there was one."""
    link = session.get(CalendarLink, account_id)
    if link is not None:
        session.delete(link)
        session.flush()
    return link is not None


def made_at(session: Session, account_id: str) -> datetime | None:
    """Return when the link of an account was made; ``None`` when it has none."""
    return session.scalar(select(CalendarLink.made_at).where(CalendarLink.account == account_id))


def clerk_of(session: Session, token: str) -> Clerk | None:
    """Return the clerk whose calendar a link fills; ``None`` for any other text, or a closed account."""
    link = session.scalar(select(CalendarLink).where(CalendarLink.token_hash == fingerprint(token)))
    return queries.clerk(session, link.account) if link is not None and is_bound(session, link) else None
