"""Legal acts after receipt: each is sealed, committed to in the ledger, and changes where the complaint stands."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import rfc8785
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.crypto.vault import Keyring, seal
from app.base.dates import date_text
from app.counters import service as counters
from app.filing import desk_rows
from app.filing.acts import postal_letters
from app.filing.history import WHY
from app.filing.ledger import chain
from app.filing.models import FilingAct, LedgerEntry
from app.filing.queries import OpenFiling
from app.filing.receipt.receive import open_to, record_event
from app.filing.sealed import payload
from app.filing.sealed.act import Act
from app.filing.search import word_index
from app.filing.status.act_codes import act_of
from app.filing.status.annotations import IDENTIFIED, named
from app.filing.status.calendar import calendar
from app.filing.status.case_status import CaseStatus
from app.filing.status.counted_as import statistics_record
from app.procedure.days import LegalDay
from app.procedure.rules import Deadline
from app.procedure.service import days_of, recompute, tick

Content = Mapping[str, Any]
MOVED_DAYS = "dates"
"""Line of the history that says which days of the law moved."""


def salted_of(session: Session, filing_id: str, key: bytes, kind: str) -> list[tuple[LedgerEntry, bytes]]:
    """List the acts of a kind as the ledger commits to them, each with its entry, oldest first."""
    wanted = select(FilingAct).where(FilingAct.filing_id == filing_id, FilingAct.kind == kind).order_by(FilingAct.n)
    rows = list(session.scalars(wanted))
    entries = chain.entries(session, [row.n for row in rows])
    return [(entry, opened(key, row)) for entry, row in zip(entries, rows, strict=True)]


def opened(key: bytes, act: FilingAct | Row[Any]) -> bytes:
    """Open an act with its salt: what its commitment is made of.

    Raises :class:`~app.base.crypto.vault.DecryptionError`.
    """
    return payload.opened_act(key, act.filing_id, act.n, act.content)


def read(key: bytes, act: FilingAct | Row[Any]) -> Act:
    """Open and read an act. Raises :class:`~app.base.crypto.vault.DecryptionError`."""
    return act_of(payload.read(opened(key, act)))


def record(
    session: Session, keyring: Keyring, filing: OpenFiling, kind: str, content: Content, clock: Clock
) -> OpenFiling:
    """Write an act, in the ledger and in the history, and put the complaint where it now stands; return it after.

    ``content`` says who did it (``by``, ``authority``), why (``words``) and what; the caller holds the turn and checked
    the right to do it. The date of receipt stays (CRPA L. 114-2, L. 114-3); days that move are told in the history.
    """
    last = chain.head(session)
    at, read_at = chain.now_after(last, clock)
    held = filing.filing
    document = {"kind": kind, "number": held.number, "at": chain.instant(at), **content}
    salted = payload.salted(rfc8785.dumps(document))
    entry = chain.append(session, kind, held.number, chain.commit_to(salted), at, read_at, last)
    sealed = seal(filing.key, salted, payload.act_place(held.id, entry.n))
    session.add(FilingAct(n=entry.n, filing_id=held.id, kind=kind, at=at, content=sealed))
    why = seal(filing.key, str(content["words"]).encode(), WHY) if content["words"] else None
    record_event(session, held.id, kind, by=content["by"], authority=content["authority"], at=at, why=why)
    session.flush()
    after = filing.then(act_of(payload.read(salted)))
    now, days = after.now, calendar(after.payload, after.acts)
    if kind == IDENTIFIED:
        word_index.forget(session, held.id)
    _stand(after)
    if is_moved := now.holders != filing.now.holders:
        open_to(session, keyring, held.id, filing.key, now.holders)
        postal_letters.forget_left(session, held.id, now.readers)
    if is_moved or kind == IDENTIFIED:
        word_index.open_to(session, keyring, held.id, named(after.payload, after.acts), now.finders)
    counters.count(session, keyring, held.number, statistics_record(filing.payload, now, days))
    if moved := _date(session, filing, now, days.values()):
        why = seal(filing.key, moved.encode(), WHY)
        record_event(session, held.id, MOVED_DAYS, by=content["by"], authority=content["authority"], at=at, why=why)
    desk_rows.lay(session, held, now, {day.code: day.due_strict for day in days.values()})
    return after


def _stand(filing: OpenFiling) -> None:
    """Write where the complaint now stands in the columns that lists read."""
    held, now = filing.filing, filing.now
    held.receiver, held.informed, held.state, held.kept_until = now.receiver, now.informed, now.state, now.kept_until


def _date(session: Session, filing: OpenFiling, now: CaseStatus, wanted: Iterable[Deadline]) -> str:
    """Put the calendar where it now is and tick what is done; say which days moved."""
    number, zone = filing.filing.number, ZoneInfo(filing.filing.zone)
    days = days_of(session, number)
    before = {code for code, day in days.items() if day.done_at and code != LegalDay.RECEIPT}
    tick(days, dict.fromkeys(before - set(now.done)))
    changes = recompute(session, number, days, wanted)
    tick(days, {code: kept.instant(zone) for code, kept in now.done.items()})
    session.flush()
    day = partial(date_text, weekday=False)
    return "\n".join(
        f"{one.code} : {day(one.before) if one.before else '–'} → {day(one.after) if one.after else '–'}"
        for one in changes
    )


def numbers_of(session: Session, filing_ids: Sequence[str]) -> dict[str, list[Any]]:
    """Return the rows of the acts on some filings, oldest first: thousands are read at once to be verified."""
    found: dict[str, list[Any]] = {}
    wanted = select(FilingAct.n, FilingAct.filing_id, FilingAct.kind, FilingAct.at, FilingAct.content)
    for row in session.execute(wanted.where(FilingAct.filing_id.in_(filing_ids)).order_by(FilingAct.n)):
        found.setdefault(row.filing_id, []).append(row)
    return found
