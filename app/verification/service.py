"""The whole verification, and today's checkpoint."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.dates import local_day
from app.base.portal import Portal
from app.filing.ledger import chain as ledger
from app.filing.models import Filing
from app.stamping.tokens import Trust
from app.verification.bound import bound_parts
from app.verification.chain import Chain, Checkpoint, walk
from app.verification.complaints import Checker
from app.verification.findings import Findings
from app.verification.journal import check_journal, kept_since
from app.verification.reading import readable, records
from app.verification.side_by_side import Part, looked_at
from app.verification.spans import Span, spans
from app.verification.stamps import check_lost, stamp_parts

BATCH = 200
Tell = Callable[[int, int], None]
"""Told how many steps are done, of how many."""


def verify(
    portal: Portal, trust: Trust, published: Iterable[Checkpoint] = (), tell: Tell | None = None, *, copies: int = 1
) -> Findings:
    """Recompute everything; nothing stops at the first problem.

    ``copies``: by how many processes it is looked at; with one, in this one. The answer is the same.
    """
    found, tell = Findings(), tell or (lambda _done, _total: None)
    with portal.database.read() as session:
        chain = walk(session, found, published)
        total = len(chain.deposits) + len(chain.tokens)
        first_day = local_day(portal.clock()) - timedelta(days=portal.settings.access_days)
        tokens = list(stamp_parts(session, trust, chain))
        complaints = list(_complaints(session, portal, chain, first_day))
        journal = Part(lambda session, found: check_journal(session, found, chain.journal, first_day))
        bound = list(bound_parts(session, portal.keyring, {n: entry.number for n, entry in chain.stamped.items()}))
        with looked_at(portal.database, [journal, *tokens, *complaints, *bound], copies) as looked:

            def look(parts: Iterable[Part]) -> None:
                for part in parts:
                    if sound := looked(part):
                        found.count(sound)
                    else:
                        part.check(session, found)
                    done = found.tokens + found.filings
                    tell(done, max(total, done))

            look(tokens)
            check_lost(found, chain)
            look(complaints)
            _tell_of_complaints(session, found, chain)
            look([*bound, journal])
    return found


def _complaints(session: Session, portal: Portal, chain: Chain, first_day: date) -> Iterator[Part]:
    """Give every complaint, some at a time."""
    since = kept_since(session, first_day)

    def check(session: Session, found: Findings, span: Span) -> None:
        filings = list(records(session, span.within(select(*readable(Filing.__table__.columns)), Filing)))
        checker = Checker(session, portal.keyring.still(), portal.files, found, since)
        checker.check(filings, chain.deposits, chain.acts, chain.erased)

    for span in spans(session, Filing, BATCH):
        yield Part(partial(check, span=span), span.size)


def _tell_of_complaints(session: Session, found: Findings, chain: Chain) -> None:
    """Tell of those that earlier rules laid, and of those that are missing."""
    if found.laid_before:
        told = f"{found.laid_before} complaints were laid by earlier rules: start the service, which lays them again"
        found.note("", "filing_desk", "laid_by", told)
    there = {filing.number for filing in records(session, select(*readable([Filing.number])))}
    for number in chain.deposits:
        if number not in there:
            found.add(number, "filing", "number", "the complaint of this deposit is missing")


def checkpoint(portal: Portal) -> str:
    """Write today's checkpoint: the day, the number of the last entry, its hash; an empty ledger has entry 0."""
    with portal.database.read() as session:
        n, head, _ = ledger.head(session)
    return f"{local_day(portal.clock()):%Y-%m-%d} {n} {head}"
