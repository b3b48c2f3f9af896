"""What changes once a year and is asked at each page: read again every minute, or when its stamp says so."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
FRESH_SECONDS = 60.0


class TtlCache:
    """Keeps values for a minute; each running instance has its own."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[str, tuple[float, object, Any]] = {}

    def get(self, name: str, read: Callable[[], T], stamp: object = None) -> T:
        """Return what was read under this name, or read it; what has another stamp is read again at once."""
        kept = self._kept.get(name)
        now = time.monotonic()
        if kept is None or now - kept[0] > FRESH_SECONDS or kept[1] != stamp:
            kept = self._kept[name] = (now, stamp, read())
        value: T = kept[2]
        return value
