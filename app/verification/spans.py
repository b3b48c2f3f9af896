"""A table some rows at a time, in the order of its key: what several processes share."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, select
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Span:
    """The rows after one key (the first ones, for ``None``), to another; how many keys there are."""

    after: Any
    last: Any
    size: int

    def within(self, asked: Select[Any], model: Any) -> Select[Any]:
        """Ask for these rows alone, in their order."""
        key = _key(model)
        return asked.where(*([] if self.after is None else [key > self.after]), key <= self.last).order_by(key)


def spans(session: Session, model: Any, size: int, *where: ColumnElement[bool]) -> Iterator[Span]:
    """Cut a table, or some of its rows."""
    asked = select(_key(model).label("key")).distinct().where(*where).order_by(_key(model))
    keys = session.connection().execute(asked.execution_options(yield_per=size)).scalars()
    after = None
    while some := list(islice(keys, size)):
        yield Span(after, some[-1], len(some))
        after = some[-1]


def _key(model: Any) -> ColumnElement[Any]:
    """Return the first column of the key; several rows may have the same, and go together."""
    key: ColumnElement[Any] = inspect(model).local_table.primary_key.columns[0]
    return key
