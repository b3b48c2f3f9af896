"""Calendar files: what RFC 5545 asks for, line by line."""

from datetime import UTC, date, datetime

from app.base.clock import PARIS
from app.base.ics import Entry, calendar_file

MADE = datetime(2026, 3, 3, 21, 41, 7, tzinfo=UTC)


def written(*entries):
    return calendar_file("Saisine", entries, MADE).decode()


def test_a_day_to_keep_lasts_its_day_and_leaves_it_free():
    lines = written(Entry("a@saisine", date(2026, 12, 31), "Accuser réception")).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "UID:a@saisine", "DTSTAMP:20260303T214107Z", "TRANSP:TRANSPARENT"} <= set(lines)
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"} <= set(lines)


def test_a_meeting_is_an_instant_whatever_the_season():
    winter, summer = datetime(2026, 1, 9, 14, 30, tzinfo=PARIS), datetime(2026, 7, 9, 14, 30, tzinfo=PARIS)
    end = datetime(2026, 7, 9, 15, 30, tzinfo=PARIS)
    found = written(Entry("h@saisine", winter, "Réunion"), Entry("e@saisine", summer, "Réunion", until=end))
    assert "DTSTART:20260109T133000Z" in found
    assert "DTSTART:20260709T123000Z" in found
    assert found.count("DTEND:20260709T133000Z") == 1
    assert "TRANSPARENT" not in found


def test_texts_are_escaped_and_cannot_add_a_line():
    found = written(Entry("a@saisine", date(2026, 3, 4), "Un; deux, trois\\\r\nEND:VEVENT"))
    assert "SUMMARY:Un\\; deux\\, trois\\\\\\nEND:VEVENT\r\n" in found
    assert found.count("\r\nEND:VEVENT") == 1


def test_long_lines_are_folded_between_characters_and_come_back_whole():
    words = "é’" * 90
    found = written(Entry("a@saisine", date(2026, 3, 4), words))
    assert all(len(line.encode()) <= 75 for line in found.split("\r\n"))
    assert f"SUMMARY:{words}\r\n" in found.replace("\r\n ", "")


def test_only_a_whole_calendar_has_a_name():
    some = [Entry("a@saisine", date(2026, 3, 4), "Un", place="2 rue Inventée, Lille")]
    alone = calendar_file("", some, MADE, "Rien").decode()
    assert not [line for line in alone.split("\r\n") if line.startswith(("METHOD", "X-WR-"))]
    assert "LOCATION:2 rue Inventée\\, Lille\r\n" in alone
    assert {"METHOD:PUBLISH", "X-WR-CALNAME:Saisine"} <= set(written(*some).split("\r\n"))
