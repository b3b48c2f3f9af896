"""The keyring, which opens everything."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base.clock import system_clock
from app.base.crypto.vault import Keyring
from app.base.dates import local_day
from app.base.settings import Settings
from app.cli.output import impossible, progress, ready_portal, say
from app.runtime import key_rotation

keys = typer.Typer(no_args_is_help=True, help=__doc__)


@keys.command("init")
def init() -> None:
    """Make the keyring; it is never made silently in production, nor ever overwritten."""
    path: Path = Settings().keyring_path
    Keyring.create(path, local_day(system_clock()))
    typer.echo(f"{path}: made. Keep two copies outside this machine: without it nothing can be read any more.")


@keys.command("rotate")
def rotate(
    signature: Annotated[bool, typer.Option("--signature", help="also the key that signs links and forms")] = False,  # noqa: FBT002
) -> None:
    """Make new keys and lock everything again under them, while the service runs; goes on where it was cut."""
    portal = ready_portal()
    with progress("Locking again") as tell:
        try:
            done = key_rotation.rotate(
                portal, portal.settings.keyring_path, local_day(portal.clock()), tell, signature=signature
            )
        except key_rotation.StillLocked as trouble:
            raise impossible(f"the rotation is not finished, run it again: {trouble}") from trouble
    typer.echo(f"{done} rows locked again. Renew the copies of the keyring outside this machine, today.")


@keys.command("destroy")
def destroy() -> None:
    """Destroy the versions that were retired 35 days ago."""
    portal = ready_portal()
    try:
        gone = key_rotation.destroy_ended(portal, portal.settings.keyring_path, local_day(portal.clock()))
    except key_rotation.StillLocked as trouble:
        raise impossible(trouble) from trouble
    typer.echo(f"destroyed: {', '.join(gone)}" if gone else "nothing to destroy yet")


@keys.command("escrow-tried")
def escrow_tried(day: Annotated[str, typer.Argument(help="YYYY-MM-DD; today without it")] = "") -> None:
    """Note the day on which the copies of the keyring outside the site were last tried."""
    today = local_day(system_clock())
    try:
        tried = date.fromisoformat(day) if day else today
    except ValueError as wrong:
        raise impossible(wrong) from wrong
    if tried > today:
        raise impossible(f"{tried} is still to come")
    key_rotation.note_escrow(Settings().keyring_path, tried)
    typer.echo(f"copies tried on {tried}")


@keys.command("status")
def status(
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,  # noqa: FBT002
) -> None:
    """Tell the versions of the keys, what is locked under each, and what is due; exit 1 when something is."""
    portal = ready_portal()
    found = key_rotation.status(portal, portal.settings.keyring_path, local_day(portal.clock()))
    if as_json:
        say(_told(found))
    else:
        for one in found.versions:
            rows = "" if one.rows is None else f"  {one.rows} rows"
            ends = f"  retired {one.retired_on}, ends {one.ends_on}" if one.retired_on else ""
            typer.echo(f"{one.family:12} {one.name:4} made {one.made_on or 'before dates were kept'}{rows}{ends}")
        typer.echo(f"copies outside the site tried: {found.escrow_tried_on or 'never'}")
        for what in found.due:
            typer.echo(f"due: {what}")
    if found.due:
        raise typer.Exit(1)


def _told(found: key_rotation.Status) -> dict[str, object]:
    return {
        "versions": [
            {
                "family": one.family,
                "version": one.name,
                "made_on": one.made_on and one.made_on.isoformat(),
                "retired_on": one.retired_on and one.retired_on.isoformat(),
                "ends_on": one.ends_on and one.ends_on.isoformat(),
                "rows": one.rows,
            }
            for one in found.versions
        ],
        "rotating": found.is_rotating,
        "escrow_tried_on": found.escrow_tried_on and found.escrow_tried_on.isoformat(),
        "due": list(found.due),
    }
