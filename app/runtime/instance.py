"""What an instance needs before anything is served or asked: prepared tables, a keyring, its portal; no web here."""

from app.base.clock import system_clock
from app.base.crypto.vault import Keyring
from app.base.portal import Portal
from app.base.settings import Settings
from app.base.storage.database import Database
from app.base.storage.revision import is_current
from app.base.web.templates import make_pages
from app.demo import accounts as demo_room
from app.evidence.examiner import Examiners
from app.printing.pdf import print_for
from app.routing.queries import reference_is_loaded

READERS = 2
"""Files that are looked at together while they arrive."""


class StartupError(Exception):
    """The service cannot start; says why and what to do."""


def prepared_database(settings: Settings) -> Database:
    """Open the database of a prepared instance. Raises :class:`StartupError` when it is not one."""
    database = Database(settings.database)
    if not is_current(database):
        raise StartupError("the tables are not those of this version: run `saisine migrate`")
    with database.read() as session:
        if not reference_is_loaded(session):
            raise StartupError("the reference data is missing: run `saisine load-reference`")
    return database


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
