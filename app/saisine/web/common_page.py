"""A page of choices as all those who chose the same see it: drawn once, but for its draft and what its form sends."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.base.forms.shown import Form
from app.base.i18n import translate
from app.base.web.addresses import path_of
from app.base.web.alike import mark, render_alike
from app.base.web.language_prefix import localized
from app.saisine.journey import Page, Route
from app.saisine.pages import STEPS

TEMPLATE = "saisine/page.html"
"""What shows its questions and nothing beside."""
CHANGING = "modifier"
"""Query parameter of a page opened from the last one: the way leads back there."""
_DRAFT = mark()
_SENT = {"csrf": mark(), "version": mark()}


def address_of(page: Page, b: str, *, changing: bool = False) -> str:
    """Return the path of a page."""
    return localized(f"/saisine/{b}/{page.name}") + (f"?{CHANGING}=oui" if changing else "")


def ways(request: Request, page: Page, route: Route, b: str) -> dict[str, Any]:
    """Return where a page of a draft stands and leads."""
    changing = request.query_params.get(CHANGING) == "oui"
    before, after, last = route.before(page), route.after(page), route.open[-1]
    back = last if changing else before
    return {
        "b": b,
        "here": address_of(page, b, changing=changing),
        "next_url": address_of(last if changing else (after or last), b),
        "back_url": address_of(back, b) if back else path_of(request.app, "saisine.before"),
    }


def step_of(page: Page) -> dict[str, Any]:
    """Return the step of a page, as its head says it."""
    return {"number": page.step, "total": len(STEPS), "name": translate(STEPS[page.step - 1])}


def show_common(request: Request, page: Page, route: Route, form: Form, b: str) -> Response | None:
    """Send the page of a draft as many see it; ``None`` when something in it is one person's alone."""
    fields = tuple(form.likeness(name, None) for name in form.names)
    if page.template != TEMPLATE or None in fields:
        return None
    leads = ways(request, page, route, _DRAFT)

    def context() -> Mapping[str, Any]:
        heading = form.translate(page.heading)
        return {"form": form.sending(_SENT), "page": page, "heading": heading, "step": step_of(page), **leads}

    own = {_DRAFT: b} | {place: form.hidden[name] for name, place in _SENT.items()}
    alike = (page.name, form.translate, fields, *leads.values())
    return render_alike(request, TEMPLATE, alike, f"/saisine/{_DRAFT}/{page.name}", context, own)
