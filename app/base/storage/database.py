"""The database: SQLite in a file by default, PostgreSQL when an address is given.

A write transaction is opened with :meth:`Database.write` and is on disk when the ``with`` block ends: nothing that is
shown to a person before that is true. Sources: SQLite documentation on WAL, ``synchronous`` and ``BEGIN IMMEDIATE``;
PostgreSQL documentation on ``synchronous_commit``.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from app.base.errors import StorageTrouble
from app.base.i18n import FRENCH, in_language
from app.base.storage import engines


class Base(DeclarativeBase):
    """The parent of every table; names of constraints are fixed so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An instant: aware and in UTC in Python, to the microsecond in both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would be a date nobody can defend."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant carries its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite gives back a naive UTC time; PostgreSQL one in the session's zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WouldWait(Exception):
    """The answer could be long in coming: whoever may not wait asks again in a thread."""


class Database:
    """One database, read by many and written by one at a time on SQLite."""

    def __init__(self, url: str) -> None:
        """Open nothing yet: the first connection is made when it is needed."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine: Engine = (engines.sqlite if self.is_sqlite else engines.postgresql)(url)
        self._writer = self.engine.execution_options(writes=True)
        self._apart: Engine = self.engine if self.is_sqlite else engines.postgresql(url, apart=True)
        self._at_once = engines.sqlite(url, at_once=True) if self.is_sqlite else None
        self._turn = threading.Lock()
        self.info: dict[str, Any] = {}
        """What each session carries: the keyring of the instance (see :mod:`app.base.crypto.row_binding`)."""
        self.refused = 0
        """How many writes storage refused, since this process began."""

    @contextmanager
    def read(self, *, apart: bool = False) -> Iterator[Session]:
        """Open a session that writes nothing; ``apart``: on the connection kept for the state of the service.

        Raises :class:`StorageTrouble` when every connection stays taken.
        """
        with self._reading(self._apart if apart else self.engine) as session:
            yield session

    @contextmanager
    def read_at_once(self) -> Iterator[Session]:
        """Open a session that writes nothing, for the thread in which every page is taken in turn.

        Raises :class:`WouldWait` when a lock, the network or the disk stands before the answer.
        """
        if self._at_once is None:
            raise WouldWait
        try:
            with self._reading(self._at_once) as session:
                yield session
        except DBAPIError as trouble:
            raise WouldWait from trouble

    @contextmanager
    def _reading(self, engine: Engine) -> Iterator[Session]:
        session = Session(engine, autoflush=False, expire_on_commit=False, info=self.info)
        try:
            yield session
        finally:
            if session.in_transaction():  # else nothing was begun: many pages ask one prepared query
                session.close()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction; it is durable when the block ends, or it never was.

        What is kept is said in French, whatever the page is read in: clerks read it, and it is sealed.
        Raises :class:`StorageTrouble` when the disk or the server refuses the commit.
        """
        try:
            with in_language(FRENCH):
                yield from self._in_turn()
        except StorageTrouble:
            self.refused += 1
            raise

    def _in_turn(self) -> Iterator[Session]:
        if self.is_sqlite and not self._turn.acquire(timeout=engines.LOCK_SECONDS):
            raise StorageTrouble("another write does not end")
        try:
            yield from self._transaction()
        finally:
            if self.is_sqlite:
                self._turn.release()

    def _transaction(self) -> Iterator[Session]:
        with Session(self._writer, expire_on_commit=False, info=self.info) as session:
            try:
                yield session
                session.commit()
            except DBAPIError as trouble:
                _roll_back(session)
                if _is_storage(trouble):
                    raise StorageTrouble(str(trouble.orig)) from trouble
                raise
            except BaseException:
                _roll_back(session)
                raise

    def describe(self) -> str:
        """Name the server and its version, for people who operate it."""
        if self.is_sqlite:
            return f"SQLite {'.'.join(map(str, engines.sqlite_module().sqlite_version_info))}"
        with self.engine.connect() as connection:
            return f"PostgreSQL {connection.scalar(text('SHOW server_version'))}"

    def check_durability(self) -> list[str]:
        """List what would make a commit less than durable (empty: nothing)."""
        if self.is_sqlite:
            return []
        wanted = {"synchronous_commit": {"on", "remote_apply", "remote_write"}, "fsync": {"on"}}
        with self.engine.connect() as connection:
            seen = {name: connection.scalar(text(f"SHOW {name}")) for name in wanted}
        return [f"{name} = {value}" for name, value in seen.items() if value not in wanted[name]]

    def close(self, *, forget: bool = False) -> None:
        """Close every connection; ``forget``: leave them to the process of which this one is a copy."""
        self.engine.dispose(close=not forget)
        self._apart.dispose(close=not forget)
        if self._at_once:
            self._at_once.dispose(close=not forget)


def _roll_back(session: Session) -> None:
    try:
        session.rollback()
    except DBAPIError:  # a full disk has already rolled back: a second time raises
        session.invalidate()


def is_of_storage(trouble: BaseException) -> bool:
    """Tell whether the server or the disk failed, and not what was asked; of a damaged file, SQLite says no more."""
    return isinstance(trouble, OperationalError) or type(trouble) is DatabaseError


def _is_storage(trouble: DBAPIError) -> bool:
    """Disk full, I/O error, locked, lost or damaged database: the filing is not on disk and can be tried again."""
    return trouble.connection_invalidated or is_of_storage(trouble) or "read-only" in str(trouble.orig)
