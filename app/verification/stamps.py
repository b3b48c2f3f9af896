"""Each token again: what it is over, who signed it, and that the ledger holds its hash."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.filing.ledger import chain as ledger
from app.stamping.models import Stamp
from app.stamping.rules import TokenState
from app.stamping.tokens import TokenRefused, Trust, recheck
from app.verification.chain import Chain
from app.verification.findings import Findings
from app.verification.reading import Record, readable, records, unreadable
from app.verification.side_by_side import Part
from app.verification.spans import Span, spans

BATCH = 200
DOUBLED_WITHIN = timedelta(minutes=10)
"""Two instances that both believed to be alone noted their tokens of one entry this close to each other: a round of
twenty tokens, each from an authority that takes ten seconds, is over before."""
OBTAINED = Stamp.state == TokenState.OBTAINED


def stamp_parts(session: Session, trust: Trust, chain: Chain) -> Iterator[Part]:
    """Give every token, some at a time."""
    for span in spans(session, Stamp, BATCH, OBTAINED):
        yield Part(partial(_check, trust=trust, chain=chain, span=span), span.size)


def _check(session: Session, found: Findings, *, trust: Trust, chain: Chain, span: Span) -> None:
    every = select(*readable(Stamp.__table__.columns)).where(OBTAINED)
    for row in records(session, span.within(every, Stamp)):
        entry = chain.stamped.get(row.n)
        if entry is None:
            found.add("", "stamp", "n", f"entry {row.n} is missing")
            continue
        found.tokens += 1
        found.read(entry.number, "stamp", row)
        if unreadable(entry):
            found.add(entry.number, "stamp", "token", f"cannot be checked: entry {row.n} cannot be read")
            continue
        try:
            token = recheck(ledger.stamped_bytes(entry), row.token if isinstance(row.token, bytes) else b"", trust)
        except TokenRefused as refused:
            found.add(entry.number, "stamp", "token", f"is refused: {refused.code}")
            continue
        found.expect(entry.number, "stamp", "gen_time", row.gen_time, token.at)
        noted = chain.tokens.get(token.digest)
        is_noted = noted is not None and noted.number == entry.number
        if noted is not None:
            found.dated[noted.n] = token.at if is_noted else None
        if not is_noted:
            found.add(entry.number, "stamp", "token", "is not in the ledger")


def check_lost(found: Findings, chain: Chain) -> None:
    """Check that each token of which the ledger holds the hash was found: to call once each token was checked."""
    lost = [entry for entry in chain.tokens.values() if entry.n not in found.dated]
    entries = {entry.n: entry for entry in chain.tokens.values()} if lost else {}
    kept = {entries[n].number: (entries[n], at) for n, at in found.dated.items() if at} if lost else {}
    for entry in lost:
        if is_doubled(entry, *kept.get(entry.number, (None, None))):
            found.note(entry.number, "ledger", "commitment", f"entry {entry.n} is of a token that a later one replaced")
        else:
            found.add(entry.number, "stamp", "state", "a token that the ledger holds is missing")


def is_doubled(lost: Record, kept: Record | None, at: datetime | None) -> bool:
    """Tell whether a token that is gone was one of two, over the same entry, of which the later one is there.

    Instances that each believed to be alone once wrote such pairs: the second token took the place of the first in
    ``stamp``, and both are in the ledger. The one that is left was checked by now, and dates the same entry within
    minutes. A token that is gone without it, or long before it, is a loss.
    """
    if kept is None or not all(isinstance(one, datetime) for one in (lost.at, kept.at, at)):
        return False
    is_later, apart = lost.n < kept.n, max(kept.at, at) - lost.at
    return bool(is_later and apart <= DOUBLED_WITHIN)
