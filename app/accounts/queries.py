"""What is asked of accounts."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Invitation
from app.accounts.rules import AccountScope, Role
from app.base.clock import PARIS
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import Keyring
from app.base.cutting import Cut, asked_for
from app.base.searching import holds, search_words
from app.routing.models import Authority
from app.routing.queries import AuthorityRow, authority


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
    proved_at: datetime | None = None
    """When the password and the code were last given."""
    quality: str = ""
    """What letters say under the name."""
    place: AuthorityRow | None = None
    """The authority; ``None`` for the box of « aiguillage » and for an administrator."""


@dataclass(frozen=True)
class SignedInMember:
    """A member of an association who is signed in, as of this request."""

    id: str
    name: str
    email: str
    association: str
    """Id of the association."""
    role: str
    proved_at: datetime | None = None
    """When the password and the code were last given."""


def clerk(session: Session, account_id: str) -> Clerk | None:
    """Return the person behind an account that may still sign in; rights are read at each request."""
    wanted = _open(account_id).add_columns(Authority).outerjoin(Authority, Authority.code == Account.authority)
    row = session.execute(wanted).one_or_none()
    account = row[0] if row else None
    if account is None or account.association or not is_bound(session, account):
        return None
    place = authority(session, account.authority)  # the row is in the session now
    name = place.name if place else account.authority.capitalize()
    zone = place.zone if place else PARIS.key
    who = (account.id, account.name, account.email)
    return Clerk(*who, account.authority, name, account.role, zone, quality=account.quality, place=place)


def member(session: Session, account_id: str) -> SignedInMember | None:
    """Return the member of an association behind an account that may still sign in."""
    account = _open_account(session, account_id)
    if account is None or not account.association:
        return None
    return SignedInMember(account.id, account.name, account.email, account.association, account.role)


def _open(account_id: str) -> Select[Account]:
    return select(Account).where(Account.id == account_id, Account.disabled_at.is_(None))


def _open_account(session: Session, account_id: str) -> Account | None:
    found = session.scalar(_open(account_id))
    return found if found is not None and is_bound(session, found) else None


def members(session: Session, association: str) -> list[tuple[str, str]]:
    """List those who work for an association: id and name, in the order of the names."""
    wanted = select(Account.id, Account.name).where(Account.association == association, Account.disabled_at.is_(None))
    return [(row.id, row.name) for row in session.execute(wanted.order_by(Account.name, Account.id))]


def names(session: Session, association: str) -> dict[str, str]:
    """Return the name of each account of an association, by ids; those that are closed too."""
    wanted = select(Account.id, Account.name).where(Account.association == association)
    return {row.id: row.name for row in session.execute(wanted.order_by(Account.name, Account.id))}


def addresses(session: Session, code: str) -> list[str]:
    """List where to write to an authority: its own address when it is known, else those of its accounts."""
    place = authority(session, code)
    if place and place.email:
        return [place.email]
    wanted = select(Account.email).where(Account.authority == code, Account.disabled_at.is_(None))
    return list(session.scalars(wanted.order_by(Account.email)))


def colleagues(session: Session, code: str) -> list[tuple[str, str]]:
    """List those who work for an authority: id and name, in the order of the names."""
    wanted = select(Account.id, Account.name).where(Account.authority == code, Account.disabled_at.is_(None))
    return [(row.id, row.name) for row in session.execute(wanted.order_by(Account.name, Account.id))]


def qualities(session: Session, code: str) -> list[tuple[str, str, str]]:
    """List those who sign for an authority: id, name and quality, in the order of the names."""
    wanted = select(Account.id, Account.name, Account.quality).where(
        Account.authority == code, Account.disabled_at.is_(None)
    )
    return [(row.id, row.name, row.quality) for row in session.execute(wanted.order_by(Account.name, Account.id))]


def managers(session: Session, code: str) -> list[str]:
    """List the addresses of those who answer for an authority."""
    wanted = select(Account.email).where(
        Account.authority == code, Account.disabled_at.is_(None), Account.role == Role.RESPONSABLE
    )
    return list(session.scalars(wanted.order_by(Account.email)))


def answering_for(session: Session, authority: str, association: str) -> list[str]:
    """List the addresses of those who answer for a place: they invite its accounts. Nobody answers for no place."""
    if not authority and not association:
        return []
    role = Role.RESPONSABLE_ASSOCIATION if association else Role.RESPONSABLE
    wanted = select(Account.email).where(
        *(Account.authority == authority, Account.association == association),
        *(Account.role == role, Account.disabled_at.is_(None), Account.ends_at.is_(None)),
    )
    return list(session.scalars(wanted.order_by(Account.email)))


def administrators(session: Session) -> list[str]:
    """List the addresses of those who run the service."""
    wanted = select(Account.email).where(Account.role == Role.ADMIN, Account.disabled_at.is_(None))
    return list(session.scalars(wanted.order_by(Account.email)))


def uses_service(session: Session, code: str) -> bool:
    """Return whether an authority works here: someone may sign in for it."""
    wanted = select(Account.id).where(Account.authority == code, Account.disabled_at.is_(None)).limit(1)
    return session.scalar(wanted) is not None


def seed_of(keyring: Keyring, account: Account) -> str:
    """Open the seed of an account's codes."""
    return keyring.unseal(account.totp_seed, seed_place(account.id)).decode()


