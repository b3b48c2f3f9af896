"""Calendar files that any calendar opens (RFC 5545): days without an hour, and meetings at an instant. Pure text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75
"""Octets of a line, its end apart (RFC 5545, 3.1)."""
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


def calendar_file(name: str, entries: Iterable[Entry], made_at: datetime, description: str = "") -> bytes:
    """Write a calendar and what it says of itself.

    Instants are written in UTC, which every calendar shows at the hour of its reader.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Saisine//Calendrier//FR", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    if description:
        lines.append(f"X-WR-CALDESC:{_text(description)}")
    for entry in entries:
        lines += _event(entry, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(entry: Entry, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_instant(made_at)}"
    if isinstance(entry.when, datetime):
        yield f"DTSTART:{_instant(entry.when)}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.when:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.when + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{_text(entry.description)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """Escape a text (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        value = value.replace(mark, f"\\{mark}")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Cut a long line between characters; what follows begins with a space."""
    piece, size = "", 0
    for character in line:
        weight = len(character.encode())
        if size + weight > LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + weight
    yield piece
