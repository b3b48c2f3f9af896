"""What is asked of counters; who may ask is decided by the pages."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.counters.models import CountedComplaint, CounterRow
from app.counters.rules import ALL, StatisticsRecord, read_counts, read_record


def counts_place(authority: str, month: str, profession: str, town: str, *, is_kept: bool) -> str:
    """Return what the seal of a counter is bound to."""
    return f"tally|{authority}|{month}|{profession}|{town}|{int(is_kept)}"


def record_place(number: str) -> str:
    """Return what the seal of what a complaint is counted as is bound to."""
    return f"tallied|{number}"


def counts_of(keyring: Keyring, row: CounterRow | Row[str, str, str, str, bool, bytes]) -> dict[str, int]:
    """Open a counter. Raises :class:`~app.base.crypto.vault.DecryptionError`."""
    place = counts_place(row.authority, row.month, row.profession, row.town, is_kept=row.is_kept)
    return read_counts(keyring.unseal(row.counts, place))


def record_of(keyring: Keyring, row: CountedComplaint) -> StatisticsRecord:
    """Open what a complaint is counted as. Raises :class:`~app.base.crypto.vault.DecryptionError`."""
    return read_record(keyring.unseal(row.portrait, record_place(row.filing_number)))


def records(session: Session, keyring: Keyring, numbers: Select[str]) -> Iterator[StatisticsRecord]:
    """Open what some complaints are counted as, given as the question that lists their numbers; none once erased."""
    for row in session.scalars(select(CountedComplaint).where(CountedComplaint.filing_number.in_(numbers))):
        yield record_of(keyring, row)


@dataclass(frozen=True)
class Dimensions:
    """Which counters are asked: of an authority, or ``*`` for the whole country; of a profession, a town, or ``*``."""

    authority: str
    year: int
    profession: str = ALL
    town: str = ALL


Months = dict[str, Counter[str]]
"""Counters by month."""


def months(session: Session, keyring: Keyring, dimensions: Dimensions) -> Months:
    """Add up the counters of a year, month by month."""
    rows = _rows(dimensions, CounterRow.town == dimensions.town, CounterRow.profession == dimensions.profession)
    return _grouped(session, keyring, rows, lambda _: "").get("", {})


def by_profession(session: Session, keyring: Keyring, dimensions: Dimensions) -> dict[str, Months]:
    """Add up the counters of each profession but one, in the same town."""
    rows = _rows(
        dimensions, CounterRow.town == dimensions.town, CounterRow.profession.not_in((ALL, dimensions.profession))
    )
    return _grouped(session, keyring, rows, lambda row: row.profession)


def of_each_town(session: Session, keyring: Keyring, year: int) -> dict[str, Months]:
    """Add up the counters of each town of the country; empty for the complaints whose town is not known."""
    rows = _rows(Dimensions(ALL, year), CounterRow.profession == ALL, CounterRow.town != ALL)
    return _grouped(session, keyring, rows, lambda row: row.town)


def by_town(session: Session, keyring: Keyring, dimensions: Dimensions) -> dict[str, Months]:
    """Add up the counters of each town but one, for the same profession.

    In the whole country, those of the authorities that know this town: the others are too many to tell anything of it.
    """
    kept = (CounterRow.profession == dimensions.profession, CounterRow.town.not_in((ALL, dimensions.town)))
    if dimensions.authority != ALL:
        return _grouped(session, keyring, _rows(dimensions, *kept), lambda row: row.town)
    near = (
        select(CounterRow.authority)
        .where(CounterRow.town == dimensions.town, CounterRow.profession == dimensions.profession)
        .distinct()
    )
    found: dict[str, Months] = {}
    for authority in session.scalars(near.where(CounterRow.authority != ALL)).all():
        one = by_town(session, keyring, replace(dimensions, authority=authority))
        found |= {f"{authority}|{town}": months for town, months in one.items()}
    return found


Opened = Row[str, str, str, str, bool, bytes]


def _rows(dimensions: Dimensions, *kept: ColumnElement[bool]) -> Select[str, str, str, str, bool, bytes]:
    wanted = select(
        CounterRow.authority,
        CounterRow.month,
        CounterRow.profession,
        CounterRow.town,
        CounterRow.is_kept,
        CounterRow.counts,
    )
    year = CounterRow.month.between(f"{dimensions.year}-01", f"{dimensions.year}-12")
    return wanted.where(*kept, year, CounterRow.authority == dimensions.authority)


def _grouped(
    session: Session, keyring: Keyring, rows: Select[str, str, str, str, bool, bytes], by: Callable[[Opened], str]
) -> dict[str, Months]:
    found: dict[str, Months] = {}
    for row in session.execute(rows):
        total = found.setdefault(by(row), {}).setdefault(row.month, Counter())
        for code, n in counts_of(keyring, row).items():
            total[code] += n
    return found


def years(session: Session, authority: str) -> list[int]:
    """List the years in which something was counted, the last one first."""
    whole = (CounterRow.authority == authority, CounterRow.town == ALL, CounterRow.profession == ALL)
    wanted = select(CounterRow.month).where(*whole).distinct()
    return sorted({int(month[:4]) for month in session.scalars(wanted)}, reverse=True)
