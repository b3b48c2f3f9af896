"""The addresses of the application: routes side by side in one list, and the path of each page by its name."""

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, NoMatchFound

Known = dict[tuple[str, frozenset[str]], BaseRoute]


def lay_flat(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Give the application the routes of these routers, in their order, as one list.

    FastAPI would hold each router as a whole, match it twice, and build all of it again for each application.
    Raises :class:`ValueError` for a router that is included under conditions: they would be lost.
    """
    for router in routers:
        app.router.routes.extend(_routes_of(router))


def path_of(app: FastAPI, name: str, **params: Any) -> str:
    """Return the path of a page by the name of its route. Raises :class:`starlette.routing.NoMatchFound`."""
    known: Known | None = getattr(app.state, "addresses", None)
    if known is None:
        known = app.state.addresses = _named(app)
    route = known.get((name, frozenset(params)))
    if route is None:
        raise NoMatchFound(name, params)
    path: URLPath = route.url_path_for(name, **params)
    return str(path)


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
