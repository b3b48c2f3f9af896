"""What is done to calendars: opened at receipt, computed again when something changes, ticked."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.base.dates import zone_named
from app.procedure.days import LegalDay
from app.procedure.models import CalendarDay
from app.procedure.rules import Deadline, deadlines, to_watch, with_text


@dataclass(frozen=True)
class Change:
    """A day that moved, came or went, to be written in the history of the filing."""

    code: str
    before: date | None
    after: date | None


def open_calendar(
    session: Session,
    number: str,
    received_at: datetime,
    *,
    zone: str | ZoneInfo,
    holidays: Container[date] | None = None,
    without: Collection[str] = (),
) -> list[Deadline]:
    """Open the calendar of a complaint just received; the récépissé (D1) is handed over at once.

    ``without`` names the days that do not apply (no ordre: no other authority to tell, no conciliation).
    """
    found = to_watch(deadlines(received_at, zone=zone_named(zone), holidays=holidays))
    days = [with_text(one, without) for one in found if one.code not in without]
    rows = [_columns(number, one) | {"done_at": received_at if one.code == LegalDay.RECEIPT else None} for one in days]
    session.execute(insert(CalendarDay).execution_options(render_nulls=True), rows)  # else, one statement more
    return days


Days = dict[str, CalendarDay]
"""The days of one complaint by their codes, as the session holds them: what is changed there is written at its end."""


def days_of(session: Session, number: str) -> Days:
    """Read the calendar of a complaint to change it; once for all the changes of a turn."""
    found = session.scalars(select(CalendarDay).where(CalendarDay.filing_number == number))
    return {day.code: day for day in found}


def recompute(session: Session, number: str, days: Days, wanted: Iterable[Deadline]) -> list[Change]:
    """Put a freshly computed calendar in place of what is still to do; what was done stays as it was.

    For a session fixed or moved, a récidive found, another authority: the date of receipt never changes.
    """
    now = {one.code: one for one in wanted}
    changes = []
    for day in list(days.values()):
        new = now.pop(day.code, None)
        if day.done_at or (new and _same(day, new)):
            continue
        changes.append(Change(day.code, day.due_strict, new.due_strict if new else None))
        if new:
            day.due_strict, day.due_postponed, day.basis = new.due_strict, new.due_postponed, new.basis
        else:
            session.delete(days.pop(day.code))
    changes += [Change(code, None, one.due_strict) for code, one in now.items()]
    added = {code: CalendarDay(**_columns(number, one)) for code, one in now.items()}
    session.add_all(added.values())
    days |= added
    return sorted(changes, key=lambda change: LegalDay(change.code).rank)


def tick(days: Days, done: Mapping[str, datetime | None]) -> list[str]:
    """Tick days by their codes, each with its instant; ``None`` takes a tick away: it must be done again.

    The first act counts: what is ticked already stays as it was. Gives the codes that changed.
    """
    changed = [code for code, day in days.items() if code in done and (day.done_at is None) != (done[code] is None)]
    for code in changed:
        days[code].done_at = done[code]
    return changed


def _columns(number: str, one: Deadline) -> dict[str, Any]:
    return {
        "filing_number": number,
        "code": one.code,
        "due_strict": one.due_strict,
        "due_postponed": one.due_postponed,
        "basis": one.basis,
    }


def _same(day: CalendarDay, new: Deadline) -> bool:
    return (day.due_strict, day.due_postponed, day.basis) == (new.due_strict, new.due_postponed, new.basis)
