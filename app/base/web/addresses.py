"""The addresses of the application: routes side by side in one list, and the path of each page by its name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.routing import BaseRoute, Match, NoMatchFound, Route
from starlette.types import Receive, Scope, Send

from app.base.web.language_prefix import localized

Known = dict[tuple[str, frozenset[str]], BaseRoute | str]
"""The route of each name and its parameters; its path, once asked for, where it has none."""
Shape = tuple[str, int, str]
"""The first segment of a path, how many there are, the last one; empty when it may be anything."""


def lay_flat(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Give the application the routes of these routers, in their order, as one list.

    FastAPI would hold each router as a whole, match it twice, and build all of it again for each application.
    Raises :class:`ValueError` for a router that is included under conditions: they would be lost; and for a path that
    begins with a parameter, or holds one of several segments: it has no shape.
    """
    for router in routers:
        app.router.routes.extend(_routes_of(router))
    app.router.middleware_stack = Signpost(app.router)


class Signpost:
    """Leads a request to the few routes that its path may be of: one after the other, they would all be tried."""

    def __init__(self, router: APIRouter) -> None:
        """Sort the routes by shape, in their order. Raises :class:`ValueError` for a path that has none."""
        self._all, self._few = router, dict[Shape, APIRouter]()
        alike: dict[tuple[str, int], list[tuple[Route, str]]] = defaultdict(list)
        for route in router.routes:
            if isinstance(route, Route):
                first, count, end = _shape(route.path)
                alike[first, count].append((route, end))
        for (first, count), same in alike.items():
            for last in {end for _, end in same}:
                few = self._few[first, count, last] = APIRouter(redirect_slashes=router.redirect_slashes)
                few.routes.extend(route for route, end in same if end in {last, ""})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        scope.setdefault("router", self._all)
        await self.few(scope).app(scope, receive, send)

    def few(self, scope: Scope) -> APIRouter:
        """Return the routes of this shape, in their order; all of them when it is no shape of ours."""
        if scope["type"] != "http" or scope.get("root_path"):
            return self._all
        parts = scope["path"].split("/")
        begins = parts[1] if len(parts) > 1 else "", len(parts)
        return self._few.get((*begins, parts[-1])) or self._few.get((*begins, "")) or self._all


def _shape(path: str) -> Shape:
    parts = path.split("/")
    if ":" in path or "{" in parts[1]:
        raise ValueError(path)
    return parts[1], len(parts), "" if "{" in parts[-1] else parts[-1]


def page_asked(request: Request) -> str:
    """Return the address of a request, with what it asks; nothing when it is only sent to, and cannot be read."""
    asked = {**request.scope, "method": "GET"}
    if not any(route.matches(asked)[0] is Match.FULL for route in request.app.router.routes):
        return ""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def path_of(app: FastAPI, name: str, **params: Any) -> str:
    """Return the path of a page by the name of its route, in the language of the moment.

    Raises :class:`starlette.routing.NoMatchFound`.
    """
    known: Known | None = getattr(app.state, "addresses", None)
    if known is None:
        known = app.state.addresses = _named(app)
    asked = name, frozenset(params)
    route = known.get(asked)
    if route is None:
        raise NoMatchFound(name, params)
    if isinstance(route, str):
        return localized(route)
    path = str(route.url_path_for(name, **params))
    if not params:
        known[asked] = path
    return localized(path)


STRAY = " .,;:!?)»\u00a0\u202f"
"""Marks that a mail program, or a hand, leaves at the end of an address."""


def meant(app: FastAPI, path: str) -> str | None:
    """Return the page that was meant by an address with a stray mark at its end, or capitals; else ``None``."""
    tidy = path.rstrip(STRAY)
    plain = {getattr(route, "path", "") for route in app.router.routes if "GET" in getattr(route, "methods", ())}
    return next((localized(one) for one in (tidy, tidy.lower()) if one != path and one in plain), None)


def _routes_of(router: APIRouter) -> Iterator[BaseRoute]:
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
            continue
        context = route.include_context  # type: ignore[attr-defined]
        if context.prefix or context.dependencies:
            raise ValueError(context)
        yield from _routes_of(inner)


def _named(app: FastAPI) -> Known:
    """Index the routes by name and parameters; the first of a name answers, as Starlette does."""
    known: Known = {}
    for route in app.router.routes:
        params = frozenset(getattr(route, "param_convertors", ()))
        known.setdefault((getattr(route, "name", ""), params), route)
    return known
