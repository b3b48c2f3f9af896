"""Complaints that were received before they could be found by words, or whose words must be made again."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.base.storage.database import Database
from app.filing.ledger import chain
from app.filing.models import Filing, FilingWord
from app.filing.queries import finders_of, open_for_person
from app.filing.search import word_index
from app.filing.status.annotations import named

AT_ONCE = 100
"""Complaints of one transaction: those who file wait no longer than that."""


def index(
    database: Database, keyring: Keyring, *, again: bool = False, tell: Callable[[int, int], None] | None = None
) -> int:
    """Make the words of the complaints that have none, or of all ``again``; return how many. It can be stopped."""
    made, last = 0, ""
    with database.read() as session:
        total = session.scalar(select(func.count()).select_from(Filing)) or 0 if tell else 0
    while batch := _after(database, last, again=again):
        with database.write() as session:
            chain.take_turn(session)
            for filing_id in batch:
                _index(session, keyring, filing_id)
        made, last = made + len(batch), batch[-1]
        if tell:
            tell(made, total)
    return made


def _after(database: Database, last: str, *, again: bool) -> list[str]:
    wanted = select(Filing.id).where(Filing.id > last, Filing.erased_at.is_(None))
    if not again:
        wanted = wanted.where(~select(FilingWord.filing_id).where(FilingWord.filing_id == Filing.id).exists())
    with database.read() as session:
        return list(session.scalars(wanted.order_by(Filing.id).limit(AT_ONCE)))


def _index(session: Session, keyring: Keyring, filing_id: str) -> None:
    filing = session.get_one(Filing, filing_id)
    if filing.erased_at is not None:  # since it was listed
        return
    opened = open_for_person(session, keyring, filing)
    word_index.forget(session, filing_id)
    document = named(opened.payload, opened.acts)
    word_index.open_to(session, keyring, filing_id, document, finders_of(session, opened.filing))
