"""The addresses that the application answers to."""

from collections.abc import Iterator
from typing import Any

from starlette.routing import Mount, Route

from tests.support.source import HOME

LIST = HOME / "tests" / "house" / "routes.txt"


def addresses(app: Any) -> list[str]:
    """Give each address with its method and its name, sorted by address."""
    found = sorted({(path, method, name) for path, method, name in _walk(app.routes)})
    return [f"{method:4} {path}  {name}" for path, method, name in found]


def listed() -> list[tuple[str, str, str]]:
    """Read the list: method, path and name of each page; files served as they are have no name of their own."""
    lines = (line.split() for line in LIST.read_text(encoding="utf-8").splitlines())
    return [(method, path, name) for method, path, name in lines if not path.endswith("…")]


def _walk(routes: Any, before: str = "") -> Iterator[tuple[str, str, str]]:
    for route in routes:
        if isinstance(route, Mount) and not route.routes:
            yield f"{before}{route.path}/…", "GET", route.name
        elif isinstance(route, Route):
            for method in sorted((route.methods or {"GET"}) - {"HEAD"}):
                yield f"{before}{route.path}", method, route.name
        else:
            yield from _walk(route.routes, before + route.path)
