"""Calendar files of the desk: what is due next, the meeting at its hour, and nothing personal; on both databases."""

from datetime import date

import pytest

from app.intake import agenda
from tests.cast import Sent, send
from tests.pages.test_acts import records
from tests.pages.test_conciliation import at, desks, fix, told
from tests.support.acts import did

__all__ = ["desks", "told"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
FEED = "/agent/calendrier.ics"


def lines(answer):
    """Read the lines of a calendar, unfolded."""
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert answer.text.endswith("END:VCALENDAR\r\n")
    return answer.text.replace("\r\n ", "").split("\r\n")


def test_each_desk_has_all_that_it_owes_and_only_that(client, desks):
    sent = Sent(send(client))
    own = lines(desks[0].on(3, 4).get(FEED))
    assert {f"UID:{sent.number}-d2@saisine", "DTSTART;VALUE=DATE:20260311"} <= set(own)
    assert {line for line in own if line.startswith("UID")} == {
        f"UID:{sent.number}-{code}@saisine" for code in ("d2", "d3", "d4", "d7", "d13")
    }
    told_soon = desks[1].on(3, 4)
    assert "BEGIN:VEVENT" not in lines(told_soon.get(FEED))
    assert told_soon.get(at(sent, "calendrier.ics")).status_code == 404


def test_a_meeting_is_there_at_its_hour_until_it_is_moved(told, desks):
    emile = desks[0].on(3, 5)
    fix(emile, told, date(2026, 5, 28))
    for where in (FEED, at(told, "calendrier.ics")):
        found = lines(emile.get(where))
        meeting = {f"UID:{told.number}-reunion@saisine", "DTSTART:20260528T123000Z", "DTEND:20260528T133000Z"}
        assert meeting <= set(found)
        assert any(line.startswith("X-WR-CALNAME") for line in found) == (where == FEED)
    assert {f"UID:{told.number}-d6@saisine", "DTSTART;VALUE=DATE:20260513"} <= set(found)
    assert f"UID:{told.number}-d2@saisine" not in found, "what is done is no more to do"
    assert "DTSTART:20260528T123000Z" in lines(desks[1].on(3, 6).get(FEED))


def test_the_files_name_nobody_and_tell_nothing(told, desks):
    emile = desks[0].on(3, 5)
    fix(emile, told, date(2026, 5, 28))
    for where in (FEED, at(told, "calendrier.ics")):
        found = lines(emile.get(where))
        assert sum(line.startswith("LOCATION:") for line in found) == 1
        text = "\n".join(line for line in found if not line.startswith("LOCATION:"))
        assert "Exemple" not in text
        assert "Fictive" not in text
        assert "CANARI" not in text
        assert "59000" not in text


def test_the_calendar_of_a_desk_is_bounded_nearest_dates_first_and_says_so(client, desks, monkeypatch):
    sent = [Sent(send(client)) for _ in range(2)]
    monkeypatch.setattr(agenda, "DATES", 4)
    found = lines(desks[0].on(3, 4).get(FEED))
    uids = {line for line in found if line.startswith("UID")}
    assert uids == {f"UID:{one.number}-{code}@saisine" for one in sent for code in ("d2", "d3")}
    said = next(line for line in found if line.startswith("X-WR-CALDESC:"))
    assert said.startswith("X-WR-CALDESC:Les 4 prochaines échéances")
    codes = {
        line.split("-")[-1].split("@")[0] for line in lines(desks[0].on(4, 20).get(FEED)) if line.startswith("UID")
    }
    assert codes == {"d13", "d7"}, "what is late by more than a month is on the list, not in the calendar"


@pytest.mark.parametrize("most", [0, 1])
def test_no_more_complaints_are_opened_for_their_meetings_than_the_calendar_says(told, desks, monkeypatch, most):
    emile = desks[0].on(3, 5)
    fix(emile, told, date(2026, 5, 28))
    monkeypatch.setattr(agenda, "MEETINGS", most)
    assert sum("reunion@saisine" in line for line in lines(emile.get(FEED)) if line.startswith("UID")) == most


def test_nothing_of_a_closed_complaint_stays_not_even_what_was_late(told, portal, desks):
    emile = desks[0].on(3, 5)
    fix(emile, told, date(2026, 5, 28))
    assert f"UID:{told.number}-d6@saisine" in lines(desks[0].on(5, 20).get(FEED))
    records(portal, told.number, did("cloture", reason="autre", explanation=""))
    assert "BEGIN:VEVENT" not in lines(desks[0].on(5, 20).get(FEED))
