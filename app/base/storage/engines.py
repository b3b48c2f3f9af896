"""How each database is connected to: the settings of its connections, how many there are, how long one waits.

Sources: SQLite documentation on pragmas and WAL; PostgreSQL documentation on ``lock_timeout``.
"""

import logging
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import SingletonThreadPool

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


def sqlite(url: str, *, at_once: bool = False) -> Engine:
    """Connect to a file; ``at_once``: by one connection for each thread, which only reads and waits for no lock."""
    module = sqlite_module()
    safe = wal_is_safe(tuple(module.sqlite_version_info))
    seconds = 0 if at_once else LOCK_SECONDS
    if not (safe or at_once):
        log.warning("SQLite %s can lose committed rows in WAL mode: TRUNCATE and EXTRA are used", module.sqlite_version)
    engine = create_engine(
        url,
        module=module,
        hide_parameters=True,
        connect_args={"timeout": seconds, "check_same_thread": False},
        **({"poolclass": SingletonThreadPool} if at_once else _pool()),
    )
    pragmas = [
        f"busy_timeout={seconds * 1000:.0f}",
        "journal_mode=WAL" if safe else "journal_mode=TRUNCATE",
        "synchronous=FULL" if safe else "synchronous=EXTRA",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "secure_delete=ON",
        "recursive_triggers=ON",  # else INSERT OR REPLACE takes a row away without its triggers
        f"query_only={at_once:d}",
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


def postgresql(url: str, *, apart: bool = False) -> Engine:
    """Connect to a server; ``apart``: by one connection, kept for the state of the service."""
    options = f"{make_url(url).query.get('options', '')} -c lock_timeout={LOCK_SECONDS * 1000:.0f}".strip()
    sizes = {**_pool(), "pool_size": 1, "max_overflow": 0} if apart else _pool()
    return create_engine(url, hide_parameters=True, connect_args={"options": options}, pool_pre_ping=True, **sizes)


def _pool() -> dict[str, Any]:
    sizes = {"pool_size": KEPT_OPEN, "max_overflow": THREADS - KEPT_OPEN}
    return {"poolclass": Pool, "pool_timeout": POOL_SECONDS, **sizes}
