"""The demonstration."""

from typing import Annotated

import typer

from app.base.settings import Settings
from app.cli.output import ready_portal, say
from app.runtime import instance, preparation

demo = typer.Typer(no_args_is_help=True, help=__doc__)


@demo.command("accounts")
def demo_accounts(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:  # noqa: FBT002
    """Print the accounts of the demonstration, with their current one-time codes."""
    found = instance.demo_accounts(ready_portal())
    if as_json:
        say(found)
    else:
        typer.echo(instance.accounts_text(found))


@demo.command("load")
def demo_load() -> None:
    """Prepare the demonstration: tables, reference data, accounts, invented complaints."""
    preparation.prepare_demo(Settings())
    typer.echo("ready")
