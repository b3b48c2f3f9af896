"""What is done to counters; the caller holds the turn of the ledger, so that two changes never meet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.tallies.models import Tallied, Tally
from app.tallies.queries import counts_of, counts_place, portrait_of, portrait_place
from app.tallies.rules import Cut, Portrait, added, changes, write_counts, write_portrait

SOME = 500
"""Rows looked for at once; databases limit what one question may hold."""


def count(session: Session, keyring: Keyring, number: str, portrait: Portrait) -> bool:
    """Count a complaint as it now is, instead of as it was; ``False`` when nothing changes."""
    row = session.get(Tallied, number)
    before = portrait_of(keyring, row) if row else None
    if before == portrait:
        return False
    sealed = keyring.seal(write_portrait(portrait), portrait_place(number))
    if row:
        row.portrait = sealed
    else:
        session.add(Tallied(filing_number=number, portrait=sealed))
    _apply(session, keyring, changes(before, portrait), is_kept=False)
    return True


def keep(session: Session, keyring: Keyring, numbers: Iterable[str]) -> int:
    """Keep counting complaints that are erased, and forget what each was counted as; give how many."""
    moved: dict[Cut, Counter[str]] = {}
    done = 0
    for number in numbers:
        row = session.get(Tallied, number)
        if row is None:
            continue
        for cut, change in changes(None, portrait_of(keyring, row)).items():
            moved.setdefault(cut, Counter()).update(change)
        session.delete(row)
        done += 1
    _apply(session, keyring, moved, is_kept=True)
    taken = {cut: Counter({code: -n for code, n in one.items()}) for cut, one in moved.items()}
    _apply(session, keyring, taken, is_kept=False)
    return done


def replace_month(session: Session, keyring: Keyring, month: str, portraits: Mapping[str, Portrait]) -> None:
    """Put counters computed again, from every complaint of a month that is still held, in place of the old ones."""
    session.execute(delete(Tally).where(Tally.month == month, Tally.is_kept.is_(False)))
    numbers = list(portraits)
    for start in range(0, len(numbers), SOME):
        session.execute(delete(Tallied).where(Tallied.filing_number.in_(numbers[start : start + SOME])))
    totals: dict[Cut, Counter[str]] = {}
    for number, portrait in portraits.items():
        sealed = keyring.seal(write_portrait(portrait), portrait_place(number))
        session.add(Tallied(filing_number=number, portrait=sealed))
        for cut, change in changes(None, portrait).items():
            totals.setdefault(cut, Counter()).update(change)
    session.add_all(_row(keyring, cut, counts, is_kept=False) for cut, counts in totals.items())
    session.flush()


def _apply(session: Session, keyring: Keyring, wanted: Mapping[Cut, Counter[str]], *, is_kept: bool) -> None:
    held = _held(session, sorted(wanted), is_kept=is_kept)
    for cut, change in sorted(wanted.items()):
        row = held.get(cut)
        counts = added(counts_of(keyring, row) if row else {}, change)
        if row and counts:
            row.counts = keyring.seal(write_counts(counts), counts_place(*cut, is_kept=is_kept))
        elif row:
            session.delete(row)
        elif counts:
            session.add(_row(keyring, cut, counts, is_kept=is_kept))
    session.flush()


def _held(session: Session, cuts: Sequence[Cut], *, is_kept: bool) -> dict[Cut, Tally]:
    """Read counters by their cuts, many at once."""
    own = tuple_(Tally.authority, Tally.month, Tally.profession, Tally.town)
    found: dict[Cut, Tally] = {}
    for start in range(0, len(cuts), SOME):
        wanted = select(Tally).where(own.in_(cuts[start : start + SOME]), Tally.is_kept.is_(is_kept))
        found |= {(row.authority, row.month, row.profession, row.town): row for row in session.scalars(wanted)}
    return found


def _row(keyring: Keyring, cut: Cut, counts: Mapping[str, int], *, is_kept: bool) -> Tally:
    authority, month, profession, town = cut
    sealed = keyring.seal(write_counts(counts), counts_place(*cut, is_kept=is_kept))
    return Tally(authority=authority, month=month, profession=profession, town=town, is_kept=is_kept, counts=sealed)
