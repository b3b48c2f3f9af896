"""Calendars in the database: opened, computed again, ticked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.procedure import queries, service
from app.procedure.rules import deadlines, to_watch
from app.procedure.service import Change

AMINA, GAEL = "SA-2026-7KM4-Q9TR", "SA-2026-3FQ8-W2NA"
RECEIVED = datetime(2026, 3, 3, 21, 41, 7, tzinfo=UTC)


@pytest.fixture
def opened(database):
    with database.write() as session:
        service.open_calendar(session, AMINA, RECEIVED, zone="Europe/Paris")
        service.open_calendar(session, GAEL, RECEIVED - timedelta(days=40), zone="Indian/Reunion")
    return database


def days_of(database, number):
    with database.read() as session:
        return {row.code: row for row in queries.calendar_of(session, number)}


def test_receipt_opens_the_calendar_and_ticks_the_recepisse(opened):
    found = days_of(opened, AMINA)
    assert list(found) == ["D1", "D2", "D3", "D4", "D5", "D13", "D7"]
    assert found["D1"].done_at == RECEIVED
    assert {code for code, row in found.items() if row.done_at} == {"D1"}
    assert found["D7"].due_strict == date(2026, 6, 3)
    assert found["D7"].basis == "CSP L. 1110-3 al. 4, R. 1110-11 al. 5"


def test_the_next_day_is_the_earliest_not_done_and_never_an_optional_one(opened):
    with opened.write() as session:
        days = service.days_of(session, AMINA)
        assert queries.next_due(session, [AMINA])[AMINA].code == "D2"
        for code in ("D2", "D3", "D4"):
            assert service.tick(days, {code: RECEIVED + timedelta(days=2)}) == [code]
        found = queries.next_due(session, [AMINA, GAEL, "SA-2026-UNKN-OWNN"])
    assert found[AMINA].code == "D13"
    assert found[GAEL].code == "D2"
    assert set(found) == {AMINA, GAEL}


def test_the_first_act_counts(opened):
    with opened.write() as session:
        days = service.days_of(session, AMINA)
        assert service.tick(days, {"D2": RECEIVED + timedelta(days=1)}) == ["D2"]
        assert service.tick(days, {"D2": RECEIVED + timedelta(days=9), "D6": RECEIVED}) == []
    assert days_of(opened, AMINA)["D2"].done_at == RECEIVED + timedelta(days=1)


def test_what_must_be_done_again_loses_its_tick(opened):
    with opened.write() as session:
        days = service.days_of(session, AMINA)
        service.tick(days, {"D2": RECEIVED, "D3": RECEIVED})
        assert service.tick(days, {"D2": None, "D3": RECEIVED, "D4": None}) == ["D2"]
    assert {code for code, row in days_of(opened, AMINA).items() if row.done_at} == {"D1", "D3"}


def test_a_session_fixed_then_moved(opened):
    first, second = date(2026, 5, 28), date(2026, 6, 2)
    with opened.write() as session:
        days = service.days_of(session, AMINA)
        wanted = to_watch(deadlines(RECEIVED, session_on=first))
        assert service.recompute(session, AMINA, days, wanted) == [
            Change("D6", None, date(2026, 5, 13)),
            Change("D8", None, date(2026, 6, 5)),
            Change("D13", date(2026, 5, 19), None),
        ]
        assert service.recompute(session, AMINA, days, wanted) == []
        assert service.recompute(session, AMINA, days, to_watch(deadlines(RECEIVED, session_on=second))) == [
            Change("D6", date(2026, 5, 13), date(2026, 5, 18)),
            Change("D8", date(2026, 6, 5), date(2026, 6, 10)),
        ]
    assert days_of(opened, AMINA)["D8"].due_strict == date(2026, 6, 10)
    assert len(days_of(opened, GAEL)) == 7


def test_a_recidive_found_later_keeps_what_was_done(opened):
    with opened.write() as session:
        days = service.days_of(session, AMINA)
        service.tick(days, {"D3": RECEIVED + timedelta(days=1)})
        changes = service.recompute(session, AMINA, days, to_watch(deadlines(RECEIVED, recidive=True)))
    assert [change.code for change in changes] == ["D5", "D7", "D10", "D13"]
    found = days_of(opened, AMINA)
    assert set(found) == {"D1", "D2", "D3", "D4", "D10"}
    assert found["D3"].due_strict == date(2026, 3, 11)


def test_a_filing_has_one_calendar(opened):
    with pytest.raises(IntegrityError), opened.write() as session:
        service.open_calendar(session, AMINA, RECEIVED, zone="Europe/Paris")


def test_an_unknown_zone_opens_nothing(database):
    with pytest.raises(ValueError, match="IANA"), database.write() as session:
        service.open_calendar(session, AMINA, RECEIVED, zone="Europe/Lutece")
    assert days_of(database, AMINA) == {}
