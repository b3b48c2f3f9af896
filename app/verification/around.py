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


def _of(model: Any, owner: str, *names: str) -> Select[Any]:
    """Ask for some columns of what some complaints own, in the order of the first one."""
    among = bare(getattr(model, owner)).in_(bindparam("whose", expanding=True))
    columns = readable(getattr(model, name) for name in (owner, *names))
    return select(*columns).where(among).order_by(bare(getattr(model, names[0])))


KEYS = _of(FilingKey, "filing_id", "holder", "wrapped")
DESKS = _of(
    *(FilingDesk, "filing_id", "authority", "role", "next_code", "next_due_on"),
    *("state", "profession", "channel", "received_at", "number", "laid_by"),
)
DUTIES = _of(FilingDuty, "filing_id", "authority", "code", "due_on", "until", "told")
EVENTS = _of(FilingEvent, "filing_id", "at", "kind", "by", "authority", "why")
DAYS = _of(CalendarDay, "filing_number", "code", "due_strict", "due_postponed", "basis", "done_at")
FILES = _of(Evidence, "owner", *(column.key for column in Evidence.__table__.columns if column.key != "owner"))
ACTS = _of(FilingAct, "filing_id", "n", "kind", "at", "content")
LINES = _of(AccessLine, "subject", "kind", "at", "by", "place")


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
