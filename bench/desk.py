"""The clerk's list with 1 000, then 100 000 complaints of 150 authorities: p95, and flat."""

import random
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from app.base.db import Database
from app.base.vault import Keyring, new_key
from app.filing import payload
from app.filing.models import Filing, FilingDesk, FilingKey
from app.filing.queries import holder_of
from app.intake.filters import Filters
from app.intake.queries import Asking, inbox
from app.serving import migrate
from app.settings import Settings
from bench.support import percentile, verdict

AUTHORITIES = [f"BENCH-{n:03}" for n in range(150)]
TODAY = date(2026, 3, 3)
START = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 5_000


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        database = migrate(Settings(data=Path(folder) / "data"))
        keyring = Keyring.throwaway()
        _fill(database, keyring, 0, 1_000)
        few = _measure(database, keyring)
        _fill(database, keyring, 1_000, 100_000)
        many = _measure(database, keyring)
    kept = verdict("list p95 with 1 000 complaints", few * 1000, "ms", 50)
    kept = verdict("list p95 with 100 000 complaints", many * 1000, "ms", 50) and kept
    print(f"     ratio {many / few:.2f} (at 1 000, a desk holds 7 complaints; at 100 000, 667: a page shows 25)")
    return kept


def _fill(database: Database, keyring: Keyring, start: int, end: int) -> None:
    for first in range(start, end, BATCH):
        made = [_complaint(keyring, n) for n in range(first, min(end, first + BATCH))]
        with database.write() as session:
            for model, place in ((Filing, 0), (FilingKey, 1), (FilingDesk, 2)):
                session.execute(insert(model), [one[place] for one in made])


def _complaint(keyring: Keyring, n: int) -> tuple[dict[str, object], ...]:
    authority, key, filing_id = AUTHORITIES[n % len(AUTHORITIES)], new_key(), uuid.uuid4().hex
    summary = {"person": f"Personne Inventée {n}", "professional": f"Professionnel Fictif {n}"}
    sealed, short = payload.lock(key, filing_id, payload.salted(b"{}"), summary)
    due = TODAY + timedelta(days=random.Random(n).randint(-20, 90))
    filing = {
        "id": filing_id,
        "draft_id": filing_id,
        "number": f"SA-2026-{n:09}",
        "received_at": START + timedelta(minutes=n),
        "zone": "Europe/Paris",
        "state": "recue",
        "channel": "patient",
        "signs": "",
        "profession": "10",
        "commune": "59350",
        "town": "Lille",
        "outcome": "resolu",
        "to_confirm": "",
        "candidates": "",
        "receiver": authority,
        "informed": "",
        "commitment": "0" * 64,
        "payload": sealed,
        "summary": short,
        "code_hash": f"{n:064}",
    }
    held = {"filing_id": filing_id, "holder": holder_of(authority), "wrapped": keyring.wrap(key, holder_of(authority))}
    desk = {
        "filing_id": filing_id,
        "authority": authority,
        "role": "destinataire",
        "next_code": "D2",
        "next_due_on": due,
    }
    return filing, held, desk


def _measure(database: Database, keyring: Keyring) -> float:
    times = []
    for n in range(300):
        began = time.perf_counter()
        with database.read() as session:
            inbox(session, keyring, Asking(AUTHORITIES[n % len(AUTHORITIES)], TODAY), Filters())
        times.append(time.perf_counter() - began)
    return percentile(times, 95)


if __name__ == "__main__":
    raise SystemExit(not main())
