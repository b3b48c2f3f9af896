"""Links that let a member of an association sign in without the password: one use, a short life.

Showing a link changes nothing, so that a program that reads mails first does not use it up; the press of a button does.
The link is a random token of 256 bits, of which only the fingerprint is kept: it cannot be made by anybody else.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.models import AccountLink
from app.accounts.rules import LINK_LASTS
from app.base.crypto.row_binding import is_bound
from app.base.secrets import fingerprint, new_token


def make_link(session: Session, account_id: str, now: datetime) -> str:
    """Draw a link for this account; those sent before serve no more."""
    session.execute(delete(AccountLink).where(AccountLink.account == account_id))
    token = new_token()
    session.add(AccountLink(token_hash=fingerprint(token), account=account_id, ends_at=now + LINK_LASTS))
    return token


def link_is_alive(session: Session, token: str, now: datetime) -> str | None:
    """Return the account that a link still opens."""
    link = session.get(AccountLink, fingerprint(token))
    is_alive = link is not None and link.ends_at > now and is_bound(session, link)
    return link.account if link is not None and is_alive else None


def use_link(session: Session, token: str) -> None:
    """Use a link up."""
    session.execute(delete(AccountLink).where(AccountLink.token_hash == fingerprint(token)))


def sweep_links(session: Session, now: datetime) -> None:
    """Erase the links that ended."""
    session.execute(delete(AccountLink).where(AccountLink.ends_at <= now))
