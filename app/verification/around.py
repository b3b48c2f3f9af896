"""What surrounds complaints in other tables, read some complaints at a time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.audit.access_log import WORDS
from app.accounts.models import AccessLine
from app.evidence.models import Evidence
from app.filing.models import Filing, FilingAct, FilingDesk, FilingDuty, FilingEvent, FilingKey
from app.procedure.models import CalendarDay
from app.verification.reading import Record, bare, readable, records, unreadable


@dataclass(frozen=True)
class Around:
    """What surrounds some complaints in other tables, read at once: by id, by draft or by number."""

    keys: Mapping[str, Sequence[Record]]
    desks: Mapping[str, Sequence[Record]]
    duties: Mapping[str, Sequence[Record]]
    events: Mapping[str, Sequence[Record]]
    days: Mapping[str, Sequence[Record]]
    files: Mapping[str, Sequence[Record]]
    acts: Mapping[str, Sequence[Record]]
    lines: Mapping[str, Sequence[Record]]
    """Of the journal of access, those that the history has too."""

    @classmethod
    def of(cls, session: Session, filings: Sequence[Record]) -> "Around":
        """Read."""
        ids, numbers = [filing.id for filing in filings], [filing.number for filing in filings]
        line = AccessLine
        key, desk, duty, event, day, act = FilingKey, FilingDesk, FilingDuty, FilingEvent, CalendarDay, FilingAct
        return cls(
            _by(session, ids, key.filing_id, key.holder, key.wrapped),
            _by(
                session,
                ids,
                *(desk.filing_id, desk.authority, desk.role, desk.next_code, desk.next_due_on),
                *(desk.state, desk.profession, desk.channel, desk.received_at, desk.laid_by),
            ),
            _by(session, ids, duty.filing_id, duty.authority, duty.code, duty.due_on, duty.until, duty.told),
            _by(session, ids, event.filing_id, event.at, event.kind, event.by, event.authority, event.why),
            _by(
                session, numbers, day.filing_number, day.code, day.due_strict, day.due_postponed, day.basis, day.done_at
            ),
            _by(session, [filing.draft_id for filing in filings], Evidence.owner, *_columns(Evidence)),
            _by(session, ids, act.filing_id, act.n, act.kind, act.at, act.content),
            {
                number: [line for line in rows if line.kind not in WORDS]
                for number, rows in _by(session, numbers, line.subject, line.kind, line.at, line.by, line.place).items()
            },
        )

    @property
    def is_readable(self) -> bool:
        """Whether every value of these rows can be read, as is nearly always so."""
        tables = (self.keys, self.desks, self.duties, self.events, self.acts, self.files, self.days)
        return not any(unreadable(*chain.from_iterable(table.values())) for table in tables)

    def rows_of(self, filing: Record) -> Iterator[tuple[str, Sequence[Record]]]:
        """Give the rows about a complaint, its own first, with the name of their table."""
        yield Filing.__tablename__, (filing,)
        by_id = (
            *((FilingKey, self.keys), (FilingDesk, self.desks), (FilingDuty, self.duties)),
            *((FilingEvent, self.events), (FilingAct, self.acts)),
        )
        for model, rows in by_id:
            yield model.__tablename__, rows.get(filing.id, ())
        yield Evidence.__tablename__, self.files.get(filing.draft_id, ())
        yield CalendarDay.__tablename__, self.days.get(filing.number, ())


def _by(session: Session, wanted: list[Any], owner: Any, *columns: Any) -> dict[str, list[Record]]:
    """Read some columns, and sort the rows by whom they are of, then by the first column."""
    found: dict[str, list[Record]] = defaultdict(list)
    whose = [one for one in wanted if isinstance(one, str)]
    among = bare(owner).in_(bindparam("whose", expanding=True))
    rows = select(*readable((owner, *columns))).where(among).order_by(bare(columns[0]))
    for row in records(session, rows, whose=whose):
        found[row[0]].append(row)
    return found


def _columns(model: Any) -> list[Any]:
    return [column for column in model.__table__.columns if column.name != "owner"]
