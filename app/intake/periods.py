"""The instants and the days that the filters of the list stand for: pure rules on values."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.intake.filters import DueWithin, Filters


def instants(filters: Filters, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Return the first instant of the first day of receipt that is asked, and that after the last day."""
    first, last = (date.fromisoformat(day) if day else None for day in (filters.recue_du, filters.recue_au))
    return (
        datetime.combine(first, time(), zone) if first else None,
        datetime.combine(last + timedelta(days=1), time(), zone) if last else None,
    )


def last_day(echeance: str, today: date) -> date | None:
    """Return the last due day that a filter lets through."""
    days = {
        DueWithin.RETARD.value: -1,
        DueWithin.DAYS_3.value: 3,
        DueWithin.DAYS_8.value: 8,
        DueWithin.DAYS_30.value: 30,
    }
    return today + timedelta(days=days[echeance]) if echeance else None
