"""The days that the law sets for a complaint, after all that was done of it: pure rules on values.

What is still to do is computed again from the unchanged date of receipt whenever a meeting is fixed or moved, a failure
is noted, a sanction within six years is found, or the director goes on; what was done keeps the day that it had.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from app.base.dates import local_day
from app.filing.sealed.act import Act
from app.filing.status.case_status import CaseStatus
from app.filing.status.replay import replay
from app.procedure.law import Trigger
from app.procedure.rules import Deadline, deadlines, to_watch, with_text


@dataclass(frozen=True)
class Moves:
    """What moves days of the calendar."""

    session_on: date | None
    is_recidive: bool
    has_failed: bool
    director: tuple[tuple[Trigger, date], ...]


def calendar(document: Mapping[str, Any], acts: Iterable[Act]) -> dict[str, Deadline]:
    """Return the days of a complaint by their codes (CSP R. 1110-11 to R. 1110-14; CSS R. 147-2)."""
    return days_through(document, replay(document, acts))


def days_through(document: Mapping[str, Any], steps: Iterable[CaseStatus]) -> dict[str, Deadline]:
    """Return them from where the complaint stood at its receipt, then after each of its acts."""
    received_on = local_day(datetime.fromisoformat(document["received_at"]), ZoneInfo(document["zone"]))
    known: Moves | None = None
    days: dict[str, Deadline] = {}
    for now in steps:
        moves, kept = _moves(now), now.done
        if moves != known:
            wanted = {day.code: with_text(day, now.without) for day in _days_on(received_on, document["zone"], moves)}
            fresh = {code: day for code, day in wanted.items() if code not in now.without and code not in kept}
            days = {code: day for code, day in days.items() if code in kept} | fresh
            days |= {code: wanted[code] for code in kept if code in wanted and code not in days}
        known = moves
    return days


def _moves(now: CaseStatus) -> Moves:
    one = now.conciliation
    return Moves(one.session_on, one.is_recidive, one.has_failed, now.director.starts)


@lru_cache(maxsize=4096)
def _days_on(received_on: date, zone: str, moves: Moves) -> tuple[Deadline, ...]:
    """Compute the days from the day of receipt; all complaints of one day and place begin with the same."""
    place = ZoneInfo(zone)
    at = datetime.combine(received_on, time(12), place)
    others = dict(moves.director)
    found = deadlines(at, zone=place, session_on=moves.session_on, recidive=moves.is_recidive, others=others)
    return tuple(to_watch(found, failed=moves.has_failed))
