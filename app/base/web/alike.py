"""Pages that many see the same: drawn once, then filled in for each with what is that person's alone."""

import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from markupsafe import Markup, escape
from starlette.responses import Response

from app.base.web.pages import portal_of, send_page, surrounds


@dataclass(frozen=True)
class Anybody:
    """What such a page knows of who asks for it: nothing, but that it is read."""

    app: FastAPI
    method: str = "GET"


def mark() -> str:
    """Draw what holds the place of something that is one person's alone; letters and digits, as in an address."""
    return secrets.token_hex(16)


def render_alike(
    request: Request,
    name: str,
    alike: Hashable,
    own_path: str,
    context: Callable[[], Mapping[str, Any]],
    own: Mapping[str, str],
) -> Response:
    """Send a page that is drawn once for all those who see the same.

    ``context`` and ``own_path`` follow from ``alike`` alone, and hold marks; ``own``: what stands in their place.
    """
    pages, around = portal_of(request).pages, surrounds(request, own_path)

    def draw() -> Markup:
        shown = {**around, **context(), "request": Anybody(request.app), "own_path": own_path}
        return Markup(pages.get_template(name).render(shown))  # noqa: S704 - escaped by the template

    body: str = pages.once((name, alike, own_path, around["theme"]), draw)
    for place, value in own.items():
        body = body.replace(place, escape(value))
    return send_page(request, body)
