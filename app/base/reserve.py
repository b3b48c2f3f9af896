"""Things that are slow to make, made ahead of time, so that nobody waits for them."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Reserve(Generic[T]):
    """Keeps fresh things in memory; each is given once. It is filled again after each take, aside."""

    size = 0
    """How many it keeps; none until whoever has people waiting asks for some: a command has nobody."""

    def __init__(self, make: Callable[[], T]) -> None:
        """Start empty: the first one asked for is made on the spot."""
        self._make = make
        self._kept: deque[T] = deque()
        self._filling = threading.Lock()

    def take(self) -> T:
        """Give a fresh thing, at once when one is kept."""
        try:
            taken = self._kept.popleft()
        except IndexError:
            taken = self._make()
        if self.size and not self._filling.locked():
            threading.Thread(target=self._fill, name="reserve", daemon=True).start()
        return taken

    def _fill(self) -> None:
        if not self._filling.acquire(blocking=False):
            return
        try:
            while len(self._kept) < self.size:
                self._kept.append(self._make())
        finally:
            self._filling.release()
