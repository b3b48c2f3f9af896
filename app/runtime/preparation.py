"""Preparing an instance: its tables, its reference data, and the demonstration; the service itself does none of it."""

from app.base.clock import system_clock
from app.base.crypto.row_binding import KeyringNeeded
from app.base.crypto.vault import Keyring
from app.base.dates import local_day
from app.base.settings import Settings
from app.base.storage import migrate as migrations
from app.base.storage.database import Database
from app.demo import service as demo
from app.routing import queries as routing
from app.routing import service as reference
from app.routing.service import LoadResult
from app.runtime.instance import StartupError, make_portal, prepared_database


def migrate(settings: Settings) -> Database:
    """Bring the tables to this version."""
    database = _opened(settings)
    with migrations.alone(database):
        _upgrade(settings, database)
    return database


def load_reference(settings: Settings) -> LoadResult:
    """Bring the tables to this version, then load what the product carries."""
    database = _opened(settings)
    with migrations.alone(database):
        _upgrade(settings, database)
        with database.write() as session:
            return reference.load_reference(session)


def ready_database(settings: Settings) -> Database:
    """Open the database of a prepared instance; the demonstration prepares itself. Raises :class:`StartupError`."""
    if not settings.is_demo:
        return prepared_database(settings)
    database = _opened(settings)
    with migrations.alone(database):
        _fill_tables(settings, database)
    return database


def _opened(settings: Settings) -> Database:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Database(settings.database)


def _upgrade(settings: Settings, database: Database) -> None:
    keyring = Keyring.load(settings.keyring_path) if settings.keyring_path.exists() else None
    try:
        migrations.upgrade(database, keyring)
    except KeyringNeeded as lacking:
        raise StartupError(
            f"rows must be bound with the keyring, and {settings.keyring_path} is not there"
        ) from lacking


def _fill_tables(settings: Settings, database: Database) -> None:
    """Bring the tables of the demonstration to this version, with their reference data; the caller is alone."""
    _upgrade(settings, database)
    with database.read() as session:
        is_loaded = routing.reference_is_loaded(session)
    if not is_loaded:
        with database.write() as session:
            reference.load_reference(session)


def prepare_demo(settings: Settings) -> None:
    """Make what the demonstration needs and lacks: keyring, tables, reference data, accounts, invented complaints.

    Of two that start at once, the second waits, then finds everything there.
    """
    if not settings.is_demo:
        raise StartupError("SAISINE_ENV is not demo: no invented complaint enters a real service")
    database = _opened(settings)
    with migrations.alone(database):
        if not settings.keyring_path.exists():
            Keyring.create(settings.keyring_path, local_day(system_clock()))
        _fill_tables(settings, database)
        demo.fill(make_portal(settings))
    database.close()
