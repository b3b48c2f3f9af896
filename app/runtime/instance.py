"""What an instance needs before anything is served or asked: tables, reference data, keyring, portal; no web here."""

from app.base.clock import system_clock
from app.base.crypto.row_binding import KeyringNeeded
from app.base.crypto.vault import Keyring
from app.base.dates import local_day
from app.base.portal import Portal
from app.base.settings import Settings
from app.base.storage import migrate as migrations
from app.base.storage.database import Database
from app.base.web.templates import make_pages
from app.demo import accounts as demo_room
from app.demo import service as demo
from app.evidence.examiner import Examiners
from app.printing.pdf import print_for
from app.routing import queries as routing
from app.routing import service as reference
from app.routing.service import LoadResult

READERS = 2
"""Files that are looked at together while they arrive."""


class StartupError(Exception):
    """The service cannot start; says why and what to do."""


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
    if settings.is_demo:
        database = _opened(settings)
        with migrations.alone(database):
            _fill_tables(settings, database)
        return database
    database = Database(settings.database)
    if not migrations.is_current(database):
        raise StartupError("the tables are not those of this version: run `saisine migrate`")
    with database.read() as session:
        if not routing.reference_is_loaded(session):
            raise StartupError("the reference data is missing: run `saisine load-reference`")
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


def make_portal(settings: Settings, keyring: Keyring | None = None) -> Portal:
    """Put together what one instance needs. Raises :class:`~app.base.crypto.vault.KeyringTrouble`."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = settings.data / "evidence"
    files.mkdir(exist_ok=True, mode=0o700)
    print_for(demo=settings.is_demo)
    examiners = Examiners(READERS)
    return Portal(
        settings=settings,
        database=Database(settings.database),
        clock=system_clock,
        keyring=keyring or Keyring.load(settings.keyring_path),
        files=files,
        pages=make_pages(settings),
        check_file=examiners.check,
        check_paper=examiners.check_whole,
        read_file=examiners.read,
        read_stack=examiners.read_stack,
        read_logo=examiners.read_logo,
        read_thumbnail=examiners.read_thumbnail,
        mask=examiners.mask,
    )


def demo_accounts(portal: Portal) -> list[dict[str, str]]:
    """List the demonstration's accounts with their current one-time codes."""
    with portal.database.read() as session:
        return demo_room.accounts(session, portal)


def accounts_text(accounts: list[dict[str, str]]) -> str:
    """Write the accounts as lines to read."""
    lines = ["Demonstration: everything is invented. Accounts (sign in at /agent/connexion; a code serves once, 30 s):"]
    lines += [f"  {a['email']:34} {a['password']:28} code {a['code']}   {a['authority_name']}" for a in accounts]
    lines.append("A new code: saisine demo accounts")
    return "\n".join(lines)
