"""Commands that run the service and prepare it."""

import typer

from app.base.settings import Settings
from app.cli.output import say
from app.runtime import instance


def serve() -> None:
    """Serve the pages, and send the mails from the same process (SAISINE_WORKER=false: not)."""
    from app.runtime import server  # noqa: PLC0415 - the whole web, for this command alone

    server.serve(Settings())


def work() -> None:
    """Send the mails of the outbox, until stopped."""
    from app.runtime import server  # noqa: PLC0415 - the whole web, for this command alone

    server.work(Settings())


def migrate() -> None:
    """Bring the tables of the database to this version."""
    database = instance.migrate(Settings())
    typer.echo(f"{database.describe()}: ready")


def load_reference() -> None:
    """Load towns, caisses, councils, professions, motives and forms carried by the product."""
    loaded = instance.load_reference(Settings())
    say(loaded.as_json())
