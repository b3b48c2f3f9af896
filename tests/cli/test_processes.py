"""The service and the worker, started and stopped as the system does."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.base.clock import system_clock
from app.base.crypto.vault import Keyring
from app.notifications.kinds import Mail
from app.notifications.models import OutboxMail
from app.notifications.service import Message, queue
from tests.support.source import HOME

pytestmark = pytest.mark.engines("sqlite")
"""What reaches the database says by itself that it is tried on both."""


@pytest.fixture
def started(on, reference, in_production, monkeypatch):
    """Start a command of production as the system does, on a port."""
    assert on(reference)("keys", "init").status == 0
    monkeypatch.setenv("SAISINE_WORKER", "false")
    running = []

    def starts(word, port=0):
        program = [sys.executable, "-m", "app.cli", word]
        place = os.environ | {"SAISINE_PORT": str(port)}
        pipe = subprocess.PIPE
        running.append(subprocess.Popen(program, cwd=HOME, env=place, stdout=pipe, stderr=pipe, text=True))
        return running[-1]

    yield starts
    for process in running:
        process.kill()
        process.communicate()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def ask(process, port, path, **headers):
    """Ask for a page, once somebody answers; the process that ends before is read."""
    for _ in range(600):
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        with suppress(ConnectionRefusedError):
            line.request("GET", path, headers={"Host": "saisine.exemple.fr", **headers})
            answer = line.getresponse()
            said = (answer.status, answer.headers, answer.read().decode())
            line.close()
            return said
        line.close()
        with suppress(subprocess.TimeoutExpired):
            assert process.wait(0.1) is None, process.stderr.read()
    raise AssertionError("nobody answers")


def test_the_service_serves_then_stops_as_asked(started):
    """With the settings of production; a port that is taken is told by another one, at the same time."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        theirs = taken.getsockname()[1]
        late = started("serve", theirs)
        port = free_port()
        service = started("serve", port)
        status, headers, page = ask(service, port, "/reprendre?CANARI=1", **{"User-Agent": "CANARI"})
        assert (status, "CANARI" in page) == (200, False)
        assert re.match(r"__Host-saisine=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure", headers["Set-Cookie"])
        assert headers["Strict-Transport-Security"]
        assert "server" not in headers
        assert ask(service, port, "/", Host="ailleurs.invalid")[0] == 400
        for raw in (
            b"CANARI\r\n\r\n",
            b"GET / CANARI/9\r\n\r\n",
            b"GET /CANARI HTTP/1.1\r\nCANARI\r\n\r\n",
            b"\x16\x03\x01",
        ):
            with socket.create_connection(("127.0.0.1", port), 30) as line:
                line.sendall(raw)
                line.shutdown(socket.SHUT_WR)
                assert line.recv(4096)[:12] in {b"HTTP/1.1 400", b""}
        assert ask(service, port, "/etat", Accept="application/json")[0] == 200
        service.send_signal(signal.SIGTERM)
        said, journal = service.communicate(timeout=60)
        assert (service.returncode, said.split()) == (0, ["Saisine:", "https://saisine.exemple.fr"])
        assert "CANARI" not in journal
        asked = [json.loads(line) for line in journal.splitlines() if line.startswith("{")]
        assert [line["route"] for line in asked if line["event"] == "request"] == ["followup.resume", "-", "state"]
        _, why = late.communicate(timeout=60)
    assert late.returncode == 2
    assert why.splitlines()[-1] == f"saisine: nothing can be served on 127.0.0.1:{theirs}"


def test_the_worker_tries_the_mails_then_stops_as_asked(started, reference, tmp_path):
    with reference.write() as session:
        to = [
            Message(
                "canari@exemple.fr", Mail.RECEIPT, "SA-2026-TEST-0001", {"number": "x", "moment": "x", "address": "x"}
            )
        ]
        queue(session, Keyring.load(tmp_path / "keys.json"), to, system_clock)
    worker = started("work")
    journal = map(json.loads, iter(worker.stderr.readline, ""))
    tried = next(line for line in journal if line.get("kind") == "receipt")
    assert (tried["event"], tried["final"]) == ("mail", False)
    worker.send_signal(signal.SIGINT)
    said, _ = worker.communicate(timeout=60)
    assert (worker.returncode, said) == (0, "")
    with reference.read() as session:
        assert session.scalars(sa.select(OutboxMail.attempts).where(OutboxMail.kind == "receipt")).all() == [1]


def test_what_the_service_writes_is_for_its_own_user_alone(tmp_path):
    """Whatever the umask of whoever starts it; and it gains no privilege."""
    place = os.environ | {"SAISINE_DATA": str(tmp_path / "data"), "SAISINE_PORT": str(port := free_port())}
    program = ["sh", "-c", f"umask 022; exec {sys.executable} -m app.cli serve"]
    with subprocess.Popen(
        program, cwd=HOME, env=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for _ in range(600):
                with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.1)
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            written = {path: path.stat().st_mode & 0o077 for path in tmp_path.rglob("*")}
        finally:
            process.kill()
    assert any(path.name.startswith("saisine.sqlite") for path in written)
    assert [path for path, open_to in written.items() if open_to] == []
    assert "NoNewPrivs:\t1" in status
