"""The clerk's list with a thousand, then a million complaints of 150 authorities, on both databases: p95."""

import os
import random
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from app.base.crypto.vault import Keyring, new_key
from app.base.settings import Settings
from app.base.storage.database import Database
from app.filing.desk_rows import LAID
from app.filing.models import Filing, FilingDesk, FilingDuty, FilingKey, FilingWord
from app.filing.rules import NEVER, authority_holder
from app.filing.sealed import payload
from app.filing.search import word_index
from app.intake.filters import Filters
from app.intake.queries import Asking, inbox
from app.runtime.preparation import migrate
from bench.support import percentile, verdict
from tests.support.postgres import Cluster

AUTHORITIES = [f"BENCH-{n:03}" for n in range(150)]
LARGEST, SHARE = AUTHORITIES[0], int(os.environ.get("BENCH_LARGEST", "1"))
"""The desk of the largest authority holds this many complaints of a hundred: ten thousand of a million."""
FEW, MANY = 1_000, int(os.environ.get("BENCH_FILINGS", "1000000"))
TODAY = date(2026, 3, 3)
START = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 20_000
TARGET = 60
ROUNDS = 40
FIRST = ("léa", "noé", "ana", "ida", "zoé", "max", "lou", "eva", "tom", "nina", "awa", "émile")
TOWNS = ("Lille", "Douai", "Roubaix", "Saint-Étienne", "Bourg-en-Bresse")
STATES = ("recue", "accusee", "transmise", "conciliation_fixee", "accord", "close")
FORMS, MOTIVES = ("rdv_refuse", "delai_eleve", "autre"), ("c2s", "ame", "handicap", "origine")
TABLES = (Filing, FilingKey, FilingDesk, FilingWord, FilingDuty)
QUESTIONS = {
    "the list": Filters(),
    "page 100": Filters(page=100),
    "late": Filters(echeance="retard"),
    "to acknowledge": Filters(etat="recue", role="destinataire"),
    "meeting to fix": Filters(suite="a_fixer"),
    "ended": Filters(suite="terminees"),
    "mine": Filters(attribution="moi"),
    "by number": Filters(tri="numero"),
    "the last received": Filters(tri="-recue"),
    "profession and needs": Filters(profession="40", besoin="oui"),
    "days of receipt": Filters(recue_du="2026-02-01", recue_au="2026-02-10"),
    "form and motive": Filters(forme="rdv_refuse", motif="c2s"),
    "a name": Filters(mots="inventee77"),
    "a first name and a town": Filters(mots="lea lille"),
    "a name nobody has": Filters(mots="personne"),
}


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the owner of the server goes through
        kept = _bench("SQLite", migrate(Settings(data=Path(folder) / "data")))
        cluster = Cluster(Path(folder) / "postgresql")
        cluster.start()
        try:
            settings = Settings(data=Path(folder) / "other", database_url=cluster.url())
            return _bench("PostgreSQL", migrate(settings)) and kept
        finally:
            cluster.stop()


def _bench(name: str, database: Database) -> bool:
    keyring, kept = Keyring.throwaway(), True
    maker = _maker(keyring)
    _fill(database, islice(maker, FEW))
    few = _measure(database, keyring)
    began = time.perf_counter()
    _fill(database, islice(maker, MANY - FEW))
    print(f"     {name}: {MANY} complaints in {time.perf_counter() - began:.0f} s", flush=True)
    for question, value in _measure(database, keyring).items():
        kept = verdict(f"{name}, {question}, p95", value * 1000, "ms", TARGET) and kept
        print(f"     beside {FEW} complaints: {few[question] * 1000:.1f} ms", flush=True)
    database.close()
    return kept


Rows = tuple[list[tuple[Any, ...]], ...]


