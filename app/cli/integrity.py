"""Commands that prove that nothing was lost or changed, that copy it, and that bring a copy back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.backup import service as copies
from app.backup.databases import BackupError
from app.backup.manifest import Damaged
from app.base.settings import Settings
from app.cli.output import impossible, progress, ready_portal, say
from app.filing.upkeep import reindex
from app.privacy import expiry
from app.runtime.instance import make_portal
from app.stamping.trust import trust_of
from app.verification import service as verification
from app.verification.chain import Checkpoint, read_checkpoints
from app.verification.findings import Findings
from app.verification.side_by_side import processors


def verify(
    checkpoint: Annotated[Path | None, typer.Option(help="file of checkpoints kept before")] = None,
    report: Annotated[Path | None, typer.Option(help="file to write what was found to")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,  # noqa: FBT002
) -> None:
    """Recompute everything that was promised: the ledger, the complaints, the files, the tokens, the dates."""
    published = _published(checkpoint)
    portal = ready_portal()
    with progress("Verifying") as tell:
        try:
            trust = trust_of(portal.settings, portal.keyring)
            found = verification.verify(portal, trust, published, tell, copies=processors())
        except (ValueError, TypeError, LookupError, AttributeError) as surprise:
            raise impossible(f"the verification could not end: {type(surprise).__name__}") from surprise
    if report:
        report.write_text(json.dumps(found.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json:
        say(found.as_json())
    else:
        _tell(found)
    if not found.is_whole:
        raise typer.Exit(1)


def checkpoint_of_today() -> None:
    """Print today's checkpoint: day, number of the last entry, its hash. Keep it elsewhere."""
    typer.echo(verification.checkpoint(ready_portal()))


def index() -> None:
    """Make again, for every complaint, the words under which its authorities find it; the service may be running."""
    portal = ready_portal()
    with progress("Indexing") as tell:
        made = reindex.index(portal.database, portal.keyring, again=True, tell=tell)
    typer.echo(f"{made} complaints indexed")


def backup(
    folder: Annotated[Path, typer.Argument(help="an empty folder, or an earlier copy to bring up to date")],
) -> None:
    """Copy the database and the sealed files while the service runs; never the keyring, which is kept apart."""
    with progress("Copying") as tell:
        try:
            made = copies.back_up(ready_portal(), folder, tell)
        except (BackupError, Damaged) as trouble:
            raise impossible(trouble) from trouble
    kept = made.manifest
    files = len(kept.files) - 1
    typer.echo(f"{folder}: {kept.entries} entries, {kept.filings} complaints, {files} sealed files, {made.added} new")


def restore(
    folder: Annotated[Path, typer.Argument(help="a copy made by `saisine backup`")],
    checkpoint: Annotated[Path | None, typer.Option(help="lines of the register kept since")] = None,
    sent: Annotated[Path | None, typer.Option(help="mails that left since: a file, or a folder of files")] = None,
) -> None:
    """Bring a copy back into an empty place, verify it, and list the complaints received after it."""
    published, settings = _published(checkpoint), Settings()
    portal = make_portal(settings)
    with progress("Restoring") as tell:
        try:
            done = copies.bring_back(portal, folder, published, _texts(sent), tell)
        except (BackupError, Damaged) as trouble:
            raise impossible(trouble) from trouble
    typer.echo(f"copy of {done.manifest.made_at}")
    _tell(done.found)
    for number in done.erased:
        typer.echo(f"{number}  erased again: its time was over")
    for number in done.missing:
        typer.echo(f"{number}  received after this copy: tell the person and the authority")
    if done.missing or not done.found.is_whole:
        raise typer.Exit(1)


def purge(
    apply: Annotated[bool, typer.Option("--apply/--dry-run", help="erase, or only say what would be")] = False,  # noqa: FBT002
) -> None:
    """Erase the complaints whose time is over; by default, only list them."""
    portal = ready_portal()
    if apply:
        with progress("Erasing") as tell:
            done = expiry.purge(portal, tell)
    else:
        done = expiry.over(portal)
    for due in done:
        typer.echo(f"{due.number}  kept until {due.ends_on.isoformat()}")
    typer.echo(f"{len(done)} complaints {'erased' if apply else 'would be erased: run again with --apply'}")


def _published(file: Path | None) -> list[Checkpoint]:
    """Read the lines kept of the register; exit 2 when there is none."""
    try:
        return read_checkpoints(file.read_text(encoding="utf-8")) if file else []
    except ValueError as wrong:
        raise impossible(f"{file}: {wrong}") from wrong


def _texts(place: Path | None) -> Iterator[str]:
    """Read a file, or each file of a folder."""
    if place is None:
        return
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        if path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")


def _tell(found: Findings) -> None:
    for problem in found.problems:
        typer.echo(str(problem))
    for note in found.notes:
        typer.echo(f"note: {note}")
    counts = f"{found.entries} entries, {found.filings} complaints, {found.files} files, {found.tokens} tokens"
    typer.echo(f"{'whole' if found.is_whole else f'{len(found.problems)} problems'}: {counts}")
