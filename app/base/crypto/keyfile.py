"""The file of the keyring: made once, then changed whole or not at all, so that a cut never leaves half a file.

Each family has versions, the newest last: it locks, the others still open. A version that nothing needs any more is
retired, kept as long as the copies of the database that it opens (35 days), then leaves the file.
"""

import base64
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = 32
FAMILIES = ("portail", "autorite", "association", "index", "pepper", "signature")
WRAPPING = ("portail", "autorite", "association")
"""Families that only lock keys and small secrets: everything under them can be locked again under a new version."""
KEPT = timedelta(days=35)
"""Life of a copy of the database (``docs/exploitation.md``): what opens it lives as long."""


class KeyringTrouble(Exception):
    """The keyring file is missing, unreadable or not one of ours; says what to do."""


@dataclass(frozen=True)
class KeyVersion:
    """One version of one family of keys."""

    name: str
    key: bytes
    made_on: date | None = None
    retired_on: date | None = None
    """Day from which nothing was locked under it any more."""

    def ends_on(self) -> date | None:
        """Return the day from which it may be destroyed."""
        return self.retired_on + KEPT if self.retired_on else None


Families = dict[str, tuple[KeyVersion, ...]]


@dataclass(frozen=True)
class KeyFile:
    """What the file holds."""

    families: Families
    is_rotating: bool = False
    """Whether new versions were made, and not everything is locked again under them yet."""
    escrow_tried_on: date | None = None

    @classmethod
    def read(cls, path: Path) -> "KeyFile":
        """Read the file. Raises :class:`KeyringTrouble`."""
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            families = {name: tuple(map(_version, held["families"][name])) for name in FAMILIES}
            found = cls(families, bool(held.get("rotating")), _day(held.get("escrow_tried_on")))
        except (OSError, ValueError, KeyError, TypeError) as trouble:
            raise KeyringTrouble(f"{path} cannot be read as a keyring: make one with `saisine keys init`") from trouble
        if any(not versions or any(len(v.key) != KEY for v in versions) for versions in families.values()):
            raise KeyringTrouble(f"{path} lacks a key of 256 bits")
        return found

    @classmethod
    def fresh(cls, on: date | None = None) -> "KeyFile":
        """Draw every key."""
        return cls({name: (KeyVersion("v1", new_key(), on),) for name in FAMILIES})

    def create(self, path: Path) -> None:
        """Write it where there is none, readable by its owner alone. Raises :class:`KeyringTrouble`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        except FileExistsError as there:
            raise KeyringTrouble(f"{path} exists already: nothing was changed") from there
        self._write(handle)

    def replace(self, path: Path) -> None:
        """Put it in place of the file, at once: a reader sees the one or the other. Raises ``OSError``."""
        beside = path.with_name(f"{path.name}.new")
        beside.unlink(missing_ok=True)
        self._write(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400))
        beside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _write(self, handle: int) -> None:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(self._held(), file, indent=1)
            file.flush()
            os.fsync(file.fileno())

    def _held(self) -> dict[str, Any]:
        families = {name: [_written(v) for v in versions] for name, versions in self.families.items()}
        tried = self.escrow_tried_on.isoformat() if self.escrow_tried_on else None
        return {"saisine_keyring": 1, "families": families, "rotating": self.is_rotating, "escrow_tried_on": tried}

    def with_new(self, names: Collection[str], on: date) -> "KeyFile":
        """Add a version to some families; from now on it locks."""
        families = dict(self.families)
        for name in names:
            number = max(int(v.name[1:]) for v in families[name]) + 1
            families[name] = (*families[name], KeyVersion(f"v{number}", new_key(), on))
        return KeyFile(families, is_rotating=True, escrow_tried_on=self.escrow_tried_on)

    def with_old_retired(self, on: date) -> "KeyFile":
        """Note that nothing is locked any more under the older versions of what only wraps."""
        families = dict(self.families)
        for name in WRAPPING:
            *old, newest = families[name]
            retired = (KeyVersion(v.name, v.key, v.made_on, v.retired_on or on) for v in old)
            families[name] = (*retired, newest)
        return KeyFile(families, is_rotating=False, escrow_tried_on=self.escrow_tried_on)

    def without_ended(self, on: date) -> "KeyFile":
        """Destroy the versions whose time has come."""
        kept = {
            name: tuple(v for v in versions if not ((end := v.ends_on()) and end <= on))
            for name, versions in self.families.items()
        }
        return KeyFile(kept, self.is_rotating, self.escrow_tried_on)

    def with_escrow_tried(self, on: date) -> "KeyFile":
        """Note the day on which the copies outside the site were last tried."""
        return KeyFile(self.families, self.is_rotating, on)


def new_key() -> bytes:
    """Draw a fresh key of 256 bits."""
    return AESGCM.generate_key(bit_length=256)


def _version(held: dict[str, Any]) -> KeyVersion:
    key = base64.b64decode(held["key"], validate=True)
    return KeyVersion(held["name"], key, _day(held.get("made_on")), _day(held.get("retired_on")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _written(version: KeyVersion) -> dict[str, str]:
    days = {"made_on": version.made_on, "retired_on": version.retired_on}
    told = {name: day.isoformat() for name, day in days.items() if day}
    return {"name": version.name, "key": base64.b64encode(version.key).decode(), **told}
