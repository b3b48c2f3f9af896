"""The figures of one year over a million complaints: of the country, of one authority, of a town; on both databases."""

import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from app.base.crypto.vault import Keyring
from app.base.storage.database import Database
from app.base.storage.migrate import upgrade
from app.counters import queries
from app.counters.queries import Dimensions
from app.counters.rules import ALL, RECEIVED, StatisticsRecord
from app.counters.service import _PUT_IN, _written
from app.statistics import figures
from app.statistics.counted import Counted
from bench.support import verdict

COMPLAINTS, AUTHORITIES, TOWNS, PROFESSIONS = 1_000_000, 640, 4, ("10", "40", "50", "60", "70", "80", "21")
MOST = 1.0
"""Seconds."""
CODES = tuple(f"motif|inventé-{n}" for n in range(28)) + tuple(f"forme|inventée-{n}" for n in range(10))


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        kept = _measured(f"sqlite:///{Path(folder) / 'bench.sqlite'}", "SQLite")
    address = os.environ.get("BENCH_POSTGRESQL", "")
    return (_measured(address, "PostgreSQL") and kept) if address else kept


def _measured(url: str, name: str) -> bool:
    database, keyring = Database(url), Keyring.throwaway()
    upgrade(database)
    _fill(database, keyring)
    kept = True
    for what, cut in (
        ("the country", Dimensions(ALL, 2026)),
        ("the country, one profession", Dimensions(ALL, 2026, "40")),
        ("the country, one town", Dimensions(ALL, 2026, ALL, "00703")),
        ("one authority", Dimensions("A007", 2026)),
        ("one authority, one profession and one town", Dimensions("A007", 2026, "10", "00703")),
    ):
        spent = []
        for _ in range(3):
            began = time.perf_counter()
            with database.read() as session:
                months = queries.months(session, keyring, cut)
                beside = (
                    *([list(queries.by_profession(session, keyring, cut).values())] if cut.profession != ALL else []),
                    *([list(queries.by_town(session, keyring, cut).values())] if cut.town != ALL else []),
                )
            figures.all_of(Counted(2026, months, beside=beside), str)
            spent.append(time.perf_counter() - began)
        kept = verdict(f"{name}: a year, {what}", sorted(spent)[1], "s", MOST) and kept
    database.close()
    return kept


def _fill(database: Database, keyring: Keyring) -> None:
    """Write the counters that a million complaints leave, authority by authority."""
    draw, country = random.Random(2026), dict[tuple[str, str, str, str], Counter[str]]()
    for place in range(AUTHORITIES):
        totals: dict[tuple[str, str, str, str], Counter[str]] = {}
        for _ in range(COMPLAINTS // AUTHORITIES):
            codes = {*draw.choices(CODES, k=3), "canal|patient", "etat|transmise", f"accuse|{draw.randint(1, 12)}"}
            profession = draw.choice(PROFESSIONS)
            town = f"{place:03}{draw.randrange(TOWNS):02}"
            month = f"2026-{draw.randint(1, 12):02}"
            record = StatisticsRecord(f"A{place:03}", month, profession, town, (*codes, f"profession|{profession}"))
            for cut in record.keys:
                totals.setdefault(cut, Counter()).update((RECEIVED, *record.codes))
        for cut in [cut for cut in totals if cut[0] == ALL == cut[3]]:
            country.setdefault(cut, Counter()).update(totals.pop(cut))
        _write(database, keyring, totals)
    _write(database, keyring, country)


def _write(database: Database, keyring: Keyring, totals: Mapping[tuple[str, str, str, str], Counter[str]]) -> None:
    with database.write() as session:
        session.execute(_PUT_IN, [_written(keyring, cut, counts, is_kept=False) for cut, counts in totals.items()])


if __name__ == "__main__":
    raise SystemExit(not main())
