"""What a copy says of itself: written last, so that a copy without it is no copy."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

NAME, SEAL = "manifest.json", "manifest.sha256"
FORMAT = 1
PIECE = 1024 * 1024


class Damaged(Exception):
    """A copy that is not what it says; says which file."""


@dataclass(frozen=True)
class Manifest:
    """A copy: when, of which database, how far its ledger goes, and the SHA-256 of each file."""

    made_at: str
    database: str
    """``sqlite`` or ``postgresql``."""
    entries: int
    """Number of the last entry of the ledger."""
    head: str
    """Its hash."""
    filings: int
    files: Mapping[str, str]
    """SHA-256 by path inside the copy."""
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it, then its own SHA-256."""
        content = json.dumps(asdict(self), indent=1, sort_keys=True).encode() + b"\n"
        replace(folder / NAME, content)
        replace(folder / SEAL, f"{hashlib.sha256(content).hexdigest()}  {NAME}\n".encode())

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read it. Raises :class:`Damaged`."""
        try:
            content = (folder / NAME).read_bytes()
            told = (folder / SEAL).read_text(encoding="ascii").split()[0]
        except (OSError, IndexError, UnicodeDecodeError) as missing:
            raise Damaged(f"{folder} is not a whole copy: {NAME} or {SEAL} is missing") from missing
        if hashlib.sha256(content).hexdigest() != told:
            raise Damaged(f"{folder / NAME} was changed")
        found = json.loads(content)
        if found.get("format") != FORMAT:
            raise Damaged(f"{folder / NAME} is of another version of Saisine")
        return cls(**found)

    def check(self, folder: Path, tell: Callable[[int, int], None]) -> None:
        """Check each file of the copy. Raises :class:`Damaged`."""
        for place, (name, digest) in enumerate(self.files.items(), 1):
            path = folder / name
            if not path.is_file():
                raise Damaged(f"{path} is missing")
            if digest_of(path) != digest:
                raise Damaged(f"{path} was changed")
            tell(place, len(self.files))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace(path: Path, content: bytes) -> None:
    """Write a file whole, or leave the one before; never through a hard link."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def copy(source: Path, target: Path) -> str:
    """Copy a file durably; return the SHA-256 of what was written."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside, digest = target.with_name(f".{target.name}.new"), hashlib.sha256()
    with source.open("rb") as read, beside.open("wb") as file:
        while piece := read.read(PIECE):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)
    return digest.hexdigest()
