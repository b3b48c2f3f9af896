"""Showing a page: the session it reads in, its form and its token, the part of it that htmx asks for."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from anyio import CancelScope, CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI, Request
from itsdangerous import TimestampSigner
from markupsafe import Markup
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.forms.shown import Form
from app.base.i18n import code_now, language_now, translate, unbroken
from app.base.limits import network_of
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.language_prefix import is_for_public

THEMES = ("dark", "light")
"""The colours that a cookie asks for; else those of the device."""


def portal_of(request: Request) -> Portal:
    """Return the instance that serves this request."""
    portal: Portal = request.app.state.portal
    return portal


async def _portal(request: Request) -> Portal:
    return portal_of(request)


PortalOf = Annotated[Portal, Depends(_portal)]
"""Dependencies that only read memory are ``async``: they cost no turn in the pool of threads."""


async def reading(request: Request) -> AsyncIterator[Session]:
    """Open the one session in which a request reads; it ends with the answer.

    It holds nothing before its first question, nor once :func:`render` has drawn: neither end takes a turn then.
    """
    with portal_of(request).database.read() as session:
        request.state.reading = session
        try:
            yield session
        finally:
            if session.in_transaction():
                with CancelScope(shield=True):
                    await run_sync(session.close, limiter=CapacityLimiter(1))  # never behind those who wait for it


ReadOf = Annotated[Session, Depends(reading, scope="function")]
"""Every question of one request is asked in it: one snapshot, one connection. It is closed before a write begins, and
before the answer is sent: a slow telephone keeps no connection.
"""


@contextmanager
def session_of(request: Request) -> Iterator[Session]:
    """Give the session of a request to a page that begins it itself, or answers in the place of one that ended it."""
    session: Session | None = getattr(request.state, "reading", None)
    if session is None:
        with portal_of(request).database.read() as session:
            request.state.reading = session
            yield session
        return
    try:
        yield session
    finally:
        session.close()


def let_go(request: Request, session: Session) -> None:
    """Give back the connection of whoever sends a form, once it is known who that is: a write, or a file, follows."""
    if request.method == "POST":
        session.close()


def visitor_of(request: Request) -> str:
    """Return the visitor's token; a first visit draws one, kept in a cookie once a form is shown."""
    token: str = request.state.visitor
    return token


async def _visitor(request: Request) -> str:
    return visitor_of(request)


VisitorOf = Annotated[str, Depends(_visitor)]


def network(request: Request) -> str:
    """Return the visitor's network, as limits count it, from the address that the trusted proxy told."""
    return network_of(request.client.host) if request.client else "-"


async def address_of(request: Request) -> str:
    """Return the visitor's network, for a page that counts."""
    return network(request)


AddressOf = Annotated[str, Depends(address_of)]


def csrf_signer(portal: Portal) -> TimestampSigner:
    """Sign the visitor's token: a form that carries the signature was shown by us to this visitor.

    The time is signed with it, so that the token changes: a compressed page does not give it away bit by bit.
    """
    return TimestampSigner(portal.keyring.signature, salt="csrf")


def csrf_token(request: Request) -> str:
    """Return the token of this visitor's forms, and keep the visitor's cookie."""
    if request.state.fresh:
        request.state.keep_visitor = True
    visitor = visitor_of(request)
    return csrf_signer(portal_of(request)).sign(visitor).decode().removeprefix(f"{visitor}.")


def make_form(
    request: Request,
    model: type[Answers],
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    offered: Mapping[str, Sequence[Option]] | None = None,
    hidden: Mapping[str, str] | None = None,
) -> Form:
    """Make a declared page ready to be shown to this visitor; ``hidden``: what its form sends beside what is typed."""
    hidden = {"csrf": csrf_token(request), **(hidden or {})}
    return Form(model, typed, translate=in_page, hidden=hidden, mistakes=mistakes, offered=offered)


def in_page(message: str) -> str:
    """Return a sentence as a page shows it."""
    return unbroken(translate(message))


VERSION = "version"
"""Hidden field: what the page was shown, so that nothing newer is replaced unseen."""


def versioned(
    request: Request,
    model: type[Answers],
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    offered: Mapping[str, Sequence[Option]] | None = None,
    *,
    version: int | str,
    is_past: bool = False,
) -> Form:
    """Make a form that says which version it was shown; shown again with what is wrong, it says the same as before.

    ``is_past``: what is kept by now is shown with it, so that it says the new version.
    """
    before = () if is_past else typed.get(VERSION, ())
    return make_form(request, model, typed, mistakes, offered, {VERSION: (*before[-1:], str(version))[0]})


def render(request: Request, name: str, *, status: int = 200, block: str | None = None, **context: Any) -> Response:
    """Send a page, or only ``block`` of it when htmx asks for that part."""
    template = portal_of(request).pages.get_template(name)
    own_path: str = context.setdefault("own_path", request.scope["path"]) or "/"
    context = surrounds(request, own_path) | context | {"request": request, "csrf": lambda: csrf_token(request)}
    in_form = context["quick_exit"] is not None
    context["is_indexed"] = context["has_switch"] and request.method == "GET" and not in_form and status == 200  # noqa: PLR2004
    context["is_swap"] = block is not None and is_swap(request)
    if block and context["is_swap"]:
        scope = template.new_context(context)
        body = Markup("").join(Markup(part) for part in template.blocks[block](scope))  # noqa: S704 - escaped by the template
    else:
        body = Markup(template.render(context))  # noqa: S704
    return send_page(request, body, status, {"Vary": "HX-Request"} if block else None)


def surrounds(request: Request, own_path: str) -> dict[str, Any]:
    """Return what stands around a page: its language, its ways out, its colours."""
    in_form = request.scope["path"].startswith(("/saisine/", "/suivi", "/mandat/"))
    return {
        "quick_exit": portal_of(request).settings.quick_exit_url if in_form else None,
        "language": language_now(),
        "footer_links": _footer(request.app, code_now()),
        "has_switch": is_for_public(own_path),
        "theme": theme if (theme := request.cookies.get("theme")) in THEMES else None,
    }


def send_page(request: Request, body: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Send what is drawn, once the connection it was read on is given back."""
    if session := getattr(request.state, "reading", None):
        session.close()
    return HTMLResponse(str(body), status, headers)


def _footer(app: FastAPI, code: str) -> Sequence[tuple[str, str]]:
    """Return the links at the foot of every page; they are written once for each language."""
    kept: dict[str, Sequence[tuple[str, str]]] = app.state.footers
    if code not in kept:
        kept[code] = [(path_of(app, route), translate(words)) for route, words in app.state.footer]
    return kept[code]


def is_swap(request: Request) -> bool:
    """Return whether htmx replaces a part of the page: what stands outside of that part is then sent too."""
    asked = request.headers
    return asked.get("hx-request") == "true" and asked.get("hx-history-restore-request") != "true"


def see(request: Request, name: str, **params: Any) -> RedirectResponse:
    """Send the visitor to another page, to be read with GET (303)."""
    return RedirectResponse(path_of(request.app, name, **params), 303)


def download(name: str, content: bytes, media_type: str) -> Response:
    """Send a file under our own plain name, never shown inside the browser's page (RFC 6266)."""
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
