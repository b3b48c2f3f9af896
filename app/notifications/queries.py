"""What is asked of the outbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.notifications.models import OutboxMail
from app.notifications.rules import FAILED, QUEUED


@dataclass(frozen=True)
class FailedMail:
    """A mail that did not leave: someone must call or write."""

    kind: str
    created_at: datetime
    attempts: int
    error: str


def failed_for(session: Session, filing_number: str) -> list[FailedMail]:
    """List the mails of a filing that did not leave."""
    rows = session.scalars(
        select(OutboxMail)
        .where(OutboxMail.filing_number == filing_number, OutboxMail.state == FAILED)
        .order_by(OutboxMail.id)
    )
    return [FailedMail(row.kind, row.created_at, row.attempts, row.error) for row in rows]


def backlog(session: Session) -> dict[str, int]:
    """Count the mails that wait and those that failed."""
    found = session.execute(select(OutboxMail.state, func.count()).group_by(OutboxMail.state)).all()
    counts = {row[0]: int(row[1]) for row in found}
    return {"waiting": counts.get(QUEUED, 0), "failed": counts.get(FAILED, 0)}
