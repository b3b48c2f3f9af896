"""Commands that run the service and prepare it."""

from typing import Annotated

import typer

from app import serving
from app.cli.says import ready_portal, say
from app.settings import Settings

demo = typer.Typer(no_args_is_help=True, help="The demonstration.")


def serve() -> None:
    """Serve the pages, and send the mails from the same process (SAISINE_WORKER=false: not)."""
    serving.serve(Settings())


def work() -> None:
    """Send the mails of the outbox, until stopped."""
    serving.work(Settings())


def migrate() -> None:
    """Bring the tables of the database to this version."""
    database = serving.migrate(Settings())
    typer.echo(f"{database.describe()}: ready")


def load_reference() -> None:
    """Load towns, caisses, councils, professions, motives and forms carried by the product."""
    loaded = serving.load_reference(Settings())
    say({"version": loaded.version, **loaded.counts})


@demo.command("accounts")
def demo_accounts(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:  # noqa: FBT002
    """Print the accounts of the demonstration, with their current one-time codes."""
    found = serving.demo_accounts(ready_portal())
    if as_json:
        say(found)
    else:
        typer.echo(serving.accounts_text(found))


@demo.command("load")
def demo_load() -> None:
    """Prepare the demonstration: tables, reference data, accounts, invented complaints."""
    serving.prepare_demo(Settings())
    typer.echo("ready")
