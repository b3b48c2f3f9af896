"""How soon the token comes after the press, and what it costs the press."""

import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, text

from app.base.storage.engines import sqlite_module
from bench.support import Person, Server, percentile, verdict

PRESSES, ROUNDS, PACE = 60, 3, 0.125
LATE, SLOWER = 2.0, 10.0
DELAYS = (
    "SELECT d.at, j.at FROM ledger d JOIN ledger j ON j.number = d.number AND j.kind = 'jeton'"
    " WHERE d.kind = 'depot' ORDER BY d.n DESC LIMIT :most"
)


def main() -> bool:
    """Run the bench; tell whether the targets are kept. Rounds with and without tokens alternate."""
    calm: list[float] = []
    busy: list[float] = []
    delays: list[float] = []
    for _ in range(ROUNDS):
        for times, worker in ((calm, False), (busy, True)):
            with tempfile.TemporaryDirectory() as folder:
                server = Server(Path(folder) / "data", worker=worker).start()
                time.sleep(3)  # the tokens of the demonstration
                times.extend(_press(server))
                time.sleep(3)
                server.stop()
                delays += _delays(server) if worker else []
    alone, beside = statistics.median(calm) * 1000, statistics.median(busy) * 1000
    slower = 100 * (beside / alone - 1)
    print(f"     median press: {alone:.1f} ms alone, {beside:.1f} ms beside")
    print(f"     tokens: {len(delays)} of {ROUNDS * PRESSES}, median {statistics.median(delays):.2f} s")
    kept = verdict("slowest of 99 tokens of a hundred", percentile(delays, 99), "s", LATE)
    return verdict("a press beside tokens and mails, slower by", slower, "%", SLOWER) and kept


def _press(server: Server) -> list[float]:
    people = [Person(server.url) for _ in range(PRESSES)]
    for person in people:
        person.begin()
    times = []
    for person in people:
        began = time.monotonic()
        person.send()
        times.append(time.monotonic() - began)
        time.sleep(PACE)
    return times


def _delays(server: Server) -> list[float]:
    engine = create_engine(server.database, module=sqlite_module())
    with engine.connect() as connection:
        rows = connection.execute(text(DELAYS), {"most": PRESSES}).all()
    engine.dispose()
    return [(datetime.fromisoformat(came) - datetime.fromisoformat(asked)).total_seconds() for asked, came in rows]


if __name__ == "__main__":
    raise SystemExit(not main())
