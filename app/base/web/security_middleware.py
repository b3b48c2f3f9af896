"""Security of all pages: what every answer carries, and what no request may do (OWASP ASVS 5.0, chapters 3 and 4)."""

import logging
import re
import time
import uuid
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.base.secrets import new_token
from app.base.settings import LOOPBACK, Settings

log = logging.getLogger("saisine.http")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Surprise = Callable[[Request, Exception], Response]
TOKEN = re.compile(r"[A-Za-z0-9_-]{40,64}")
HOST = re.compile(r"[A-Za-z0-9_.:\[\]-]+")
SAFE = {"GET", "HEAD", "OPTIONS"}
METHODS = SAFE | {"POST", "PUT", "PATCH", "DELETE"}
"""Those that the journal names; any other is a word of the request."""
MONTH = 30 * 24 * 3600


class SecurityMiddleware:
    """Wrap the application: headers, host, cross-site requests, the visitor's cookie, one log line."""

    def __init__(self, app: ASGIApp, settings: Settings, surprise: Surprise) -> None:
        """Read what is allowed from the settings; ``surprise`` makes the page of an unforeseen error."""
        self.app, self.settings, self.surprise = app, settings, surprise
        self.cookie = "__Host-saisine" if settings.is_https else "saisine"
        self.hosts = {urlsplit(settings.address).hostname} | (LOOPBACK if not settings.is_https else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, method = Headers(scope=scope), scope["method"]
        if method == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        state = scope.setdefault("state", {})
        state["visitor"], state["fresh"] = _visitor(headers, self.cookie)
        state["id"] = uuid.uuid4().hex[:12]
        started, status = time.monotonic(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._dress(scope, MutableHeaders(scope=message), state)
            await send(message)

        refused = self._refusal(method, headers)
        try:
            await (refused or self.app)(scope, receive, send_with_headers)
        except Exception as trouble:  # outermost: nothing goes further out
            page = self.surprise(Request(scope), trouble)
            if status:
                raise  # the answer has begun: all that is left is to cut it
            await page(scope, receive, send_with_headers)
        route = scope.get("route")
        log.info(
            "request",
            extra={
                "id": state["id"],
                "route": getattr(route, "name", None) or "-",
                "method": method if method in METHODS else "-",
                "status": status,
                "ms": round((time.monotonic() - started) * 1000, 1),
            },
        )

    def _refusal(self, method: str, headers: Headers) -> ASGIApp | None:
        """Refuse a foreign host and a write that another site started."""
        if _host_name(headers.get("host", "")) not in self.hosts:
            return PlainTextResponse("Adresse inconnue", 400)
        if method in SAFE:
            return None
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        # « null » is what a browser says of itself under our Referrer-Policy: the token of the form then decides.
        foreign = origin not in {None, "null", f"{urlsplit(self.settings.address).scheme}://{headers.get('host')}"}
        if foreign or site not in {None, "same-origin", "none"}:
            return PlainTextResponse("Envoi refusé : il vient d'un autre site", 403)
        return None

    def _dress(self, scope: Scope, headers: MutableHeaders, state: MutableMapping[str, Any]) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self.settings.is_https:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        if not scope["path"].startswith("/static/"):
            headers.setdefault("Cache-Control", "no-store")
        if state.get("keep_visitor"):
            secure = "; Secure" if self.settings.is_https else ""
            age = "" if state.get("shared") else f"; Max-Age={MONTH}"
            headers.append(
                "Set-Cookie", f"{self.cookie}={state['visitor']}; Path=/; HttpOnly; SameSite=Lax{secure}{age}"
            )


def _without_body(send: Send) -> Send:
    """Send the head of an answer alone: HEAD is answered as GET is, without the content (RFC 9110, 9.3.2)."""

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head


@lru_cache(maxsize=64)
def _host_name(host: str) -> str | None:
    """Read the name of a host; ``None`` when more than a name and a port is there: redirections would repeat it."""
    try:
        read = urlsplit(f"//{host}")
        is_plain = HOST.fullmatch(host) is not None and (read.port is None or read.port > 0)
    except ValueError:
        return None
    return read.hostname if is_plain else None


def _visitor(headers: Headers, cookie: str) -> tuple[str, bool]:
    """Read the visitor's token from the cookie, or draw one."""
    for pair in headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == cookie and TOKEN.fullmatch(value):
            return value, False
    return new_token(), True
