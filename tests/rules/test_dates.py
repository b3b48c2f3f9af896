"""Civil dates, worked out by hand on a calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import dates
from app.base.clock import PARIS
from app.base.dates import Holidays, add_months, add_working_days, local_day, next_working_day, place_of_departement

METROPOLE = Holidays()
DAYS = st.dates(date(2021, 1, 4), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-28T22:59:59.999999+00:00", "2026-03-28"),  # last second before the night of the spring change
        ("2026-03-28T23:00:00+00:00", "2026-03-29"),
        ("2026-03-29T21:59:59+00:00", "2026-03-29"),  # that day has 23 hours
        ("2026-03-29T22:00:00+00:00", "2026-03-30"),
        ("2026-10-24T21:59:59+00:00", "2026-10-24"),
        ("2026-10-24T22:00:00+00:00", "2026-10-25"),
        ("2026-10-25T22:59:59+00:00", "2026-10-25"),  # that day has 25 hours
        ("2026-10-25T23:00:00+00:00", "2026-10-26"),
        ("2026-12-31T22:59:59+00:00", "2026-12-31"),
        ("2026-12-31T23:00:00+00:00", "2027-01-01"),
        ("2026-12-31T23:59:59+00:00", "2027-01-01"),  # UTC says the old year, Paris the new one
    ],
)
def test_a_filing_belongs_to_its_day_in_paris(instant, day):
    assert local_day(datetime.fromisoformat(instant)).isoformat() == day


@pytest.mark.parametrize(
    ("zone", "day", "hour", "offset"),
    [
        ("Europe/Paris", "2026-03-03", "22 h 41 min 07 s", "UTC+01:00"),
        ("Indian/Reunion", "2026-03-04", "1 h 41 min 07 s", "UTC+04:00"),
        ("America/Martinique", "2026-03-03", "17 h 41 min 07 s", "UTC-04:00"),
        ("Pacific/Noumea", "2026-03-04", "8 h 41 min 07 s", "UTC+11:00"),
        ("Pacific/Marquesas", "2026-03-03", "12 h 11 min 07 s", "UTC-09:30"),
    ],
)
def test_one_instant_has_a_day_and_an_hour_in_each_place(zone, day, hour, offset):
    at, there = datetime(2026, 3, 3, 21, 41, 7, tzinfo=UTC), ZoneInfo(zone)
    assert local_day(at, there).isoformat() == day
    assert dates.hour_text(at, there) == hour
    assert dates.offset_text(at, there) == offset


@pytest.mark.parametrize("say", [dates.local_day, dates.hour_text, dates.moment_text, dates.offset_text])
def test_a_time_without_offset_is_refused(say):
    with pytest.raises(ValueError, match="no offset from UTC"):
        say(datetime(2026, 3, 3, 22, 41))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-03-03", 1, "2026-04-03"),
        ("2026-03-03", 3, "2026-06-03"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-01-31", 3, "2027-04-30"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 1, "2028-03-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", -72, "2022-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_months_run_date_to_date(day, months, expected):
    assert add_months(date.fromisoformat(day), months).isoformat() == expected


@given(day=DAYS, months=st.integers(-120, 120))
def test_months_keep_the_day_number_or_take_the_last_day(day, months):
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("day", "departement", "expected"),
    [
        ("2026-05-01", "59", "2026-05-04"),  # Friday 1 May
        ("2026-07-14", "59", "2026-07-15"),
        ("2026-04-06", "59", "2026-04-07"),  # Easter Monday
        ("2026-04-03", "59", "2026-04-03"),  # Good Friday is an ordinary day...
        ("2026-04-03", "57", "2026-04-07"),  # ...but in Moselle and Alsace
        ("2026-04-03", "67", "2026-04-07"),
        ("2028-12-26", "68", "2028-12-27"),
        ("2028-12-26", "54", "2028-12-26"),
        ("2026-12-20", "974", "2026-12-21"),  # a Sunday, and the abolition of slavery
        ("2027-12-20", "974", "2027-12-21"),
        ("2026-05-22", "972", "2026-05-26"),  # abolition on Friday, then Whit Monday
        ("2026-05-27", "971", "2026-05-28"),
        ("2026-06-10", "973", "2026-06-11"),
        ("2026-04-27", "976", "2026-04-28"),
        ("2026-05-27", "978", "2026-05-28"),
        ("2026-05-28", "978", "2026-05-28"),  # not any more: C. trav. L. 3422-2 3°
        ("2071-05-28", "978", "2071-05-29"),  # Ascension Day
        ("2026-10-09", "977", "2026-10-12"),
        ("2026-07-29", "986", "2026-07-30"),
        ("2026-11-20", "987", "2026-11-23"),
        ("2026-09-24", "988", "2026-09-25"),
        ("2026-05-02", "975", "2026-05-04"),
    ],
)
def test_a_day_off_moves_to_the_next_working_day(day, departement, expected):
    off = Holidays(place_of_departement(departement))
    assert next_working_day(date.fromisoformat(day), off).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-03-03", 1, "2026-03-04"),
        ("2026-03-06", 1, "2026-03-09"),  # from Friday
        ("2026-03-07", 1, "2026-03-09"),  # from Saturday
        ("2026-03-03", 10, "2026-03-17"),
        ("2026-04-30", 1, "2026-05-04"),
        ("2026-05-06", 10, "2026-05-22"),  # 8 May and Ascension on the way
        ("2026-03-03", 0, "2026-03-03"),
    ],
)
def test_working_days_skip_weekends_and_holidays(day, days, expected):
    assert add_working_days(date.fromisoformat(day), days, METROPOLE).isoformat() == expected


@given(day=DAYS, days=st.integers(1, 30))
def test_working_days_end_on_a_working_day(day, days):
    end = add_working_days(day, days, METROPOLE)
    assert dates.is_working(end, METROPOLE)
    assert sum(dates.is_working(day + timedelta(days=n), METROPOLE) for n in range(1, (end - day).days + 1)) == days


def test_each_place_has_its_hour_and_its_holidays():
    assert dates.zone_of_departement("974").key == "Indian/Reunion"
    assert dates.zone_of_departement("67") == PARIS == dates.zone_of_departement("2A")
    for place in dates.PLACES:
        assert isinstance(date(2026, 12, 25) in Holidays(place), bool)
        for name in place.zones:
            assert dates.place_of_zone(ZoneInfo(name)) is place
    assert dates.place_of_zone(ZoneInfo("America/New_York")) is dates.METROPOLE


@pytest.mark.parametrize(
    "name", ["", "America", "Europe/Lutece", "../../etc/passwd", "/etc/passwd", "Europe/Paris\x00"]
)
def test_an_unknown_zone_says_what_to_write(name):
    with pytest.raises(ValueError, match="IANA name such as Europe/Paris"):
        dates.zone_named(name)


def test_dates_are_read_as_in_french():
    at = datetime(2026, 3, 3, 21, 41, 7, tzinfo=UTC)
    assert dates.moment_text(at) == "mardi 3 mars 2026 à 22 h 41 min 07 s"
    assert dates.moment_text(at, weekday=False, seconds=False) == "3 mars 2026 à 22 h 41"
    assert dates.date_text(date(2026, 5, 1)) == "vendredi 1er mai 2026"
    assert dates.date_text(date(2026, 8, 11), weekday=False) == "11 août 2026"
    assert dates.date_text(date(2027, 1, 1), year=False) == "vendredi 1er janvier"


def test_the_hour_that_comes_twice_is_told_by_its_offset():
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert dates.hour_text(first) == dates.hour_text(second) == "2 h 30 min 00 s"
    assert (dates.offset_text(first), dates.offset_text(second)) == ("UTC+02:00", "UTC+01:00")
