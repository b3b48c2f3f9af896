"""Asking an authority over HTTP (RFC 3161, 3.4): bounded in time and in size, and never led elsewhere."""

import urllib.error
import urllib.request
from email.message import Message
from typing import IO
from urllib.parse import urlsplit

ANSWER_MOST = 64 * 1024
TIMEOUT_SECONDS = 10.0
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class Silent(Exception):
    """The authority cannot be reached, or does not answer as one: it is asked again later."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nobody."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Refuse."""
        del req, fp, code, msg, headers, newurl


class RemoteAuthority:
    """The authority of ``SAISINE_TSA_URL``."""

    def __init__(self, url: str, timeout: float = TIMEOUT_SECONDS) -> None:
        """Read the address. Raises ``ValueError``."""
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise ValueError(f"SAISINE_TSA_URL: {url} is not an address of the web")
        self._url, self._timeout = url, timeout
        self._opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))

    def answer(self, request: bytes) -> bytes:
        """Ask. Raises :class:`Silent`."""
        asked = urllib.request.Request(self._url, request, HEADERS, method="POST")  # noqa: S310 - http(s), checked above
        try:
            with self._opener.open(asked, timeout=self._timeout) as said:
                body: bytes = said.read(ANSWER_MOST + 1)
        except urllib.error.HTTPError as refused:
            raise Silent(f"http {refused.code}") from refused
        except (OSError, ValueError) as trouble:
            raise Silent(type(trouble).__name__) from trouble
        if len(body) > ANSWER_MOST:
            raise Silent("too long")
        return body
