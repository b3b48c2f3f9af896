"""Routes stand side by side, and each page is found by its name."""

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import Mount, NoMatchFound

from app.base.web.addresses import lay_flat, path_of


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
