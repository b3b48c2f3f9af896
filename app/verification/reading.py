"""Reading rows as they are: a value that is not of its column's type stops nothing, and is named.

SQLite keeps whatever is written in any column; the library then raises while rows are fetched, and hides those after.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Column, Dialect, String, type_coerce
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Unreadable:
    """What stands for a value that cannot be read; it equals nothing, not even itself as another row holds it."""


class _Tried(TypeDecorator[Any]):
    """Reads values as a type does; gives :class:`Unreadable` where this type would raise, or give another one."""

    impl = String
    cache_ok = True

    def __init__(self, kind: TypeEngine[Any]) -> None:
        super().__init__()
        self.kind = kind

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Try, then look at what came."""
        reads = self.kind.dialect_impl(dialect).result_processor(dialect, coltype)
        wanted = self.kind.python_type

        def read(value: Any) -> Any:
            if value is None or (reads is None and value.__class__ is wanted):  # nearly always
                return value
            try:
                found = reads(value) if reads else value
            except (ValueError, TypeError, ArithmeticError):
                return Unreadable()
            return found if isinstance(found, wanted) or (wanted is float and isinstance(found, int)) else Unreadable()

        return read


def readable(columns: Iterable[Any]) -> list[ColumnElement[Any]]:
    """Name columns to select, so that each row comes whatever is in it."""
    return [_tried(column) for column in columns]


def bare(column: Any) -> Column[Any]:
    """Return the column of the table itself, for which rows come without the detour by the objects of the model."""
    found: Column[Any] = column.property.columns[0] if isinstance(column, InstrumentedAttribute) else column
    return found


def _tried(column: Any) -> ColumnElement[Any]:
    read = bare(column)
    return type_coerce(read, _Tried(read.type)).label(read.name)


def unreadable(row: Any) -> list[str]:
    """List the columns of a row that cannot be read."""
    if Unreadable not in map(type, row):  # nearly always, and this is asked of every row there is
        return []
    return [name for name, value in row._mapping.items() if isinstance(value, Unreadable)]  # noqa: SLF001 - public
