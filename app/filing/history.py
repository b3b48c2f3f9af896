"""The lines of the history of a complaint: who did what, when; the reasons for whoever holds its key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring, unseal
from app.filing.models import Filing, FilingEvent, FilingKey


@dataclass(frozen=True)
class Event:
    """A line of the history."""

    n: int
    at: datetime
    kind: str
    by: str
    authority: str
    why: str = ""


WHY = "event|why"
"""What the seal of a reason is bound to."""


def reasons(session: Session, keyring: Keyring, holder: str, given: Sequence[tuple[str, bytes | None]]) -> list[str]:
    """Open the reasons of lines (number, sealed reason) for a holder of keys; empty where it holds no key any more."""
    numbers = {number for number, why in given if why}
    wanted = select(Filing.number, FilingKey.wrapped).join(FilingKey, FilingKey.filing_id == Filing.id)
    found = session.execute(wanted.where(FilingKey.holder == holder, Filing.number.in_(numbers))).all()
    keys = {row.number: keyring.unwrap(row.wrapped, holder) for row in found}
    return [unseal(keys[number], why, WHY).decode() if why and number in keys else "" for number, why in given]


def history_of(session: Session, filing_id: str, key: bytes | None = None) -> list[Event]:
    """List what was done, oldest first; the reasons too, for whoever holds the key of the filing."""
    rows = session.scalars(
        select(FilingEvent).where(FilingEvent.filing_id == filing_id).order_by(FilingEvent.at, FilingEvent.id)
    )
    return [
        Event(
            row.id,
            row.at,
            row.kind,
            row.by,
            row.authority,
            unseal(key, row.why, WHY).decode() if key and row.why else "",
        )
        for row in rows
    ]


def last_line(session: Session) -> int:
    """Return the number of the last line of all histories: what a page of several complaints was shown."""
    return session.scalar(select(func.max(FilingEvent.id))) or 0
