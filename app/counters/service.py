"""What is done to counters; the caller holds the turn of the ledger, so that two changes never meet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select, tuple_, update
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.counters.models import CountedComplaint, CounterRow
from app.counters.queries import counts_of, counts_place, record_of, record_place
from app.counters.rules import CounterKey, StatisticsRecord, added, changes, write_counts, write_record

_COUNTERS = CounterRow.metadata.tables[CounterRow.__tablename__]
_OWN = and_(
    _COUNTERS.c.authority == bindparam("whose"),
    _COUNTERS.c.month == bindparam("when"),
    _COUNTERS.c.profession == bindparam("what"),
    _COUNTERS.c.town == bindparam("where"),
    _COUNTERS.c.is_kept == bindparam("of_erased"),
)
_TAKE_OUT = delete(_COUNTERS).where(_OWN)
_CHANGE = update(_COUNTERS).where(_OWN).values(counts=bindparam("sealed"))
_PUT_IN = insert(_COUNTERS).values(
    authority=bindparam("whose"),
    month=bindparam("when"),
    profession=bindparam("what"),
    town=bindparam("where"),
    is_kept=bindparam("of_erased"),
    counts=bindparam("sealed"),
)
"""Written once, of plain columns: eight counters change with each complaint, under the turn of the ledger."""
SOME = 500
"""Rows looked for at once; databases limit what one question may hold."""


def count(session: Session, keyring: Keyring, number: str, record: StatisticsRecord) -> bool:
    """Count a complaint as it now is, instead of as it was; ``False`` when nothing changes."""
    row = session.get(CountedComplaint, number)
    before = record_of(keyring, row) if row else None
    if before == record:
        return False
    sealed = keyring.seal(write_record(record), record_place(number))
    if row:
        row.portrait = sealed
    else:
        session.add(CountedComplaint(filing_number=number, portrait=sealed))
    _apply(session, keyring, changes(before, record), is_kept=False)
    return True


def keep(session: Session, keyring: Keyring, numbers: Iterable[str]) -> int:
    """Keep counting complaints that are erased, and forget what each was counted as; return how many."""
    moved: dict[CounterKey, Counter[str]] = {}
    done = 0
    for number in numbers:
        row = session.get(CountedComplaint, number)
        if row is None:
            continue
        for key, change in changes(None, record_of(keyring, row)).items():
            moved.setdefault(key, Counter()).update(change)
        session.delete(row)
        done += 1
    _apply(session, keyring, moved, is_kept=True)
    taken = {key: Counter({code: -n for code, n in one.items()}) for key, one in moved.items()}
    _apply(session, keyring, taken, is_kept=False)
    return done


def replace_month(session: Session, keyring: Keyring, month: str, records: Mapping[str, StatisticsRecord]) -> None:
    """Put counters computed again, from every complaint of a month that is still held, in place of the old ones."""
    session.execute(delete(CounterRow).where(CounterRow.month == month, CounterRow.is_kept.is_(False)))
    numbers = list(records)
    for start in range(0, len(numbers), SOME):
        session.execute(
            delete(CountedComplaint).where(CountedComplaint.filing_number.in_(numbers[start : start + SOME]))
        )
    totals: dict[CounterKey, Counter[str]] = {}
    for number, record in records.items():
        sealed = keyring.seal(write_record(record), record_place(number))
        session.add(CountedComplaint(filing_number=number, portrait=sealed))
        for key, change in changes(None, record).items():
            totals.setdefault(key, Counter()).update(change)
    if totals:
        session.execute(_PUT_IN, [_written(keyring, key, counts, is_kept=False) for key, counts in totals.items()])
    session.flush()


def _apply(session: Session, keyring: Keyring, wanted: Mapping[CounterKey, Counter[str]], *, is_kept: bool) -> None:
    """Change counters, in at most one statement of each kind."""
    held = _held(session, keyring, sorted(wanted), is_kept=is_kept)
    gone: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for key, change in sorted(wanted.items()):
        counts = added(held.get(key, {}), change)
        if not counts:
            gone.append(_own(key, is_kept=is_kept))
            continue
        (changed if key in held else fresh).append(_written(keyring, key, counts, is_kept=is_kept))
    for statement, rows in ((_TAKE_OUT, gone), (_CHANGE, changed), (_PUT_IN, fresh)):
        if rows:
            session.execute(statement, rows)


def _own(key: CounterKey, *, is_kept: bool) -> dict[str, Any]:
    """Return the parameters that say which counter."""
    authority, month, profession, town = key
    return {"whose": authority, "when": month, "what": profession, "where": town, "of_erased": is_kept}


def _written(keyring: Keyring, key: CounterKey, counts: Mapping[str, int], *, is_kept: bool) -> dict[str, Any]:
    """Return the parameters that write it."""
    sealed = keyring.seal(write_counts(counts), counts_place(*key, is_kept=is_kept))
    return {**_own(key, is_kept=is_kept), "sealed": sealed}


def _held(
    session: Session, keyring: Keyring, keys: Sequence[CounterKey], *, is_kept: bool
) -> dict[CounterKey, dict[str, int]]:
    """Read counters by their keys, many at once."""
    own = tuple_(_COUNTERS.c.authority, _COUNTERS.c.month, _COUNTERS.c.profession, _COUNTERS.c.town)
    found = {}
    for start in range(0, len(keys), SOME):
        wanted = select(_COUNTERS).where(own.in_(keys[start : start + SOME]), _COUNTERS.c.is_kept.is_(is_kept))
        for row in session.execute(wanted):
            found[row.authority, row.month, row.profession, row.town] = counts_of(keyring, row)
    return found
