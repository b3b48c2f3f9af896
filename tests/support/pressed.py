"""What the tests of a run produced: each address, button, page, mail and letter, so that none is left untried.

Each process appends what it sees to a file of the run; the first process compares, once everything ran.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import typst
from jinja2 import Environment, FileSystemLoader
from starlette.types import Message, Receive, Scope, Send

from app.base.resources import TEMPLATES
from tests.support.html import Page
from tests.support.run import VARIABLE

ADDRESS, TEMPLATE, LETTER, OFFERED, PRESSED = "address", "template", "letter", "offered", "pressed"
LAID_IN = "house.typ"
"""What every letter begins with."""
WELL = 400
MOST = 1_000_000
"""Bytes of a body in which the button that was pressed is looked for; it stands before or after the files."""
CODE = re.compile(r"[a-z_]{1,40}")
IN_MULTIPART = re.compile(rb'name="([a-z_]+)"\r\n\r\n([a-z_]{1,40})\r\n--')
IN_TEMPLATE = re.compile(r'name="([a-z_]+)", value="([a-z_]+)"')
_seen: set[str] = set()


def note(*words: str) -> None:
    """Keep that this was done in this run."""
    line = "\t".join(words)
    folder = os.environ.get(VARIABLE)
    if folder and line not in _seen:
        _seen.add(line)
        with Path(folder, f"pressed-{os.getpid()}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def noted(folder: Path) -> set[tuple[str, ...]]:
    """Read what every process kept."""
    return {
        tuple(line.split("\t"))
        for path in folder.glob("pressed-*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    }


def watch_outputs() -> None:
    """Note each template that is read and each letter that is laid out, by whatever part of the service."""
    read, lay_out = FileSystemLoader.get_source, typst.compile

    def get_source(self: FileSystemLoader, environment: Environment, template: str) -> Any:
        note(TEMPLATE, template)
        return read(self, environment, template)

    def compile_letter(letter: Any, *words: Any, **named: Any) -> Any:
        note(LETTER, Path(letter).name)
        return lay_out(letter, *words, **named)

    FileSystemLoader.get_source = get_source  # type: ignore[method-assign]
    typst.compile = compile_letter  # type: ignore[assignment]


class Watched:
    """The application, with a note of each request that was answered well: its address and what was pressed."""

    def __init__(self, app: Any) -> None:
        """Stand before the application; all else of it is its own."""
        self._app = app

    def __getattr__(self, name: str) -> Any:
        """Give what the application has."""
        return getattr(self._app, name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        body = bytearray()

        async def receiving() -> Message:
            message = await receive()
            body.extend(message.get("body", b"")[: MOST - len(body)])
            return message

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < WELL:
                _note_request(scope, bytes(body))
            await send(message)

        await self._app(scope, receiving, sending)


def _note_request(scope: Scope, body: bytes) -> None:
    route = scope.get("route")
    if not getattr(route, "name", ""):
        return
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    note(ADDRESS, method, str(route.name))
    name = _answering(route)
    if method == "GET":
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    else:
        pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True) if b"\r\n" not in body else []
        pairs += [(field.decode(), value.decode()) for field, value in IN_MULTIPART.findall(body)]
    for pressed, value in pairs:
        note(PRESSED, method, name, pressed, _code(value))


def note_buttons(app: Any, page: Page, address: str) -> None:
    """Keep every named button that a page offers, with what answers it."""
    for form in page.forms:
        for button in form.buttons:
            if not button.name:
                continue
            target = (button.action or form.action or address).partition("#")[0].partition("?")[0]
            name = _route(app, form.method.upper(), target)
            if name:
                note(OFFERED, form.method.upper(), name, button.name, _code(button.value))


def _code(value: str) -> str:
    """Keep what is a code of ours; the others differ from one complaint to the next."""
    return value if CODE.fullmatch(value) else ""


def _route(app: Any, method: str, path: str) -> str:
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    for route in getattr(app, "routes", ()):
        found, _ = route.matches(scope)
        if found.value == 2:
            return _answering(route)
    return ""


def _answering(route: Any) -> str:
    """Name what answers: one function may answer at several addresses, for several desks or pages of the form."""
    answers = getattr(route, "endpoint", None)
    return f"{answers.__module__}.{answers.__qualname__}" if answers else str(route.name)


def untried(seen: set[tuple[str, ...]], addresses: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Name what no test of the run produced. ``addresses``: method, path and name of each page of the application."""
    for method, path, name in addresses:
        if (ADDRESS, method, name) not in seen:
            yield f"no test is answered by {method} {path} ({name})"
    pressed = {row[1:] for row in seen if row[0] == PRESSED}
    offered = {row[1:] for row in seen if row[0] == OFFERED}
    yield from (f"no test presses the button {' '.join(one)}" for one in sorted(offered - pressed))
    for file in sorted(TEMPLATES.rglob("*")):
        if file.is_file():
            yield from _unshown(seen, file, {row[2:] for row in pressed})


def _unshown(seen: set[tuple[str, ...]], file: Path, pressed: set[tuple[str, ...]]) -> Iterator[str]:
    name = file.relative_to(TEMPLATES).as_posix()
    if file.suffix == ".typ":
        if (LETTER, file.name) not in seen and file.name != LAID_IN:
            yield f"no test lays out the letter {file.name}"
    elif (TEMPLATE, name) not in seen:
        yield f"no test shows {name}"
    for field, value in IN_TEMPLATE.findall(file.read_text(encoding="utf-8")):
        if (field, value) not in pressed:
            yield f"no test presses {field}={value} of {name}"
