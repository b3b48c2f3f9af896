"""Legal acts after receipt: each is sealed, committed to in the ledger, and changes where the complaint stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import rfc8785
from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.vault import PORTAL, Keyring, seal, unseal
from app.filing import ledger, payload
from app.filing.models import Filing, FilingAct, FilingDesk, FilingKey
from app.filing.queries import WHY, OpenFiling, holder_of
from app.filing.service import record_event
from app.filing.standing import DUTIES, NEVER, Standing, standing
from app.procedure import queries as procedure
from app.procedure.service import tick

Content = Mapping[str, Any]


def acts_of(session: Session, filing_id: str, key: bytes) -> list[dict[str, Any]]:
    """List the documents of the acts on a filing, oldest first."""
    rows = session.scalars(select(FilingAct).where(FilingAct.filing_id == filing_id).order_by(FilingAct.n))
    return [payload.read(opened(key, row)) for row in rows]


def opened(key: bytes, act: FilingAct | Row[Any]) -> bytes:
    """Open an act with its salt: what its commitment is made of. Raises :class:`~app.base.vault.Locked`."""
    return unseal(key, act.content, _place(act.filing_id, act.n))


def record(
    session: Session, keyring: Keyring, filing: OpenFiling, kind: str, content: Content, clock: Clock
) -> datetime:
    """Write an act, in the ledger and in the history, and put the complaint where it now stands.

    ``content`` says who did it (``by``, ``authority``), why (``words``) and what; the caller holds the turn and checked
    the right to do it. The calendar does not change: the date of receipt stays (CRPA L. 114-2, L. 114-3).
    """
    at, read_at = ledger.now_after_last(session, clock)
    held = filing.filing
    document = {"kind": kind, "number": held.number, "at": ledger.instant(at), **content}
    salted = payload.salted(rfc8785.dumps(document))
    entry = ledger.append(session, kind, held.number, ledger.commit_to(salted), at, read_at)
    sealed = seal(filing.key, salted, _place(held.id, entry.n))
    session.add(FilingAct(n=entry.n, filing_id=held.id, kind=kind, at=at, content=sealed))
    why = seal(filing.key, str(content["words"]).encode(), WHY) if content["words"] else None
    record_event(session, held.id, kind, by=content["by"], authority=content["authority"], at=at, why=why)
    session.flush()
    _settle(session, keyring, filing, standing(filing.payload, acts_of(session, held.id, filing.key)))
    return at


def _settle(session: Session, keyring: Keyring, filing: OpenFiling, now: Standing) -> None:
    """Open the complaint to who may read it now, and to nobody else; lay it on the right desks; tick what is done."""
    held = filing.filing
    values = {"receiver": now.receiver, "informed": now.informed, "state": now.state}
    session.execute(update(Filing).where(Filing.id == held.id).values(**values))
    holders = {PORTAL, *map(holder_of, now.readers)}
    known = set(session.scalars(select(FilingKey.holder).where(FilingKey.filing_id == held.id)))
    session.execute(delete(FilingKey).where(FilingKey.filing_id == held.id, FilingKey.holder.not_in(holders)))
    session.add_all(
        FilingKey(filing_id=held.id, holder=holder, wrapped=keyring.wrap(filing.key, holder))
        for holder in sorted(holders - known)
    )
    due = {day.code: day.due_strict for day in procedure.calendar_of(session, held.number)}
    own = select(FilingDesk.authority, FilingDesk.assignee).where(FilingDesk.filing_id == held.id)
    assigned = {row.authority: row.assignee for row in session.execute(own)}
    session.execute(delete(FilingDesk).where(FilingDesk.filing_id == held.id))
    session.add_all(
        FilingDesk(
            filing_id=held.id,
            authority=authority,
            role=role,
            next_code=code,
            next_due_on=due.get(code, NEVER),
            assignee=assigned.get(authority, ""),
        )
        for authority, role, code in now.desks
    )
    session.flush()
    zone = ZoneInfo(held.zone)
    kept = {code: now.done.get(code) for code in DUTIES.values()}
    tick(session, held.number, {code: when.instant(zone) if when else None for code, when in kept.items()})


def _place(filing_id: str, n: int) -> str:
    return f"filing|{filing_id}|act|{n}"


def numbers_of(session: Session, filing_ids: Sequence[str]) -> dict[str, list[Any]]:
    """Give the rows of the acts on some filings, oldest first: thousands are read at once to be verified."""
    found: dict[str, list[Any]] = {}
    wanted = select(FilingAct.n, FilingAct.filing_id, FilingAct.kind, FilingAct.at, FilingAct.content)
    for row in session.execute(wanted.where(FilingAct.filing_id.in_(filing_ids)).order_by(FilingAct.n)):
        found.setdefault(row.filing_id, []).append(row)
    return found
