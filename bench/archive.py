"""« Exporter tout le dossier » with 98 MB of photos: what the server gains in memory, and how long it takes.

The archive holds the whole file as one PDF, which joins the copies of the photos: they are waited for first.
"""

import sqlite3
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path

import httpx

from bench.evidence import MB, photo
from bench.support import Server, filed, signed_in, token_of, verdict

PHOTOS, SIZE, MOST = 7, 14 * MB, 30
WAIT = 120
"""Seconds in which every copy is made."""
OK = 200


def main() -> bool:
    """Run the bench; tell whether the target is kept."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", worker=True).start()
        try:
            small, large = filed(server, [photo(MB, 0)]), filed(server, [photo(SIZE, n) for n in range(PHOTOS)])
            _wait_for_copies(server, PHOTOS + 1)
            clerk = signed_in(server)
            for _ in range(2):
                _exported(clerk, small, Path(folder) / "small.zip")
            _forget_peak(server)
            before, began = _peak(server), time.perf_counter()
            size = _exported(clerk, large, Path(folder) / "large.zip")
            spent, gained = time.perf_counter() - began, _peak(server) - before
            with zipfile.ZipFile(Path(folder) / "large.zip") as archive:
                damaged = archive.testzip()
        finally:
            server.stop()
    print(f"     {size / MB:.0f} MB in {spent:.1f} s, {'whole' if damaged is None else damaged}")
    return verdict("memory gained by an archive of 98 MB", gained / MB, "MB", MOST) and damaged is None


def _wait_for_copies(server: Server, count: int) -> None:
    """Wait until the reader of files made every copy."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        with closing(sqlite3.connect(server.data / "saisine.sqlite")) as database:
            found = database.execute("SELECT count(*) FROM evidence WHERE copy_type != '' AND size >= ?", (MB,))
            (made,) = found.fetchone()
        if made == count:
            return
        time.sleep(1)
    raise RuntimeError("the copies were not made")


def _exported(clerk: httpx.Client, number: str, to: Path) -> int:
    path = f"/agent/plaintes/{number}/exporter"
    typed = {"csrf": token_of(clerk, path), "format": "zip", "usage": "Mesure"}
    headers = {"Accept-Encoding": "gzip, deflate"}
    with clerk.stream("POST", path, data=typed, headers=headers) as answer, to.open("wb") as file:
        if answer.status_code != OK:
            raise RuntimeError(f"no archive: {answer.status_code}")
        for piece in answer.iter_bytes():
            file.write(piece)
    return to.stat().st_size


def _forget_peak(server: Server) -> None:
    """Begin the peak of memory again from what is held now (proc(5), clear_refs)."""
    Path(f"/proc/{server.pid}/clear_refs").write_text("5", encoding="ascii")


def _peak(server: Server) -> int:
    """Give the most that the server held in memory, in bytes (proc(5), status, VmHWM)."""
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    raise SystemExit(not main())
