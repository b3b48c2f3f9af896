"""How commands answer: one line on the error output when something is impossible, JSON on the output for programs."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from app.base.portal import Portal


class LookedOnly(Exception):
    """Nothing is kept of what was only looked at."""


def impossible(why: object) -> typer.Exit:
    """Say why on the error output; exit 2."""
    typer.echo(f"saisine: {why}", err=True)
    return typer.Exit(2)


def say(answer: Any) -> None:
    """Print an answer as JSON."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))


def ready_portal() -> "Portal":
    """Open the instance of the settings. Raises :class:`~app.runtime.instance.StartupError`."""
    from app.base.settings import Settings  # noqa: PLC0415
    from app.runtime import preparation  # noqa: PLC0415 - a command that opens no instance does not pay for one
    from app.runtime.instance import make_portal  # noqa: PLC0415

    settings = Settings()
    preparation.ready_database(settings)
    return make_portal(settings)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far a long work is, on the terminal if there is one."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell
