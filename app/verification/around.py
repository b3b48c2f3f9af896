"""What surrounds complaints in other tables, read some complaints at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.evidence import queries as evidence
from app.evidence.models import Evidence
from app.filing import acts
from app.filing.models import FilingDesk, FilingDuty, FilingEvent, FilingKey
from app.procedure.models import CalendarDay

Record = Row[Any]
"""A row as the database gives it: thousands are read, and none is changed."""


@dataclass(frozen=True)
class Around:
    """What surrounds some complaints in other tables, read at once: by id, by draft or by number."""

    keys: Mapping[str, Sequence[Record]]
    desks: Mapping[str, Sequence[Record]]
    duties: Mapping[str, Sequence[Record]]
    events: Mapping[str, Sequence[Record]]
    days: Mapping[str, Sequence[Record]]
    files: Mapping[str, Sequence[Evidence]]
    acts: Mapping[str, Sequence[Record]]

    @classmethod
    def of(cls, session: Session, filings: Sequence[Record]) -> "Around":
        """Read."""
        ids, numbers = [filing.id for filing in filings], [filing.number for filing in filings]
        key, desk, duty, event, day = FilingKey, FilingDesk, FilingDuty, FilingEvent, CalendarDay
        return cls(
            _by(session, ids, key.filing_id, key.holder, key.wrapped),
            _by(
                session,
                ids,
                *(desk.filing_id, desk.authority, desk.role, desk.next_code, desk.next_due_on),
                *(desk.state, desk.profession, desk.channel, desk.has_needs, desk.received_at, desk.laid_by),
            ),
            _by(session, ids, duty.filing_id, duty.authority, duty.code, duty.due_on, duty.until),
            _by(session, ids, event.filing_id, event.at, event.kind, event.by, event.authority, event.why),
            _by(
                session, numbers, day.filing_number, day.code, day.due_strict, day.due_postponed, day.basis, day.done_at
            ),
            evidence.sealed_of(session, [filing.draft_id for filing in filings]),
            acts.numbers_of(session, ids),
        )


def _by(session: Session, wanted: list[str], owner: Any, *columns: Any) -> dict[str, list[Record]]:
    """Read some columns, and sort the rows by whom they are of."""
    found: dict[str, list[Record]] = defaultdict(list)
    for row in session.execute(select(owner, *columns).where(owner.in_(wanted))):
        found[row[0]].append(row)
    return found
