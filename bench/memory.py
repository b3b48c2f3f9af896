"""Resident memory of the service after two thousand complaints with photos."""

import tempfile
import threading
from pathlib import Path

from bench.evidence import MB, photo
from bench.support import Person, Server, verdict

COMPLAINTS, FILERS, PHOTO, MOST = 2000, 4, 300_000, 200
SENT = 303


def main() -> bool:
    """Run the bench; tell whether the target is kept."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", worker=True).start()
        failed: list[Exception] = []
        try:
            picture = photo(PHOTO, 1)
            threads = [
                threading.Thread(target=_file, args=(server, picture, COMPLAINTS // FILERS, failed))
                for _ in range(FILERS)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            held = server.memory
        finally:
            server.stop()
    kept = verdict("complaints that failed", len(failed), "", 0)
    return verdict(f"resident memory after {COMPLAINTS} complaints with a photo", held / MB, "MB", MOST) and kept


def _file(server: Server, picture: bytes, count: int, failed: list[Exception]) -> None:
    for _ in range(count):
        try:
            person = Person(server.url)
            person.begin()
            person.add("photo.jpg", picture)
            if person.send().status_code != SENT:
                raise RuntimeError("the complaint was not received")  # noqa: TRY301
            person.http.close()
        except Exception as trouble:  # noqa: BLE001 - counted, and told at the end
            failed.append(trouble)


if __name__ == "__main__":
    raise SystemExit(not main())
