"""What an authority has ahead: its next dates, and the meetings that are fixed."""

from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.filing.models import Filing, FilingDesk
from app.intake.rules import State


def ahead(session: Session, authority: str) -> list[Row[tuple[str, str, date]]]:
    """List what an authority must do next: number, code of the day and the day, nearest first."""
    wanted = (
        select(Filing.number, FilingDesk.next_code, FilingDesk.next_due_on)
        .join(Filing, Filing.id == FilingDesk.filing_id)
        .where(FilingDesk.authority == authority, FilingDesk.next_code != "")
        .order_by(FilingDesk.next_due_on, FilingDesk.filing_id)
    )
    return list(session.execute(wanted))


def to_meet(session: Session, authority: str) -> list[str]:
    """List the complaints on the desk of an authority whose meeting is fixed and not held, by number."""
    wanted = (
        select(Filing.number)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(FilingDesk.authority == authority, Filing.state == State.CONCILIATION_FIXEE.value)
        .order_by(Filing.number)
    )
    return list(session.scalars(wanted))
