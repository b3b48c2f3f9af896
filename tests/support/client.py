"""The suspicious client: a browser without script that trusts no answer."""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import httpx

from app.base.storage.database import Database
from tests.support.html import DRAWN, HtmlForm, Page
from tests.support.manners import judged
from tests.support.pressed import note_buttons
from tests.support.turn import InOneTurn

HOME = "http://127.0.0.1:8000"
KEPT = ("/static/", "/api/v1/competence", "/communes")
"""Public and the same for everybody: a browser may keep it."""
WANTED = {
    "content-security-policy": (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ),
    "x-content-type-options": ("nosniff",),
    "referrer-policy": ("no-referrer",),
    "permissions-policy": ("camera=()", "microphone=()", "geolocation=()"),
    "cross-origin-opener-policy": ("same-origin",),
    "cross-origin-resource-policy": ("same-origin",),
}
REFUSED = ("unsafe-inline", "unsafe-eval", "*")
COOKIE = ("httponly", "samesite=", "path=/")
FOR_SCRIPT = ("theme=",)
"""The choice of colours holds no secret, and the script of the page may change it."""
TOKEN = re.compile(r'(?<=name="csrf" value=")[^"]+(?=")')
_faultless: set[tuple[str, bool, str]] = set()
DONE = 200
SERVER_ERROR, UNAVAILABLE = 500, 503

Files = Mapping[str, Sequence[tuple[str, bytes, str]]]
"""The files given to each field: name, bytes, media type."""


class Suspicion(AssertionError):
    """An answer that no browser should have received."""


class PlainClient(httpx.Client):
    """Keeps its cookies, follows redirections, and believes what it is told."""

    def __init__(self, app: Any, *, headers: Any = None, cookies: Any = None, follow_redirects: bool = True) -> None:
        """Ask this application, without a network."""
        transport = InOneTurn(app)
        super().__init__(
            transport=transport, base_url=HOME, headers=headers, cookies=cookies, follow_redirects=follow_redirects
        )
        self.app = app


class SuspiciousClient(PlainClient):
    """Fails the test when an answer is not clean."""

    def __init__(self, app: Any, database: Database) -> None:
        """Look at the pool of this database after each answer: nothing may stay open."""
        super().__init__(app, headers={"accept": "text/html", "accept-language": "fr"})
        self.database = database

    def request(self, *words: Any, **named: Any) -> Any:
        """Ask, and check every answer on the way."""
        response = super().request(*words, **named)
        for answer in (*response.history, response):
            self.check(answer)
        return response

    def check(self, response: Any) -> None:
        """Raise :class:`Suspicion` with all that is wrong in an answer."""
        faults = list(_of_headers(response))
        if response.status_code >= SERVER_ERROR and response.status_code != UNAVAILABLE:
            faults.append(f"status {response.status_code}")
        if response.headers.get("content-type", "").startswith("text/html"):
            faults += self._faults_of(response)
        if _is_answer_to_a_press(response):
            faults.append("a press is answered by a page: loading it again would repeat it (answer 303)")
        if still_open := self.database.engine.pool.checkedout():  # type: ignore[attr-defined]
            faults.append(f"{still_open} connection still open: a write may be uncommitted")
        if faults:
            asked = f"{response.request.method} {response.request.url.path}"
            raise Suspicion("\n  - ".join([f"{asked} → {response.status_code}", *faults]))

    def _faults_of(self, response: Any) -> list[str]:
        """List all that is wrong in a page, and note its buttons; the same page is judged once in a process."""
        address, source = str(response.request.url.path), response.text
        likeness = DRAWN.sub("", address), is_part(response), DRAWN.sub("", source)
        if likeness in _faultless:
            return []
        page = page_of(response)
        note_buttons(self.app, page, address)
        faults = page.faults() + ([] if page.part else judged(page))
        if not faults:
            _faultless.add(likeness)
        return faults

    def page(self, path: str, **named: Any) -> Page:
        """Read a page."""
        return page_of(self.get(path, **named))

    def submit(
        self,
        path: str,
        fields: Mapping[str, str | list[str] | None] | None = None,
        files: Files | None = None,
        *,
        button: str | None = None,
        form: str | None = None,
    ) -> Any:
        """Open a page, fill its form and send it, as a browser does; give the answer after redirections.

        The form is the one whose action ends with ``form``, or the first POST form that has all the fields and files.
        Hidden fields and what is already filled are sent too. ``button`` is the word, name or value of the button
        pressed, the first one otherwise. Filling a field that is not there, or a choice not offered, fails.
        """
        opened = self.get(path)
        return self.send_form(page_of(opened), str(opened.url), dict(fields or {}), files, button=button, form=form)

    def send_form(
        self,
        page: Page,
        address: str,
        fields: dict[str, str | list[str] | None],
        files: Files | None = None,
        *,
        button: str | None = None,
        form: str | None = None,
    ) -> Any:
        """Fill a form of a page that is already open, and send it."""
        chosen = _form(page, set(fields) | set(files or {}), form)
        pairs = chosen.fill(fields, button)
        target = chosen.action or address
        if chosen.method != "post":
            return self.get(target, params=tuple(pairs))
        # A page sent with no-referrer gives no origin either (Fetch standard, 3.2).
        headers = {"origin": "null", "sec-fetch-site": "same-origin"}
        if chosen.is_multipart:
            kind, body = _multipart(pairs, chosen, files or {})
        elif files:
            raise Suspicion(f"the form {chosen.action!r} cannot send files: it lacks enctype")
        else:
            kind, body = "application/x-www-form-urlencoded", _encoded(pairs)
        return self.post(target, content=body, headers=headers | {"content-type": kind})


