"""The complaints that came of the drafts of a piece of software, while the mandate of each holds (CSP R. 1110-11)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.acts.kinds import TOLD
from app.acts.kinds.receipt import DUPLICATES
from app.association_desk.filters import NUMBER
from app.filing.models import Filing, FilingEvent, FilingKey
from app.saisine.by_software import Software
from app.saisine.models import Draft

ID = re.compile("[0-9a-f]{32}")
AT_ONCE = 50
"""Complaints of one page of the list."""
READ = frozenset(TOLD) - frozenset(DUPLICATES)
"""Lines of the history that an association reads; that there is another complaint is not told."""


@dataclass(frozen=True)
class Changed:
    """A complaint, and when the last thing that the association reads of it was done."""

    filing: Filing
    at: datetime

    @property
    def place(self) -> str:
        """Its place in the list, from which the next page goes on."""
        return f"{self.at.isoformat()}|{self.filing.id}"


def place_of(text: str) -> tuple[datetime, str]:
    """Read a place. Raises ``ValueError``."""
    at, _, filing_id = text.partition("|")
    if not ID.fullmatch(filing_id):
        raise ValueError(text)
    return instant_of(at), filing_id


def instant_of(text: str) -> datetime:
    """Read an instant (RFC 3339). Raises ``ValueError``, also for one without its offset."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    try:
        return found.astimezone(UTC)
    except OverflowError:
        raise ValueError(text) from None


def own(session: Session, software: Software, number: str) -> Filing | None:
    """Find a complaint of this software whose mandate holds; ``None`` for any other."""
    if not NUMBER.fullmatch(number):
        return None
    return session.scalar(select(Filing).where(Filing.number == number, _held(software)))


def every(
    session: Session, software: Software, since: datetime | None, after: tuple[datetime, str] | None
) -> Sequence[Changed]:
    """List the complaints that changed since an instant, those that changed first before; ``after``: a place."""
    told = (FilingEvent.filing_id == Filing.id, FilingEvent.kind.in_(READ))
    last = select(func.max(FilingEvent.at)).where(*told).correlate(Filing).scalar_subquery()
    changed = func.coalesce(last, Filing.received_at)
    wanted = select(Filing, changed.label("changed")).where(_held(software))
    if since is not None:
        wanted = wanted.where(changed >= since)
    if after is not None:
        at, filing_id = after
        wanted = wanted.where(or_(changed > at, and_(changed == at, Filing.id > filing_id)))
    rows = session.execute(wanted.order_by(changed, Filing.id).limit(AT_ONCE))
    return [Changed(row.Filing, row.changed) for row in rows]


def _held(software: Software) -> ColumnElement[bool]:
    drafts = select(Draft.id).where(Draft.client == software.client, Draft.association == software.association)
    held = select(FilingKey.filing_id).where(FilingKey.holder == software.holder)
    return and_(Filing.draft_id.in_(drafts), Filing.id.in_(held))
