"""Complaints that earlier rules laid on their desks: laid again from what is sealed, when the service starts."""

from sqlalchemy import select

from app.base.db import Database
from app.base.vault import Keyring
from app.filing import desks, ledger
from app.filing.calendar import calendar
from app.filing.models import Filing, FilingDesk
from app.filing.portrait import portrait
from app.filing.queries import open_for_person
from app.tallies import service as tallies

AT_ONCE = 100
"""Complaints of one transaction: those who file wait no longer than that."""


def lay_again(database: Database, keyring: Keyring) -> int:
    """Lay again what an earlier edition of the rules laid; give how many complaints. It can be stopped."""
    old, done = select(FilingDesk.filing_id).where(FilingDesk.laid_by < desks.LAID).distinct().limit(AT_ONCE), 0
    while True:
        with database.write() as session:
            ledger.take_turn(session)
            batch = list(session.scalars(old))
            for filing_id in batch:
                filing = session.get_one(Filing, filing_id)
                opened = open_for_person(session, keyring, filing)
                days = calendar(opened.payload, opened.acts)
                due = {code: day.due_strict for code, day in days.items()}
                now = opened.now
                filing.state = now.state
                tallies.count(session, keyring, filing.number, portrait(opened.payload, now, days))
                desks.lay(session, filing, now, due)
        if not batch:
            return done
        done += len(batch)
