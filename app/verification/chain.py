"""The chain of the ledger, and what was published of it before."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.acts.kinds import ACTS
from app.filing.ledger import chain
from app.filing.models import LedgerEntry
from app.filing.upkeep.erase import ERASED
from app.verification.findings import Findings
from app.verification.reading import Record, bare, readable, records

LINE = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d+) ([0-9a-f]{64})(?: .*)?")


@dataclass(frozen=True)
class Checkpoint:
    """A line that was published: that day, the entry ``n`` had this hash."""

    day: str
    n: int
    head: str


def read_checkpoints(text: str) -> list[Checkpoint]:
    """Read the lines of a register. Raises ``ValueError`` when none is one."""
    found = [LINE.fullmatch(line.strip()) for line in text.splitlines()]
    points = [Checkpoint(one[1], int(one[2]), one[3]) for one in found if one]
    if not points:
        raise ValueError("no line of this file is a checkpoint: day, number of the entry, hash")
    return points


@dataclass
class Chain:
    """What the ledger holds, once walked."""

    deposits: dict[str, Record] = field(default_factory=dict)
    """By number of the complaint."""
    stamped: dict[int, Record] = field(default_factory=dict)
    """The entries that get a token, by their number."""
    tokens: dict[str, Record] = field(default_factory=dict)
    """The entries that hold the hash of a token, by this hash."""
    erased: dict[str, Record] = field(default_factory=dict)
    """The entries that say that a complaint was erased, by its number."""
    journal: dict[str, str] = field(default_factory=dict)
    """By day, the hash of the last line of the journal of access."""
    acts: dict[str, list[Record]] = field(default_factory=dict)
    """By number of the complaint, oldest first."""

    def note(self, entry: Record) -> None:
        """Keep an act, what ended a complaint, or the end of a day of the journal."""
        if entry.kind == ERASED:
            self.erased[entry.number] = entry
        elif entry.kind == chain.JOURNAL:
            self.journal[entry.number] = entry.commitment
        else:
            self.acts.setdefault(entry.number, []).append(entry)


def walk(session: Session, found: Findings, published: Iterable[Checkpoint]) -> Chain:
    """Check the chain, and keep what the rest is checked against."""
    kept = Chain()
    for entry in check_chain(session, found, published):
        if entry.kind in chain.STAMPED:
            kept.stamped[entry.n] = entry
        if entry.kind == chain.DEPOSIT:
            if entry.number in kept.deposits:
                found.add(entry.number, "ledger", "number", "two deposits bear this number")
            kept.deposits[entry.number] = entry
        elif entry.kind == chain.TOKEN:
            kept.tokens[entry.commitment] = entry
        elif entry.kind in {ERASED, chain.JOURNAL, *ACTS}:
            kept.note(entry)
        elif entry.kind == chain.CHECKPOINT:
            found.expect(entry.number, "ledger", "commitment", entry.commitment, entry.prev)
    return kept


def check_chain(session: Session, found: Findings, published: Iterable[Checkpoint]) -> Iterator[Record]:
    """Check each entry against the one before, and give it."""
    wanted = {point.n: point for point in published}
    prev, n, at = chain.FIRST, 0, None
    every = select(*readable(LedgerEntry.__table__.columns)).order_by(bare(LedgerEntry.n))
    for entry in records(session, every):
        found.entries += 1
        if entry.n != n + 1:
            found.add(entry.number, "ledger", "n", f"entries {n + 1} to {entry.n - 1} are missing")
        if entry.prev != prev:
            found.add(entry.number, "ledger", "prev", f"entry {entry.n} does not follow the one before")
        is_readable = found.read(entry.number, "ledger", entry)
        if is_readable and _hash(entry) != entry.hash:
            found.add(entry.number, "ledger", "hash", f"entry {entry.n} was changed")
        if is_readable and at is not None and entry.at <= at:
            found.add(entry.number, "ledger", "at", f"entry {entry.n} is not after the one before")
        point = wanted.pop(entry.n, None)
        if point and point.head != entry.hash:
            found.add(entry.number, "ledger", "hash", f"entry {entry.n} is not the one published on {point.day}")
        prev, n, at = entry.hash, entry.n, entry.at if is_readable else at
        yield entry
    found.head = prev
    for point in wanted.values():
        found.add("", "ledger", "n", f"entry {point.n}, published on {point.day}, is missing: the ledger was cut")


def _hash(entry: Record) -> str:
    return chain.entry_hash(entry.n, entry.kind, entry.number, entry.commitment, entry.at, entry.prev)
