"""Erasing a complaint whose time is over: what says something of a person goes, that it was received stays.

One transaction appends ``effacement`` to the ledger and takes away the sealed document, its keys, its acts and the
names of its files; the bytes go after it. Cut in the middle, nothing is half erased: either the transaction is there,
and the files that no row names any more go with the next tidying, or nothing happened.
"""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.service import sessions
from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.counters import service as counters
from app.evidence import service as evidence
from app.filing.ledger import chain
from app.filing.models import (
    ActSeen,
    Filing,
    FilingAct,
    FilingDesk,
    FilingDuty,
    FilingKey,
    FilingMention,
    FilingWord,
    PostLetter,
    RegisteredLetter,
)
from app.notifications import service as notifications
from app.saisine import returning
from app.saisine import service as drafts
from app.webhooks import service as webhooks

ERASED = "effacement"
"""Kind of the entry that ends a complaint; it commits to the same document as its deposit."""
NOTHING = b""


def erase(session: Session, keyring: Keyring, number: str, clock: Clock) -> list[str] | None:
    """Erase a complaint; return the ids of its files, whose bytes the caller removes once this is committed.

    ``None`` when it is erased already, or unknown. The caller holds the turn of the ledger, and checked that the time
    is over (RGPD, article 5, 1, e).
    """
    filing = session.scalars(select(Filing).where(Filing.number == number).with_for_update()).one_or_none()
    if filing is None or filing.erased_at is not None:
        return None
    at, read_at = chain.now_after_last(session, clock)
    chain.append(session, ERASED, number, filing.commitment, at, read_at)
    files = [*evidence.detach_all(session, filing.draft_id), *evidence.detach_all(session, filing.id)]
    acts = select(FilingAct.n).where(FilingAct.filing_id == filing.id)
    session.execute(delete(ActSeen).where(ActSeen.n.in_(acts)))
    for table in (
        FilingAct,
        FilingDesk,
        FilingDuty,
        FilingKey,
        FilingMention,
        FilingWord,
        PostLetter,
        RegisteredLetter,
    ):
        session.execute(delete(table).where(table.filing_id == filing.id))
    drafts.erase_sent(session, filing.draft_id)
    returning.forget_links(session, (filing.id, filing.draft_id))
    sessions.close_all(session, filing.id)
    sessions.close_all(session, filing.draft_id)
    notifications.forget(session, number)
    webhooks.forget(session, number)
    counters.keep(session, keyring, (number,))
    if deposit := chain.deposit_of(session, number):
        filing.received_at = deposit.at  # what an authority declared went with the document; the entry stays
    filing.payload = filing.summary = NOTHING
    filing.commune = filing.town = filing.to_confirm = filing.candidates = ""
    filing.email_key, filing.kept_until, filing.erased_at = None, None, at
    filing.code_hash = f"{ERASED}:{filing.id}"
    session.flush()
    return files
