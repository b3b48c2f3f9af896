"""Authorities that close: what an administrator decided, and what of it is in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.base.dates import local_day
from app.base.errors import N_, Refusal
from app.routing.models import Authority, AuthorityClosure, AuthorityOpening
from app.routing.rules.succession import last_heirs


class NoSuccessor(Refusal):
    """The authority that was named cannot take the place of the one that closes."""

    code, status = "successeur_impossible", 422
    says = N_("Choisissez une autorité de la liste.")


@dataclass(frozen=True)
class Closing:
    """What an administrator decides."""

    closes_on: date
    successor: str
    reason: str
    moves_accounts: bool


def closure_of(session: Session, code: str) -> AuthorityClosure | None:
    """Return the end of an authority, decided or in force."""
    return session.get(AuthorityClosure, code)


def heirs(session: Session, day: date | None = None) -> dict[str, str]:
    """Return each closed authority with the one that holds its place; empty when nobody does.

    Today; or on a day to come, when those that are to close until then are counted too.
    """
    wanted = select(AuthorityClosure.authority, AuthorityClosure.successor)
    closed = AuthorityClosure.in_force_at.is_not(None)
    rows = session.execute(wanted.where(or_(closed, AuthorityClosure.closes_on <= day) if day else closed))
    return last_heirs({row.authority: row.successor for row in rows})


def may_succeed(session: Session, closing: Authority) -> list[Authority]:
    """List the authorities that may take the place of one: open, of its kind, and not closing themselves.

    A caisse succeeds a caisse; a council, one of the same profession and section. One that closes never succeeds, so
    that no two authorities ever send to each other. One that is to open may be named ahead.
    """
    to_open = select(AuthorityOpening.authority).where(AuthorityOpening.in_force_at.is_(None))
    wanted = select(Authority).where(
        Authority.code != closing.code,
        or_(Authority.is_retired.is_(False), Authority.code.in_(to_open)),
        Authority.profession == closing.profession,
        Authority.section == closing.section,
        Authority.code.not_in(select(AuthorityClosure.authority)),
    )
    is_council = closing.kind.startswith("ordre_")
    found = session.scalars(wanted.order_by(Authority.name))
    return [one for one in found if one.kind.startswith("ordre_") is is_council]


def opens_too_late(session: Session, successor: str, day: date) -> date | None:
    """Return the day on which a successor opens, when it comes after ``day``."""
    kept = session.get(AuthorityOpening, successor)
    return kept.opens_on if kept and kept.in_force_at is None and kept.opens_on > day else None


def is_open(session: Session, code: str) -> bool:
    """Return whether complaints may be sent to an authority."""
    row = session.get(Authority, code)
    return row is not None and not row.is_retired


def is_successor(session: Session, code: str) -> bool:
    """Return whether an authority takes, or is to take, the place of another: it cannot end without a successor."""
    named = select(AuthorityClosure.authority).where(AuthorityClosure.successor == code)
    return session.scalar(named.limit(1)) is not None


def decide(session: Session, code: str, closing: Closing, by: str, at: datetime) -> AuthorityClosure:
    """Keep that an authority closes. Raises :class:`NoSuccessor`.

    Decisions wait for one another, so that two administrators never make a circle of two successors.
    """
    every = session.scalars(
        select(Authority)
        .where(Authority.code.in_({code, closing.successor}))
        .order_by(Authority.code)
        .with_for_update()
    )
    row = next(one for one in every.all() if one.code == code)
    if closing.successor and closing.successor not in {one.code for one in may_succeed(session, row)}:
        raise NoSuccessor
    if closing.successor and opens_too_late(session, closing.successor, closing.closes_on):
        raise NoSuccessor
    if not closing.successor and is_successor(session, code):
        raise NoSuccessor
    kept = closure_of(session, code) or AuthorityClosure(authority=code)
    if kept.in_force_at is not None:
        return kept
    kept.closes_on, kept.successor, kept.reason = closing.closes_on, closing.successor, closing.reason
    kept.moves_accounts, kept.decided_at, kept.decided_by = closing.moves_accounts, at, by
    session.add(kept)
    session.flush()
    return kept


def cancel(session: Session, code: str) -> bool:
    """Forget a decision that is not in force yet; return whether there was one."""
    kept = session.get(AuthorityClosure, code, with_for_update=True)
    if kept is None or kept.in_force_at is not None:
        return False
    session.delete(kept)
    session.flush()
    return True


def due(session: Session, now: datetime) -> list[AuthorityClosure]:
    """List the decisions whose day has come, where the authority sits."""
    wanted = select(AuthorityClosure, Authority.zone).join(Authority, Authority.code == AuthorityClosure.authority)
    rows = session.execute(wanted.where(AuthorityClosure.in_force_at.is_(None)).order_by(AuthorityClosure.authority))
    return [kept for kept, zone in rows if kept.closes_on <= local_day(now, ZoneInfo(zone))]


def in_force(session: Session) -> list[AuthorityClosure]:
    """List the closures that took effect and have a successor."""
    wanted = select(AuthorityClosure).where(AuthorityClosure.in_force_at.is_not(None), AuthorityClosure.successor != "")
    return list(session.scalars(wanted.order_by(AuthorityClosure.authority)))


def take_effect(session: Session, kept: AuthorityClosure, now: datetime) -> None:
    """Close an authority: from now on its successor is competent in its place."""
    kept.in_force_at = now
    retire(session, [kept.authority])


def retire(session: Session, codes: Iterable[str]) -> None:
    """Take authorities out of those that are offered; their rows stay, for the complaints that name them."""
    session.execute(update(Authority).where(Authority.code.in_(list(codes))).values(is_retired=True))
