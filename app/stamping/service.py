"""What is noted of tokens; the caller's transaction carries the changes."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.stamping.models import ClockJump, Stamp
from app.stamping.rules import State, next_try, worst
from app.stamping.tokens import Token


def note_token(session: Session, n: int, token: Token, qualified: str, now: datetime) -> None:
    """Keep a token that passed every check."""
    row = _row(session, n, now)
    row.state, row.token, row.gen_time, row.qualified, row.error = State.OBTAINED, token.answer, token.at, qualified, ""
    row.attempts += 1


def note_failure(session: Session, n: int, code: str, now: datetime) -> bool:
    """Note a try that failed; tell whether it will be tried again."""
    row = _row(session, n, now)
    row.attempts += 1
    row.error = code[:40]
    again = next_try(row.attempts, row.first_at, now)
    row.state, row.next_at = (State.WAITING, again) if again else (State.GIVEN_UP, now)
    return again is not None


def note_gap(session: Session, n: int, seconds: float, now: datetime) -> None:
    """Note by how much our clock was ahead of the authority's."""
    row = _row(session, n, now)
    row.gap = worst(row.gap, seconds)


def note_jump(session: Session, seconds: float, now: datetime) -> None:
    """Note that the wall clock moved by itself."""
    session.add(ClockJump(at=now, seconds=seconds))


def _row(session: Session, n: int, now: datetime) -> Stamp:
    row = session.get(Stamp, n)
    if row is None:
        row = Stamp(n=n, state=State.WAITING, attempts=0, first_at=now, next_at=now)
        session.add(row)
    return row
