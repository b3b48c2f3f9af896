"""A question asked at each page: written for the driver once, and answered without what a session begins and ends."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Read = Callable[[Any], Any] | None


@dataclass(frozen=True)
class _Written:
    """A question as a driver takes it."""

    text: str
    places: Sequence[str] | None
    """The names of what is asked, in the order of the marks of the text; ``None`` when it names them itself."""
    fixed: Mapping[str, Any]
    reads: Sequence[Read]
    """What makes of each column that which its type is in Python."""


@contextmanager
def _told_as_ever(dialect: Dialect, asked: str | None = None, driver: Any = None) -> Iterator[None]:
    """Tell what the driver refuses as SQLAlchemy tells it; a connection that could not be made asked nothing."""
    driver_errors = dialect.loaded_dbapi.Error
    try:
        yield
    except driver_errors as trouble:
        is_gone = dialect.is_disconnect(trouble, driver, None)
        raise DBAPIError.instance(
            asked, None, trouble, driver_errors, hide_parameters=True, connection_invalidated=is_gone
        ) from trouble


class PreparedQuery:
    """One question whose parameters are texts, without lists; its first row is read as SQLAlchemy would read it."""

    def __init__(self, statement: Select[Any]) -> None:
        """Keep the question; it is written when it is first asked of a kind of database."""
        self.statement = statement
        self._written: dict[str, _Written] = {}

    def first(self, session: Session, **asked: str) -> Sequence[Any] | None:
        """Return the first row, or nothing.

        It is asked within the transaction of the session when one has begun; else on a connection of its own, which is
        given back at once, and which began nothing on SQLite. Raises what the session would raise.
        """
        engine = session.get_bind().engine
        if session.in_transaction():
            return self._ask(engine.dialect, session.connection().connection.driver_connection, asked)
        with _told_as_ever(engine.dialect):
            connection = engine.raw_connection()
        try:
            return self._ask(engine.dialect, connection.driver_connection, asked)
        except DBAPIError as trouble:
            if trouble.connection_invalidated:
                connection.invalidate(trouble)
            raise
        finally:
            connection.close()

    def _ask(self, dialect: Dialect, driver: Any, asked: Mapping[str, str]) -> Sequence[Any] | None:
        written = self._written.get(dialect.name) or self._write(dialect)
        named = {**written.fixed, **asked}
        given = [named[name] for name in written.places] if written.places else named
        with _told_as_ever(dialect, written.text, driver):
            row = driver.execute(written.text, given).fetchone()
        if row is None:
            return None
        return [read(value) if read else value for read, value in zip(written.reads, row, strict=True)]

    def _write(self, dialect: Dialect) -> _Written:
        compiled = self.statement.compile(dialect=dialect)
        written = self._written[dialect.name] = _Written(
            str(compiled),
            compiled.positiontup,
            {name: value for name, value in compiled.params.items() if value is not None},
            [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in self.statement.selected_columns],
        )
        return written
