"""What every act seals, and how a value becomes the document that the ledger commits to. Pure rules on values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal

NoDay = Literal[""]
"""Stands for a day that there is not, where the key is stored all the same."""
Contact = Mapping[str, Any]
"""An authority as it was known that day, as :func:`app.filing.competence.contact_of` writes it; empty for none."""
File = Mapping[str, Any]
"""A file, as :func:`app.filing.documents.named` writes it."""


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


@dataclass(frozen=True, kw_only=True)
class Brings(Sealed):
    """An act that may bring files."""

    files: Sequence[File] | None = None
    """The files that it brought; ``None`` when its form brought none."""


def bringing(sealed: Sealed, files: Sequence[File]) -> Sealed:
    """Name in an act the files that came with it. Raises ``TypeError`` when its kind brings none."""
    if not files:
        return sealed
    if not isinstance(sealed, Brings):
        raise TypeError(type(sealed))
    return replace(sealed, files=files)


def _fields(value: Any) -> list[tuple[str, Any]]:
    return [(one.name, getattr(value, one.name)) for one in fields(value)]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return {name: _plain(one) for name, one in _fields(value)} if is_dataclass(value) else value
