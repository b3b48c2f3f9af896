"""Send at 16 complaints per second on each database: p99, and every receipt counted in the database."""

import tempfile
import threading
import time
from pathlib import Path
from queue import Empty, Queue

from sqlalchemy import select

from app.base.storage.database import Database
from app.filing.ledger.chain import DEPOSIT
from app.filing.models import Filing, LedgerEntry
from bench.support import Person, Server, percentile, verdict
from tests.support.postgres import Cluster

RATE, SECONDS, FILERS = 16, 20, 16
SQLITE, POSTGRESQL = 100, 150
"""Milliseconds."""


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the owner of the server goes through
        kept = _bench("SQLite", Server(Path(folder) / "data"), SQLITE)
        cluster = Cluster(Path(folder) / "postgresql")
        cluster.start()
        try:
            other = Server(Path(folder) / "other", database_url=cluster.url())
            return _bench("PostgreSQL", other, POSTGRESQL) and kept
        finally:
            cluster.stop()


def _bench(name: str, server: Server, most: int) -> bool:
    server.start()
    try:
        first = _first(server)
        times, numbers = _load(server)
    finally:
        server.stop()
    database = Database(server.database)
    with database.read() as session:
        there = set(session.scalars(select(Filing.number)))
        deposits = len(session.scalars(select(LedgerEntry.n).where(LedgerEntry.kind == DEPOSIT)).all())
    database.close()
    p50, p99 = (1000 * percentile(times, rank) for rank in (50, 99))
    kept = verdict(f"{name}, send p99 at {RATE} per second ({len(times)} complaints)", p99, "ms", most)
    verdict(f"{name}, first send after a start, apart: its statements are compiled", first * 1000, "ms", 500)
    verdict(f"{name}, send median", p50, "ms", most)
    kept = verdict(f"{name}, acknowledged and not in the database", len(set(numbers) - there), "", 0) and kept
    alone = abs(deposits - len(there))
    return verdict(f"{name}, complaints with no deposit of their own in the ledger", alone, "", 0) and kept


def _first(server: Server) -> float:
    person = Person(server.url)
    person.begin()
    began = time.monotonic()
    person.send()
    return time.monotonic() - began


def _load(server: Server) -> tuple[list[float], list[str]]:
    """Begin every draft first, then press « Envoyer » at a steady pace from several threads."""
    people = [Person(server.url) for _ in range(RATE * SECONDS)]
    for person in people:
        person.begin()
    waiting: Queue[tuple[float, Person]] = Queue()
    start = time.monotonic() + 0.5
    for place, person in enumerate(people):
        waiting.put((start + place / RATE, person))
    times: list[float] = []
    numbers: list[str] = []
    threads = [threading.Thread(target=_filer, args=(waiting, times, numbers)) for _ in range(FILERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, numbers


def _filer(waiting: Queue[tuple[float, Person]], times: list[float], numbers: list[str]) -> None:
    while True:
        try:
            due, person = waiting.get_nowait()
        except Empty:
            return
        time.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        answer = person.send()
        if answer.status_code == 303:
            times.append(time.monotonic() - began)
            numbers.append(person.number())


if __name__ == "__main__":
    raise SystemExit(not main())
