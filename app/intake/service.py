"""What a clerk does at the desk."""

import json
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts.queries import Clerk
from app.acts.kinds.lines import OPENED
from app.base.clock import Clock
from app.base.dates import local_day
from app.filing.queries import OpenFiling
from app.filing.receipt import receive as filings
from app.filing.sealed.act import Act
from app.filing.sealed.director import DirectorConcluded, FactsNotified
from app.filing.sealed.person import WithdrawalAsked
from app.intake.queries import is_opened_since


def is_traced(session: Session, filing_id: str, clerk: Clerk, now: datetime) -> bool:
    """Return whether the history already says that this clerk read this complaint today."""
    zone = ZoneInfo(clerk.zone)
    start = datetime.combine(local_day(now, zone), time(), zone)
    return is_opened_since(session, filing_id, clerk.name, clerk.authority, start)


def opened(session: Session, filing_id: str, clerk: Clerk, clock: Clock) -> None:
    """Leave a line in the history: this clerk read this complaint, once for each day."""
    now = clock()
    if not is_traced(session, filing_id, clerk, now):
        filings.record_event(session, filing_id, OPENED, by=clerk.name, authority=clerk.authority, at=now)


CONFIDED = {"reason", "is_pressed"}
"""What the person says of a withdrawal to the authority that holds the complaint, and to nobody else."""


def document_of(opened: OpenFiling) -> bytes:
    """Write the complaint and its acts for another program: JSON, UTF-8; it may go to the other authority."""
    acted = [_told(act) for act in opened.acts]
    return json.dumps({"complaint": opened.payload, "acts": acted}, ensure_ascii=False, indent=1).encode()


LETTER = {"letter"}
"""What the director wrote to the professional: what the council may know of it is not settled (see docs/droit.md)."""


def _told(act: Act) -> Mapping[str, Any]:
    """Leave out of an act what the person confided to the authority that holds it, and the letters of the director."""
    match act.sealed:
        case WithdrawalAsked():
            kept_back = CONFIDED
        case FactsNotified() | DirectorConcluded():
            kept_back = LETTER
        case _:
            return act.document
    return {name: value for name, value in act.document.items() if name not in kept_back}
