"""What is asked of the outbox."""

from datetime import datetime

from sqlalchemy import Select, SQLColumnExpression, Subquery, func, select
from sqlalchemy.orm import Session

from app.notifications.kinds import ABOUT_OWN_COMPLAINT
from app.notifications.models import OutboxMail
from app.notifications.rules import FAILED, QUEUED

_REFUSED = (OutboxMail.state == FAILED, OutboxMail.kind.in_(ABOUT_OWN_COMPLAINT))


def refused_to_person(number: SQLColumnExpression[str]) -> Select[datetime]:
    """Ask, beside the number of a complaint, when a mail to its person was last refused for good."""
    return select(func.max(OutboxMail.not_before)).where(OutboxMail.filing_number == number, *_REFUSED)


def refused_to_persons() -> Subquery:
    """Ask for the complaints of which a mail to the person was refused for good: number, and when."""
    refused = select(OutboxMail.filing_number.label("number"), func.max(OutboxMail.not_before).label("at"))
    return refused.where(*_REFUSED).group_by(OutboxMail.filing_number).subquery()


def backlog(session: Session) -> dict[str, int]:
    """Count the mails that wait and those that failed."""
    found = session.execute(select(OutboxMail.state, func.count()).group_by(OutboxMail.state)).all()
    counts = {row[0]: int(row[1]) for row in found}
    return {"waiting": counts.get(QUEUED, 0), "failed": counts.get(FAILED, 0)}
