"""What has had its time, and what will soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.base.clock import PARIS
from app.base.dates import add_months, local_day
from app.filing.models import Filing, LedgerEntry
from app.filing.status.case_status import WITHDRAWN
from app.filing.status.state import ComplaintState
from app.privacy.rules import Periods

_WITHDRAWN_AT = (
    select(func.max(LedgerEntry.at))
    .where(LedgerEntry.number == Filing.number, LedgerEntry.kind == WITHDRAWN)
    .correlate(Filing)
    .scalar_subquery()
)
_KEPT = select(Filing.number, Filing.received_at, Filing.kept_until, _WITHDRAWN_AT.label("withdrawn_at")).where(
    Filing.erased_at.is_(None)
)


@dataclass(frozen=True)
class DueErasure:
    """A complaint to erase: after this day it is kept no more."""

    number: str
    ends_on: date


def ending(session: Session, until: date, periods: Periods, number: str = "") -> list[DueErasure]:
    """List the complaints kept no longer than a day, the first to end first; or look at one alone."""
    old = Filing.received_at < _after(add_months(until, -12 * periods.received))
    is_withdrawn = and_(
        Filing.state == ComplaintState.WITHDRAWN.value,
        Filing.received_at < _after(add_months(until, -12 * periods.withdrawn)),
    )
    wanted = _KEPT.where(or_(old, is_withdrawn))
    if number:
        wanted = wanted.where(Filing.number == number)
    found = [DueErasure(row.number, _ends_on(row, periods)) for row in session.execute(wanted)]
    return sorted((due for due in found if due.ends_on <= until), key=lambda due: (due.ends_on, due.number))


def ends_on(session: Session, number: str, periods: Periods) -> date | None:
    """Return the last day on which one complaint is kept; ``None`` when it is erased, or unknown."""
    row = session.execute(_KEPT.where(Filing.number == number)).one_or_none()
    return _ends_on(row, periods) if row else None


def _ends_on(row: Any, periods: Periods) -> date:
    withdrawn_on = local_day(row.withdrawn_at) if row.withdrawn_at else None
    return periods.ends_on(local_day(row.received_at), withdrawn_on, row.kept_until)


def _after(day: date) -> datetime:
    """Return the instant when a day is over in Paris, with a day of margin for the ends of months."""
    return datetime.combine(day + timedelta(days=5), time(), PARIS)


def by_day(due: Sequence[DueErasure]) -> list[tuple[date, int]]:
    """Count how many end on each day."""
    days: dict[date, int] = {}
    for one in due:
        days[one.ends_on] = days.get(one.ends_on, 0) + 1
    return sorted(days.items())
