"""Asking an authority over HTTP (RFC 3161, 3.4): bounded in time and in size, and never led elsewhere."""

import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from urllib.parse import urlsplit

ANSWER_MOST = 64 * 1024
TIMEOUT_SECONDS = 10.0
"""For each step of the exchange."""
WHOLE_SECONDS = 30.0
"""For the whole of it, however slowly the bytes come."""
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
OK = 200


class TimestampAuthorityUnavailable(Exception):
    """The authority cannot be reached, or does not answer as one: it is asked again later."""


class RemoteAuthority:
    """The authority of ``SAISINE_TSA_URL``."""

    def __init__(self, url: str, timeout: float = TIMEOUT_SECONDS, whole: float = WHOLE_SECONDS) -> None:
        """Read the address. Raises ``ValueError``."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"SAISINE_TSA_URL: {url} is not an address of the web")
        self._host, self._port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._timeout, self._whole = timeout, whole

    def answer(self, request: bytes) -> bytes:
        """Ask. Raises :class:`TimestampAuthorityUnavailable`."""
        try:
            with socket.create_connection((self._host, self._port), self._timeout) as line:
                status, body = self._exchange(line, request)
        except (OSError, ValueError, HTTPException) as trouble:
            raise TimestampAuthorityUnavailable(type(trouble).__name__) from trouble
        if status != OK:
            raise TimestampAuthorityUnavailable(f"http {status}")
        if len(body) > ANSWER_MOST:
            raise TimestampAuthorityUnavailable("too long")
        return body

    def _exchange(self, line: socket.socket, request: bytes) -> tuple[int, bytes]:
        """Speak over an open line, which is cut when the whole takes too long."""
        if self._tls is not None:
            line = self._tls.wrap_socket(line, server_hostname=self._host, do_handshake_on_connect=False)
        is_cut = Event()
        end = Timer(self._whole, _cut, (line, is_cut))
        end.daemon = True
        end.start()
        spoken = HTTPConnection(self._host, self._port, timeout=self._timeout)
        spoken.sock = line
        try:
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            spoken.request("POST", self._path, request, HEADERS)
            said = spoken.getresponse()
            body = said.read(ANSWER_MOST + 1)
            if is_cut.is_set():  # what was read ends where the line was cut
                raise TimeoutError
            return said.status, body
        finally:
            end.cancel()
            spoken.close()


def _cut(line: socket.socket, is_cut: Event) -> None:
    is_cut.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
