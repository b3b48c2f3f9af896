"""Starting the service: what refuses to start, what is printed."""

import gc
import logging
import signal
import sys
import threading

import uvicorn
from fastapi import FastAPI

from app.base.confined import give_up_privileges
from app.base.log import start_log
from app.base.portal import Portal
from app.base.settings import Settings
from app.base.storage.database import Database
from app.demo import accounts as demo_room
from app.runtime.app import create_app
from app.runtime.aside import run_aside
from app.runtime.instance import StartupError, accounts_text, demo_accounts, make_portal, prepared_database
from app.runtime.workers import BackgroundWorkers

log = logging.getLogger("saisine")


def serve(settings: Settings) -> None:
    """Check, prepare the demonstration if it is one, and serve until told to stop."""
    start_log()
    give_up_privileges()
    _refuse_unsafe(settings)
    if settings.is_demo:
        run_aside(lambda: _prepare_demo(settings))
    database = prepared_database(settings)
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
        raise StartupError(f"nothing can be served on {settings.host}:{settings.port}") from stopped


def _prepare_demo(settings: Settings) -> None:
    from app.runtime.preparation import prepare_demo  # noqa: PLC0415 - the process that serves migrates nothing

    prepare_demo(settings)


def _prepare_tables(settings: Settings) -> None:
    from app.runtime.preparation import ready_database  # noqa: PLC0415 - nor does the one that sends the mails

    ready_database(settings).close()


def _refuse_unsafe(settings: Settings) -> None:
    if reasons := settings.unsafe():
        raise StartupError("unsafe settings, nothing is served:\n" + "\n".join(f"  - {reason}" for reason in reasons))


def _built(settings: Settings) -> FastAPI:
    try:
        return create_app(settings)
    except ValueError as wrong:  # a setting that only the mailer can read
        raise StartupError(str(wrong)) from wrong


def _start_reader(portal: Portal) -> None:
    """Have one reader of files started when the first file comes, which would wait for it about half a second.

    A moment later, so that a service that cannot listen ends without one.
    """
    soon = threading.Timer(1, portal.check_file, ("text/plain", bytes))
    soon.daemon = True
    soon.start()


def _listen(app: FastAPI, settings: Settings) -> None:
    _start_reader(app.state.portal)
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
        raise StartupError(f"the database could lose a complaint it acknowledged: {', '.join(doubts)}")
    with database.read() as session:
        if demo_room.exist(session):
            raise StartupError("accounts of the demonstration are in this database: use another one")


def work(settings: Settings) -> None:
    """Send mails until SIGTERM or Ctrl-C."""
    start_log()
    give_up_privileges()
    _refuse_unsafe(settings)
    if settings.is_demo:
        run_aside(lambda: _prepare_tables(settings))
    prepared_database(settings).close()
    try:
        room = BackgroundWorkers(make_portal(settings))
    except ValueError as wrong:
        raise StartupError(str(wrong)) from wrong
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    room.work(stop)
