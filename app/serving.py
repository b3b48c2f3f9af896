"""Starting the service: what must be ready, what refuses to start, what is printed."""

import gc
import logging
import signal
import sys
import threading

import uvicorn
from fastapi import FastAPI

from app.base import migrate as migrations
from app.base.binding import KeyringNeeded
from app.base.clock import system_clock
from app.base.confined import give_up_privileges
from app.base.dates import local_day
from app.base.db import Database
from app.base.log import start_log
from app.base.portal import Portal
from app.base.vault import Keyring
from app.demo import accounts as demo_room
from app.demo import service as demo
from app.mailroom import Mailroom
from app.main import create_app, make_portal
from app.routing import queries as routing
from app.routing import service as reference
from app.routing.service import Loaded
from app.settings import Settings

log = logging.getLogger("saisine")


class Impossible(Exception):
    """The service cannot start; says why and what to do."""


def migrate(settings: Settings) -> Database:
    """Bring the tables to this version."""
    database = _opened(settings)
    with migrations.alone(database):
        _upgrade(settings, database)
    return database


def load_reference(settings: Settings) -> Loaded:
    """Bring the tables to this version, then load what the product carries."""
    database = _opened(settings)
    with migrations.alone(database):
        _upgrade(settings, database)
        with database.write() as session:
            return reference.load_reference(session)


def ready_database(settings: Settings) -> Database:
    """Open the database of a prepared instance; the demonstration prepares itself. Raises :class:`Impossible`."""
    if settings.is_demo:
        database = _opened(settings)
        with migrations.alone(database):
            _fill_tables(settings, database)
        return database
    database = Database(settings.database)
    if not migrations.is_current(database):
        raise Impossible("the tables are not those of this version: run `saisine migrate`")
    with database.read() as session:
        if not routing.reference_is_loaded(session):
            raise Impossible("the reference data is missing: run `saisine load-reference`")
    return database


def _opened(settings: Settings) -> Database:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Database(settings.database)


def _upgrade(settings: Settings, database: Database) -> None:
    keyring = Keyring.load(settings.keyring_path) if settings.keyring_path.exists() else None
    try:
        migrations.upgrade(database, keyring)
    except KeyringNeeded as lacking:
        raise Impossible(f"rows must be bound with the keyring, and {settings.keyring_path} is not there") from lacking


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
        raise Impossible("SAISINE_ENV is not demo: no invented complaint enters a real service")
    database = _opened(settings)
    with migrations.alone(database):
        if not settings.keyring_path.exists():
            Keyring.create(settings.keyring_path, local_day(system_clock()))
        _fill_tables(settings, database)
        demo.fill(make_portal(settings))
    database.close()


def serve(settings: Settings) -> None:
    """Check, prepare the demonstration if it is one, and serve until told to stop."""
    start_log()
    give_up_privileges()
    _refuse_unsafe(settings)
    if settings.is_demo:
        prepare_demo(settings)
    database = ready_database(settings)
    _check(settings, database)
    app = _built(settings)
    if settings.is_demo:
        print(accounts_text(demo_accounts(app.state.portal)))  # noqa: T201 - the person who starts the demo reads it
    print(f"\nSaisine: {settings.address}\n", flush=True)  # noqa: T201
    # uvicorn finishes what it holds, then raises the signal again: here it means « stopped as asked »
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _listen(app, settings)
    except SystemExit as stopped:  # how uvicorn says that the address is taken, or that it could not start
        if not stopped.code:
            raise
        raise Impossible(f"nothing can be served on {settings.host}:{settings.port}") from stopped


def _refuse_unsafe(settings: Settings) -> None:
    if reasons := settings.unsafe():
        raise Impossible("unsafe settings, nothing is served:\n" + "\n".join(f"  - {reason}" for reason in reasons))


def _built(settings: Settings) -> FastAPI:
    try:
        app = create_app(settings)
    except ValueError as wrong:  # a setting that only the mailer can read
        raise Impossible(str(wrong)) from wrong
    app.state.portal.keyring.keep_codes_ahead()
    return app


def _listen(app: FastAPI, settings: Settings) -> None:
    gc.freeze()  # what was imported and built stays for ever: it is not looked through again at each collection
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=10,
        timeout_keep_alive=15,
    )


def _check(settings: Settings, database: Database) -> None:
    if settings.is_demo:
        return
    doubts = database.check_durability()
    if doubts:
        raise Impossible(f"the database could lose a complaint it acknowledged: {', '.join(doubts)}")
    with database.read() as session:
        if demo_room.exist(session):
            raise Impossible("accounts of the demonstration are in this database: use another one")


def work(settings: Settings) -> None:
    """Send mails until SIGTERM or Ctrl-C."""
    start_log()
    give_up_privileges()
    _refuse_unsafe(settings)
    ready_database(settings).close()
    try:
        room = Mailroom(make_portal(settings))
    except ValueError as wrong:
        raise Impossible(str(wrong)) from wrong
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    room.work(stop)


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
