"""Send at 16 complaints per second on SQLite: p99, and every receipt counted in the database."""

import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from queue import Empty, Queue

from bench.support import Person, Server, percentile, verdict

RATE, SECONDS, FILERS = 16, 20, 16


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            first = _first(server)
            times, numbers = _load(server)
        finally:
            server.stop()
        database = sqlite3.connect(Path(folder) / "data" / "saisine.sqlite")
        there = {row[0] for row in database.execute("SELECT number FROM filing")}
        deposits = database.execute("SELECT count(*) FROM ledger WHERE kind = 'depot'").fetchone()[0]
    kept = verdict(f"send p99 at {RATE} per second ({len(times)} complaints)", percentile(times, 99) * 1000, "ms", 100)
    verdict("first send after a start, apart: its statements are compiled", first * 1000, "ms", 500)
    verdict("send median", percentile(times, 50) * 1000, "ms", 100)
    kept = verdict("acknowledged and not in the database", len(set(numbers) - there), "", 0) and kept
    return verdict("complaints with no deposit of their own in the ledger", abs(deposits - len(there)), "", 0) and kept


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
