"""The database: SQLite in a file by default, PostgreSQL when an address is given.

A write transaction is opened with :meth:`Database.write` and is on disk when the ``with`` block ends: nothing that is
shown to a person before that is true. Sources: SQLite documentation on WAL, ``synchronous`` and ``BEGIN IMMEDIATE``;
PostgreSQL documentation on ``synchronous_commit``.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from app.base.errors import StorageTrouble
from app.base.i18n import FRENCH, in_language
from app.base.storage.pool import Pool

log = logging.getLogger("saisine.db")

THREADS = 40
"""Pages answered at once (the threads of Starlette): as many connections may be open, and one apart."""
KEPT_OPEN = 10
POOL_SECONDS = 5.0
"""How long a page waits for a connection."""
LOCK_SECONDS = 10.0
"""How long a transaction waits for another: beyond, it is told that nothing was written, and can be sent again."""

FIXED_WAL = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""First SQLite of each branch without the WAL-reset race, which loses committed rows (present from 3.7.0)."""


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


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite keeps every committed row in WAL mode (race of 3.7.0 to 3.51.2)."""
    if version < (3, 7, 0):
        return True
    return version >= FIXED_WAL[-1] or any(fix <= version < (*fix[:2], 10**6) for fix in FIXED_WAL)


def sqlite_module() -> ModuleType:
    """Prefer the bundled, recent SQLite; fall back to the one of this Python."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - a choice made at run time
    except ImportError:
        import sqlite3 as dbapi2  # noqa: PLC0415
    return dbapi2  # type: ignore[no-any-return]


class Database:
    """One database, read by many and written by one at a time on SQLite."""

    def __init__(self, url: str) -> None:
        """Open nothing yet: the first connection is made when it is needed."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine: Engine = (_sqlite_engine if self.is_sqlite else _postgresql_engine)(url)
        self._writer = self.engine.execution_options(writes=True)
        self._apart: Engine = self.engine if self.is_sqlite else _postgresql_engine(url, apart=True)
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
        engine = self._apart if apart else self.engine
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
        if self.is_sqlite and not self._turn.acquire(timeout=LOCK_SECONDS):
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
            return f"SQLite {'.'.join(map(str, sqlite_module().sqlite_version_info))}"
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


def _sqlite_engine(url: str) -> Engine:
    module = sqlite_module()
    safe = wal_is_safe(tuple(module.sqlite_version_info))
    if not safe:
        log.warning("SQLite %s can lose committed rows in WAL mode: TRUNCATE and EXTRA are used", module.sqlite_version)
    engine = create_engine(
        url,
        module=module,
        hide_parameters=True,
        connect_args={"timeout": LOCK_SECONDS, "check_same_thread": False},
        **_pool(),
    )
    pragmas = [
        "journal_mode=WAL" if safe else "journal_mode=TRUNCATE",
        "synchronous=FULL" if safe else "synchronous=EXTRA",
        f"busy_timeout={LOCK_SECONDS * 1000:.0f}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "secure_delete=ON",
        "recursive_triggers=ON",  # else INSERT OR REPLACE takes a row away without its triggers
    ]

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are ours, not the driver's
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # straight to the driver, once for each page: nothing is locked nor read before the first question
            connection.connection.execute("BEGIN")

    return engine


def _postgresql_engine(url: str, *, apart: bool = False) -> Engine:
    options = f"{make_url(url).query.get('options', '')} -c lock_timeout={LOCK_SECONDS * 1000:.0f}".strip()
    sizes = {**_pool(), "pool_size": 1, "max_overflow": 0} if apart else _pool()
    return create_engine(url, hide_parameters=True, connect_args={"options": options}, pool_pre_ping=True, **sizes)


def _pool() -> dict[str, Any]:
    sizes = {"pool_size": KEPT_OPEN, "max_overflow": THREADS - KEPT_OPEN}
    return {"poolclass": Pool, "pool_timeout": POOL_SECONDS, **sizes}


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
