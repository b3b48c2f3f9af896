"""Complaints that earlier rules laid on their desks: laid again from what is sealed, when the service starts."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.base.storage.database import Database
from app.counters import service as counters
from app.filing import desk_rows
from app.filing.ledger import chain
from app.filing.models import Filing, FilingDesk
from app.filing.queries import finders_of, open_for_person
from app.filing.sealed import payload
from app.filing.search import word_index
from app.filing.status.annotations import named
from app.filing.status.calendar import calendar
from app.filing.status.counted_as import statistics_record

AT_ONCE = 100
"""Complaints of one transaction: those who file wait no longer than that."""


def lay_again(database: Database, keyring: Keyring) -> int:
    """Lay again what an earlier edition of the rules laid; return how many complaints. It can be stopped."""
    old, done = select(FilingDesk.filing_id).where(FilingDesk.laid_by < desk_rows.LAID).distinct().limit(AT_ONCE), 0
    while True:
        with database.write() as session:
            chain.take_turn(session)
            batch = list(session.scalars(old))
            for filing_id in batch:
                _lay_again(session, keyring, filing_id)
        if not batch:
            return done
        done += len(batch)


def _lay_again(session: Session, keyring: Keyring, filing_id: str) -> None:
    filing = session.get_one(Filing, filing_id)
    opened = open_for_person(session, keyring, filing)
    now, days = opened.now, calendar(opened.payload, opened.acts)
    filing.state, filing.kept_until = now.state, now.kept_until
    filing.summary = payload.lock_summary(opened.key, filing_id, payload.summary_of(opened.payload))
    word_index.forget(session, filing_id)
    word_index.open_to(session, keyring, filing_id, named(opened.payload, opened.acts), finders_of(session, filing))
    counters.count(session, keyring, filing.number, statistics_record(opened.payload, now, days))
    session.execute(update(FilingDesk).where(FilingDesk.filing_id == filing_id).values(laid_by=desk_rows.LAID))
    desk_rows.lay(session, filing, now, {code: day.due_strict for code, day in days.items()})
