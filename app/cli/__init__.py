"""The command ``saisine``: exit 0 done, 1 the answer is no, 2 bad use or impossible."""

import os
from collections.abc import Callable
from typing import NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app import serving
from app.base.errors import StorageTrouble
from app.base.vault import KeyringTrouble
from app.cli import answering, associations, directory, keeping, keys, people, reference, running, statistics

saisine = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Receive complaints after a refusal of care.",
)
COMMANDS: dict[str, Callable[..., None]] = {
    "serve": running.serve,
    "work": running.work,
    "migrate": running.migrate,
    "load-reference": running.load_reference,
    "import-directory": directory.import_directory,
    "import-associations": associations.import_associations,
    "import-territories": reference.import_territories,
    "route": answering.route,
    "deadlines": answering.deadlines,
    "verify": keeping.verify,
    "checkpoint": keeping.checkpoint_of_today,
    "index": keeping.index,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "annual-report": statistics.annual_report,
    "purge": keeping.purge,
}
for name, command in COMMANDS.items():
    saisine.command(name)(command)
GROUPS = {
    "agent": people.agent,
    "keys": keys.keys,
    "demo": running.demo,
    "reference": reference.reference,
    "statistics": statistics.statistics,
}
for name, group in GROUPS.items():
    saisine.add_typer(group, name=name)


def main() -> None:
    """Run the command; what is impossible is said in one line. What it writes is for its own user alone."""
    os.umask(0o077)
    try:
        saisine()
    except (KeyringTrouble, StorageTrouble, serving.Impossible, OSError) as trouble:
        _leave(trouble)
    except SQLAlchemyError as trouble:
        _leave(f"the database cannot be used: {str(getattr(trouble, 'orig', trouble)).partition(chr(10))[0]}")
    except ValidationError as wrong:
        _leave("; ".join(f"SAISINE_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong.errors()))


def _leave(why: object) -> NoReturn:
    typer.echo(f"saisine: {why}", err=True)
    raise SystemExit(2)
