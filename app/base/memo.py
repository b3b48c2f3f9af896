"""What changes once a year and is asked at each page: read again every minute."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
FRESH_SECONDS = 60.0


class Memo:
    """Keeps values for a minute; each running instance has its own."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[str, tuple[float, Any]] = {}

    def get(self, name: str, read: Callable[[], T]) -> T:
        """Give what was read under this name, or read it."""
        kept = self._kept.get(name)
        now = time.monotonic()
        if kept is None or now - kept[0] > FRESH_SECONDS:
            kept = self._kept[name] = (now, read())
        value: T = kept[1]
        return value