def seed_place(account_id: str) -> str:
    """Return what the seal of a seed is bound to."""
    return f"account:{account_id}"


@dataclass(frozen=True)
class AccountHolder:
    """An account, as those who keep accounts see it."""

    id: str
    name: str
    email: str
    role: str
    authority: str
    association: str
    disabled_at: datetime | None
    ends_at: datetime | None = None
    """When an exceptional access ends."""
    exception: str = ""
    """Why it was given."""
    quality: str = ""
    """What letters say under the name."""


@dataclass(frozen=True)
class PendingInvitation:
    """An invitation that was sent and not used."""

    id: str
    email: str
    role: str
    authority: str
    association: str
    ends_at: datetime
    is_reset: bool
    """Whether it gives an account its password and codes again."""


PEOPLE_MOST = 200


def associations(session: Session) -> list[str]:
    """List the associations that have an account."""
    wanted = select(Account.association).where(Account.association != "").distinct()
    return list(session.scalars(wanted.order_by(Account.association)))


def person(session: Session, account_id: str) -> AccountHolder | None:
    """Return an account by its id."""
    found = session.get(Account, account_id) if len(account_id) == 32 else None  # noqa: PLR2004 - a UUID in hexadecimal
    return _person(found) if found else None


def _person(row: Account) -> AccountHolder:
    place = (row.authority, row.association)
    found = AccountHolder(row.id, row.name, row.email, row.role, *place, row.disabled_at, row.ends_at, row.exception)
    return replace(found, quality=row.quality)


def people(session: Session, asked: str, scope: AccountScope) -> tuple[list[AccountHolder], int]:
    """List the accounts of a place that answer to a few words of the name or the address, and count them."""
    wanted = select(Account).where(*_within(Account, scope))
    for word in search_words(asked):
        wanted = wanted.where(holds(word, Account.name, Account.email))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(Account.disabled_at.is_not(None), Account.name, Account.id).limit(PEOPLE_MOST)
    )
    return [_person(row) for row in rows], total


def invitations(session: Session, scope: AccountScope) -> Cut[PendingInvitation]:
    """List the invitations of a place that were sent and not used, the last ones first."""
    wanted = select(Invitation).where(*_within(Invitation, scope))
    rows = session.scalars(wanted.order_by(Invitation.created_at.desc(), Invitation.id).limit(asked_for(PEOPLE_MOST)))
    found = (
        PendingInvitation(row.id, row.email, row.role, row.authority, row.association, row.ends_at, bool(row.account))
        for row in rows
    )
    return Cut(found, PEOPLE_MOST)


def _within(table: type[Account] | type[Invitation], scope: AccountScope) -> list[ColumnElement[bool]]:
    """Choose the rows of a place; everything, for an administrator."""
    if scope.everything:
        return []
    return [table.authority == scope.authority, table.association == scope.association]
