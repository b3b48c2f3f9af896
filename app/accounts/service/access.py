"""The journal of access: who opened, exported, changed which complaint or account; a chain of hashes for each day.

It is added to and read; nothing changes it, and whole days alone are erased, after a year (CNIL 2021-122).
Each line holds the hash of the one before in its day, so that a line altered, added or taken away is seen.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, text
from sqlalchemy.orm import Session

from app.accounts.models import AccessLine
from app.base.clock import PARIS
from app.base.crypto.canonical import flat
from app.base.dates import local_day
from app.base.storage.database import Database

_TURN = 0x6A6F75726E616C
"""PostgreSQL: the advisory lock that makes one writer of a day wait for the other."""


@dataclass(frozen=True)
class Access:
    """What is noted: who, for which place, did what, to what, why."""

    by: str
    place: str
    """Code of the authority, id of the association, or empty for the service."""
    kind: str
    subject: str
    """Number of the complaint, or id of the account."""
    why: bytes | None = None
    """The reason given, sealed under the key of the complaint."""


def note(session: Session, what: Access, at: datetime) -> None:
    """Add a line; the day is that of Paris."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    day = local_day(at, PARIS)
    session.flush()
    last = session.scalar(select(AccessLine.hash).where(AccessLine.day == day).order_by(AccessLine.n.desc()).limit(1))
    line = AccessLine(day=day, at=at, by=what.by, place=what.place, kind=what.kind, subject=what.subject, why=what.why)
    line.hash = _hash(line, last or "")
    session.add(line)
    session.flush()


def note_once(session: Session, database: Database, what: Access, at: datetime) -> None:
    """Add a line for what a page reads, once a day for the same; what ``session`` reads afterwards comes after it."""
    if _is_noted(session, what, at):
        return
    session.commit()  # nothing was written: the snapshot ends
    with database.write() as writing:
        if not _is_noted(writing, what, at):
            note(writing, what, at)


def _is_noted(session: Session, what: Access, at: datetime) -> bool:
    line = AccessLine
    same = (line.by == what.by, line.place == what.place, line.kind == what.kind, line.subject == what.subject)
    return session.scalar(select(line.n).where(line.day == local_day(at, PARIS), *same).limit(1)) is not None


def heads(session: Session, after: str, before: date) -> list[tuple[date, str]]:
    """Return the hash of the last line of each day, of days after ``after`` (ISO, or empty) and before ``before``."""
    last = select(AccessLine.day, func.max(AccessLine.n).label("n")).where(AccessLine.day < before)
    if after:
        last = last.where(AccessLine.day > date.fromisoformat(after))
    ends = last.group_by(AccessLine.day).subquery()
    wanted = select(AccessLine.day, AccessLine.hash).join(ends, ends.c.n == AccessLine.n).order_by(AccessLine.day)
    return [(day, head) for day, head in session.execute(wanted)]


def breaks(lines: Iterable[AccessLine | Row[Any]]) -> list[date]:
    """List the days whose chain does not hold, of lines that come in order."""
    broken: dict[date, None] = {}
    day, before = None, ""
    for line in lines:
        if line.day != day:
            day, before = line.day, ""
        if line.hash != _hash(line, before):
            broken[line.day] = None
        before = line.hash
    return list(broken)


def forget(session: Session, before: date) -> int:
    """Erase the days before this one; return how many lines went."""
    wanted = AccessLine.day < before
    n = session.scalar(select(func.count()).select_from(AccessLine).where(wanted)) or 0
    if n:
        session.execute(delete(AccessLine).where(wanted))
    return n


def _hash(line: AccessLine | Row[Any], before: str) -> str:
    """Hash a line with the one before: canonical JSON (RFC 8785), SHA-256."""
    said = {
        "at": line.at.isoformat(),
        "by": line.by,
        "place": line.place,
        "kind": line.kind,
        "subject": line.subject,
        "why": line.why.hex() if line.why else "",
        "before": before or line.day.isoformat(),
    }
    return hashlib.sha256(flat(said)).hexdigest()
