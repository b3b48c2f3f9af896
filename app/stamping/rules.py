"""When a token is asked for again, and when silence is worth an alarm: pure rules on values."""

from datetime import datetime, timedelta
from enum import StrEnum

RETRIES = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
EVERY = timedelta(hours=1)
"""Once the first tries failed."""
LONGEST = timedelta(days=7)
ALARM_AFTER = timedelta(hours=1)


class State(StrEnum):
    """Where a token stands."""

    WAITING = "attend"
    OBTAINED = "obtenu"
    GIVEN_UP = "abandonne"


def next_try(attempts: int, first_at: datetime, now: datetime) -> datetime | None:
    """Give the instant of the next try after ``attempts`` failures; ``None`` when a week has passed."""
    after = now + (RETRIES[attempts - 1] if attempts <= len(RETRIES) else EVERY)
    return after if after - first_at <= LONGEST else None
