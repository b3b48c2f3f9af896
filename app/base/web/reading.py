"""Reading what a browser sends: limits are counted while the bytes arrive, files never touch the disk in clear.

Text goes to a dictionary; each file goes, piece by piece, to the :class:`FileSink` that the page gives.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, Protocol
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from itsdangerous import BadSignature
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from app.base.forms.fields import CORRECT, UNSHOWN
from app.base.web.pages import csrf_signer, portal_of
from app.base.web.refused_forms import BadForm, Expired, NoCookie, TooBig

TEXT_MOST = 1024 * 1024
VERSION_DIGITS, FIELDS_MOST = 18, 200
PARTS_MOST = 1000
"""Parts of one form, files that are refused included."""
BODY_MOST = 330 * 1024 * 1024
"""Twenty files of 15 MB and what goes around them; the room of evidence counts each file."""
GRACE_SECONDS, SLOWEST, SILENCE_SECONDS = 30, 512, 60


class FileSink(Protocol):
    """Receives the files of a form."""

    def begin(self, name: str, filename: str) -> None:
        """Begin a file of the field ``name``."""

    def add(self, piece: bytes) -> None:
        """Take the next bytes of the file."""

    def end(self) -> None:
        """End the file: it is whole."""


@dataclass
class FormData:
    """What was typed, each name with its values."""

    typed: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Keep a value; names beyond the limit are refused."""
        if sum(map(len, self.typed.values())) >= FIELDS_MOST:
            raise TooBig
        self.typed.setdefault(name, []).append(value.translate(UNSHOWN))

    def get(self, name: str) -> str:
        """Return the last value of a name, or an empty string."""
        return self.typed.get(name, [""])[-1]

    def correct(self) -> None:
        """Put in their fields the suggestions that were taken."""
        for name, _, value in (taken.partition(":") for taken in self.typed.pop(CORRECT, ())):
            if name in self.typed:
                self.typed[name] = [value]

    @property
    def seen(self) -> int:
        """Which version of a complaint the page was shown; a form that does not say saw nothing."""
        told = self.get("version")
        return int(told) if told.isdecimal() and len(told) <= VERSION_DIGITS else 0


async def read_form(request: Request, sink: FileSink | None = None) -> FormData:
    """Read the body of a form of ours.

    Raises :class:`BadForm`, :class:`TooBig`, :class:`NoCookie`, :class:`Expired`.
    """
    form = await read_body(request, sink)
    form.correct()
    request.state.form = form  # given back to whoever sent it when it is refused, and read nowhere else
    _check_csrf(request, form)
    return form


async def read_body(request: Request, sink: FileSink | None = None) -> FormData:
    """Read a form that no cookie goes with: no token of ours protects it. Raises :class:`BadForm`, :class:`TooBig`."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"multipart/form-data" and options.get(b"boundary"):
        return await _read_parts(request, options[b"boundary"], sink)
    if kind == b"application/x-www-form-urlencoded":
        return await read_pairs(request)
    raise BadForm


def _check_csrf(request: Request, form: FormData) -> None:
    signer = csrf_signer(portal_of(request))
    given = form.typed.pop("csrf", [""])[-1]
    try:
        signer.unsign(f"{request.state.visitor}.{given}")
    except (BadSignature, ValueError) as wrong:
        raise (Expired(form.typed) if request.headers.get("cookie") else NoCookie()) from wrong


async def pieces(request: Request) -> AsyncIterator[bytes]:
    """Yield the bytes as they come; a body that comes too slowly is dropped."""
    started, received = time.monotonic(), 0
    stream = request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream, None), SILENCE_SECONDS)
        except (TimeoutError, ClientDisconnect) as gone:
            raise BadForm from gone
        if piece is None:
            return
        received += len(piece)
        elapsed = time.monotonic() - started
        if received > BODY_MOST:
            raise TooBig
        if elapsed > GRACE_SECONDS and received < SLOWEST * (elapsed - GRACE_SECONDS):
            raise BadForm
        yield piece


async def read_pairs(request: Request) -> FormData:
    """Read a form of names and values. Raises :class:`BadForm`, :class:`TooBig`."""
    body = bytearray()
    async for piece in pieces(request):
        body += piece
        if len(body) > TEXT_MOST:
            raise TooBig
    form = FormData()
    try:
        pairs = parse_qsl(
            bytes(body).decode("latin-1"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="replace",
            max_num_fields=FIELDS_MOST,
        )
    except ValueError as many:
        raise TooBig from many
    for name, value in pairs:
        form.add(name, value)
    return form


_IN_NAMES = {"%22": '"', "%0D": "\r", "%0A": "\n"}


def _file_name(sent: bytes) -> str:
    """Read the name of a file: three marks alone are escaped in it (HTML, multipart form data)."""
    name = sent.decode("utf-8", "replace")
    for escaped, mark in _IN_NAMES.items():
        name = name.replace(escaped, mark)
    return name


class _Parts:
    """Turns the parser's callbacks into fields and files."""

    def __init__(self, sink: FileSink | None) -> None:
        self.form, self.sink, self.text, self.count = FormData(), sink, 0, 0
        self.head: dict[bytes, bytes] = {}
        self.key = self.worth = b""
        self.name = ""
        self.value: bytearray | None = None
        self.is_open = False
        self.whole = False

    def callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self.begin,
            "on_header_field": self.header_field,
            "on_header_value": self.header_value,
            "on_header_end": self.header_end,
            "on_headers_finished": self.headers_finished,
            "on_part_data": self.data,
            "on_part_end": self.end,
            "on_end": self.finished,
        }

    def begin(self) -> None:
        self.count += 1
        if self.count > PARTS_MOST:
            raise TooBig
        self.head, self.key, self.worth = {}, b"", b""

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self.key += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self.worth += data[start:end]

    def header_end(self) -> None:
        self.head[self.key.lower()] = self.worth
        self.key = self.worth = b""

    def headers_finished(self) -> None:
        _, options = parse_options_header(self.head.get(b"content-disposition", b""))
        self.name = options.get(b"name", b"").decode("utf-8", "replace")
        filename = options.get(b"filename")
        self.value = None
        if filename is None:
            self.value = bytearray()
        elif filename and self.sink is not None:
            self.is_open = True
            self.sink.begin(self.name, _file_name(filename).translate(UNSHOWN))

    def data(self, data: bytes, start: int, end: int) -> None:
        if self.value is not None:
            self.text += end - start
            if self.text > TEXT_MOST:
                raise TooBig
            self.value += data[start:end]
        elif self.is_open and self.sink is not None:
            self.sink.add(data[start:end])

    def end(self) -> None:
        if self.value is not None:
            self.form.add(self.name, self.value.decode("utf-8", "replace"))
        elif self.is_open and self.sink is not None:
            self.sink.end()
        self.is_open = False

    def finished(self) -> None:
        self.whole = True


async def _read_parts(request: Request, boundary: bytes, sink: FileSink | None) -> FormData:
    parts = _Parts(sink)
    try:
        parser = MultipartParser(boundary, parts.callbacks())  # type: ignore[arg-type]
        async for piece in pieces(request):
            await run_in_threadpool(parser.write, piece)
        parser.finalize()
    except FormParserError as broken:
        raise BadForm from broken
    if not parts.whole:
        raise BadForm
    return parts.form


async def form_of(request: Request) -> FormData:
    """Read a form without files."""
    return await read_form(request)


FormOf = Annotated[FormData, Depends(form_of)]
