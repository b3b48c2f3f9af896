"""The command ``saisine``: exit 0 done, 1 the answer is no, 2 bad use or impossible."""

import os
from typing import ClassVar, NoReturn

import typer

from app.cli.lazy import Lazy


class Commands(Lazy):
    """Where each command is, and each group of commands."""

    places: ClassVar = {
        "serve": "app.cli.service:serve",
        "work": "app.cli.service:work",
        "migrate": "app.cli.preparation:migrate",
        "load-reference": "app.cli.preparation:load_reference",
        "import-directory": "app.cli.directory:import_directory",
        "import-associations": "app.cli.associations:import_associations",
        "help-places": "app.cli.help_places:help_places",
        "import-territories": "app.cli.reference:import_territories",
        "route": "app.cli.route:route",
        "deadlines": "app.cli.deadlines:deadlines",
        "verify": "app.cli.integrity:verify",
        "checkpoint": "app.cli.integrity:checkpoint_of_today",
        "index": "app.cli.integrity:index",
        "backup": "app.cli.integrity:backup",
        "restore": "app.cli.integrity:restore",
        "annual-report": "app.cli.statistics:annual_report",
        "open-data": "app.cli.statistics:open_data",
        "purge": "app.cli.integrity:purge",
        "agent": "app.cli.accounts:agent",
        "keys": "app.cli.keys:keys",
        "demo": "app.cli.demo:demo",
        "reference": "app.cli.reference:reference",
        "statistics": "app.cli.statistics:statistics",
    }


saisine = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@saisine.callback()
def receive() -> None:
    """Receive complaints after a refusal of care."""


def main() -> None:
    """Run the command; what is impossible is said in one line. What it writes is for its own user alone."""
    os.umask(0o077)
    try:
        saisine()
    except Exception as trouble:
        if (why := _impossible(trouble)) is None:
            raise
        _leave(why)


def _impossible(trouble: Exception) -> object | None:
    """Say in one line what was impossible, ``None`` for a mistake of ours; what is asked here is imported by now."""
    from pydantic import ValidationError  # noqa: PLC0415 - a command that goes well does not pay for it
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from app.base.crypto.vault import KeyringTrouble  # noqa: PLC0415
    from app.base.errors import StorageTrouble  # noqa: PLC0415
    from app.runtime.instance import StartupError  # noqa: PLC0415

    if isinstance(trouble, SQLAlchemyError):
        return f"the database cannot be used: {str(getattr(trouble, 'orig', trouble)).partition(chr(10))[0]}"
    if isinstance(trouble, ValidationError):
        return "; ".join(f"SAISINE_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in trouble.errors())
    return trouble if isinstance(trouble, KeyringTrouble | StorageTrouble | StartupError | OSError) else None


def _leave(why: object) -> NoReturn:
    typer.echo(f"saisine: {why}", err=True)
    raise SystemExit(2)
