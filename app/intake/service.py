"""What a clerk does at the desk."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts.queries import Clerk
from app.base.clock import Clock
from app.base.dates import local_day
from app.base.vault import seal
from app.filing import service as filing
from app.filing.queries import WHY, OpenFiling
from app.intake.queries import is_opened_since
from app.intake.rules import EventKind


def is_traced(session: Session, filing_id: str, clerk: Clerk, now: datetime) -> bool:
    """Tell whether the history already says that this clerk read this complaint today."""
    zone = ZoneInfo(clerk.zone)
    start = datetime.combine(local_day(now, zone), time(), zone)
    return is_opened_since(session, filing_id, clerk.name, clerk.authority, start)


def opened(session: Session, filing_id: str, clerk: Clerk, clock: Clock) -> None:
    """Leave a line in the history: this clerk read this complaint, once for each day."""
    now = clock()
    if not is_traced(session, filing_id, clerk, now):
        filing.record_event(session, filing_id, EventKind.OUVERTE, by=clerk.name, authority=clerk.authority, at=now)


def forced(session: Session, opened: OpenFiling, clerk: Clerk, why: str, clock: Clock) -> None:
    """Leave a line in the history: this manager saved a dangerous file, for this reason."""
    sealed = seal(opened.key, why.encode(), WHY)
    filing.record_event(
        session,
        opened.filing.id,
        EventKind.DANGEREUSE,
        by=clerk.name,
        authority=clerk.authority,
        at=clock(),
        why=sealed,
    )
