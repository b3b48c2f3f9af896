"""What every test can ask for: the stopped clock, the two databases, the portal, the suspicious client."""

import gc
import hashlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts.service import clerks, signing_in
from app.accounts.service.signing_in import HASHER
from app.base.crypto.row_binding import KEYRING
from app.base.crypto.vault import Keyring
from app.base.portal import Portal
from app.base.storage.database import Database
from app.printing import pdf
from app.routing import bundled
from tests.support.client import SuspiciousClient
from tests.support.clock import StoppedClock
from tests.support.portal import application, make_portal
from tests.support.postgres import PostgresMissing
from tests.support.pressed import Watched, noted, untried, watch_outputs
from tests.support.reads import Reading
from tests.support.routes import listed
from tests.support.run import MIGRATED, REFERENCE, VARIABLE, Run
from tests.support.statements import share_statements

for setting in [name for name in os.environ if name.startswith("SAISINE_") and name != VARIABLE]:
    del os.environ[setting]  # a test says its own settings

settings.register_profile("any pace", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any pace")  # how fast the machine is says nothing of the code

LOGGERS = ("", "saisine", "uvicorn")
"""The loggers that a command sets."""
ENGINES = ("sqlite", "postgresql")


OBJECTS = (50_000, 20, 50)
"""How many objects are made between two searches for those that nobody holds: a process of tests keeps many."""


def pytest_configure(config: pytest.Config) -> None:
    """The first process opens the run; the workers that it starts join it."""
    config.addinivalue_line("markers", "engines(*names): the databases this test runs on, instead of its folder's")
    if not hasattr(config, "workerinput"):
        config.stash[RUN] = Run.begin()
    watch_outputs()
    share_statements()
    gc.set_threshold(*OBJECTS)


def pytest_collection_finish() -> None:
    """Look no more through what was imported and collected, which stays: so does the service."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a whole run that left an address, a button, a page, a mail or a letter untried."""
    config = session.config
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not (
        config.option.keyword or config.option.markexpr
    )
    if exitstatus > pytest.ExitCode.TESTS_FAILED or not is_whole or RUN not in config.stash:
        return
    left = list(untried(noted(config.stash[RUN].folder), listed()))
    if left:
        config.get_terminal_writer().write("\n" + "\n".join(left) + "\n", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process closes the run."""
    if run := config.stash.get(RUN, None):
        run.end()


RUN = pytest.StashKey[Run]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test on SQLite and PostgreSQL; pages and browser tests, on SQLite alone unless they ask."""
    if "engine" not in metafunc.fixturenames:
        return
    marked = metafunc.definition.get_closest_marker("engines")
    by_http = {"pages", "browser"} & set(metafunc.definition.path.parts)
    metafunc.parametrize("engine", marked.args if marked else ENGINES[: 1 if by_http else 2], indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The kind of database of this test: ``sqlite`` or ``postgresql``."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """The run that this process belongs to."""
    joined = Run.join()
    yield joined
    joined.leave()


@pytest.fixture
def database(run: Run, engine: str) -> Iterator[Database]:
    """A migrated, empty database that belongs to this test; commits are real."""
    yield from _opened(run, engine, MIGRATED)


@pytest.fixture
def reference(run: Run, engine: str) -> Iterator[Database]:
    """A database with the reference data (communes, authorities…) that belongs to this test."""
    yield from _opened(run, engine, REFERENCE)


@pytest.fixture
def empty_database(run: Run, engine: str) -> Iterator[Database]:
    """A database without any table."""
    url = run.empty(engine, _own_name("empty"))
    yield from _lent(run, url)


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    """Hash passwords at the least cost: who signs in is not what most tests are about."""
    with pytest.MonkeyPatch.context() as patch:
        _hash_with(patch, PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
        yield


@pytest.fixture(autouse=True, scope="session")
def towns_read_once() -> Iterator[None]:
    """Read the same file of towns once in a process: 35,000 lines and their names, which a service reads once too."""
    read: dict[bytes, bundled.Towns] = {}
    really = bundled.towns

    def towns(folder: Path) -> bundled.Towns:
        written = hashlib.sha256((folder / "communes.csv.gz").read_bytes()).digest()
        if written not in read:
            read[written] = really(folder)
        return read[written]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundled, "towns", towns)
        yield


@pytest.fixture(autouse=True)
def printed_for_nobody() -> Iterator[None]:
    """Forget what a test prints for: an instance that it prepares says so for the whole process."""
    yield
    pdf.print_for(demo=False)


@pytest.fixture
def real_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords as the service does; ask for it before what makes accounts."""
    _hash_with(monkeypatch, HASHER)


def _hash_with(patch: pytest.MonkeyPatch, hasher: PasswordHash) -> None:
    for module in (signing_in, clerks):
        patch.setattr(module, "HASHER", hasher)


@pytest.fixture
def clock() -> StoppedClock:
    """Tuesday 3 March 2026, 22:41:07 in Paris, until ``clock.advance(days=8)``."""
    return StoppedClock()


@pytest.fixture
def portal(reference: Database, clock: StoppedClock, tmp_path: Path) -> Portal:
    """An instance of its own: reference data, stopped clock, throwaway keys, a mailbox in memory."""
    return make_portal(reference, clock, tmp_path)


@pytest.fixture
def app(portal: Portal) -> Any:
    """The whole application over this portal."""
    return Reading(Watched(application(portal)))


@pytest.fixture
def quiet_after() -> Iterator[None]:
    """Give the loggers back as they were: what serves writes on an output that is closed with its test."""
    kept = [(one, one.handlers, one.propagate, one.level) for one in map(logging.getLogger, LOGGERS)]
    yield
    for one, handlers, propagate, level in kept:
        one.handlers, one.propagate = handlers, propagate
        one.setLevel(level)


@pytest.fixture
def client(app: Any, portal: Portal) -> Iterator[SuspiciousClient]:
    """A browser without script that checks each answer; it keeps its cookies."""
    with SuspiciousClient(app, portal.database) as opened:
        yield opened


def _opened(run: Run, engine: str, kind: str) -> Iterator[Database]:
    try:
        url = run.copy(engine, kind, _own_name(kind))
    except PostgresMissing as missing:
        pytest.fail(str(missing), pytrace=False)
    yield from _lent(run, url)


def _lent(run: Run, url: str) -> Iterator[Database]:
    database = Database(url)
    database.info[KEYRING] = Keyring.throwaway()  # until an instance of its own takes it
    yield database
    database.close()
    run.drop(url)


def _own_name(kind: str) -> str:
    COUNT[0] += 1
    return f"{kind}_{os.getpid()}_{COUNT[0]}"


COUNT = [0]
