"""The whole verification, and today's checkpoint."""

from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.dates import local_day
from app.base.portal import Portal
from app.filing import ledger
from app.filing.models import Filing, LedgerEntry
from app.stamping.models import Stamp
from app.stamping.rules import State
from app.stamping.tokens import TokenRefused, Trust, recheck
from app.verification.chain import Checkpoint, check_chain
from app.verification.complaints import Checker
from app.verification.findings import Findings

BATCH = 200
Tell = Callable[[int, int], None]
"""Told how many steps are done, of how many."""


def verify(portal: Portal, trust: Trust, published: Iterable[Checkpoint] = (), tell: Tell | None = None) -> Findings:
    """Recompute everything; nothing stops at the first problem."""
    found = Findings()
    with portal.database.read() as session:
        deposits, tokens = _chain(session, found, published)
        total = len(deposits) + len(tokens)
        _stamps(session, found, trust, deposits, tokens)
        checker = Checker(session, portal.keyring, portal.files, found)
        seen: set[str] = set()
        for filing in session.scalars(select(Filing).order_by(Filing.received_at).execution_options(yield_per=BATCH)):
            checker.check(filing, deposits.get(filing.number))
            seen.add(filing.number)
            if tell:
                tell(found.filings, max(total, found.filings))
        for number in deposits.keys() - seen:
            found.add(number, "filing", "number", "the complaint of this deposit is missing")
    return found


def _chain(
    session: Session, found: Findings, published: Iterable[Checkpoint]
) -> tuple[dict[str, LedgerEntry], dict[str, str]]:
    """Check the chain; give the deposits by number, and the numbers of tokens by their hash."""
    deposits: dict[str, LedgerEntry] = {}
    tokens: dict[str, str] = {}
    for entry in check_chain(session, found, published):
        if entry.kind == ledger.DEPOSIT:
            if entry.number in deposits:
                found.add(entry.number, "ledger", "number", "two deposits bear this number")
            deposits[entry.number] = entry
        elif entry.kind == ledger.TOKEN:
            tokens[entry.commitment] = entry.number
        elif entry.kind == ledger.CHECKPOINT:
            found.expect(entry.number, "ledger", "commitment", entry.commitment, entry.prev)
    return deposits, tokens


def _stamps(
    session: Session, found: Findings, trust: Trust, deposits: dict[str, LedgerEntry], tokens: dict[str, str]
) -> None:
    """Check each token again: what it is over, who signed it, and that the ledger holds its hash."""
    by_n = {entry.n: entry for entry in deposits.values()}
    left = dict(tokens)
    for row in session.scalars(select(Stamp).where(Stamp.state == State.OBTAINED).execution_options(yield_per=BATCH)):
        entry = by_n.get(row.n) or session.get(LedgerEntry, row.n)
        if entry is None:
            found.add("", "stamp", "n", f"entry {row.n} is missing")
            continue
        found.tokens += 1
        try:
            token = recheck(ledger.stamped_bytes(entry), row.token or b"", trust)
        except TokenRefused as refused:
            found.add(entry.number, "stamp", "token", f"is refused: {refused.code}")
            continue
        found.expect(entry.number, "stamp", "gen_time", row.gen_time, token.at)
        if left.pop(token.digest, None) != entry.number:
            found.add(entry.number, "stamp", "token", "is not in the ledger")
    for number in left.values():
        found.add(number, "stamp", "state", "a token that the ledger holds is missing")


def checkpoint(portal: Portal) -> str:
    """Write today's checkpoint: the day, the number of the last entry, its hash; an empty ledger has entry 0."""
    with portal.database.read() as session:
        n, head = ledger.head(session)
    return f"{local_day(portal.clock()):%Y-%m-%d} {n} {head}"
