"""A clerk proves who they are: a password, then a code that serves once."""

from dataclasses import dataclass
from datetime import datetime

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts import rules
from app.accounts.models import Account
from app.accounts.queries import seed_of
from app.accounts.service.sessions import mark_proved, open_session
from app.base.clock import Clock
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import Keyring
from app.base.secrets import new_token

HASHER = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1),))
"""Argon2id, 19 MiB, two passes (OWASP Password Storage)."""
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$6u7ubDKwsgxefekgb5yEGg$AtffMC2jS9pgVWjK99lqtojV2dsatEP8AEkPENJXCsI"
"""Hash of 256 random bits that nobody kept, verified for an unknown address: the answer takes the same time."""


@dataclass(frozen=True)
class SignedIn:
    """The token for the browser's cookie, or how long to wait, or neither: the code does not fit."""

    token: str | None = None
    wait_until: datetime | None = None
    fits: bool = False
    """Whether the code was right."""


def of_space(space: rules.Space) -> ColumnElement[bool]:
    """Choose the accounts that sign in to this space."""
    return Account.association != "" if space.kind == rules.ASSOCIATION else Account.association == ""


def account_by_email(session: Session, email: str, space: rules.Space) -> tuple[str, str] | None:
    """Return the account of this address that may sign in there, and the address as it is kept.

    A mail goes to that one: two addresses that read the same here may be two mailboxes elsewhere.
    """
    found = _of_address(session, email, space)
    return (found.id, found.email) if found else None


def account_by_password(session: Session, email: str, password: str, space: rules.Space = rules.CLERKS) -> str | None:
    """Return the account that this address and this password open; the same time is taken when there is none.

    Slow on purpose: called in a read session, never while a write holds its turn.
    """
    account = _of_address(session, email, space)
    fits = HASHER.verify(rules.normal_password(password), account.password_hash if account else NOBODY)
    return account.id if account and fits else None


def _of_address(session: Session, email: str, space: rules.Space) -> Account | None:
    address, is_open = rules.normal_email(email), Account.disabled_at.is_(None)
    found = session.scalar(select(Account).where(Account.email == address, is_open, of_space(space)))
    return found if found is not None and is_bound(session, found) else None


def sign_in(
    session: Session,
    keyring: Keyring,
    account_id: str,
    code: str,
    clock: Clock,
    space: rules.Space = rules.CLERKS,
    *,
    by_link: bool = False,
) -> SignedIn:
    """Use the code of an account whose password was right, or its link, and open a session under a new id."""
    used = use_code(session, keyring, account_id, code, clock)
    if used.wait_until or not used.fits:
        return used
    return SignedIn(begin(session, account_id, space, clock(), is_proved=not by_link), fits=True)


def begin(session: Session, account_id: str, space: rules.Space, now: datetime, *, is_proved: bool = True) -> str:
    """Open a session of an account whose owner was recognised; give its token."""
    token, ends_at = new_token(), session.get_one(Account, account_id).ends_at
    whole = min(space.whole, ends_at - now) if ends_at else space.whole
    open_session(session, space.kind, account_id, token=token, idle=space.idle, absolute=whole, now=now)
    if is_proved:
        mark_proved(session, token, space.kind, now)
    return token


def hashed(password: str) -> str:
    """Hash a password; slow on purpose, so done before a write takes its turn."""
    return HASHER.hash(rules.normal_password(password))


def use_code(session: Session, keyring: Keyring, account_id: str, code: str, clock: Clock) -> SignedIn:
    """Use the code of an account whose password was right: a code serves once, wrong ones make one wait."""
    wanted = select(Account).where(Account.id == account_id, Account.disabled_at.is_(None))
    account = session.scalars(
        wanted.with_for_update()
    ).one_or_none()  # two requests with one code: the second one waits
    now = clock()
    if account is None or not is_bound(session, account) or (account.ends_at and account.ends_at <= now):
        return SignedIn()
    if account.wait_until and now < account.wait_until:
        return SignedIn(wait_until=account.wait_until)
    step = rules.accepted_step(seed_of(keyring, account), code, now, account.last_step)
    if step is None:
        account.code_failures += 1
        account.wait_until = rules.wait_after(account.code_failures, now)
        return SignedIn()
    account.last_step, account.code_failures, account.wait_until = step, 0, None
    return SignedIn(fits=True)