def _maker(keyring: Keyring) -> Iterator[Rows]:
    """Make complaints one after the other: the largest authority has its share, the others by turns."""
    keys = {code: new_key() for code in AUTHORITIES}
    wrapped = {code: keyring.wrap(key, authority_holder(code)) for code, key in keys.items()}
    known: dict[tuple[str, str], bytes] = {}
    draw = random.Random(1)

    def word(authority: str, term: str) -> bytes:
        found = known.get((authority, term))
        if found is None:
            found = bytes.fromhex(keyring.word(term, f"mots:{authority}"))[: FilingWord.BYTES]
            if "inventee" not in term:
                known[authority, term] = found
        return found

    n = 0
    while True:
        n += 1
        is_largest = 37 * n % 100 < SHARE
        authority = LARGEST if is_largest else AUTHORITIES[1 + n % (len(AUTHORITIES) - 1)]
        yield _complaint(n, authority, keys[authority], wrapped[authority], word, draw)


def _complaint(
    n: int, authority: str, key: bytes, wrapped: str, word: Callable[[str, str], bytes], draw: random.Random
) -> Rows:
    filing_id, first, town = uuid.uuid4().hex, draw.choice(FIRST), draw.choice(TOWNS)
    document = {
        "person": f"{first} inventee{n % 5000}",
        "filer": f"{first} inventee{n % 5000}",
        "professional": f"camille fictive{n % 300}",
        "town": town,
        "complaint": [
            {"name": "formes", "answer": [draw.choice(FORMS)]},
            {"name": "motifs", "answer": [draw.choice(MOTIVES)]},
        ],
        "contact": [],
        "signs": "besoins" if n % 9 == 0 else "",
    }
    sealed, short = payload.lock(key, filing_id, b"0" * 1_500, payload.summary_of(document))
    state, days = draw.choice(STATES), draw.randint(-20, 90)
    filing = {
        "id": filing_id,
        "draft_id": filing_id,
        "number": f"SA-2026-{n:09}",
        "received_at": START + timedelta(seconds=5 * n),
        "zone": "Europe/Paris",
        "state": state,
        "channel": "patient",
        "profession": draw.choice(("10", "40", "50", "60")),
        "commune": "59350",
        "town": town,
        "outcome": "resolu",
        "to_confirm": "",
        "candidates": "",
        "email_key": None,
        "receiver": authority,
        "informed": "",
        "commitment": "0" * 64,
        "payload": sealed,
        "summary": short,
        "code_hash": f"{n:064}",
    }
    desk = (filing_id, authority, "destinataire", "D13" if n % 4 == 0 else "D2", TODAY + timedelta(days=days))
    words = [(authority, word(authority, term), filing_id) for term in word_index.terms_of(document)]
    copied = (state, filing["profession"], "patient", filing["received_at"], filing["number"])
    return (
        [tuple(filing.get(column.key) for column in Filing.__table__.columns)],
        [(filing_id, authority_holder(authority), wrapped)],
        [(*desk, "me" if n % 20 == 0 else "", *copied, LAID)],
        words,
        [(filing_id, desk[3], authority, desk[4], NEVER, 0)],
    )


def _fill(database: Database, made: Iterator[Rows]) -> None:
    while batch := list(islice(made, BATCH)):
        with database.write() as session:
            for place, model in enumerate(TABLES):
                names = [column.name for column in model.__table__.columns]
                rows = [row for one in batch for row in one[place]]
                _copy(session.connection().connection.driver_connection, database, model.__tablename__, names, rows)
    if not database.is_sqlite:  # what the server does by itself in production, and the one of the bench never
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")


def _copy(driver: Any, database: Database, table: str, names: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    if database.is_sqlite:
        marks = ", ".join("?" * len(names))
        text = [tuple(str(one)[:26] if isinstance(one, date) else one for one in row) for row in rows]
        driver.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", text)
        return
    with driver.cursor().copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _measure(database: Database, keyring: Keyring) -> dict[str, float]:
    """Ask each question of the largest authority and of others, by turns."""
    found = {}
    for question, filters in QUESTIONS.items():
        times = []
        for n in range(ROUNDS):
            authority = LARGEST if n % 2 else AUTHORITIES[n % len(AUTHORITIES)]
            began = time.perf_counter()
            with database.read() as session:
                inbox(session, keyring, Asking(authority, TODAY, "me"), filters)
            times.append(time.perf_counter() - began)
        found[question] = percentile(times, 95)
    return found


if __name__ == "__main__":
    raise SystemExit(not main())
