"""Counting everything again, and keeping counted what is erased."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import PORTAL, DecryptionError
from app.base.portal import Portal
from app.counters import service as counters
from app.counters.models import CountedComplaint
from app.counters.rules import StatisticsRecord
from app.filing.acts import act_store
from app.filing.ledger import chain
from app.filing.models import Filing, FilingKey, LedgerEntry
from app.filing.sealed import payload
from app.filing.status.counted_as import as_done

SOME = 500
"""Complaints opened at once."""
AROUND = timedelta(days=1)
"""A month of an authority overseas begins before that of UTC, or ends after it."""


def rebuild(portal: Portal, tell: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Count every complaint again, from what is sealed, a month at a time; return how many.

    The service may run: complaints are opened before the turn of the ledger is taken, and those that changed in the
    meantime are opened again under it. What was erased stays counted.
    """
    keep_erased(portal)
    months, done = _months(portal), 0
    for n, month in enumerate(months):
        with portal.database.read() as session:
            head = _head(session)
            drawn = dict(_drawn(session, portal, _ids_of(session, month), month))
        with portal.database.write() as session:
            chain.take_turn(session)
            since = session.scalars(select(LedgerEntry.number).where(LedgerEntry.n > head).distinct())
            changed = session.scalars(select(Filing.id).where(Filing.number.in_(list(since)))).all()
            drawn |= dict(_drawn(session, portal, changed, month))
            counters.replace_month(session, portal.keyring, month, drawn)
        done += len(drawn)
        tell(n + 1, len(months))
    return done


def keep_erased(portal: Portal) -> int:
    """Keep counting the complaints whose key is gone, and forget what each was counted as; return how many."""
    held = select(FilingKey.filing_id).join(Filing, Filing.id == FilingKey.filing_id)
    held = held.where(Filing.number == CountedComplaint.filing_number, FilingKey.holder == PORTAL)
    gone = select(CountedComplaint.filing_number).where(~held.exists())
    with portal.database.read() as session:
        if not session.scalars(gone.limit(1)).all():
            return 0
    with portal.database.write() as session:
        chain.take_turn(session)
        return counters.keep(session, portal.keyring, session.scalars(gone).all())


def _head(session: Session) -> int:
    return session.scalar(select(func.max(LedgerEntry.n))) or 0


def _months(portal: Portal) -> list[str]:
    """List the months between the first complaint and the last, as any place of the country dates them."""
    with portal.database.read() as session:
        first, last = (session.scalar(select(edge(Filing.received_at))) for edge in (func.min, func.max))
    if first is None or last is None:
        return []
    found, day = [], first - AROUND
    while day < last + AROUND:
        found.append(f"{day:%Y-%m}")
        day += AROUND
    return sorted({*found, f"{last + AROUND:%Y-%m}"})


def _ids_of(session: Session, month: str) -> list[str]:
    start = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    end = (start + timedelta(days=32)).replace(day=1)
    between = Filing.received_at.between(start - AROUND, end + AROUND)
    return list(session.scalars(select(Filing.id).where(between)))


def _drawn(session: Session, portal: Portal, ids: Sequence[str], month: str) -> Iterator[tuple[str, StatisticsRecord]]:
    """Draw the complaints of a month; one that cannot be opened is told by the verification, and not counted."""
    for start in range(0, len(ids), SOME):
        some = ids[start : start + SOME]
        done = act_store.numbers_of(session, some)
        wanted = select(Filing.id, Filing.number, Filing.payload, FilingKey.wrapped).join(
            FilingKey, FilingKey.filing_id == Filing.id
        )
        for row in session.execute(wanted.where(Filing.id.in_(some), FilingKey.holder == PORTAL)):
            try:
                key = portal.keyring.unwrap(row.wrapped, PORTAL)
                document = payload.unlock(key, row.id, row.payload)
                drawn = as_done(document, [act_store.read(key, act) for act in done.get(row.id, ())])
            except DecryptionError:
                continue
            if drawn.month == month:
                yield row.number, drawn
