"""Cut the power again and again while eight people send: each number that was given is there once, whole, for ever.

``python -m bench.kill`` kills the server 500 times over SQLite, then stops PostgreSQL 50 times as a power cut would.
"""

import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, text

from app.base.storage.engines import sqlite_module
from bench.support import Person, Server, verdict
from tests.support.postgres import Cluster

FILERS, KILLS, STOPS = 8, 500, 50
SENT, SERVER_ERROR = 303, 500
PARTIAL = (
    "SELECT count(*) FROM filing f WHERE"
    " (SELECT count(*) FROM ledger l WHERE l.number = f.number AND l.kind = 'depot') <> 1"
    " OR NOT EXISTS (SELECT 1 FROM filing_key k WHERE k.filing_id = f.id)"
    " OR NOT EXISTS (SELECT 1 FROM filing_desk d WHERE d.filing_id = f.id)"
    " OR NOT EXISTS (SELECT 1 FROM outbox o WHERE o.filing_number = f.number)"
    " OR NOT EXISTS (SELECT 1 FROM deadline c WHERE c.filing_number = f.number)"
)


class Filer(threading.Thread):
    """Someone who never gives up: sends, and when the line is cut, sends again with the same form."""

    def __init__(self, url: str, stop: threading.Event) -> None:
        """Wait to be started; stop when told."""
        super().__init__(daemon=True)
        self.url, self.stop = url, stop
        self.given: list[tuple[str, str]] = []
        self.changed = 0

    def run(self) -> None:
        """File complaint after complaint; press twice each time."""
        while not self.stop.is_set():
            person = Person(self.url)
            if self._insist(person.begin) is None:
                return
            answers = [self._sent(person), self._sent(person)]
            self.given += [answer for answer in answers[:1] if answer]
            self.changed += bool(answers[0] and answers[1] and answers[0] != answers[1])

    def _sent(self, person: Person) -> tuple[str, str] | None:
        """Press until it is received; give the number and the hour that the page says."""
        answer = self._insist(person.send)
        if answer is None or answer.status_code != SENT:
            return None
        found: tuple[str, str] | None = self._insist(person.receipt)
        return found

    def _insist(self, act: Callable[[], Any]) -> Any:
        """Act until it is done; ``None`` once the time is over."""
        until = None
        while until is None or time.monotonic() < until:
            if self.stop.is_set() and until is None:
                until = time.monotonic() + 20
            try:
                done = act()
            except (httpx.HTTPError, ValueError, KeyError):
                time.sleep(0.05)
                continue
            if isinstance(done, httpx.Response) and done.status_code >= SERVER_ERROR:
                time.sleep(0.05)
                continue
            return done
        return None


def _cut(server: Server) -> None:
    server.kill()
    server.start()


def main(kills: int = KILLS, stops: int = STOPS) -> bool:
    """Run; tell whether the promise is kept."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        kept = _run(server, kills, lambda: _cut(server))
    if not stops:
        return kept
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="saisine-bench-")) / "pg")
    cluster.folder.parent.chmod(0o755)
    cluster.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            server = Server(Path(folder) / "data", database_url=cluster.url())
            return _run(server, stops, cluster.cut) and kept
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder.parent, ignore_errors=True)


def _run(server: Server, times: int, cut: Callable[[], Any]) -> bool:
    server.start()
    stop = threading.Event()
    filers = [Filer(server.url, stop) for _ in range(FILERS)]
    for filer in filers:
        filer.start()
    for _ in range(times):
        time.sleep(random.uniform(0.05, 0.8))
        cut()
    time.sleep(3)
    stop.set()
    for filer in filers:
        filer.join(60)
    verified = json.loads(server.command("verify", "--json"))
    server.stop()
    return _judge(server, filers, times, verified["problems"])


def _judge(server: Server, filers: list[Filer], times: int, problems: list[Any]) -> bool:
    given = [number for filer in filers for number, _hour in filer.given]
    module = sqlite_module() if "sqlite" in server.database else None
    engine = create_engine(server.database, **({"module": module} if module else {}))
    with engine.connect() as connection:
        numbers = set(connection.scalars(text("SELECT number FROM filing")))
        drafts = connection.scalar(text("SELECT count(DISTINCT draft_id) FROM filing"))
        partial = connection.scalar(text(PARTIAL)) or 0
    engine.dispose()
    print(f"     {engine.name}: {times} cuts, {len(given)} receipts given, {len(numbers)} complaints kept")
    results = [
        verdict("receipts given and lost", len(set(given) - numbers), "", 0),
        verdict(
            "numbers given twice, or drafts received twice", len(given) - len(set(given)) + len(numbers) - drafts, "", 0
        ),
        verdict("second presses with another number or hour", sum(filer.changed for filer in filers), "", 0),
        verdict("complaints kept in part", partial, "", 0),
        verdict("problems told by `saisine verify`", len(problems), "", 0),
    ]
    return all(results) and bool(given)


if __name__ == "__main__":
    raise SystemExit(not main(*map(int, sys.argv[1:])))
