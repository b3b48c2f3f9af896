"""« Vu le »: whether what one side sent was looked at by the other; a comfort, never a proof of reception."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.filing.models import ActSeen, Filing, FilingAct

PERSON = ""
"""The reader that the person is; an authority is its code."""
Seen = Mapping[datetime, Mapping[str, datetime]]
"""By the instant of the act, which no other act has: when each reader first saw it."""


def seen_of(session: Session, filing_id: str) -> Seen:
    """Return which acts of a filing were looked at, by whom and when."""
    found: dict[datetime, dict[str, datetime]] = {}
    wanted = select(FilingAct.at, ActSeen.reader, ActSeen.at).join(ActSeen, ActSeen.n == FilingAct.n)
    for act_at, reader, at in session.execute(wanted.where(FilingAct.filing_id == filing_id)):
        found.setdefault(act_at, {})[reader] = at
    return found


def unseen(session: Session, filing_id: str, kinds: Collection[str], reader: str) -> list[int]:
    """List the acts of these kinds that a reader has not looked at yet, by their numbers in the ledger."""
    return list(session.scalars(asked_unseen(filing_id, kinds, reader).order_by(FilingAct.n)))


def asked_unseen(filing_id: str, kinds: Collection[str], reader: str) -> Select[int]:
    """Ask for the acts of these kinds that a reader has not looked at yet."""
    seen = select(ActSeen.n).where(ActSeen.reader == reader)
    wanted = select(FilingAct.n).where(FilingAct.filing_id == filing_id, FilingAct.kind.in_(kinds))
    return wanted.where(FilingAct.n.not_in(seen))


def note(session: Session, filing_id: str, kinds: Collection[str], reader: str, now: datetime) -> None:
    """Note that a reader has looked at them; the first time alone counts."""
    session.execute(select(Filing.id).where(Filing.id == filing_id).with_for_update())  # two who look at once
    session.add_all(ActSeen(n=n, reader=reader, at=now) for n in unseen(session, filing_id, kinds, reader))
    session.flush()


def by_person(seen: Seen, at: datetime) -> datetime | None:
    """Return when the person saw an act."""
    return seen.get(at, {}).get(PERSON)


def by_authority(seen: Seen, at: datetime) -> datetime | None:
    """Return when an authority first saw an act."""
    return min((when for reader, when in seen.get(at, {}).items() if reader != PERSON), default=None)
