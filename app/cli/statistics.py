"""The figures."""

import csv
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from app.base.dates import local_day
from app.base.i18n import translate
from app.cli.output import impossible, progress, ready_portal, say
from app.counters.rules import ALL
from app.routing import queries as routing
from app.statistics import publication, query, service
from app.statistics.report import YearlyReport, make

statistics = typer.Typer(no_args_is_help=True, help=__doc__)


@statistics.command("rebuild")
def rebuild() -> None:
    """Count every complaint again, while the service runs; what was erased stays counted."""
    with progress("Counting") as tell:
        done = service.rebuild(ready_portal(), tell)
    typer.echo(f"{done} complaints counted")


def annual_report(
    year: Annotated[int, typer.Option(help="civil year of receipt")],
    authority: Annotated[str, typer.Option(help="code of an authority")] = "",
    national: Annotated[bool, typer.Option("--national", help="the whole country")] = False,  # noqa: FBT002
    exact: Annotated[bool, typer.Option("--exact", help="for that authority alone: no number hidden")] = False,  # noqa: FBT002
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,  # noqa: FBT002
    as_csv: Annotated[bool, typer.Option("--csv", help="for a spreadsheet")] = False,  # noqa: FBT002
) -> None:
    """Give the figures of a year that the ordres and the Assurance Maladie report; exit 1 under five complaints."""
    if bool(authority) == national:
        raise impossible("give --authority CODE or --national")
    if exact and national:
        raise impossible("--exact goes with --authority: an authority alone reads its complaints by name")
    if as_json and as_csv:
        raise impossible("give --json or --csv, not both")
    portal = ready_portal()
    today, scope = local_day(portal.clock()), authority or ALL
    if not query.FIRST_YEAR <= year <= today.year:
        raise impossible(f"the year must be between {query.FIRST_YEAR} and {today.year}")
    with portal.database.read() as session:
        if authority and routing.authority(session, authority) is None:
            raise impossible(f"no authority has the code {authority}")
        asked = replace(query.read(session, {}, scope, today), year=year)
        counted = query.answer(session, portal, asked, scope, today, is_exact=exact)
        made = make(counted, year, translate(query.name_of(session, scope)), translate, is_exact=exact)
    if as_json:
        say(made.as_json())
    else:
        _write(made, delimiter=";" if as_csv else "\t")
    if not made.figures:
        raise typer.Exit(1)


def open_data(
    year: Annotated[int, typer.Option(help="civil year of receipt")],
    out: Annotated[Path, typer.Option(help="table to write (CSV); its columns are told beside it, in JSON")],
) -> None:
    """Write the figures of a year to be published, by département; exit 1 under five complaints, nothing written."""
    portal = ready_portal()
    today = local_day(portal.clock())
    if not query.FIRST_YEAR <= year <= today.year:
        raise impossible(f"the year must be between {query.FIRST_YEAR} and {today.year}")
    if out.suffix != ".csv":
        raise impossible("--out must end with .csv")
    with portal.database.read() as session:
        rows = publication.rows_of(session, portal.keyring, year, today, translate)
    if not rows:
        typer.echo("fewer than five complaints: nothing may be published", err=True)
        raise typer.Exit(1)
    out.write_bytes(publication.written(rows))
    out.with_suffix(".json").write_text(publication.described(year, out.name, translate), encoding="utf-8")
    typer.echo(f"{len(rows)} lines written")


def _write(report: YearlyReport, delimiter: str) -> None:
    """Write the tables one after the other: each line says its table, its row and its number."""
    rows = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    rows.writerow([report.title, report.place, "Nombre", "Unité"])
    rows.writerows([one.heading, line.label, line.plain, one.unit] for one in report.figures for line in one.lines)
