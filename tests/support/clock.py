"""A clock that goes only when it is told to."""

from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 3, 3, 21, 41, 7, tzinfo=UTC)
"""Tuesday 3 March 2026, 22:41:07 in Paris."""


class StoppedClock:
    """Gives the same instant until :meth:`advance` is called; ``now`` can also be set."""

    def __init__(self, now: datetime = START) -> None:
        """Stop at an instant."""
        self.now = now

    def __call__(self) -> datetime:
        """Read the instant."""
        return self.now

    def advance(self, **delta: Any) -> datetime:
        """Go forward (``days=8``, ``minutes=31``…) and give the new instant."""
        self.now += timedelta(**delta)
        return self.now
