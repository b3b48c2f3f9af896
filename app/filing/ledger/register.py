"""The register: each day one entry of the ledger whose hash is made public, so that no past can be taken back.

Whoever kept one line can tell a ledger that was cut, or an old copy put back: the chain alone cannot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.service import access
from app.base import dates
from app.base.clock import Clock
from app.filing.ledger import chain
from app.filing.models import Filing, FilingDesk, LedgerEntry
from app.filing.rules import INFORMED, RECEIVER
from app.notifications.kinds import Mail
from app.notifications.service import Message
from app.stamping import queries as stamping
from app.stamping.rules import SHOWN_FOR, Alarm

OF_AUTHORITY = FilingDesk.role.in_((RECEIVER, INFORMED))
"""An association has a desk too, and keeps no list."""


@dataclass(frozen=True)
class Point:
    """A line of the register: that day, the entry ``n`` had this hash, and this token dates it."""

    day: str
    n: int
    head: str
    token: str
    """SHA-256 of the token, or empty while it is awaited."""

    @property
    def line(self) -> str:
        """Write it as it is published."""
        return " ".join(filter(None, (self.day, str(self.n), self.head, self.token)))


def publish(session: Session, clock: Clock) -> LedgerEntry | None:
    """Add the point of today, in Paris; ``None`` when it is there already.

    The point is an entry like the others; it commits again to the hash of the one before, and so to the whole past:
    that of the journal of access too, whose days that ended are put in just before.
    """
    chain.take_turn(session)
    day = day_of(chain.now_after_last(session, clock)[0])
    if point_of(session, day):
        return None
    last = session.scalar(select(func.max(LedgerEntry.number)).where(LedgerEntry.kind == chain.JOURNAL)) or ""
    for ended, end in access.heads(session, last, date.fromisoformat(day)):
        chain.append(session, chain.JOURNAL, ended.isoformat(), end, *chain.now_after_last(session, clock))
    before = chain.head(session)
    at, read_at = chain.now_after(before, clock)
    return chain.append(session, chain.CHECKPOINT, day, before.hash, at, read_at, before)


def day_of(at: datetime) -> str:
    """Return the day of an instant, in Paris."""
    return dates.local_day(at).isoformat()


def point_of(session: Session, day: str) -> LedgerEntry | None:
    """Return the point of a day."""
    which = (LedgerEntry.number == day, LedgerEntry.kind == chain.CHECKPOINT)
    return session.scalar(select(LedgerEntry).where(*which))


def points(session: Session) -> list[Point]:
    """List every point, the oldest first."""
    token = aliased(LedgerEntry)
    last = select(token.commitment).where(token.number == LedgerEntry.number, token.kind == chain.TOKEN)
    kept = last.order_by(token.n.desc()).limit(1).scalar_subquery()  # the later of two is the one that is kept
    rows = session.execute(
        select(LedgerEntry.number, LedgerEntry.n, LedgerEntry.hash, kept)
        .where(LedgerEntry.kind == chain.CHECKPOINT)
        .order_by(LedgerEntry.n)
    )
    return [Point(day, n, head, digest or "") for day, n, head, digest in rows]


def received_since_last(session: Session, point: LedgerEntry) -> dict[str, list[str]]:
    """List the numbers received between the point before and this one, by authority that holds them.

    Each authority keeps its own list with the point: after a loss, they tell which complaints are missing.
    """
    before = select(LedgerEntry.n).where(LedgerEntry.kind == chain.CHECKPOINT, LedgerEntry.n < point.n)
    last = session.scalar(before.order_by(LedgerEntry.n.desc()).limit(1)) or 0
    rows = session.execute(
        select(FilingDesk.authority, LedgerEntry.number)
        .join(Filing, Filing.number == LedgerEntry.number)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(LedgerEntry.kind == chain.DEPOSIT, LedgerEntry.n > last, LedgerEntry.n < point.n, OF_AUTHORITY)
        .order_by(LedgerEntry.n)
    )
    held: dict[str, list[str]] = {}
    for authority, number in rows:
        held.setdefault(authority, []).append(number)
    return held


def holders(session: Session) -> list[str]:
    """List the authorities before which a complaint was ever brought."""
    wanted = select(FilingDesk.authority).where(OF_AUTHORITY).distinct()
    return list(session.scalars(wanted.order_by(FilingDesk.authority)))


def letter(point: LedgerEntry, to: str, numbers: Iterable[str], address: str) -> Message:
    """Write the mail that carries a point."""
    line = Point(point.number, point.n, point.hash, "").line
    words = {
        "day": dates.date_text(date.fromisoformat(point.number), weekday=False),
        "line": line,
        "numbers": "\n".join(numbers),
        "address": address,
    }
    return Message(to, Mail.CHECKPOINT, point.number, words)


def alarms(session: Session, now: datetime) -> list[Alarm]:
    """List what an administrator must look at: tokens that do not come, a clock that is not right."""
    went_back = exists().where(LedgerEntry.read_at.is_not(None), LedgerEntry.at >= now - SHOWN_FOR)
    return [*stamping.alarms(session, now), *([Alarm.BACK] if session.scalar(select(went_back)) else [])]
