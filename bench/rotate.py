"""Changing the keys of 100 000 complaints, while nothing else runs."""

import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path

from app.base.crypto.vault import Keyring
from app.base.settings import Settings
from app.runtime import key_rotation
from app.runtime.instance import make_portal
from app.runtime.preparation import migrate
from bench.desk import _fill, _maker
from bench.support import verdict

COMPLAINTS = 100_000
SLOWEST = 400
"""Microseconds for a row: two operations of RFC 3394 and its write."""


def main() -> bool:
    """Run the bench; tell whether the target is kept."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        database, path = migrate(settings), settings.keyring_path
        portal = make_portal(settings, Keyring.create(path))
        _fill(database, islice(_maker(portal.keyring), COMPLAINTS))
        began = time.perf_counter()
        done = key_rotation.rotate(portal, path, date(2026, 3, 3))
        spent = time.perf_counter() - began
    print(f"     {done} rows in {spent:.1f} s, two whole looks included")
    return verdict("a row locked again", spent / done * 1e6, "µs", SLOWEST)


if __name__ == "__main__":
    raise SystemExit(not main())
