"""Commands that prepare an instance."""

import typer

from app.base.settings import Settings
from app.cli.output import say
from app.runtime import preparation


def migrate() -> None:
    """Bring the tables of the database to this version."""
    database = preparation.migrate(Settings())
    typer.echo(f"{database.describe()}: ready")


def load_reference() -> None:
    """Load towns, caisses, councils, professions, motives and forms carried by the product."""
    loaded = preparation.load_reference(Settings())
    say(loaded.as_json())
