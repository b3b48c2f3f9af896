"""The whole verification, and today's checkpoint."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.acts.kinds import ACTS
from app.base.dates import local_day
from app.base.portal import Portal
from app.filing.ledger import chain as ledger
from app.filing.models import Filing
from app.filing.upkeep.erase import ERASED
from app.stamping.models import Stamp
from app.stamping.rules import TokenState
from app.stamping.tokens import TokenRefused, Trust, recheck
from app.verification.bound import check_bound
from app.verification.chain import Checkpoint, check_chain
from app.verification.complaints import Checker
from app.verification.findings import Findings
from app.verification.journal import check_journal, kept_since
from app.verification.reading import Record, readable, records, unreadable
from app.verification.side_by_side import looked_at

BATCH = 200
DOUBLED_WITHIN = timedelta(minutes=10)
"""Two instances that both believed to be alone noted their tokens of one entry this close to each other: a round of
twenty tokens, each from an authority that takes ten seconds, is over before."""
Tell = Callable[[int, int], None]
"""Told how many steps are done, of how many."""


@dataclass
class Chain:
    """What the ledger holds, once walked."""

    deposits: dict[str, Record] = field(default_factory=dict)
    """By number of the complaint."""
    stamped: dict[int, Record] = field(default_factory=dict)
    """The entries that get a token, by their number."""
    tokens: dict[str, Record] = field(default_factory=dict)
    """The entries that hold the hash of a token, by this hash."""
    erased: dict[str, Record] = field(default_factory=dict)
    """The entries that say that a complaint was erased, by its number."""
    journal: dict[str, str] = field(default_factory=dict)
    """By day, the hash of the last line of the journal of access."""
    acts: dict[str, list[Record]] = field(default_factory=dict)
    """By number of the complaint, oldest first."""

    def note(self, entry: Record) -> None:
        """Keep an act, what ended a complaint, or the end of a day of the journal."""
        if entry.kind == ERASED:
            self.erased[entry.number] = entry
        elif entry.kind == ledger.JOURNAL:
            self.journal[entry.number] = entry.commitment
        else:
            self.acts.setdefault(entry.number, []).append(entry)


def verify(
    portal: Portal, trust: Trust, published: Iterable[Checkpoint] = (), tell: Tell | None = None, *, copies: int = 1
) -> Findings:
    """Recompute everything; nothing stops at the first problem.

    ``copies``: by how many processes complaints are looked at; with one, in this one. The answer is the same.
    """
    found, tell = Findings(), tell or (lambda _done, _total: None)
    with portal.database.read() as session:
        chain = _walk(session, found, published)
        total = len(chain.deposits) + len(chain.tokens)
        first_day = local_day(portal.clock()) - timedelta(days=portal.settings.access_days)
        since, parts = kept_since(session, first_day), list(_parts(session))

        def check(session: Session, found: Findings, part: Part) -> None:
            checker = Checker(session, portal.keyring, portal.files, found, since)
            checker.check(_filings(session, part), chain.deposits, chain.acts, chain.erased)

        with looked_at(portal.database, parts, check, copies) as looked:
            for _ in _stamps(session, found, trust, chain):
                if found.tokens % BATCH == 0:
                    tell(found.tokens, total)
            for place, part in enumerate(parts):
                sound = looked(place)
                if sound and sound.filings == len(part.numbers):
                    found.count(sound)
                else:
                    check(session, found, part)
                tell(found.tokens + found.filings, max(total, found.tokens + found.filings))
        if found.laid_before:
            told = (
                f"{found.laid_before} complaints were laid by earlier rules: start the service, which lays them again"
            )
            found.note("", "filing_desk", "laid_by", told)
        for number in chain.deposits.keys() - {number for part in parts for number in part.numbers}:
            found.add(number, "filing", "number", "the complaint of this deposit is missing")
        check_bound(session, portal.keyring, found, {n: entry.number for n, entry in chain.stamped.items()})
        check_journal(session, found, chain.journal, first_day)
    return found


@dataclass(frozen=True)
class Part:
    """Some complaints that follow each other: from the one after ``after`` to ``last``."""

    after: Any
    last: Any
    numbers: tuple[str, ...]


def _parts(session: Session) -> Iterator[Part]:
    """Give every complaint, some at a time."""
    place = Filing.id.label("place")  # as it is: where to go on from
    after: Any = ""
    every = select(place, *readable([Filing.number])).order_by(Filing.id).limit(BATCH)
    while some := list(records(session, every.where(Filing.id > after))):
        yield Part(after, some[-1].place, tuple(filing.number for filing in some))
        after = some[-1].place


def _filings(session: Session, part: Part) -> Sequence[Record]:
    asked = select(*readable(Filing.__table__.columns)).where(Filing.id > part.after, Filing.id <= part.last)
    return list(records(session, asked.order_by(Filing.id)))


def _walk(session: Session, found: Findings, published: Iterable[Checkpoint]) -> Chain:
    """Check the chain, and keep what the rest is checked against."""
    chain = Chain()
    for entry in check_chain(session, found, published):
        if entry.kind in ledger.STAMPED:
            chain.stamped[entry.n] = entry
        if entry.kind == ledger.DEPOSIT:
            if entry.number in chain.deposits:
                found.add(entry.number, "ledger", "number", "two deposits bear this number")
            chain.deposits[entry.number] = entry
        elif entry.kind == ledger.TOKEN:
            chain.tokens[entry.commitment] = entry
        elif entry.kind in {ERASED, ledger.JOURNAL, *ACTS}:
            chain.note(entry)
        elif entry.kind == ledger.CHECKPOINT:
            found.expect(entry.number, "ledger", "commitment", entry.commitment, entry.prev)
    return chain


def _stamps(session: Session, found: Findings, trust: Trust, chain: Chain) -> Iterator[None]:
    """Check each token again: what it is over, who signed it, and that the ledger holds its hash."""
    left, kept = dict(chain.tokens), dict[str, tuple[Record, datetime]]()
    every = select(*readable(Stamp.__table__.columns)).where(Stamp.state == TokenState.OBTAINED).order_by(Stamp.n)
    for row in records(session, every):
        yield
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
        noted = left.pop(token.digest, None)
        if noted is None or noted.number != entry.number:
            found.add(entry.number, "stamp", "token", "is not in the ledger")
        else:
            kept[entry.number] = (noted, token.at)
    for lost in left.values():
        if is_doubled(lost, *kept.get(lost.number, (None, None))):
            found.note(lost.number, "ledger", "commitment", f"entry {lost.n} is of a token that a later one replaced")
        else:
            found.add(lost.number, "stamp", "state", "a token that the ledger holds is missing")


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


def checkpoint(portal: Portal) -> str:
    """Write today's checkpoint: the day, the number of the last entry, its hash; an empty ledger has entry 0."""
    with portal.database.read() as session:
        n, head, _ = ledger.head(session)
    return f"{local_day(portal.clock()):%Y-%m-%d} {n} {head}"
