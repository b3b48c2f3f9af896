"""What is noted of tokens; the caller's transaction carries the changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.stamping.models import ClockJump, Stamp
from app.stamping.rules import TokenState, next_try, worst
from app.stamping.tokens import Token


def rows(session: Session, numbers: Sequence[int], now: datetime) -> dict[int, Stamp]:
    """Return the row of each of these entries, as it is now; one for which nothing was asked yet has a fresh one.

    What they say of a token is sure under the turn of the ledger only.
    """
    found = {row.n: row for row in session.scalars(select(Stamp).where(Stamp.n.in_(numbers)))}
    for n in numbers:
        if n not in found:
            found[n] = Stamp(n=n, state=TokenState.WAITING, attempts=0, first_at=now, next_at=now)
            session.add(found[n])
    return found


def note_token(row: Stamp, token: Token, qualified: str) -> None:
    """Keep a token that passed every check."""
    row.state, row.token, row.gen_time, row.qualified, row.error = (
        TokenState.OBTAINED,
        token.answer,
        token.at,
        qualified,
        "",
    )
    row.attempts += 1


def note_failure(row: Stamp, code: str, now: datetime) -> bool:
    """Note a try that failed; tell whether it will be tried again."""
    row.attempts += 1
    row.error = code[:40]
    again = next_try(row.attempts, row.first_at, now)
    row.state, row.next_at = (TokenState.WAITING, again) if again else (TokenState.GIVEN_UP, now)
    return again is not None


def note_gap(row: Stamp, seconds: float) -> None:
    """Note by how much our clock was ahead of the authority's."""
    row.gap = worst(row.gap, seconds)


def note_jump(session: Session, seconds: float, now: datetime) -> None:
    """Note that the wall clock moved by itself."""
    session.add(ClockJump(at=now, seconds=seconds))
