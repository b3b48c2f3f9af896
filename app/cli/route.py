"""``saisine route``: who is competent."""

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.base.settings import Settings
from app.cli.output import impossible, say
from app.routing import queries as routing
from app.runtime.preparation import ready_database


def route(
    profession: Annotated[str, typer.Option(help="RPPS code, for instance 10; empty when not known")] = "",
    commune: Annotated[str, typer.Option(help="INSEE code of the town")] = "",
    postal_code: Annotated[str, typer.Option(help="when the town is not known")] = "",
    section: Annotated[str, typer.Option(help="section of a pharmacist, A to H")] = "",
    many: Annotated[
        Path | None, typer.Option("--csv", help="a file of many: columns profession, commune, postal_code, section")
    ] = None,
) -> None:
    """Tell which CPAM and which council are competent, with the reasons."""
    if many is not None:
        _route_many(many)
        return
    if not commune and not postal_code:
        raise impossible("give --commune (INSEE code) or --postal-code")
    database = ready_database(Settings())
    with database.read() as session:
        try:
            found = routing.authorities_for(
                session,
                profession=profession,
                commune=commune or None,
                postal_code=postal_code or None,
                section=section or None,
                pharmacie_type=None,
            )
        except ValueError as wrong:
            raise impossible(wrong) from wrong
    say(found.as_json())


ASKED = ("profession", "commune", "postal_code", "section")


def _route_many(path: Path) -> None:
    """Answer each line of a file, on the output, in CSV; a column of the file that is not ours is given back."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            named = list(lines.fieldnames or ())
            if not {"commune", "postal_code"} & set(named):
                raise impossible(f"{path}: no column commune or postal_code")
            with ready_database(Settings()).read() as session:
                atlas = routing.Atlas(session)
            answers = ("outcome", "cpam", "council", "basis", "to_confirm")
            out = csv.DictWriter(sys.stdout, [*named, *answers], extrasaction="ignore", lineterminator="\n")
            out.writeheader()
            for line in lines:
                profession, commune, postal_code, section = ((line.get(name) or "").strip() for name in ASKED)
                found = routing.competence(
                    atlas,
                    profession=profession,
                    commune=commune or None,
                    postal_code=postal_code or None,
                    section=section or None,
                )
                told = {name: ";".join(v) if isinstance(v, list) else v for name, v in found.as_json().items()}
                out.writerow({**line, **told})
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise impossible(f"{path}: {wrong}") from wrong
