"""Commands about figures."""

import typer

from app.cli.says import progress, ready_portal
from app.statistics import service

statistics = typer.Typer(no_args_is_help=True, help="The figures.")


@statistics.command("rebuild")
def rebuild() -> None:
    """Count every complaint again, while the service runs; what was erased stays counted."""
    with progress("Counting") as tell:
        done = service.rebuild(ready_portal(), tell)
    typer.echo(f"{done} complaints counted")
