"""What is asked of counters; who may ask is decided by the pages."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.tallies.models import Tallied, Tally
from app.tallies.rules import ALL, Portrait, read_counts, read_portrait


def counts_place(authority: str, month: str, profession: str, town: str, *, is_kept: bool) -> str:
    """Name what the seal of a counter is bound to."""
    return f"tally|{authority}|{month}|{profession}|{town}|{int(is_kept)}"


def portrait_place(number: str) -> str:
    """Name what the seal of what a complaint is counted as is bound to."""
    return f"tallied|{number}"


def counts_of(keyring: Keyring, row: Tally | Row[str, str, str, str, bool, bytes]) -> dict[str, int]:
    """Open a counter. Raises :class:`~app.base.crypto.vault.DecryptionError`."""
    place = counts_place(row.authority, row.month, row.profession, row.town, is_kept=row.is_kept)
    return read_counts(keyring.unseal(row.counts, place))


def portrait_of(keyring: Keyring, row: Tallied) -> Portrait:
    """Open what a complaint is counted as. Raises :class:`~app.base.crypto.vault.DecryptionError`."""
    return read_portrait(keyring.unseal(row.portrait, portrait_place(row.filing_number)))


@dataclass(frozen=True)
class Cut:
    """Which counters are asked: of an authority, or ``*`` for the whole country; of a profession, a town, or ``*``."""

    authority: str
    year: int
    profession: str = ALL
    town: str = ALL


Months = dict[str, Counter[str]]
"""Counters by month."""


def months(session: Session, keyring: Keyring, cut: Cut) -> Months:
    """Add up the counters of a year, month by month."""
    rows = _rows(cut, Tally.town == cut.town, Tally.profession == cut.profession)
    return _grouped(session, keyring, rows, lambda _: "").get("", {})


def by_profession(session: Session, keyring: Keyring, cut: Cut) -> dict[str, Months]:
    """Add up the counters of each profession but one, in the same town."""
    rows = _rows(cut, Tally.town == cut.town, Tally.profession.not_in((ALL, cut.profession)))
    return _grouped(session, keyring, rows, lambda row: row.profession)


def by_town(session: Session, keyring: Keyring, cut: Cut) -> dict[str, Months]:
    """Add up the counters of each town but one, for the same profession.

    In the whole country, those of the authorities that know this town: the others are too many to tell anything of it.
    """
    kept = (Tally.profession == cut.profession, Tally.town.not_in((ALL, cut.town)))
    if cut.authority != ALL:
        return _grouped(session, keyring, _rows(cut, *kept), lambda row: row.town)
    near = select(Tally.authority).where(Tally.town == cut.town, Tally.profession == cut.profession).distinct()
    found: dict[str, Months] = {}
    for authority in session.scalars(near.where(Tally.authority != ALL)).all():
        one = by_town(session, keyring, replace(cut, authority=authority))
        found |= {f"{authority}|{town}": months for town, months in one.items()}
    return found


Opened = Row[str, str, str, str, bool, bytes]


def _rows(cut: Cut, *kept: ColumnElement[bool]) -> Select[str, str, str, str, bool, bytes]:
    wanted = select(Tally.authority, Tally.month, Tally.profession, Tally.town, Tally.is_kept, Tally.counts)
    year = Tally.month.between(f"{cut.year}-01", f"{cut.year}-12")
    return wanted.where(*kept, year, Tally.authority == cut.authority)


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
    whole = (Tally.authority == authority, Tally.town == ALL, Tally.profession == ALL)
    wanted = select(Tally.month).where(*whole).distinct()
    return sorted({int(month[:4]) for month in session.scalars(wanted)}, reverse=True)
