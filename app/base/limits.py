"""How many tries a visitor has; kept in memory, counted by the monotonic clock of the library."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.base.errors import TooMany

WINDOW_MINUTES = 15


class Limits:
    """Moving windows, one per purpose and visitor."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def check(self, purpose: str, who: str, most: int) -> None:
        """Refuse when ``most`` failures were already counted in 15 minutes. Raises :class:`TooMany`."""
        item = RateLimitItemPerMinute(most, WINDOW_MINUTES, namespace=purpose)
        if not self._window.test(item, who):
            until = self._window.get_window_stats(item, who).reset_time
            raise TooMany(max(1, math.ceil((until - time.time()) / 60)))

    def failed(self, purpose: str, who: str, most: int) -> None:
        """Count one failure."""
        self._window.hit(RateLimitItemPerMinute(most, WINDOW_MINUTES, namespace=purpose), who)
