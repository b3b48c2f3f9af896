"""``saisine import-associations``: the list of approved associations."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from app.associations import published
from app.base.forms.csv_list import UnreadableList
from app.base.settings import Settings
from app.cli.output import LookedOnly, impossible, say
from app.runtime.preparation import ready_database


def import_associations(
    file: Annotated[Path, typer.Argument(help="a CSV of associations and their agreements")],
    check: Annotated[bool, typer.Option("--check", help="tell what would change, and stop there")] = False,  # noqa: FBT002
) -> None:
    """Bring the approved associations up to date; a file with one mistake changes nothing (exit 1)."""
    database = ready_database(Settings())
    try:
        listed = published.read(file)
    except (UnreadableList, OSError) as wrong:
        raise impossible(f"{file}: {wrong}") from wrong
    found = published.Changes()
    with suppress(LookedOnly), database.write() as session:
        found = published.bring(session, listed.lines)
        found.errors += listed.errors
        if check or found.errors:
            raise LookedOnly
    state = "refused" if found.errors else "checked" if check else "applied"
    say({"state": state, "encoding": listed.encoding, **found.as_json()})
    if found.errors:
        raise typer.Exit(1)
