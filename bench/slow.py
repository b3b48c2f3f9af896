"""Three hundred slow lines while twenty people file: nobody fails, and p99 stays near that of a calm day."""

import select
import socket
import tempfile
import threading
import time
from pathlib import Path

from bench.support import Person, Server, percentile, verdict

LINES, FILERS, EACH = 300, 20, 5
TIMES_MOST, SENT = 2.0, 303
PIECE = bytes(400)
"""Every half second: 800 bytes a second, a little more than the slowest line that is waited for."""


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            calm, calm_failed = _file(server)
            stop = threading.Event()
            slow = threading.Thread(target=_crawl, args=(server, stop))
            slow.start()
            time.sleep(2)
            busy, busy_failed = _file(server)
            stop.set()
            slow.join()
        finally:
            server.stop()
    idle = percentile(calm, 99) * 1000
    print(f"     p99 of a press without them: {idle:.1f} ms")
    kept = verdict(f"p99 with {LINES} slow lines, beside that", percentile(busy, 99) * 1000 / idle, "times", TIMES_MOST)
    return verdict("presses that failed", calm_failed + busy_failed, "", 0) and kept


def _file(server: Server) -> tuple[list[float], int]:
    """Let the people file at once, each several times; give the time of each press, and how many failed."""
    times: list[float] = []
    failed = [0]

    def one() -> None:
        for _ in range(EACH):
            try:
                person = Person(server.url)
                person.begin()
                began = time.monotonic()
                is_sent = person.send().status_code == SENT
                times.append(time.monotonic() - began)
            except Exception:  # noqa: BLE001 - whatever happened, this person could not file
                is_sent = False
            failed[0] += not is_sent
            time.sleep(0.5)

    threads = [threading.Thread(target=one) for _ in range(FILERS)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    return times, failed[0]


def _crawl(server: Server, stop: threading.Event) -> None:
    """Send files that never end, a few bytes at a time, as phones at the edge of their network do."""
    person = Person(server.url)
    person.begin()
    cookie = "; ".join(f"{one.name}={one.value}" for one in person.http.cookies.jar)
    head = (
        f"POST {person.form} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookie}\r\n"
        "Content-Length: 14000000\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="fichiers"; filename="lente.jpg"\r\n\r\n'
    ).encode()
    lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(LINES)]
    for line in lines:
        line.sendall(head)
    while not stop.wait(0.5):
        for line in lines:
            line.sendall(PIECE)
    cut = sum(_is_cut(line) for line in lines)
    for line in lines:
        line.close()
    verdict("slow lines that were cut", cut, "", 0)


def _is_cut(line: socket.socket) -> bool:
    """Tell whether something came back, an answer or the end: in both cases the line was not waited for."""
    return bool(select.select([line], [], [], 0)[0])


if __name__ == "__main__":
    raise SystemExit(not main())
