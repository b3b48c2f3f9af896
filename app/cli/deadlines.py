"""``saisine deadlines``: when what is due; it opens no database."""

from datetime import date, datetime
from typing import Annotated

import typer

from app.base.dates import zone_named
from app.cli.output import impossible, say
from app.procedure import rules as procedure


def deadlines(
    received: Annotated[
        str, typer.Option(help="instant of receipt, ISO 8601 with its offset: 2026-03-03T22:41:07+01:00")
    ],
    zone: Annotated[str, typer.Option(help="IANA zone of the authority")] = "Europe/Paris",
    session: Annotated[str, typer.Option(help="day of the conciliation session, YYYY-MM-DD")] = "",
    recidive: Annotated[bool, typer.Option("--recidive", help="the route without conciliation")] = False,  # noqa: FBT002
) -> None:
    """Print the dates that the law sets for a complaint."""
    try:
        instant, place = datetime.fromisoformat(received), zone_named(zone)
        held_on = date.fromisoformat(session) if session else None
        found = procedure.deadlines(instant, zone=place, session_on=held_on, recidive=recidive)
    except ValueError as wrong:
        raise impossible(wrong) from wrong
    say(procedure.to_json(found))
