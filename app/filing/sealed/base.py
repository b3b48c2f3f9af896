"""What every act seals, how a value becomes the document that the ledger commits to, and back. Pure rules on values."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

NoDay = Literal[""]
"""Stands for a day that there is not, where the key is stored all the same."""
Contact = Mapping[str, Any]
"""An authority as it was known that day, as ``receipt.competence.contact_of`` writes it; empty for none."""
File = Mapping[str, Any]
"""A file, as :func:`app.filing.acts.attachments.named` writes it."""
Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What is kept of an act beside its kind, number, instant and author; alone, the words of a line of the history.

    The name of a field is the key that is stored: neither is ever renamed, nor a field taken away.
    """

    words: str = ""
    """Its reason, or what it did, as the history says it."""

    def document(self) -> dict[str, Any]:
        """Write it as JSON values: days as ISO 8601 dates. A field that is ``None`` has no key; an empty one has."""
        return {name: _plain(value) for name, value in _fields(self) if value is not None}

    @property
    def brought(self) -> Sequence[File]:
        """The files that came with it."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Brings(Sealed):
    """An act that may bring files."""

    files: Sequence[File] | None = None
    """The files that it brought; ``None`` when its form brought none."""

    @property
    def brought(self) -> Sequence[File]:
        """The files that came with it."""
        return self.files or ()


def bringing(sealed: Sealed, files: Sequence[File]) -> Sealed:
    """Name in an act the files that came with it. Raises ``TypeError`` when its kind brings none."""
    if not files:
        return sealed
    if not isinstance(sealed, Brings):
        raise TypeError(type(sealed))
    return replace(sealed, files=files)


def read(sealed: type[Value], document: Mapping[str, Any]) -> Value:
    """Read a value back from its document: what :meth:`Sealed.document` wrote gives an equal value, lists as tuples.

    Keys that the class does not know are left out. One that an older document lacks is as the class declares it, else
    empty. Raises ``KeyError`` for the lack of what has no empty value (a day), ``ValueError`` for a day that is none.
    """
    known: Any = sealed
    hints, optional = _types(known)
    wanted = {name: hint for name, hint in hints.items() if name in document or name not in optional}
    return sealed(**{name: _read(name, hint, document) for name, hint in wanted.items()})


@cache
def _types(sealed: type[Any]) -> tuple[Mapping[str, Any], frozenset[str]]:
    """Return the type of each field, and the names of those that have a default."""
    return get_type_hints(sealed), frozenset(one.name for one in fields(sealed) if one.default is not MISSING)


_EMPTY: Mapping[Any, Any] = {str: "", int: 0, bool: False, Sequence: (), Mapping: {}, Union: "", UnionType: ""}
"""By the type of a field; of several types, the one that may be empty is the lack of a day."""


def _read(name: str, hint: Any, document: Mapping[str, Any]) -> Any:
    if name in document:
        return _typed(hint, document[name])
    kind = get_origin(hint) or hint
    if kind not in _EMPTY:
        raise KeyError(name)
    return _EMPTY[kind]


def _typed(hint: Any, value: Any) -> Any:
    """Return a JSON value as its field holds it; of several types, the first one is what stands beside empty values."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return value if value in ("", None) else _typed(inner[0], value)
    if origin is Sequence:
        return tuple(_typed(inner[0], one) for one in value)
    if hint is date:
        return date.fromisoformat(value)
    return read(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value


def _fields(value: Any) -> list[tuple[str, Any]]:
    return [(one.name, getattr(value, one.name)) for one in fields(value)]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return {name: _plain(one) for name, one in _fields(value)} if is_dataclass(value) else value
