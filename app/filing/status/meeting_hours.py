"""When a meeting begins and ends, where the complaint was received: pure rules on values."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.filing.sealed.conciliation import Fixed

LENGTH = timedelta(hours=1)
"""How long a meeting lasts when nobody said: the law sets an hour, and no length."""


def span(on: date, hour: str, ends: str | None, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the instants between which the parties meet; hours as ``14:30``."""
    begins = datetime.combine(on, time.fromisoformat(hour), zone)
    return begins, datetime.combine(on, time.fromisoformat(ends), zone) if ends else begins + LENGTH


def hours_of(fixed: Fixed, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the instants of a meeting that is fixed."""
    return span(fixed.on, fixed.hour, fixed.ends, zone)
