"""``saisine import-directory``: the directory of professionals, as it is published."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base.clock import system_clock
from app.base.settings import Settings
from app.base.storage.database import Database
from app.cli.output import impossible, progress, say
from app.directory import queries
from app.directory.models import Edition
from app.directory.service import Extraction, UnreadableDirectory, activate, forget_unfinished, go_back, load
from app.runtime.preparation import ready_database


def import_directory(
    file: Annotated[Path | None, typer.Argument(help="the archive (zip) or the text of PS_LibreAcces")] = None,
    day: Annotated[str, typer.Option("--date", help="date of extraction, if the file does not say it")] = "",
    check: Annotated[bool, typer.Option("--check", help="prepare it and tell what changes, and stop there")] = False,  # noqa: FBT002
    apply: Annotated[bool, typer.Option("--apply", help="let the extraction that was prepared serve")] = False,  # noqa: FBT002
    back: Annotated[bool, typer.Option("--back", help="let the one before serve again")] = False,  # noqa: FBT002
) -> None:
    """Load an extraction of the directory beside the one that serves, then let it serve, at once."""
    if (file is not None) + apply + back != 1:
        raise impossible("give a file, or --apply, or --back")
    database = ready_database(Settings())
    if file is None:
        _switch(database, back=back)
        return
    extraction = Extraction(file)
    try:
        taken_on = _day(day) if day else extraction.taken_on
        if taken_on is None:
            raise impossible(f"the name of {file.name} does not say its date: give --date YYYY-MM-DD")
        forget_unfinished(database)
        with progress("Loading") as tell:
            loaded = load(database, extraction, taken_on, system_clock, tell)
    except (UnreadableDirectory, OSError) as wrong:
        raise impossible(f"{file}: {wrong}") from wrong
    with database.write() as session:
        changes = queries.difference(session, loaded.edition)
        if not check:
            activate(session, loaded.edition)
    told = {"taken_on": taken_on.isoformat(), "state": "ready" if check else "active", "lines": loaded.lines}
    say({**told, "people": loaded.people, "listings": loaded.listings, "rejected": loaded.rejected, **changes})


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as wrong:
        raise impossible(f"--date {typed}: write it as YYYY-MM-DD") from wrong


def _switch(database: Database, *, back: bool) -> None:
    with database.write() as session:
        found = go_back(session) if back else queries.ready(session)
        if found is None:
            raise impossible(
                "there is no earlier extraction" if back else "no extraction was prepared: use --check first"
            )
        if not back:
            activate(session, found.id)
        told = _told(found)
    say(told)


def _told(edition: Edition) -> dict[str, object]:
    counts = {"lines": edition.lines, "people": edition.people, "listings": edition.listings}
    return {
        "taken_on": edition.taken_on.isoformat(),
        "state": "active",
        **counts,
        "rejected": json.loads(edition.rejected),
    }
