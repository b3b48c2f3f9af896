"""Routes stand side by side, and each page is found by its name."""

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import Match, Mount, NoMatchFound, Route

from app.base.web.addresses import lay_flat, path_of

MOST_TRIED = 15


def test_every_page_is_found_by_its_name_as_starlette_does(app) -> None:
    for route in app.routes:
        params = dict.fromkeys(getattr(route, "param_convertors", {}), "abc")
        if not isinstance(route, Mount):
            assert path_of(app, route.name, **params) == str(app.url_path_for(route.name, **params))


def test_an_unknown_page_has_no_address(app) -> None:
    with pytest.raises(NoMatchFound):
        path_of(app, "saisine.before", numero="SA-2026-0000-0000")


def test_no_router_is_held_as_a_whole(app) -> None:
    assert [route for route in app.routes if not hasattr(route, "path")] == []


@pytest.mark.parametrize("condition", [{"prefix": "/ici"}, {"dependencies": [Depends(lambda: None)]}])
def test_a_router_included_under_conditions_is_refused(condition) -> None:
    inner, outer = APIRouter(), APIRouter()
    inner.add_api_route("/page", lambda: "")
    outer.include_router(inner, **condition)
    with pytest.raises(ValueError, match=r"."):
        lay_flat(FastAPI(), [outer])


def test_a_request_is_led_to_the_route_that_would_be_found_among_all(app) -> None:
    """Each address, one that is near it, one behind it, with each method: the same route, or as surely none."""
    signs, routes = app.router.middleware_stack, [route for route in app.routes if isinstance(route, Route)]
    paths = {route.path.replace("{", "").replace("}", "") for route in routes}
    for path in {near for one in paths for near in (one, f"{one}-x", f"{one}/x", one.rpartition("/")[0] or "/")}:
        fitting = [route for route in routes if fits(route, path)]  # by its path, whatever the method
        for method in ("GET", "POST", "PUT"):
            scope = {"type": "http", "path": path, "method": method}
            assert found(signs.few(scope).routes, scope) == found(fitting, scope), (method, path)


def test_few_routes_are_tried(app) -> None:
    paths = [route.path.replace("{", "").replace("}", "") for route in app.routes if isinstance(route, Route)]
    tried = [len(app.router.middleware_stack.few({"type": "http", "path": path}).routes) for path in paths]
    assert max(tried) <= MOST_TRIED


@pytest.mark.parametrize("path", ["/{page}", "/fichiers/{chemin:path}"])
def test_a_path_without_a_shape_is_refused(path) -> None:
    router = APIRouter()
    router.add_api_route(path, lambda: "")
    with pytest.raises(ValueError, match=path):
        lay_flat(FastAPI(), [router])


def fits(route, path) -> bool:
    return route.matches({"type": "http", "path": path, "method": "GET"})[0] is not Match.NONE


def found(routes, scope) -> tuple[str, str] | None:
    """Give what Starlette does: the first route that fits, else the first whose method alone is another."""
    fits = [(route.matches(scope)[0], route.name) for route in routes if isinstance(route, Route)]
    best = max((match.value for match, _ in fits), default=0)
    return next(((match.name, name) for match, name in fits if match.value == best != 0), None)
