"""Reading what a program sends: a form for a token, JSON for the rest; limits are counted while the bytes arrive."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from python_multipart.multipart import parse_options_header

from app.api.problems import NOT_JSON, TOO_HEAVY, UNREADABLE, ApiProblem
from app.base.errors import N_
from app.base.web.reading import TEXT_MOST, FormData, pieces, read_pairs
from app.base.web.refused_forms import BadForm, TooBig

FORM, JSON, MERGE = b"application/x-www-form-urlencoded", b"application/json", b"application/merge-patch+json"
NOT_A_FORM = N_("Envoyez un formulaire, avec Content-Type : application/x-www-form-urlencoded.")


@dataclass(frozen=True)
class JsonBody:
    """A body: its bytes, and the object that they write."""

    raw: bytes
    value: Mapping[str, Any]


async def _form(request: Request) -> FormData:
    """Read a form that no cookie goes with: no token of ours protects it."""
    if _kind(request) != FORM:
        raise ApiProblem(415 if request.headers.get("content-type") else 400, NOT_A_FORM)
    try:
        return await read_pairs(request)
    except TooBig:
        raise ApiProblem(413, TOO_HEAVY) from None


async def _json(request: Request) -> JsonBody:
    """Read an object. Raises :class:`ApiProblem`: 413, 415, or 400 for what is no JSON object."""
    if _kind(request) not in {JSON, MERGE}:
        raise ApiProblem(415, NOT_JSON)
    return _object(await _bytes(request))


async def _json_or_nothing(request: Request) -> JsonBody:
    """Read an object where none is needed; it raises what :func:`_json` raises, but 415."""
    body = await _bytes(request) if _kind(request) in {JSON, MERGE} else b""
    return _object(body) if body else JsonBody(b"", {})


async def _bytes(request: Request) -> bytes:
    body = bytearray()
    try:
        async for piece in pieces(request):
            body += piece
            if len(body) > TEXT_MOST:
                raise ApiProblem(413, TOO_HEAVY)
    except BadForm:
        raise ApiProblem(400, UNREADABLE) from None
    return bytes(body)


def _object(body: bytes) -> JsonBody:
    try:
        value = json.loads(body, object_pairs_hook=_members)
    except (ValueError, RecursionError):
        raise ApiProblem(400, UNREADABLE) from None
    if not isinstance(value, dict):
        raise ApiProblem(400, NOT_JSON)
    return JsonBody(body, value)


def _members(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Name the members with what an answer can repeat: JSON may write half of a sign, UTF-8 does not."""
    return {name.encode("utf-8", "replace").decode(): value for name, value in pairs}


def _kind(request: Request) -> bytes:
    kind, _ = parse_options_header(request.headers.get("content-type", ""))
    return kind


PlainFormOf = Annotated[FormData, Depends(_form)]
JsonOf = Annotated[JsonBody, Depends(_json)]
JsonOrNothingOf = Annotated[JsonBody, Depends(_json_or_nothing)]
