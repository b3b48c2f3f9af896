"""One request to the software of an association: to the very address that was checked, in ten seconds at most."""

import asyncio
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Protocol

import httpx

from app.base.forms.fields import FieldError
from app.webhooks import target as targets
from app.webhooks.target import NotPublic, Target

CONNECT, WHOLE = 5.0, 10.0
"""Seconds: to connect, and for all of it."""
MOST_READ = 4096
"""Bytes of the answer."""


class NotTaken(Exception):
    """The software did not take it; a short code of :data:`~app.webhooks.rules.REASONS`, and that of HTTP if any."""

    def __init__(self, code: str, status: int = 0) -> None:
        """Keep both: never an address."""
        super().__init__(code)
        self.code, self.status = code, status


class WebhookSender(Protocol):
    """Sends a signed body to an address."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send it; return the HTTP code of the answer, from 200 to 299. Raises :class:`NotTaken`."""


class HttpsSender:
    """Sends over HTTPS, to public addresses and to those that the installation names."""

    def __init__(self, allowed: frozenset[str] = frozenset(), tls: ssl.SSLContext | None = None) -> None:
        """Keep the private names that are allowed; ``tls``: whom to trust, the authorities of the machine if unsaid."""
        self._allowed, self._tls = allowed, tls

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send it; return the HTTP code of the answer, from 200 to 299. Raises :class:`NotTaken`."""
        try:
            target = targets.read(url, self._allowed)
            addresses = targets.addresses(target)
        except FieldError as wrong:
            raise NotTaken("address") from wrong
        except NotPublic as private:
            raise NotTaken("private") from private
        except OSError as unknown:
            raise NotTaken("name") from unknown
        status = self._sent(target, addresses, headers, body)
        if httpx.codes.is_redirect(status):
            raise NotTaken("redirect", status)
        if not httpx.codes.is_success(status):
            raise NotTaken(f"http-{status}", status)
        return status

    def _sent(self, target: Target, addresses: list[str], headers: Mapping[str, str], body: bytes) -> int:
        try:
            return asyncio.run(asyncio.wait_for(self._post(target, addresses, headers, body), WHOLE))
        except (TimeoutError, httpx.TimeoutException) as late:
            raise NotTaken("timeout") from late
        except httpx.HTTPError as trouble:
            raise NotTaken("tls" if "CERTIFICATE_VERIFY" in str(trouble) else "unreachable") from trouble

    async def _post(self, target: Target, addresses: list[str], headers: Mapping[str, str], body: bytes) -> int:
        """Try each address until one lets in: a request that was begun is never sent again."""
        limits = httpx.Timeout(WHOLE, connect=CONNECT)
        async with httpx.AsyncClient(
            verify=self._tls or _trusted(), trust_env=False, follow_redirects=False, timeout=limits
        ) as client:
            for address in addresses[:-1]:
                try:
                    return await _one(client, target, address, headers, body)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    continue
            return await _one(client, target, addresses[-1], headers, body)


@cache
def _trusted() -> ssl.SSLContext:
    """Read the authorities of the machine, once there is something to send."""
    return ssl.create_default_context()


async def _one(client: httpx.AsyncClient, target: Target, address: str, headers: Mapping[str, str], body: bytes) -> int:
    """Connect to an address; the name is asked for, and the certificate must bear it."""
    named = httpx.URL(target.url)
    request = client.build_request(
        "POST",
        named.copy_with(host=address),
        content=body,
        headers={**headers, "Host": named.netloc.decode("ascii"), "Accept-Encoding": "identity", "Connection": "close"},
        extensions={"sni_hostname": target.host},
    )
    answer = await client.send(request, stream=True)
    try:
        read = 0
        async for piece in answer.aiter_raw():
            read += len(piece)
            if read >= MOST_READ:
                break
    finally:
        await answer.aclose()
    return answer.status_code
