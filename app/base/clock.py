"""The only place that reads the machine's time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present instant: aware, in UTC, to the microsecond."""

PARIS = ZoneInfo("Europe/Paris")


def system_clock() -> datetime:
    """Read the machine's clock."""
    return datetime.now(UTC)


def steady_clock() -> float:
    """Read the clock that only goes forward, sleep of the machine included (seconds)."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
