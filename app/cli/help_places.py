"""Places where somebody helps to write a complaint: lists of France services spaces."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base.clock import system_clock
from app.base.dates import local_day
from app.base.forms.csv_list import UnreadableList
from app.base.settings import Settings
from app.cli.output import LookedOnly, impossible, say
from app.pages import help_places as lists
from app.pages import service
from app.runtime.preparation import ready_database

help_places = typer.Typer(no_args_is_help=True, help=__doc__)


@help_places.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="a CSV of places; its column source names their list")],
    day: Annotated[str, typer.Option("--date", help="date of the list; today by default")] = "",
    check: Annotated[bool, typer.Option("--check", help="tell what would change, and stop there")] = False,  # noqa: FBT002
) -> None:
    """Replace the lists that a file names; a file with one mistake changes nothing (exit 1)."""
    try:
        edition = date.fromisoformat(day) if day else local_day(system_clock())
    except ValueError as wrong:
        raise impossible(f"--date {day}: write it as YYYY-MM-DD") from wrong
    database = ready_database(Settings())
    try:
        listed = lists.read(file)
    except (UnreadableList, OSError) as wrong:
        raise impossible(f"{file}: {wrong}") from wrong
    found = lists.Loaded()
    with suppress(LookedOnly), database.write() as session:
        found = service.replace_places(session, listed.lines, edition)
        found.errors += listed.errors
        if check or found.errors:
            raise LookedOnly
    state = "refused" if found.errors else "checked" if check else "applied"
    say({"state": state, "encoding": listed.encoding, "date": edition.isoformat(), **found.as_json()})
    if found.errors:
        raise typer.Exit(1)


@help_places.command("forget")
def forget(source: Annotated[str, typer.Argument(help="name of the list, as its column source says it")]) -> None:
    """Remove a list that is not kept up to date any more; exit 1 when there is none of that name."""
    with ready_database(Settings()).write() as session:
        held = service.forget_places(session, source)
    say({"source": source, "removed": held})
    if not held:
        raise typer.Exit(1)
