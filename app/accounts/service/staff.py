"""Accounts change: role, disabled, enabled, sessions ended. The last manager of a place always stays."""

from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.accounts import rules
from app.accounts.models import Account, Invitation
from app.accounts.service import calendar_links
from app.accounts.service.sessions import close_all
from app.base.clock import Clock
from app.base.errors import N_, Refusal
from app.base.forms.shown_version import is_past


class LastManager(Refusal):
    """Nobody would answer for this authority, this association or the service any more."""

    code, says = "derniere_responsable", N_("Nommez d'abord une autre personne responsable.")


def change_role(session: Session, account_id: str, role: str, seen: str = "") -> str:
    """Give an account another role of the same place, which its rights follow at its next page; give its role now.

    ``seen``: the role that the page showed; when the account has another one by now, it keeps it.
    Raises :class:`LastManager`, ``ValueError`` for a role of another kind of place.
    """
    account = _with_managers(session, account_id)
    if is_past(seen, account.role, role):
        return account.role
    if not rules.belongs(role, account.authority, account.association):
        raise ValueError(f"unknown role here: {role}")
    if role != account.role and account.disabled_at is None:
        _expect_another(session, account)
    if role != account.role:
        calendar_links.cut(session, account_id)
    account.role = role
    return role


def set_quality(session: Session, account_id: str, quality: str) -> None:
    """Write what letters say under the name of who signs (CRPA L. 111-2)."""
    session.get_one(Account, account_id, with_for_update=True).quality = quality
    session.flush()


def disable(session: Session, account_id: str, clock: Clock) -> None:
    """Close an account and end its sessions at once. Raises :class:`LastManager`."""
    account = _with_managers(session, account_id)
    if account.disabled_at is None:
        _expect_another(session, account)
        account.disabled_at = clock()
    close_all(session, account_id)
    calendar_links.cut(session, account_id)


def enable(session: Session, account_id: str) -> None:
    """Open an account again, with the same password and codes."""
    session.get_one(Account, account_id).disabled_at = None
    session.flush()


def leave(session: Session, authority: str, successor: str, now: datetime) -> list[Account]:
    """Take every account out of an authority that closed; give those that were open.

    They go to the successor with their roles, or are disabled when it is empty. All sign in again; what invited
    somebody there opens nothing any more.
    """
    wanted = select(Account).where(Account.authority == authority, Account.disabled_at.is_(None))
    left = list(session.scalars(wanted.order_by(Account.id).with_for_update()))
    for account in left:
        if successor:
            account.authority = successor
        else:
            account.disabled_at = now
        close_all(session, account.id)
        calendar_links.cut(session, account.id)
    session.execute(delete(Invitation).where(Invitation.authority == authority))
    session.flush()
    return left


def _with_managers(session: Session, account_id: str) -> Account:
    """Take an account and those who manage its place, so that two managers never leave at the same instant."""
    account = session.get_one(Account, account_id)
    session.scalars(_managers(account).order_by(Account.id).with_for_update()).all()
    session.refresh(account)
    return account


def _managers(account: Account) -> Select[Account]:
    role = next(one for one in rules.MANAGERS if rules.belongs(one, account.authority, account.association))
    return select(Account).where(
        Account.role == role.value,
        Account.authority == account.authority,
        Account.association == account.association,
        Account.disabled_at.is_(None),
    )


def _expect_another(session: Session, account: Account) -> None:
    if account.role in rules.MANAGERS and not [
        one for one in session.scalars(_managers(account)) if one.id != account.id
    ]:
        raise LastManager
