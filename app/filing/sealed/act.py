"""An act as who may read it finds it: what was sealed, with who did it and when. Pure rules on values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from app.filing.sealed.base import Sealed

Of_co = TypeVar("Of_co", bound=Sealed, covariant=True)
One = TypeVar("One", bound=Sealed)


@dataclass(frozen=True)
class Done(Generic[Of_co]):
    """An act that was done."""

    kind: str
    """As the ledger names it."""
    at: datetime
    """Its instant in the ledger."""
    by: str
    """Name of the clerk; empty for the person, and for this service."""
    authority: str
    """Code of the clerk's authority; empty for the person, and for this service."""
    sealed: Of_co
    document: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What is stored of it, key by key: what is given as data copies it, and nothing else reads it."""

    def holding(self, sealed: One) -> "Done[One]":
        """Give it as one of a known kind, once what it sealed told which."""
        return Done(self.kind, self.at, self.by, self.authority, sealed, self.document)


Act = Done[Sealed]
"""An act of any kind."""


def of_kind(acts: Iterable[Act], sealed: type[One]) -> Iterator[Done[One]]:
    """Keep the acts that sealed this, the oldest first."""
    return (act.holding(act.sealed) for act in acts if isinstance(act.sealed, sealed))
