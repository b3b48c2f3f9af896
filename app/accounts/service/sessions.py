"""Sessions of every kind: opened, kept alive, moved, closed. The caller's transaction carries the changes.

Looking changes nothing: an idle end is pushed back by :func:`touch` alone, inside ``Database.write()``, when
:class:`Opened` says so: one small write a minute at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import AuthSession
from app.accounts.rules import AGENT, ASSOCIATION, FOLLOWUP, MANDATE, OF_DRAFTS, SLIDE_AFTER, is_alive
from app.base.crypto.row_binding import is_bound
from app.base.secrets import fingerprint

_HELD = (
    select(AuthSession)
    .where(AuthSession.holder_hash == bindparam("holder"), AuthSession.kind == bindparam("kind"))
    .order_by(AuthSession.seen_at.desc(), AuthSession.subject)
)
"""Written once: it is asked at each page."""


@dataclass(frozen=True)
class Opened:
    """What a browser may open, read once for each request."""

    subject: str
    proved_at: datetime | None
    """When the password and the code were last given in it."""
    is_stale: bool
    """Whether it was last seen more than a minute ago."""


def open_session(
    session: Session, kind: str, subject: str, *, token: str, idle: timedelta, absolute: timedelta, now: datetime
) -> None:
    """Let the browser that keeps ``token`` open ``subject``; opening it again starts its time again."""
    known = session.get(AuthSession, (fingerprint(token), kind, subject))
    if known is not None and not is_bound(session, known):
        session.delete(known)
        session.flush()
        known = None
    if known is None:
        begin_session(session, kind, subject, token=token, idle=idle, absolute=absolute, now=now)
    else:
        _start(known, idle, absolute, now)
    session.flush()


def begin_session(
    session: Session, kind: str, subject: str, *, token: str, idle: timedelta, absolute: timedelta, now: datetime
) -> None:
    """Let a browser open ``subject`` for the first time: the token or the subject was drawn just now."""
    opened = AuthSession(holder_hash=fingerprint(token), kind=kind, subject=subject)
    _start(opened, idle, absolute, now)
    session.add(opened)


def _start(opened: AuthSession, idle: timedelta, absolute: timedelta, now: datetime) -> None:
    opened.created_at = opened.seen_at = now
    opened.ends_at = now + absolute
    opened.idle_minutes, opened.proved_at, opened.shown = int(idle.total_seconds() // 60), None, None


def mark_proved(session: Session, token: str, kind: str, now: datetime) -> None:
    """Note that the password and the code were given just now."""
    for row in _alive(session, token, kind, now):
        row.proved_at = now
    session.flush()


def subjects_of(session: Session, token: str, kind: str, now: datetime) -> list[str]:
    """List what this browser may open, the last one seen first."""
    return [row.subject for row in _alive(session, token, kind, now)]


def opened_by(session: Session, token: str, kind: str, now: datetime) -> Opened | None:
    """Return what this browser may open, the last one seen when there are several."""
    row = last_seen(session, token, kind, now)
    return Opened(row.subject, row.proved_at, now - row.seen_at > SLIDE_AFTER) if row else None


def last_seen(session: Session, token: str, kind: str, now: datetime) -> AuthSession | None:
    """Return the living session of this browser that was seen last."""
    return next(iter(_alive(session, token, kind, now)), None)


def held_by(kinds: Sequence[str], subject: ColumnElement[str]) -> ColumnElement[bool]:
    """Join to what the browser of the parameter ``holder`` (a fingerprint) may open."""
    of_kind = or_(*(AuthSession.kind == kind for kind in kinds))  # « IN » would be written again at each question
    return and_(AuthSession.holder_hash == bindparam("holder"), of_kind, AuthSession.subject == subject)


def touch(session: Session, token: str, kind: str, now: datetime) -> None:
    """Push back the idle end of the living sessions of this browser."""
    for row in _alive(session, token, kind, now):
        if now - row.seen_at > SLIDE_AFTER:
            row.seen_at = now
    session.flush()


def close_session(session: Session, token: str, kind: str, subject: str | None = None) -> None:
    """End the sessions of this browser of one kind, or the one that opens ``subject``."""
    which = delete(AuthSession).where(AuthSession.holder_hash == fingerprint(token), AuthSession.kind == kind)
    session.execute(which if subject is None else which.where(AuthSession.subject == subject))


def close_browser(session: Session, token: str) -> None:
    """End every session of this browser, of whatever kind."""
    session.execute(delete(AuthSession).where(AuthSession.holder_hash == fingerprint(token)))


def close_all(session: Session, subject: str, kind: str | None = None) -> None:
    """End every session that opens ``subject``, in every browser."""
    kinds = [kind] if kind else [AGENT, ASSOCIATION, FOLLOWUP, MANDATE, *OF_DRAFTS]
    session.execute(delete(AuthSession).where(AuthSession.kind.in_(kinds), AuthSession.subject == subject))


def move(session: Session, old_token: str, new_token: str) -> None:
    """Give the sessions of a browser a new id, at each change of rights."""
    for row in session.scalars(select(AuthSession).where(AuthSession.holder_hash == fingerprint(old_token))):
        if is_bound(session, row):
            row.holder_hash = fingerprint(new_token)
    session.flush()


def sweep(session: Session, now: datetime) -> None:
    """Erase the sessions that ended."""
    session.execute(delete(AuthSession).where(AuthSession.ends_at <= now))


def _alive(session: Session, token: str, kind: str, now: datetime) -> list[AuthSession]:
    rows = session.scalars(_HELD, {"holder": fingerprint(token), "kind": kind})
    return [row for row in rows if is_alive(row.seen_at, row.ends_at, row.idle_minutes, now) and is_bound(session, row)]
