"""Asking clamd about a file: its INSTREAM command, over a socket of this machine or of the network (clamd(8))."""

import socket
import struct
from enum import StrEnum
from urllib.parse import urlsplit

from app.base.errors import N_

TIMEOUT_SECONDS = 60.0
PIECE = 64 * 1024
ANSWER_MOST = 4096


class Scan(StrEnum):
    """What the antivirus said."""

    NOT_YET = "non_analyse"
    CLEAN = "rien"
    SUSPECT = "suspect"


LABELS = {
    Scan.NOT_YET: N_("Non analysé"),
    Scan.CLEAN: N_("Analysé, rien trouvé"),
    Scan.SUSPECT: N_("Dangereux"),
}


class ScannerUnavailable(Exception):
    """The antivirus cannot be reached, or says nothing that is known; it is asked again later."""


class Antivirus:
    """One clamd: ``/run/clamd.sock``, ``unix:///run/clamd.sock``, ``tcp://127.0.0.1:3310`` or ``127.0.0.1:3310``."""

    def __init__(self, address: str, timeout: float = TIMEOUT_SECONDS) -> None:
        """Read the address. Raises ``ValueError``."""
        self.timeout, self.path, self.host, self.port = timeout, "", "", 3310
        if address.startswith("/"):
            self.path = address
            return
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        if parts.scheme == "unix" and parts.path:
            self.path = parts.path
        elif parts.scheme == "tcp" and parts.hostname:
            self.host, self.port = parts.hostname, parts.port or self.port
        else:
            raise ValueError(f"SAISINE_CLAMD: {address} is neither a socket nor a host")

    def scan(self, content: bytes) -> Scan:
        """Ask about one file. Raises :class:`ScannerUnavailable`."""
        try:
            with self._line() as line:
                line.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), PIECE):
                    piece = content[start : start + PIECE]
                    line.sendall(struct.pack("!I", len(piece)) + piece)
                line.sendall(struct.pack("!I", 0))
                said = _answer(line)
        except OSError as trouble:
            raise ScannerUnavailable(type(trouble).__name__) from trouble
        if said == b"stream: OK":
            return Scan.CLEAN
        if said.startswith(b"stream: ") and said.endswith(b" FOUND"):
            return Scan.SUSPECT
        raise ScannerUnavailable("the answer is not known")

    def _line(self) -> socket.socket:
        if self.host:
            return socket.create_connection((self.host, self.port), self.timeout)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(self.timeout)
        try:
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


def _answer(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < ANSWER_MOST and (piece := line.recv(ANSWER_MOST)):
        said += piece
    return said.strip(b"\0\n")
