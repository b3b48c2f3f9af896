"""200 complaints that an association's software makes and sends, 8 per second, on SQLite: p99, and none lost."""

import sqlite3
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from queue import Empty, Queue

import httpx

from app.accounts.queries import SignedInMember
from app.accounts.rules import Role
from app.api import clients
from app.api.rules import ApiScope
from app.associations import registry
from app.associations.rules import Agreement
from app.base.dates import local_day
from app.base.settings import Settings
from app.runtime.instance import make_portal
from bench.support import Server, percentile, verdict
from tests.support.api import DECLARED, DRAFTS, GRANT, SIGNED, TOKEN, WHOLE

COMPLAINTS, RATE, ACCESSES = 200, 8, 8
"""Each complaint takes three requests, and one access has 300 in a minute."""
TARGET = 150
OWN = "association-du-banc"


@dataclass(frozen=True)
class Program:
    """An access, with its token."""

    service: httpx.Client

    def ask(self, path: str, **sent: object) -> tuple[httpx.Response, float]:
        """Post; give the answer and the seconds it took."""
        began = time.monotonic()
        answer = self.service.post(path, **sent)  # type: ignore[arg-type]
        return answer, time.monotonic() - began


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        server = Server(data).start()
        try:
            times, numbers, wrong = _load([_program(server.url, *one) for one in _accesses(data)])
        finally:
            server.stop()
        there = {row[0] for row in sqlite3.connect(data / "saisine.sqlite").execute("SELECT number FROM filing")}
    fast = [
        verdict(f"{name} p99 at {RATE} per second ({len(found)})", percentile(found, 99) * 1000, "ms", TARGET)
        for name, found in times.items()
    ]
    lost = verdict("acknowledged and not in the database", len(set(numbers) - there), "", 0)
    return verdict("refused", wrong, "", 0) and lost and all(fast) and len(there) == COMPLAINTS


def _accesses(data: Path) -> list[tuple[str, str]]:
    """Make an association known, and give it accesses: their ids and secrets."""
    portal = make_portal(Settings(data=data))
    member = SignedInMember("membre-du-banc", "", "Rita Fictive", OWN, Role.RESPONSABLE_ASSOCIATION)
    now, today = portal.clock(), local_day(portal.clock())
    with portal.database.write() as session:
        registry.add(session, {"name": "Entraide Inventée"}, OWN)
        registry.agree(session, OWN, Agreement("N-BANC", "national", "", today, today + timedelta(days=365)))
        scopes = tuple(ApiScope)
        opened = [clients.open_client(session, member, "Banc", scopes, now, sandbox=False) for _ in range(ACCESSES)]
        found = [(row.id, secret) for row, secret in opened]
    portal.database.close()
    return found


def _program(url: str, client: str, secret: str) -> Program:
    service = httpx.Client(base_url=url, timeout=30)
    token = service.post(TOKEN, data=GRANT, auth=(client, secret)).json()["access_token"]
    service.headers["Authorization"] = f"Bearer {token}"
    return Program(service)


def _load(programs: list[Program]) -> tuple[dict[str, list[float]], list[str], int]:
    waiting: Queue[tuple[float, int, Program]] = Queue()
    start = time.monotonic() + 0.5
    for place, program in zip(range(COMPLAINTS), cycle(programs)):
        waiting.put((start + place / RATE, place, program))
    times: dict[str, list[float]] = {"draft": [], "file": [], "sending": []}
    numbers: list[str] = []
    threads = [threading.Thread(target=_filer, args=(waiting, times, numbers)) for _ in range(ACCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, numbers, COMPLAINTS - len(numbers)


def _filer(waiting: Queue[tuple[float, int, Program]], times: dict[str, list[float]], numbers: list[str]) -> None:
    while True:
        try:
            due, place, program = waiting.get_nowait()
        except Empty:
            return
        time.sleep(max(0.0, due - time.monotonic()))
        asked = {"reponses": {**WHOLE, "nom": f"Fictive-{place}"}}
        made, took = program.ask(DRAFTS, json=asked, headers={"Idempotency-Key": str(place)})
        here = made.headers.get("location", "")
        given, reading = program.ask(f"{here}/pieces", files={"fichiers": SIGNED}, data={"usage": "mandat"})
        sent, sending = program.ask(f"{here}/envoi", json=DECLARED)
        if [made.status_code, given.status_code, sent.status_code] == [201, 201, 201]:
            numbers.append(sent.json()["numero"])
            for name, seconds in (("draft", took), ("file", reading), ("sending", sending)):
                times[name].append(seconds)


if __name__ == "__main__":
    raise SystemExit(not main())
