"""Reading rows as they are: a value that is not of its column's type stops nothing, and is named.

SQLite keeps whatever is written in any column; the library then raises while rows are fetched, and hides those after.
Thousands of rows are read: types are looked at column by column, and a row is a tuple with names, no object of a model.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from types import NoneType
from typing import Any

from sqlalchemy import Column, Dialect, Select, String, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeDecorator, TypeEngine

BATCH = 1000
Record = Any
"""A row as the database gives it: a tuple with the names of its columns."""


class Unreadable:
    """What stands for a value that cannot be read; it equals nothing, not even itself as another row holds it."""


class _Raw(TypeDecorator[Any]):
    """Gives values as the driver does; knows of which type they should be."""

    impl = String
    cache_ok = True

    def __init__(self, kind: TypeEngine[Any], *, is_nullable: bool) -> None:
        super().__init__()
        self.kind, self.is_nullable = kind, is_nullable

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Leave values as they are: they are read a column at a time."""


def bare(column: Any) -> Column[Any]:
    """Return the column of the table itself, for which rows come without the detour by the objects of the model."""
    found: Column[Any] = column.property.columns[0] if isinstance(column, InstrumentedAttribute) else column
    return found


def readable(columns: Iterable[Any]) -> list[ColumnElement[Any]]:
    """Name columns to select, so that :func:`records` gives each row whatever is in it."""
    return [_raw(column) for column in columns]


def _raw(column: Any) -> ColumnElement[Any]:
    read = bare(column)
    return type_coerce(read, _Raw(read.type, is_nullable=bool(read.nullable))).label(read.name)


def records(session: Session, asked: Select[Any], **values: Any) -> Iterator[Record]:
    """Give the rows, read some at a time; what is not of the type of a :func:`readable` column is unreadable."""
    connection = session.connection()
    found = connection.execute(asked.execution_options(yield_per=BATCH), values)
    types = [described[1] for described in found.cursor.description or ()]
    reads = [_reads(*one, connection.dialect) for one in zip(asked.selected_columns, types, strict=True)]
    make = _with_names(tuple(found.keys()))
    for rows in found.partitions():
        columns = [read(values) for read, values in zip(reads, zip(*rows, strict=True), strict=True)]
        yield from map(make, zip(*columns, strict=True))


@lru_cache
def _with_names(names: Sequence[str]) -> Callable[[Iterable[Any]], Record]:
    kind: Any = namedtuple("Record", names)  # type: ignore[misc]  # noqa: PYI024 - the names come with the question
    return partial(tuple.__new__, kind)


def _reads(column: Any, coltype: object, dialect: Dialect) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return what reads the values of a column, all at once."""
    raw = column.type
    if not isinstance(raw, _Raw):
        return lambda values: values
    kind = raw.kind.python_type  # an integer is a number with decimals too
    kinds = (kind, *([NoneType] if raw.is_nullable else []), *([int] if kind is float else []))
    read = raw.kind.dialect_impl(dialect).result_processor(dialect, coltype)
    return partial(_of_type, kinds, read) if read else partial(_typed, kinds)


def _of_type(kinds: tuple[type, ...], read: Callable[[Any], Any], values: Sequence[Any]) -> Sequence[Any]:
    """Give the values of a column."""
    try:
        found = list(map(read, values))
    except (ValueError, TypeError, ArithmeticError):
        found = [_tried(read, value) for value in values]
    return _typed(kinds, found)


def _tried(read: Callable[[Any], Any], value: Any) -> Any:
    try:
        return read(value)
    except (ValueError, TypeError, ArithmeticError):
        return Unreadable()


def _typed(kinds: tuple[type, ...], values: Sequence[Any]) -> Sequence[Any]:
    if set(map(type, values)) <= set(kinds):  # nearly always
        return values
    return [value if isinstance(value, kinds) else Unreadable() for value in values]


def unreadable(*rows: Record) -> list[str]:
    """List the columns of rows that cannot be read, row by row."""
    if Unreadable not in map(type, chain.from_iterable(rows)):  # nearly always, and this is asked of every row there is
        return []
    return [name for row in rows for name, value in row._asdict().items() if isinstance(value, Unreadable)]
