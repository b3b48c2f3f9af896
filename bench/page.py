"""Pages of the form over the network, against bare FastAPI + Jinja pages of the same bytes, in the same minute."""

import http.client
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.support import Person, Server, cpu_of, free_port, percentile, verdict

ROUNDS, LINES, EACH = 3, 8, 150
TARGETS = {"qui": 4, "court": 6}


@dataclass
class Page:
    """A page of a running process, and what its rounds cost."""

    process: int
    port: int
    path: str
    cookie: str = ""
    cpu: list[float] = field(default_factory=list)
    pace: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """The milliseconds of processor of one request, median of the rounds."""
        return statistics.median(self.cpu)

    def ask(self, each: int = EACH) -> None:
        """Ask ``each`` times on each of the lines at once, and write down the round."""
        lines = [threading.Thread(target=self._line, args=(each,)) for _ in range(LINES)]
        spent, began = cpu_of(self.process), time.monotonic()
        for line in lines:
            line.start()
        for line in lines:
            line.join()
        took = time.monotonic() - began
        self.cpu.append(1000 * (cpu_of(self.process) - spent) / (LINES * each))
        self.pace.append(LINES * each / took)

    def _line(self, each: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        for _ in range(each):
            began = time.monotonic()
            line.request("GET", self.path, headers={"Cookie": self.cookie})
            answer = line.getresponse()
            answer.read()
            self.times.append(time.monotonic() - began)
            if answer.status != 200:
                raise RuntimeError(f"{self.path}: {answer.status}")
        line.close()

    def __str__(self) -> str:
        p50, p99 = (1000 * percentile(self.times, rank) for rank in (50, 99))
        return f"{self.cost:5.2f} ms CPU, {statistics.median(self.pace):5.0f}/s, p50 {p50:3.0f} ms, p99 {p99:3.0f} ms"


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as until:
        server = Server(Path(folder) / "data").start()
        until.callback(server.stop)
        person = Person(server.url)
        short = person.begin()
        cookie = "; ".join(f"{one.name}={one.value}" for one in person.http.cookies.jar)
        kept = []
        for name, target in TARGETS.items():
            path = short.replace("/court", f"/{name}")
            html = person.http.get(path).text
            ours = Page(server.pid, server.port, path, cookie)
            with _bare(Path(folder) / "page.html", html) as bare:
                _compare((ours, bare))
            print(f"     ours: {ours}\n     bare: {bare}", flush=True)
            kept.append(
                verdict(f"GET /{name}, {len(html) / 1000:.0f} kB / bare page", ours.cost / bare.cost, "x", target)
            )
    return all(kept)


def _compare(pages: Sequence[Page]) -> None:
    """Ask each in turn, after one round that warms them up."""
    for page in pages:
        page.ask(EACH // 5)
        page.cpu, page.pace, page.times = [], [], []
    for _ in range(ROUNDS):
        for page in pages:
            page.ask()


@contextmanager
def _bare(file: Path, html: str) -> Iterator[Page]:
    """Serve the same bytes from a bare application."""
    file.write_text(html, encoding="utf-8")
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.bare", str(file), str(port)])
    try:
        until = time.monotonic() + 30
        while _read(port) != html:
            if time.monotonic() > until:
                raise TimeoutError("the bare page does not come, or is not the same")
            time.sleep(0.1)
        yield Page(process.pid, port, "/")
    finally:
        process.terminate()
        process.wait(20)


def _read(port: int) -> str:
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        line.request("GET", "/")
        return line.getresponse().read().decode()
    except OSError:
        return ""


if __name__ == "__main__":
    raise SystemExit(not main())
