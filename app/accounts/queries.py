"""What is asked of accounts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.rules import code_at
from app.base.clock import PARIS
from app.base.vault import Keyring
from app.routing.queries import authority


@dataclass(frozen=True)
class Clerk:
    """Who is signed in, as of this request."""

    id: str
    name: str
    email: str
    authority: str
    authority_name: str
    role: str
    zone: str = PARIS.key
    """Time zone of the authority: « aujourd'hui » is a day of that place."""


@dataclass(frozen=True)
class DemoAccount:
    """An invented account and its code of this instant, for the demonstration."""

    email: str
    name: str
    authority: str
    role: str
    code: str


def clerk(session: Session, account_id: str) -> Clerk | None:
    """Give the person behind an account that may still sign in; rights are read at each request."""
    account = session.scalar(select(Account).where(Account.id == account_id, Account.disabled_at.is_(None)))
    if account is None:
        return None
    place = authority(session, account.authority)
    name = place.name if place else account.authority.capitalize()
    zone = place.zone if place else PARIS.key
    return Clerk(account.id, account.name, account.email, account.authority, name, account.role, zone)


def demo_accounts(session: Session, keyring: Keyring, now: datetime) -> list[DemoAccount]:
    """List the accounts of the demonstration, with their codes."""
    rows = session.scalars(
        select(Account).where(Account.is_demo, Account.disabled_at.is_(None)).order_by(Account.email)
    )
    return [
        DemoAccount(row.email, row.name, row.authority, row.role, code_at(seed_of(keyring, row), now)) for row in rows
    ]


def has_demo_accounts(session: Session) -> bool:
    """Tell whether an account of the demonstration can sign in: production refuses to start then."""
    return session.scalar(select(Account.id).where(Account.is_demo, Account.disabled_at.is_(None)).limit(1)) is not None


def seed_of(keyring: Keyring, account: Account) -> str:
    """Open the seed of an account's codes."""
    return keyring.unseal(account.totp_seed, seed_place(account.id)).decode()


def seed_place(account_id: str) -> str:
    """Name what the seal of a seed is bound to."""
    return f"account:{account_id}"
