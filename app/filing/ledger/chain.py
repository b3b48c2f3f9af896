"""The ledger: a chain of salted commitments, where nothing can be changed quietly.

``C = SHA-256(0x00 ‖ salt ‖ bytes)``; ``hash = SHA-256(0x01 ‖ entry)`` where the entry is canonical JSON (RFC 8785) and
names the hash of the entry before. The two leading bytes keep the two uses apart, as in RFC 6962. Contents are never
in the ledger: once the salt is erased, a commitment says nothing.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.crypto.canonical import flat
from app.filing.models import LedgerEntry

log = logging.getLogger("saisine.ledger")

SALT = 32
FIRST = "0" * 64
DEPOSIT, TOKEN, CHECKPOINT = "depot", "jeton", "point_de_controle"
JOURNAL = "journal"
"""Kind of the entry that holds the end of a day of the journal of access; its number is that day."""
STAMPED = (DEPOSIT, CHECKPOINT)
"""Kinds of entries that get a token of their own."""
_TURN = 7_235_551
"""PostgreSQL: the advisory lock that makes one writer of the chain wait for the other, also when it is empty."""


def take_turn(session: Session) -> None:
    """Wait until this transaction alone may add to the chain; SQLite gave the turn with ``BEGIN IMMEDIATE``."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def commit_to(salted: bytes) -> str:
    """Commit to contents that begin with their salt."""
    return hashlib.sha256(b"\x00" + salted).hexdigest()


def entry_bytes(n: int, kind: str, number: str, commitment: str, at: datetime, prev: str) -> bytes:
    """Write one entry: the byte 0x01, then canonical JSON. Its SHA-256 is its hash; these bytes are what is stamped."""
    entry = {"n": n, "kind": kind, "number": number, "commitment": commitment, "at": instant(at), "prev": prev}
    return b"\x01" + flat(entry)


def entry_hash(n: int, kind: str, number: str, commitment: str, at: datetime, prev: str) -> str:
    """Hash one entry."""
    return hashlib.sha256(entry_bytes(n, kind, number, commitment, at, prev)).hexdigest()


def stamped_bytes(entry: LedgerEntry | Row[Any]) -> bytes:
    """Write an entry of the table."""
    return entry_bytes(entry.n, entry.kind, entry.number, entry.commitment, entry.at, entry.prev)


def deposit_of(session: Session, number: str) -> LedgerEntry | None:
    """Return the entry made at receipt; ``None`` for a number that is of no complaint."""
    which = (LedgerEntry.number == number, LedgerEntry.kind == DEPOSIT)
    return session.scalars(select(LedgerEntry).where(*which)).one_or_none()


def entries_after(session: Session, n: int, kinds: Sequence[str], most: int) -> list[LedgerEntry]:
    """List the next entries of some kinds."""
    asked = select(LedgerEntry).where(LedgerEntry.n > n, LedgerEntry.kind.in_(kinds)).order_by(LedgerEntry.n)
    return list(session.scalars(asked.limit(most)))


def entries(session: Session, numbers: Sequence[int]) -> list[LedgerEntry]:
    """List the entries of these numbers, in order."""
    return list(session.scalars(select(LedgerEntry).where(LedgerEntry.n.in_(numbers)).order_by(LedgerEntry.n)))


def instant(at: datetime) -> str:
    """Write an instant for the sealed record: UTC, microseconds."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Head(NamedTuple):
    """The last entry, as the next one follows it."""

    n: int
    hash: str
    at: datetime | None
    """``None`` before the first entry."""


def head(session: Session) -> Head:
    """Read the last entry; of nothing, the number is 0 and the hash zeros."""
    last = session.execute(
        select(LedgerEntry.n, LedgerEntry.hash, LedgerEntry.at).order_by(LedgerEntry.n.desc()).limit(1)
    ).first()
    return Head(last.n, last.hash, last.at) if last else Head(0, FIRST, None)


def now_after(last: Head, clock: Clock) -> tuple[datetime, datetime | None]:
    """Read the time of the next entry; when the clock went back, the entry takes the instant after the last one.

    The second value is then what the clock said.
    """
    read = clock()
    if last.at is None or read > last.at:
        return read, None
    log.error("the clock went back", extra={"seconds": round((last.at - read).total_seconds(), 6)})
    return last.at + timedelta(microseconds=1), read


def now_after_last(session: Session, clock: Clock) -> tuple[datetime, datetime | None]:
    """Read the time of the next entry, for whoever did not read the last one; see :func:`now_after`."""
    return now_after(head(session), clock)


def append(
    session: Session,
    kind: str,
    number: str,
    commitment: str,
    at: datetime,
    read_at: datetime | None,
    after: Head | None = None,
) -> LedgerEntry:
    """Add an entry; the caller holds the turn. ``after``: the last one, where this turn has read it already."""
    last = after or head(session)
    n, prev = last.n + 1, last.hash
    entry = LedgerEntry(
        n=n,
        kind=kind,
        number=number,
        commitment=commitment,
        at=at,
        read_at=read_at,
        prev=prev,
        hash=entry_hash(n, kind, number, commitment, at, prev),
    )
    session.add(entry)
    return entry
