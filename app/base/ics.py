"""Calendar files that any calendar opens (RFC 5545): days without an hour, and meetings at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar; an instant is a meeting, a date is a day to keep that leaves the day free."""

    uid: str
    """Always the same for the same thing, so that a newer file moves it (RFC 5545, 3.8.4.7)."""
    when: date
    summary: str
    description: str = ""
    url: str = ""
    place: str = ""
    until: datetime | None = None
    """When a meeting ends."""


def calendar_file(name: str, entries: Iterable[Entry], made_at: datetime, description: str = "") -> bytes:
    """Write a calendar and what it says of itself; without a name, entries for the calendar of whoever opens it.

    A name makes Outlook open a calendar of its own, beside that of the reader. Instants are written in UTC, which every
    calendar shows at the hour of its reader.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - eighty modules, for whoever takes a calendar

    written = Calendar()
    said = {"VERSION": "2.0", "PRODID": "-//Saisine//Calendrier//FR"}
    named = {"METHOD": "PUBLISH", "X-WR-CALNAME": name, "X-WR-CALDESC": description} if name else {}
    for key, value in (said | named).items():
        if value:
            written.add(key, value)
    for entry in entries:
        written.add_component(_filled(Event(), entry, made_at))
    content: bytes = written.to_ical(sorted=False)
    return content


def _filled(event: "Event", entry: Entry, made_at: datetime) -> "Event":
    event.add("UID", entry.uid)
    event.add("DTSTAMP", made_at)  # written in UTC, as the RFC asks
    if isinstance(entry.when, datetime):
        event.add("DTSTART", entry.when.astimezone(UTC))
        event.add("DTEND", (entry.until or entry.when).astimezone(UTC))
    else:
        event.add("DTSTART", entry.when)
        event.add("DTEND", entry.when + timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")
    texts = {"SUMMARY": entry.summary, "DESCRIPTION": entry.description, "LOCATION": entry.place, "URL": entry.url}
    for key, value in texts.items():
        if value:
            event.add(key, value)
    return event
