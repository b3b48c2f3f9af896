"""A complaint that was erased: nothing is left of it but its entry, and the entry that says that it was erased."""

from app.filing.upkeep.erase import ERASED, NOTHING
from app.verification.around import Around
from app.verification.findings import Findings
from app.verification.reading import Record

EMPTY = ("commune", "town", "to_confirm", "candidates")


def check_erased(
    found: Findings, filing: Record, deposit: Record | None, erasure: Record | None, around: Around
) -> None:
    """Check that an absent document has its ``effacement`` entry, and that all that it opened went with it."""
    number = filing.number
    if erasure is None:
        found.add(number, "filing", "erased_at", "was erased without an entry in the ledger")
        return
    found.expect(number, "filing", "erased_at", filing.erased_at, erasure.at)
    found.expect(number, "filing", "commitment", filing.commitment, erasure.commitment)
    if deposit is not None:
        found.expect(number, "filing", "commitment", filing.commitment, deposit.commitment)
        found.expect(number, "filing", "received_at", filing.received_at, deposit.at)
    for name in ("payload", "summary"):
        found.expect(number, "filing", name, bytes(getattr(filing, name)), NOTHING)
    for name in EMPTY:
        found.expect(number, "filing", name, getattr(filing, name), "")
    for name in ("email_key", "kept_until"):
        found.expect(number, "filing", name, getattr(filing, name), None)
    found.expect(number, "filing", "code_hash", filing.code_hash, f"{ERASED}:{filing.id}")
    left = {
        "filing_key": around.keys.get(filing.id),
        "filing_desk": around.desks.get(filing.id),
        "filing_duty": around.duties.get(filing.id),
        "filing_act": around.acts.get(filing.id),
        "evidence": [*around.files.get(filing.draft_id, ())],
    }
    for table, rows in left.items():
        if rows:
            found.add(number, table, "filing_id" if table != "evidence" else "owner", "was erased and is there")
