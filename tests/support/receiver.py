"""A true HTTPS server, as the software of an association is: it keeps what it is sent, and answers as it is told."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

NAME = "logiciel.exemple.fr"


@dataclass
class Receiver:
    """What it was sent, and how it answers."""

    port: int
    tls: ssl.SSLContext
    """Trusts the certificate of this server alone."""
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    """Names asked for in the TLS handshakes."""
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    answer: bytes = b""
    drips: bool = False
    """Whether it sends its answer a byte at a time, for ever."""
    written: int = 0
    """Bytes of answers that it could send."""
    ends: threading.Event = field(default_factory=threading.Event)

    def url(self, name: str = "localhost") -> str:
        """Return an address of it under a name."""
        return f"https://{name}:{self.port}/saisine?antenne=1"


@cache
def _certificate() -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    names = [x509.DNSName(NAME), x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    pem = serialization.Encoding.PEM
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.public_bytes(pem), kept


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        receiver = self.receiver
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        receiver.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
        if receiver.drips:
            while not receiver.ends.wait(0.05):
                self.wfile.write(b"H")
            return
        self.send_response(receiver.status)
        for name, value in receiver.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for start in range(0, len(receiver.answer), 65536):
            receiver.written += self.wfile.write(receiver.answer[start : start + 65536])

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    address_family = socket.AF_INET

    def handle_error(self, *_: Any) -> None:
        """A client that leaves is no trouble of the server."""


@contextmanager
def receiving(folder: Path) -> Iterator[Receiver]:
    """Open a server on this machine until the end of the block."""
    certificate, key = _certificate()
    (folder / "receiver.pem").write_bytes(certificate + key)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "receiver.pem")
    server = _Server(("127.0.0.1", 0), _Handler)
    trusts = ssl.create_default_context(cadata=certificate.decode())
    receiver = Receiver(server.server_address[1], trusts)
    server.RequestHandlerClass = type("_Own", (_Handler,), {"receiver": receiver})
    tls.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.ends.set()
        server.shutdown()
        server.server_close()
        thread.join()
