"""The history of a complaint: its lines tell of the receipt and of the acts; the journal of access tells the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.acts.kinds import ACTS
from app.acts.kinds.lines import RECEIVED, RECORDED
from app.base.crypto.vault import DecryptionError, unseal
from app.filing.history import WHY
from app.filing.ledger import chain
from app.filing.sealed.act import Act
from app.filing.sealed.recorded import RECORDED as PAPER
from app.verification.findings import Findings
from app.verification.reading import Record


def check_events(
    found: Findings,
    filing: Record,
    document: Mapping[str, Any],
    done: Sequence[Act],
    rows: Iterable[Record],
) -> None:
    """Check the lines of the receipt and of the acts; those of readings are bound to their row, and in the journal."""
    told = {RECEIVED, RECORDED, *ACTS}
    wanted = [_first(document)]
    wanted += [(act.kind, chain.instant(act.at), act.by, act.authority) for act in done]
    seen = [(row.kind, chain.instant(row.at), row.by, row.authority) for row in rows if row.kind in told]
    found.expect(filing.number, "filing_event", "kind", sorted(seen), sorted(wanted))
    if any(row.at < filing.received_at for row in rows):
        found.add(filing.number, "filing_event", "at", "is before the receipt")


def _first(document: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Return the line of the receipt, or that of the recording by the authority that received."""
    if recorded := document.get(PAPER):
        return RECORDED, recorded["at"], recorded["by"], recorded["authority"]
    return RECEIVED, document["received_at"], "", document["receiver"]


def compare(
    found: Findings, number: str, events: Iterable[Record], lines: Iterable[Record], since: datetime | None
) -> None:
    """Check that the history and the journal of access tell the same, line for line, since the journal began."""
    if since is None:
        return
    told = [(event.kind, event.at, event.by, event.authority) for event in events if event.by and event.at >= since]
    noted = [(line.kind, line.at, line.by, line.place) for line in lines if line.at >= since]
    if told or noted:
        found.expect(number, "filing_event", "kind", Counter(told), Counter(noted))


def check_reasons(found: Findings, number: str, key: bytes, rows: Iterable[Record]) -> None:
    """Check that each reason opens."""
    for row in rows:
        if row.why is not None:
            try:
                unseal(key, row.why, WHY)
            except DecryptionError:
                found.add(number, "filing_event", "why", "does not open")
