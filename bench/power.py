"""What is on disk when: no confirmation leaves before its sync, and a cut at any write of one filing loses nothing.

Needs ``strace``.
"""

import re
import subprocess
import tempfile
import time
from pathlib import Path

import httpx

from bench.support import Person, Server, verdict

FILINGS = 300
WRITES, SYNCS = "pwrite64,pwritev", "fdatasync,fsync"
SENDS = "sendto,sendmsg,write,writev,recvfrom,read"
IS_DONE = re.compile(r"(fdatasync|fsync).*= 0$")
MOST_POINTS = 60
SENT = 303


def main() -> bool:
    """Run both; tell whether the promise is kept."""
    return all([_order(), _points()])


def _traced(server: Server, *words: str) -> "subprocess.Popen[bytes]":
    """Attach to the server and wait until it is followed."""
    process = server.process.pid if server.process else 0
    traced = subprocess.Popen(["strace", "-f", "-p", str(process), *words], stderr=subprocess.PIPE)
    if traced.stderr:
        traced.stderr.readline()  # « Process … attached »
    time.sleep(0.2)
    return traced


def _order() -> bool:
    """Follow what the server writes, and look at what was on disk when each confirmation left."""
    with tempfile.TemporaryDirectory() as folder:
        server, journal = Server(Path(folder) / "data").start(), Path(folder) / "strace"
        people = [Person(server.url) for _ in range(FILINGS)]
        for person in people:
            person.begin()
        traced = _traced(server, "-s", "24", "-e", f"trace={WRITES},{SYNCS},{SENDS}", "-o", str(journal))
        sent = sum(person.send().status_code == SENT for person in people)
        traced.terminate()
        traced.wait(20)
        server.stop()
        safe = _judge(journal.read_text(encoding="utf-8", errors="replace").splitlines())
    print(f"     {sent} filings, {safe} confirmations after the sync of all that was written")
    return verdict("confirmations that left before the sync", sent - safe, "", 0) and sent == FILINGS


def _judge(lines: list[str]) -> int:
    """Count the answers « 303 » before which something was written, and nothing after the last sync."""
    is_asked = is_written = is_synced = False
    safe = 0
    for line in lines:
        if '"POST /saisine/' in line:
            is_asked, is_written, is_synced = True, False, False
        elif re.search(r"\b(pwrite64|pwritev)", line):
            is_written, is_synced = True, False
        elif IS_DONE.search(line):
            is_synced = True
        elif "HTTP/1.1 303" in line and is_asked:
            safe += is_written and is_synced
            is_asked = False
    return safe


def _points() -> bool:
    """Cut at the first write of a filing, then at the second, and so on until one goes through."""
    lost = points = 0
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        for calls in (SYNCS, WRITES):
            for when in range(1, MOST_POINTS):
                person = Person(server.url)
                person.begin()
                inject = f"inject={calls}:signal=KILL:when={when}"
                traced = _traced(server, "-o", "/dev/null", "-e", f"trace={calls}", "-e", inject)
                try:
                    answer = person.send()
                    is_sent = answer.status_code == SENT
                except httpx.HTTPError:
                    is_sent = False
                traced.kill()  # asked politely, it may wait for a thread that sleeps
                traced.wait(20)
                if is_sent:
                    break
                points += 1
                server.kill()
                server.start()
                first, second = _receipt(person), _receipt(person)
                lost += first != second
        problems = server.command("verify")
        server.stop()
    print(f"     cut at {points} points; then: {problems.strip().splitlines()[-1]}")
    return verdict("filings lost, doubled or changed by a cut", lost, "", 0) and problems.startswith("whole")


def _receipt(person: Person) -> tuple[str, str]:
    person.send()
    return person.receipt()


if __name__ == "__main__":
    raise SystemExit(not main())
