"""The journal of access: the chain of each day, and its end as the ledger holds it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import AccessLine
from app.accounts.service import access
from app.base.clock import PARIS
from app.verification.findings import Findings
from app.verification.reading import Record, bare, readable, records, unreadable


def kept_since(session: Session, first_day: date) -> datetime | None:
    """Tell since when each line of the history of a complaint has one in the journal; ``None`` when there is no line.

    ``first_day``: the first one that is not erased. What came before the journal itself has none.
    """
    first = next(records(session, select(*readable([AccessLine.at])).order_by(bare(AccessLine.n)).limit(1)), None)
    return max(first.at, datetime.combine(first_day, time(), PARIS)) if first and not unreadable(first) else None


def check_journal(session: Session, found: Findings, ends: Mapping[str, str], first_day: date) -> None:
    """Check every line. ``ends``: by day, the hash of its last line, as the ledger says; ``first_day``: see above."""
    last: dict[str, str] = {}
    for day in access.breaks(_lines(session, found, last)):
        found.add("", "access_line", "hash", f"the journal of {day} is not as it was")
    for named, end in ends.items():
        is_erased = named not in last and date.fromisoformat(named) < first_day
        if not is_erased and last.get(named) != end:
            found.add("", "access_line", "hash", f"the journal of {named} does not end as the ledger says")


def _lines(session: Session, found: Findings, last: dict[str, str]) -> Iterator[Record]:
    """Give the lines in order, and keep the end of each day; its chain breaks at one that cannot be read."""
    lines = select(*readable(AccessLine.__table__.columns)).order_by(bare(AccessLine.day), bare(AccessLine.n))
    for line in records(session, lines):
        bad = unreadable(line)
        for column in bad:
            found.add("", "access_line", column, f"line {line.n} cannot be read")
        if not bad:
            last[line.day.isoformat()] = line.hash
            yield line
