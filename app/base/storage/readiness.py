"""Whether this instance can write: remembered, and tried anew now and then, so that telling it costs no write."""

import threading
from collections.abc import Callable

from app.base.clock import steady_clock

EVERY_SECONDS = 30.0
"""How long a try that passed is believed."""
AGAIN_SECONDS = 2.0
"""How soon after a refused write, or a try that failed, it is tried again."""


class Readiness:
    """What one instance knows of its writes."""

    def __init__(self, steady: Callable[[], float] = steady_clock) -> None:
        """Nothing was tried yet."""
        self._steady, self._turn = steady, threading.Lock()
        self._is_ready, self._refused, self._tried_at = False, 0, float("-inf")

    def can_write(self, refused: int, attempt: Callable[[], bool]) -> bool:
        """Tell whether a write would pass; ``refused`` counts the writes that storage refused to this instance.

        One that was refused says no until an ``attempt`` passes. While it is made, others are told what is known.
        """
        if self._turn.acquire(blocking=False):
            try:
                age, is_known = self._steady() - self._tried_at, self._is_ready and refused == self._refused
                if age >= (EVERY_SECONDS if is_known else AGAIN_SECONDS):
                    self._is_ready = attempt()
                    self._refused, self._tried_at = refused, self._steady()
            finally:
                self._turn.release()
        return self._is_ready and refused == self._refused
