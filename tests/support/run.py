"""What one run of the tests shares between its processes: a folder, a PostgreSQL server, models of databases."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL, make_url

from app.base.storage.database import Database
from app.base.storage.migrate import upgrade
from tests.support.postgres import Cluster, quick_folder

VARIABLE = "SAISINE_TEST_RUN"
PREFIX = "saisine-tests-"
JUST_MADE = 60
"""Seconds in which a run that was just begun may have no lock yet."""
END_CONNECTIONS = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
A_MOMENT = 0.001
"""Seconds between two looks at connections that end: the server itself looks every tenth of a second."""
MIGRATED, REFERENCE = "migrated", "reference"


class Run:
    """One run: whoever needs a thing first makes it, the others wait, the first process removes all at the end."""

    def __init__(self, folder: Path) -> None:
        """Join the run of this folder."""
        self.folder = folder
        self.cluster = Cluster(folder / "postgres")

    @classmethod
    def join(cls) -> "Run":
        """Find the run that this process belongs to."""
        return cls(Path(os.environ[VARIABLE]))

    @classmethod
    def begin(cls) -> "Run":
        """Open a run, for this process and those it starts; clean after runs that were killed."""
        home = quick_folder()
        for left in home.glob(f"{PREFIX}*"):
            if not _is_alive(left):
                cls(left).end()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
        HELD.append(_held(folder))
        folder.chmod(0o711)  # the server runs as somebody else, in its own private folder
        os.environ[VARIABLE] = str(folder)
        return cls(folder)

    def end(self) -> None:
        """Stop the server and remove the folder."""
        with suppress(RuntimeError):
            self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def server(self) -> Cluster:
        """Give the server, started when it is first asked for."""
        with self.first("server") as first:
            if first:
                self.cluster.start()
        return self.cluster

    def model(self, engine: str, kind: str) -> str:
        """Give the address of a database to copy, ``migrated`` or with its ``reference`` data; made once."""
        if engine == "postgresql":
            self.server()
        with self.first(f"{engine}-{kind}") as first:
            url = self.url(engine, kind)
            if first:
                self._make(engine, kind, url)
        return url

    def url(self, engine: str, name: str) -> str:
        """Give the address of a database of this run; that of SQLite is in its folder: no write waits for a disk."""
        return self.cluster.url(name) if engine == "postgresql" else f"sqlite:///{self.folder / name}.sqlite"

    def copy(self, engine: str, kind: str, name: str) -> str:
        """Make a database that belongs to one test, and give its address."""
        url = self.url(engine, name)
        self.duplicate(self.model(engine, kind), url)
        return url

    def duplicate(self, source: str, target: str) -> None:
        """Make a database like another one, to which nobody stays connected."""
        kept, made = make_url(source), make_url(target)
        if kept.get_backend_name() == "sqlite":
            shutil.copyfile(str(kept.database), str(made.database))
        else:
            self._disconnect(kept)
            self.command(f'CREATE DATABASE "{made.database}" TEMPLATE "{kept.database}" STRATEGY FILE_COPY')

    def empty(self, engine: str, name: str) -> str:
        """Make a database with no table."""
        if engine == "postgresql":
            self.server()
            self.command(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self.url(engine, name)

    def drop(self, url: str) -> None:
        """Remove the database of a test."""
        place = make_url(url)
        if place.get_backend_name() == "sqlite":
            for end in ("", "-wal", "-shm"):
                Path(f"{place.database}{end}").unlink(missing_ok=True)
        else:
            self._disconnect(place)
            self.command(f'DROP DATABASE "{place.database}" WITH (FORCE)')

    @contextmanager
    def first(self, name: str) -> Iterator[bool]:
        """Tell whether this process is the first to come here; the others wait until it has finished.

        What failed was not done: the next one is the first again.
        """
        done = self.folder / f"{name}.done"
        if not done.exists():
            done.parent.mkdir(exist_ok=True)
            with done.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not done.exists():
                    yield True
                    done.touch()
                    return
        yield False

    def command(self, sql: str) -> None:
        """Run a command of the server, which allows none of these in a transaction."""
        self._commanding.execute(text(sql))

    def _disconnect(self, place: URL) -> None:
        """Wait until nobody is connected to a database."""
        while self._commanding.execute(END_CONNECTIONS, {"name": place.database}).all():
            time.sleep(A_MOMENT)

    @cached_property
    def _commanding(self) -> Connection:
        return Database(self.cluster.url()).engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def leave(self) -> None:
        """Close what this process keeps open towards the server."""
        if "_commanding" in vars(self):
            self._commanding.close()
            self._commanding.engine.dispose()

    def _make(self, engine: str, kind: str, url: str) -> None:
        if kind == MIGRATED and engine == "postgresql":
            self.command(f'CREATE DATABASE "{kind}"')
        elif kind == REFERENCE:
            self.copy(engine, MIGRATED, REFERENCE)
        database = Database(url)
        if kind == MIGRATED:
            upgrade(database)
        else:
            service = import_module("app.routing.service")
            with database.write() as session:
                service.load_reference(session)
        database.close()


HELD: list[int] = []
"""The lock of this run, for as long as its first process lives: its number may name another one elsewhere."""


def _held(folder: Path) -> int:
    lock = os.open(folder / "alive", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _is_alive(folder: Path) -> bool:
    """Tell whether the run of a folder goes on, in whatever container that shares it."""
    try:
        lock = os.open(folder / "alive", os.O_RDWR)
    except OSError:
        return time.time() - folder.stat().st_mtime < JUST_MADE if folder.exists() else True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False
