"""What an authority has ahead: its next dates, and the meetings that are fixed."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import Session

from app.filing.models import Filing, FilingDesk, FilingDuty
from app.filing.rules import INFORMED
from app.filing.status.state import ComplaintState
from app.procedure.days import LegalDay

LATE = timedelta(days=30)
DATES, MEETINGS = 1_000, 200
"""Most dates and meetings of one calendar: a meeting is sealed, and each complaint is opened to read it."""


def ahead(session: Session, authority: str, today: date) -> list[Row[tuple[str, str, date]]]:
    """List the next days that an authority must keep, and those of a month ago at most: number, code, day."""
    wanted = (
        select(Filing.number, FilingDuty.code, FilingDuty.due_on)
        .join(Filing, Filing.id == FilingDuty.filing_id)
        .where(FilingDuty.authority == authority, FilingDuty.due_on >= today - LATE, FilingDuty.until >= today)
        .order_by(FilingDuty.due_on, FilingDuty.code, FilingDuty.filing_id)
        .limit(DATES)
    )
    return list(session.execute(wanted))


def to_meet(session: Session, authority: str) -> list[str]:
    """List by number the complaints whose meeting is fixed and not held: those for which something is owed first."""
    wanted = (
        select(Filing.number)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(FilingDesk.authority == authority, FilingDesk.state == ComplaintState.MEETING_FIXED.value)
        .order_by(FilingDesk.next_due_on, FilingDesk.filing_id)
        .limit(MEETINGS)
    )
    return list(session.scalars(wanted))


def owes_by(authority: str, day: date, today: date) -> ColumnElement[bool]:
    """Keep what an authority owes by a day, and still today: found by its own days, not complaint by complaint.

    SQLite reads the days of the desk in order when an id is an expression; else it looks up each complaint owed.
    """
    duty = FilingDuty
    owed = select(duty.filing_id).where(duty.authority == authority, duty.due_on <= day, duty.until >= today)
    return and_(FilingDesk.next_due_on <= day, (FilingDesk.filing_id + "").in_(owed))


def owed_of(session: Session, ids: Sequence[str], today: date) -> dict[str, list[FilingDuty]]:
    """List what is owed today of some complaints, by whichever authority, the nearest day first."""
    wanted = select(FilingDuty).where(FilingDuty.filing_id.in_(ids), FilingDuty.until >= today)
    found: dict[str, list[FilingDuty]] = {}
    for duty in session.scalars(wanted.order_by(FilingDuty.due_on, FilingDuty.code)):
        found.setdefault(duty.filing_id, []).append(duty)
    return found


def awaited_on(role: str, duties: Sequence[FilingDuty]) -> date | None:
    """Return the day by which the other authority must have transmitted a complaint (D3), if this one waits for it."""
    return next((duty.due_on for duty in duties if role == INFORMED and duty.code == LegalDay.TRANSMIT), None)
