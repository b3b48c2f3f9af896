"""The software of an association is told of each day that was missed, once: the same days as the list « En retard »."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.association_desk.reminders.alarms import ALARMS
from app.base.dates import local_day
from app.filing.models import Filing, FilingDuty, FilingKey
from app.filing.rules import association_holder
from app.procedure.models import CalendarDay
from app.procedure.rules import is_late
from app.webhooks import queries, service
from app.webhooks.events import WebhookEvent
from app.webhooks.service import Happening


def untold(session: Session, now: datetime, since: date) -> list[tuple[str, Happening]]:
    """List what each association is still to be told, of the days that were over on ``since`` or later.

    What was told longer ago may be forgotten, and would be told again.
    """
    found = []
    for association in queries.wanting(session, WebhookEvent.DAY_MISSED):
        missed = list(_missed(session, association, now, since))
        found += [(association, what) for what in service.untold(session, association, missed)]
    return found


def _missed(session: Session, association: str, now: datetime, since: date) -> Iterator[Happening]:
    held = and_(FilingKey.filing_id == Filing.id, FilingKey.holder == association_holder(association))
    day = and_(CalendarDay.filing_number == Filing.number, CalendarDay.code == FilingDuty.code)
    wanted = (
        select(Filing.number, Filing.zone, CalendarDay.code, CalendarDay.due_postponed)
        .join(FilingKey, held)
        .join(FilingDuty, FilingDuty.filing_id == Filing.id)
        .join(CalendarDay, day)
        .where(FilingDuty.code.in_(list(ALARMS)), CalendarDay.due_postponed >= since)
        .where(CalendarDay.due_postponed <= local_day(now))
    )
    for row in session.execute(wanted):
        if is_late(row.due_postponed, None, local_day(now, ZoneInfo(row.zone))):
            known_by = f"{row.number}-{row.code}"
            yield Happening(WebhookEvent.DAY_MISSED, now, row.number, service.path_of(row.number), known_by)
