"""What is asked of calendars; the caller has checked the right to the filings it names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from app.procedure.days import LegalDay
from app.procedure.law import RULES
from app.procedure.models import CalendarDay

_OPTIONAL = {rule.code for rule in RULES if rule.optional}


@dataclass(frozen=True)
class DueRow:
    """One line of a calendar."""

    number: str
    code: str
    due_strict: date
    due_postponed: date
    basis: str
    done_at: datetime | None


def calendar_of(session: Session, number: str) -> list[DueRow]:
    """List the days of a filing, earliest first."""
    found = session.scalars(select(CalendarDay).where(CalendarDay.filing_number == number))
    return sorted(map(_row, found), key=lambda row: (row.due_strict, LegalDay(row.code).rank))


def next_due(session: Session, numbers: Collection[str]) -> dict[str, DueRow]:
    """Give, for each filing, the earliest day not done; what an authority may omit (D5) never comes first."""
    found = session.scalars(
        select(CalendarDay)
        .where(
            CalendarDay.filing_number.in_(numbers),
            CalendarDay.done_at.is_(None),
            CalendarDay.code.not_in(_OPTIONAL),
        )
        .order_by(CalendarDay.due_strict.desc(), CalendarDay.id.desc())
    )
    return {day.filing_number: _row(day) for day in found}


def numbers_due_between(code: str, first: date, last: date) -> Subquery:
    """Ask for the filings that have a day of this code between two dates: number, and that day."""
    wanted = select(CalendarDay.filing_number.label("number"), CalendarDay.due_strict.label("due"))
    return wanted.where(CalendarDay.code == code, CalendarDay.due_strict.between(first, last)).subquery()


def _row(day: CalendarDay) -> DueRow:
    return DueRow(day.filing_number, day.code, day.due_strict, day.due_postponed, day.basis, day.done_at)
