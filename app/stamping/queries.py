"""What is asked of the tokens."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.base.crypto.row_binding import is_bound
from app.stamping.models import ClockJump, Stamp
from app.stamping.rules import ALARM_AFTER, GAP_SHOWN, SHOWN_FOR, Alarm, TokenState


@dataclass(frozen=True)
class StampRow:
    """The token of an entry, or where it stands."""

    n: int
    state: str
    token: bytes
    gen_time: datetime | None
    qualified: str
    gap: float | None = None
    is_whole: bool = True
    """Whether all of it is as this service wrote it: nothing of a row that is not may be printed as proof."""


def stamp_of(session: Session, n: int) -> StampRow | None:
    """Return the token of an entry; ``None`` when it was not asked for yet."""
    row = session.get(Stamp, n)
    if row is None:
        return None
    is_whole = is_bound(session, row)
    return StampRow(row.n, row.state, row.token or b"", row.gen_time, row.qualified, row.gap, is_whole)


def last_asked(session: Session) -> int:
    """Return the number of the last entry for which a token was asked; 0 for none."""
    return session.scalar(select(func.max(Stamp.n))) or 0


def to_retry(session: Session, now: datetime, most: int) -> list[int]:
    """List the entries whose token must be asked for again."""
    due = select(Stamp.n).where(Stamp.state == TokenState.WAITING, Stamp.next_at <= now).order_by(Stamp.n).limit(most)
    return list(session.scalars(due))


def alarms(session: Session, now: datetime) -> list[Alarm]:
    """List what an administrator must look at, of the tokens and of the clock."""
    since = now - SHOWN_FOR
    seen = {
        Alarm.LATE: (Stamp.state == TokenState.WAITING, Stamp.first_at < now - ALARM_AFTER),
        Alarm.GIVEN_UP: (Stamp.state == TokenState.GIVEN_UP, Stamp.next_at >= since),
        Alarm.GAP: (func.abs(Stamp.gap) > GAP_SHOWN, Stamp.first_at >= since),
        Alarm.JUMP: (ClockJump.at >= since,),
    }
    return [alarm for alarm, which in seen.items() if session.scalar(select(exists().where(*which)))]