def _is_answer_to_a_press(response: Any) -> bool:
    """Tell whether a page answers a press that did something: a telephone that loads it again does it again.

    A page with the same form asks: it shows what is left to choose, what was looked up, what was read of some files.
    """
    asked, kind = response.request, response.headers.get("content-type", "")
    if asked.method != "POST" or response.status_code != DONE or not kind.startswith("text/html"):
        return False
    path = asked.url.path
    targets = {(form.action or path).partition("#")[0].partition("?")[0] for form in page_of(response).forms}
    return path not in targets


def page_of(response: Any) -> Page:
    """Parse an answer, once; what htmx asked for may be a part of a page."""
    kept: Page | None = response.extensions.get("page")
    if kept is None:
        kept = response.extensions["page"] = Page(response.text, part=is_part(response))
    return kept


def is_part(response: Any) -> bool:
    """Tell whether an answer is a part of a page, as htmx asks for."""
    return "hx-request" in response.request.headers and "<html" not in response.text[:400].lower()


def without_tokens(source: str) -> str:
    """Leave out of a page the tokens of its forms: they tell when it was made, and nothing else."""
    return TOKEN.sub("", source)


def _of_headers(response: Any) -> list[str]:
    faults = []
    for name, wanted in WANTED.items():
        said = response.headers.get(name, "")
        faults += [f"header {name} lacks {word!r}: {said!r}" for word in wanted if word not in said]
    policy = response.headers.get("content-security-policy", "")
    faults += [f"header content-security-policy allows {word}" for word in REFUSED if word in policy]
    if not response.request.url.path.startswith(KEPT) and response.headers.get("cache-control") != "no-store":
        faults.append("header cache-control is not no-store")
    for cookie in response.headers.get_list("set-cookie"):
        traits = cookie.lower()
        wanted = COOKIE[1:] if traits.startswith(FOR_SCRIPT) else COOKIE
        faults += [f"cookie without {trait}: {cookie}" for trait in wanted if trait not in traits]
    return faults


def _form(page: Page, names: set[str], wanted: str | None) -> HtmlForm:
    for form in page.forms:
        if wanted is not None and form.action.endswith(wanted):
            return form
        there = form.names | {c.name for c in form.controls if c.kind == "hidden"}
        if wanted is None and form.method == "post" and names <= there:
            return form
    seen = [f"{form.method} {form.action!r} {sorted(form.names)}" for form in page.forms]
    raise Suspicion(f"« {page.h1} » has no form {wanted or ''} with {sorted(names)}; it has {seen}")


def _encoded(pairs: list[tuple[str, str]]) -> bytes:
    return urlencode(pairs).encode()


def _multipart(pairs: list[tuple[str, str]], form: HtmlForm, files: Files) -> tuple[str, bytes]:
    """Write the body as browsers do: a file field left empty is sent, with an empty name."""
    boundary = f"----suspicious{secrets.token_hex(8)}"
    parts = [(f'name="{_quoted(name)}"', "", value.encode()) for name, value in pairs]
    for control in form.controls:
        if control.kind == "file":
            for filename, body, media_type in files.get(control.name) or [("", b"", "application/octet-stream")]:
                head = f'name="{_quoted(control.name)}"; filename="{_quoted(filename)}"'
                parts.append((head, f"\r\nContent-Type: {media_type}", body))
    sent = b""
    for head, kind, body in parts:
        sent += f"--{boundary}\r\nContent-Disposition: form-data; {head}{kind}\r\n\r\n".encode() + body + b"\r\n"
    return f"multipart/form-data; boundary={boundary}", sent + f"--{boundary}--\r\n".encode()


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
