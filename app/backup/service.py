"""Making a copy, and bringing one back with what it lacks."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app.backup import databases
from app.backup.databases import NAMES, BackupError
from app.backup.manifest import NAME, Manifest, copy, digest_of
from app.base.portal import Portal
from app.base.storage import migrate
from app.filing.models import Filing
from app.privacy import expiry
from app.stamping.trust import trust_of
from app.verification.chain import Checkpoint
from app.verification.findings import Findings
from app.verification.service import verify

FILES = "evidence"
OLDEST = timedelta(days=100)
"""Age of a copy beyond which nothing is erased when it comes back: copies are kept 35 days."""
NUMBER = re.compile(r"SA-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Copied:
    """A copy that was made."""

    manifest: Manifest
    added: int
    """Files that were not in the copy before."""


@dataclass(frozen=True)
class Restored:
    """A copy that came back: whether it is whole, and what was received after it."""

    manifest: Manifest
    found: Findings
    missing: Sequence[str]
    """Numbers given after the copy: each person and each authority must be told."""
    erased: Sequence[str]
    """Numbers whose time was over: erased since the copy, they are erased again."""


def back_up(portal: Portal, folder: Path, tell: Tell) -> Copied:
    """Copy the database, then each sealed file that the copy lacks; a copy that was cut is made again.

    Files never change once sealed, so a second copy into the same folder only adds. Raises :class:`BackupError`,
    ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = Manifest.read(folder) if (folder / NAME).exists() else None
    if before is None and any(path.name != FILES and not path.name.startswith(".") for path in folder.iterdir()):
        raise BackupError(f"{folder} holds something else than a copy: choose an empty folder")
    name = NAMES[databases.kind_of(portal.database)]
    taken = databases.take(portal.database, folder)
    known, added = dict(before.files) if before else {}, 0
    files = {name: digest_of(folder / name)}
    sealed = sorted(portal.files.glob("*/*.sealed"))
    for place, path in enumerate(sealed, 1):
        kept = f"{FILES}/{path.parent.name}/{path.name}"
        if kept in known and (folder / kept).is_file():
            files[kept] = known[kept]
        else:
            files[kept], added = copy(path, folder / kept), added + 1
        tell(place, len(sealed))
    made_at = portal.clock().isoformat(timespec="seconds")
    manifest = Manifest(made_at, databases.kind_of(portal.database), taken.entries, taken.head, taken.filings, files)
    manifest.write(folder)
    for kept in known.keys() - files.keys():  # erased since: a copy keeps nothing longer than the service does
        (folder / kept).unlink(missing_ok=True)
    return Copied(manifest, added)


def bring_back(
    portal: Portal, folder: Path, published: Iterable[Checkpoint], sent: Iterable[str], tell: Tell
) -> Restored:
    """Bring a copy back into an empty place, verify it, and list what was received after it.

    ``published`` are lines of the register; ``sent`` are texts that name complaints: mails that left, letters.
    Raises :class:`BackupError`, :class:`~app.backup.manifest.Damaged`, ``OSError``.
    """
    manifest = Manifest.read(folder)
    kind = databases.kind_of(portal.database)
    if manifest.database != kind:
        raise BackupError(f"this copy is of {manifest.database}, and the settings name {kind}")
    if any(portal.files.glob("*/*")):
        raise BackupError(f"{portal.files} holds files: a copy comes back into an empty place only")
    manifest.check(folder, tell)
    databases.give_back(portal.database, folder)
    migrate.upgrade(portal.database, portal.keyring)
    for kept in manifest.files:
        if kept.startswith(f"{FILES}/"):
            copy(folder / kept, portal.files / kept.removeprefix(f"{FILES}/"))
    found = verify(portal, trust_of(portal.settings, portal.keyring), published, tell)
    named = {number for words in sent for number in NUMBER.findall(words)}
    with portal.database.read() as session:
        there = set(session.scalars(select(Filing.number)))
    erased = [due.number for due in expiry.purge(portal)] if _is_recent(portal, manifest) else []
    return Restored(manifest, found, sorted(named - there), erased)


def _is_recent(portal: Portal, manifest: Manifest) -> bool:
    """Return whether the clock of this machine can be believed: a wrong one would erase what is not over."""
    return timedelta(0) <= portal.clock() - datetime.fromisoformat(manifest.made_at) <= OLDEST
