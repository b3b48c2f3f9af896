"""A provider of electronic registered letters, a true HTTP server of this machine: it answers as it is told."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.files import pdf

TOKEN = "jeton-invente-du-prestataire"
PROOF = pdf(1)


@dataclass
class ProviderServer:
    """What it was handed, and what it says of each letter."""

    port: int = 0
    letters: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """The parts of each letter, by the reference that it came under."""
    says: dict[str, Any] = field(default_factory=lambda: {"state": "pending"})
    proof: bytes = PROOF
    status: int = 0
    """What it answers instead, whatever is asked; 0: nothing else."""
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/lre"


class _Handler(BaseHTTPRequestHandler):
    provider: ProviderServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._is_let_in("POST"):
            parts = _parts(self.headers["Content-Type"], body)
            reference = self.headers["Idempotency-Key"]
            self.provider.letters.setdefault(reference, parts)
            self._answer(201, json.dumps({"id": f"LRE-{reference[:8]}"}).encode())

    def do_GET(self) -> None:
        if self._is_let_in("GET"):
            is_proof = self.path.endswith("/proof")
            self._answer(200, self.provider.proof if is_proof else json.dumps(self.provider.says).encode())

    def _is_let_in(self, method: str) -> bool:
        self.provider.asked.append(f"{method} {self.path}")
        is_known = self.headers["Authorization"] == f"Bearer {TOKEN}"
        if status := self.provider.status or (0 if is_known else 401):
            self._answer(status, b"{}")
        return not status

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def _parts(kind: str, body: bytes) -> dict[str, bytes]:
    """Read the parts of a form by their names."""
    boundary = b"--" + kind.partition("boundary=")[2].encode()
    found = {}
    for part in body.split(boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]+)"', head)
        assert name is not None
        found[name[1].decode()] = content.removesuffix(b"\r\n")
    return found


@contextmanager
def providing() -> Iterator[ProviderServer]:
    """Serve until the end of the block."""
    provider = ProviderServer()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
