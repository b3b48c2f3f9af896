"""What surrounds complaints in other tables, read some complaints at a time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.accounts.audit.access_log import WORDS
from app.accounts.models import AccessLine
from app.evidence.models import Evidence
from app.filing.models import Filing, FilingAct, FilingDesk, FilingDuty, FilingEvent, FilingKey
from app.procedure.models import CalendarDay
from app.verification.reading import Record, bare, readable, records, unreadable


def _of(owner: Any, *columns: Any) -> Select[Any]:
    """Ask for some columns of what some complaints own, in the order of the first one."""
    among = bare(owner).in_(bindparam("whose", expanding=True))
    return select(*readable((owner, *columns))).where(among).order_by(bare(columns[0]))


key, desk, duty, event = FilingKey, FilingDesk, FilingDuty, FilingEvent
day, act, line = CalendarDay, FilingAct, AccessLine
KEYS = _of(key.filing_id, key.holder, key.wrapped)
DESKS = _of(
    *(desk.filing_id, desk.authority, desk.role, desk.next_code, desk.next_due_on),
    *(desk.state, desk.profession, desk.channel, desk.received_at, desk.laid_by),
)
DUTIES = _of(duty.filing_id, duty.authority, duty.code, duty.due_on, duty.until, duty.told)
EVENTS = _of(event.filing_id, event.at, event.kind, event.by, event.authority, event.why)
DAYS = _of(day.filing_number, day.code, day.due_strict, day.due_postponed, day.basis, day.done_at)
FILES = _of(Evidence.owner, *(column for column in Evidence.__table__.columns if column.name != "owner"))
ACTS = _of(act.filing_id, act.n, act.kind, act.at, act.content)
LINES = _of(line.subject, line.kind, line.at, line.by, line.place)


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
        lines = _read(session, LINES, numbers)
        return cls(
            _read(session, KEYS, ids),
            _read(session, DESKS, ids),
            _read(session, DUTIES, ids),
            _read(session, EVENTS, ids),
            _read(session, DAYS, numbers),
            _read(session, FILES, [filing.draft_id for filing in filings]),
            _read(session, ACTS, ids),
            {number: [line for line in rows if line.kind not in WORDS] for number, rows in lines.items()},
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


def _read(session: Session, asked: Select[Any], wanted: list[Any]) -> dict[str, list[Record]]:
    """Read rows, and sort them by whom they are of."""
    found: dict[str, list[Record]] = defaultdict(list)
    for row in records(session, asked, whose=[one for one in wanted if isinstance(one, str)]):
        found[row[0]].append(row)
    return found
