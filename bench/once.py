"""A thousand people press « Envoyer » two to eight times at once: each complaint has one number."""

import random
import tempfile
import threading
from pathlib import Path

import httpx

from bench.support import Person, Server, verdict

DRAFTS, FEWEST, MOST = 1000, 2, 8


def main() -> bool:
    """Run the bench; tell whether the promise is kept."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        several = failed = presses = 0
        for _ in range(DRAFTS):
            person = Person(server.url)
            person.begin()
            times = random.randint(FEWEST, MOST)
            found = _press_at_once(person, times)
            presses += times
            failed += times - len(found)
            several += len(set(found)) > 1
        verified = server.command("verify")
        server.stop()
    print(f"     {DRAFTS} drafts, {presses} presses; then: {verified.strip().splitlines()[-1]}")
    kept = verdict("presses that got no number", failed, "", 0)
    return verdict("drafts with several numbers or hours", several, "", 0) and kept and verified.startswith("whole")


def _press_at_once(person: Person, times: int) -> list[tuple[str, str]]:
    """Press from several windows at the same instant; give what each one is told."""
    windows = [person.twin() for _ in range(times)]
    start = threading.Barrier(times)
    told: list[tuple[str, str]] = []

    def press(window: Person) -> None:
        start.wait()
        try:
            window.send()
            told.append(window.receipt())
        except (httpx.HTTPError, ValueError):
            return

    threads = [threading.Thread(target=press, args=(window,)) for window in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


if __name__ == "__main__":
    raise SystemExit(not main())
