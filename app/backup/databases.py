"""Copying a database at one instant, while it serves, and bringing a copy back into an empty one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from app.backup.manifest import copy
from app.base.storage.database import Database
from app.base.storage.engines import sqlite_module

LEDGER = "SELECT coalesce(max(n), 0) FROM ledger"
HEAD = "SELECT hash FROM ledger ORDER BY n DESC LIMIT 1"
FILINGS = "SELECT count(*) FROM filing"
NAMES = {"sqlite": "saisine.sqlite", "postgresql": "saisine.pgdump"}


class BackupError(Exception):
    """A copy cannot be made or brought back; says why and what to do."""


@dataclass(frozen=True)
class Taken:
    """What was copied: how far its ledger goes."""

    entries: int
    head: str
    filings: int


def kind_of(database: Database) -> str:
    """Return the kind of a database."""
    return "sqlite" if database.is_sqlite else "postgresql"


def take(database: Database, folder: Path) -> Taken:
    """Copy the database into ``folder``, as it is at one instant. Raises :class:`BackupError`."""
    target = folder / NAMES[kind_of(database)]
    beside = target.with_name(f".{target.name}.new")
    beside.unlink(missing_ok=True)
    taken = _take_sqlite(database, beside) if database.is_sqlite else _take_postgresql(database, beside)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(target)
    return taken


def give_back(database: Database, folder: Path) -> None:
    """Bring a copy back. Raises :class:`BackupError` when the place is not empty."""
    source = folder / NAMES[kind_of(database)]
    if database.is_sqlite:
        place = Path(str(database.url.database))
        for there in (place, *(place.with_name(f"{place.name}-{part}") for part in ("wal", "journal"))):
            if there.exists():  # what is left of another database would be played over this one
                raise BackupError(f"{there} exists: a copy comes back into an empty place only; move it away first")
        copy(source, place)
        return
    if inspect(database.engine).get_table_names():
        raise BackupError("this database has tables: a copy comes back into an empty one only")
    with _libpq(database) as (address, environment):
        words = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", address)
        _run(environment, "pg_restore", *words, str(source))


def _take_sqlite(database: Database, target: Path) -> Taken:
    module: Any = sqlite_module()
    with closing(module.connect(str(database.url.database))) as source, closing(module.connect(str(target))) as made:
        source.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")
        one = [made.execute(asked).fetchone() for asked in (LEDGER, HEAD, FILINGS)]
    return Taken(one[0][0], one[1][0] if one[1] else "", one[2][0])


def _take_postgresql(database: Database, target: Path) -> Taken:
    """Dump under the same snapshot as the counts."""
    with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        counts = [connection.scalar(text(asked)) for asked in (LEDGER, HEAD, FILINGS)]
        with _libpq(database) as (address, environment):
            words = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}")
            _run(environment, "pg_dump", *words, f"--dbname={address}")
    return Taken(counts[0], counts[1] or "", counts[2])


@contextmanager
def _libpq(database: Database) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the address for PostgreSQL's own tools; the password goes beside it, where no list of processes shows it."""
    url = database.url.set(drivername="postgresql")
    password = {"PGPASSWORD": str(url.password)} if url.password else {}
    bare = url._replace(password=None)
    yield bare.render_as_string(), {**os.environ, **password}


def _run(environment: dict[str, str], program: str, *words: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"{program} is missing: sudo apt-get install -y postgresql-client")
    done = subprocess.run([found, *words], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip().partition(chr(10))[0]}")
