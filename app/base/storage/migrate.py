"""Bringing the tables up to date: each change is a numbered revision, applied once and in order.

The role that migrates owns the tables; in production the serving role needs no such right.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

from app.base.crypto.row_binding import bind_all, every_bound
from app.base.crypto.vault import Keyring
from app.base.errors import StorageTrouble
from app.base.resources import MIGRATIONS
from app.base.storage.database import Base, Database

APP = Path(__file__).parents[2]
TURN = 0x5A151E
"""Number of the lock that keeps two migrations of one PostgreSQL database apart."""
BOUND_SINCE = "0028"
"""The revision since which rows are bound by the keyring."""
START = 0x5A151F
"""The same for two starts, which make tables, then fill them, in several transactions."""


def every_table() -> MetaData:
    """Give the tables of every room, as the code declares them."""
    for found in sorted(APP.rglob("models.py")):
        import_module(".".join(found.relative_to(APP.parent).with_suffix("").parts))
    return Base.metadata


def upgrade(database: Database, keyring: Keyring | None = None, to: str = "head") -> None:
    """Apply the revisions that this database has not seen, all of them or none.

    ``keyring``: binds the rows that were there before rows were bound. Raises :class:`KeyringNeeded`.
    """
    with _alone(database) as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(_config(connection), to)
        if before is not None and before < BOUND_SINCE <= to:
            every_table()
            bind_all(connection, keyring, every_bound(Base))


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Prepare a database, tables and contents, with nobody else preparing it: whoever comes second waits.

    PostgreSQL: a lock of its server, for several machines; SQLite: a lock on the folder: there may be no file yet.
    A process that is killed frees both.
    """
    if database.is_sqlite:
        try:
            folder = os.open(Path(database.url.database or "").absolute().parent, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as trouble:
            raise StorageTrouble(f"the database cannot be used: {trouble}") from trouble
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)
        return
    with database.engine.connect() as connection, connection.begin():
        _wait(connection, START)
        yield


def write_revision(database: Database, message: str) -> None:
    """Write the revision that brings an up-to-date database to the tables that the code declares."""
    script = ScriptDirectory.from_config(_config())
    number = f"{int(script.get_current_head() or 0) + 1:04d}"
    with database.engine.connect() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _wait(connection: Connection, turn: int) -> None:
    """Wait for a turn as long as it takes: another version may be making an index on a million rows."""
    connection.execute(text("SET LOCAL lock_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": turn})


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """Open the one transaction of a migration, with nobody else migrating."""
    with database.engine.execution_options(writes=True).connect() as connection:
        if not database.is_sqlite:
            with connection.begin():
                _wait(connection, TURN)
                yield connection
            return
        # SQLite changes a table by copying it and dropping the old one, which foreign keys would forbid; the setting
        # can only be changed outside of a transaction (SQLite documentation, ALTER TABLE, the twelve steps).
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if orphans := connection.execute(text("PRAGMA foreign_key_check")).all():
                    raise RuntimeError(f"{len(orphans)} rows point to nothing after the migration: it was undone")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
            driver.close()
