"""Kill the server again and again while four people send: every number that was given is there once, complete."""

import json
import random
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from bench.support import Person, Server, verdict

FILERS = 4


class Filer(threading.Thread):
    """Someone who never gives up: sends, and when the line is cut, sends again with the same form."""

    def __init__(self, url: str, stop: threading.Event) -> None:
        """Begin at once; stop when told."""
        super().__init__(daemon=True)
        self.url, self.stop, self.drafts = url, stop, 0
        self.given: list[str] = []

    def run(self) -> None:
        """File complaint after complaint."""
        while not self.stop.is_set():
            person = Person(self.url)
            if not self._insist(person.begin):
                return
            self.drafts += 1
            answer = self._insist(person.send)
            if isinstance(answer, httpx.Response) and answer.status_code == 303:
                number = self._insist(person.number)
                if isinstance(number, str):
                    self.given.append(number)

    def _insist(self, act: object) -> object:
        while not self.stop.is_set():
            try:
                done = act()  # type: ignore[operator]
            except (httpx.HTTPError, ValueError, KeyError):
                time.sleep(0.05)
                continue
            if isinstance(done, httpx.Response) and done.status_code >= 500:
                time.sleep(0.05)
                continue
            return done
        return None


def main(kills: int = 100) -> bool:
    """Run; tell whether the promise is kept."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        stop = threading.Event()
        filers = [Filer(server.url, stop) for _ in range(FILERS)]
        for filer in filers:
            filer.start()
        for _ in range(kills):
            time.sleep(random.uniform(0.05, 0.8))
            server.kill()
            server.start()
        time.sleep(3)
        stop.set()
        for filer in filers:
            filer.join(30)
        server.stop()
        given = [number for filer in filers for number in filer.given]
        return _judge(Path(folder) / "data" / "saisine.sqlite", given, sum(filer.drafts for filer in filers), kills)


def _judge(path: Path, given: list[str], drafts: int, kills: int) -> bool:
    database = sqlite3.connect(path)
    one = lambda query: database.execute(query).fetchone()[0]  # noqa: E731 - a word for these four lines
    numbers = [row[0] for row in database.execute("SELECT number FROM filing")]
    lost = set(given) - set(numbers)
    incomplete = one(
        "SELECT count(*) FROM filing f WHERE"
        " (SELECT count(*) FROM ledger l WHERE l.number = f.number AND l.kind = 'depot') <> 1"
        " OR NOT EXISTS (SELECT 1 FROM filing_key k WHERE k.filing_id = f.id)"
        " OR NOT EXISTS (SELECT 1 FROM filing_desk d WHERE d.filing_id = f.id)"
        " OR NOT EXISTS (SELECT 1 FROM deadline c WHERE c.filing_number = f.number)"
    )
    orphans = one("SELECT count(*) FROM ledger WHERE number NOT IN (SELECT number FROM filing)")
    gaps = one("SELECT max(n) - count(*) FROM ledger")
    print(json.dumps({"kills": kills, "drafts": drafts, "given": len(given), "in the database": len(numbers)}))
    results = [
        verdict("numbers given and lost", len(lost), "", 0),
        verdict("numbers given twice", len(given) - len(set(given)), "", 0),
        verdict("filings incomplete", incomplete, "", 0),
        verdict("ledger entries without a filing, or gaps", orphans + gaps, "", 0),
    ]
    return all(results) and bool(given)


if __name__ == "__main__":
    raise SystemExit(not main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
