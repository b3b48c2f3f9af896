"""Towns, caisses, councils: compare, load, write down."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base.clock import system_clock
from app.base.dates import local_day
from app.base.settings import Settings
from app.cli.output import impossible, say
from app.routing import dila, exporting, updating
from app.routing import service as loading
from app.routing.bundled import DATA, FILES
from app.runtime.preparation import ready_database

reference = typer.Typer(no_args_is_help=True, help=__doc__)
FOLDER = Annotated[Path, typer.Argument(help="a folder of reference files; those of the product by default")]


def import_territories(
    file: Annotated[Path, typer.Argument(help="all_latest.tar.bz2, its JSON, or a CSV of the public directory")],
    day: Annotated[str, typer.Option("--date", help="date of the file; today by default")] = "",
    check: Annotated[bool, typer.Option("--check", help="tell what would change, and stop there")] = False,  # noqa: FBT002
) -> None:
    """Bring the addresses of the caisses, and the communes of each, up to date from the public directory (DILA)."""
    try:
        taken_on = date.fromisoformat(day) if day else local_day(system_clock())
    except ValueError as wrong:
        raise impossible(f"--date {day}: write it as YYYY-MM-DD") from wrong
    database = ready_database(Settings())
    try:
        published = dila.read(file)
    except dila.UnreadableDila as wrong:
        raise impossible(f"{file}: {wrong}") from wrong
    source = updating.source_of(file.name, taken_on)
    with database.write() as session:
        found = updating.prepare(session, published)
        if not check:
            updating.apply(session, found, taken_on, source)
    say({"state": "checked" if check else "applied", **found.as_json()})


@reference.command("diff")
def diff(folder: FOLDER = DATA) -> None:
    """Tell what a folder of reference files would change; exit 1 when something would."""
    with ready_database(Settings()).read() as session:
        found = exporting.difference(session, _folder(folder))
        here = exporting.created_here(session, folder)
    say({**found, "created_here": {"authority": here}})
    if any(any(changes.values()) for changes in found.values()):
        raise typer.Exit(1)


@reference.command("apply")
def apply(folder: FOLDER = DATA) -> None:
    """Load a folder of reference files; decisions, imports, checked addresses and authorities created here stay."""
    with ready_database(Settings()).write() as session:
        loaded = loading.load_reference(session, _folder(folder))
    say({"changed": loaded.changed, **loaded.as_json()})


@reference.command("export")
def export(folder: Annotated[Path, typer.Argument(help="an empty folder")]) -> None:
    """Write the authorities and the caisses of communes as they stand, decisions and imports included, in CSV."""
    if folder.exists() and any(folder.iterdir()):
        raise impossible(f"{folder}: is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    with ready_database(Settings()).read() as session:
        say({"folder": str(folder), **exporting.export(session, folder)})


def _folder(folder: Path) -> Path:
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise impossible(f"{folder}: no file {missing[0]}")
    return folder
