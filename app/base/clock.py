"""The only place that reads the machine's time."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present instant: aware, in UTC, to the microsecond."""

PARIS = ZoneInfo("Europe/Paris")


def system_clock() -> datetime:
    """Read the machine's clock."""
    return datetime.now(UTC)
