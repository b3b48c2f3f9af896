"""What is done to calendars: opened at receipt, computed again when something changes, ticked."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.dates import zone_named
from app.procedure.models import CalendarDay
from app.procedure.rules import Deadline, deadlines, to_watch


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
) -> list[CalendarDay]:
    """Open the calendar of a complaint just received; the récépissé (D1) is handed over at once.

    ``without`` names the days that do not apply (no ordre: no other authority to tell, no conciliation).
    """
    found = to_watch(deadlines(received_at, zone=zone_named(zone), holidays=holidays))
    days = [_day(number, one) for one in found if one.code not in without]
    for day in days:
        if day.code == "D1":
            day.done_at = received_at
    session.add_all(days)
    session.flush()
    return days


def recompute(session: Session, number: str, wanted: Iterable[Deadline]) -> list[Change]:
    """Put a freshly computed calendar in place of what is still to do; what was done stays as it was.

    For a session fixed or moved, a récidive found, another authority: the date of receipt never changes.
    """
    now = {one.code: one for one in wanted}
    changes = []
    for day in session.scalars(select(CalendarDay).where(CalendarDay.filing_number == number)):
        new = now.pop(day.code, None)
        if day.done_at or (new and _same(day, new)):
            continue
        changes.append(Change(day.code, day.due_strict, new.due_strict if new else None))
        if new:
            day.due_strict, day.due_postponed, day.basis = new.due_strict, new.due_postponed, new.basis
        else:
            session.delete(day)
    changes += [Change(code, None, one.due_strict) for code, one in now.items()]
    session.add_all(_day(number, one) for one in now.values())
    session.flush()
    return sorted(changes, key=lambda change: int(change.code[1:]))


def tick(session: Session, number: str, done: Mapping[str, datetime | None]) -> list[str]:
    """Tick days by their codes, each with its instant; ``None`` takes a tick away: it must be done again.

    The first act counts: what is ticked already stays as it was. Gives the codes that changed.
    """
    wanted = select(CalendarDay).where(CalendarDay.filing_number == number, CalendarDay.code.in_(list(done)))
    changed = []
    for day in session.scalars(wanted):
        if (day.done_at is None) != (done[day.code] is None):
            day.done_at = done[day.code]
            changed.append(day.code)
    session.flush()
    return changed


def _day(number: str, one: Deadline) -> CalendarDay:
    return CalendarDay(
        filing_number=number,
        code=one.code,
        due_strict=one.due_strict,
        due_postponed=one.due_postponed,
        basis=one.basis,
    )


def _same(day: CalendarDay, new: Deadline) -> bool:
    return (day.due_strict, day.due_postponed, day.basis) == (new.due_strict, new.due_postponed, new.basis)
