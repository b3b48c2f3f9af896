"""The calendar of the law, worked out by hand from the articles."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.acts.kinds import KINDS
from app.base.dates import Holidays, add_months, place_of_departement
from app.procedure import law, rules
from app.procedure.days import KeptBy, LegalDay
from app.procedure.law import Delay, Procedure, Tag
from app.procedure.rules import Tone, deadlines, is_late, to_json, wording

PARIS = ZoneInfo("Europe/Paris")
ZONES = st.sampled_from(
    ["Europe/Paris", "Indian/Reunion", "America/Martinique", "Pacific/Noumea", "Pacific/Tahiti", "America/Miquelon"]
).map(ZoneInfo)
INSTANTS = st.datetimes(datetime(2021, 1, 6), datetime(2089, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def noon(day):
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), PARIS).replace(hour=12)


def strict(found):
    return {one.code: one.due_strict.isoformat() for one in found}


def postponed(found):
    return {one.code: one.due_postponed.isoformat() for one in found}


def test_tuesday_3_march_2026():
    found = deadlines(datetime.fromisoformat("2026-03-03T22:41:07+01:00"))
    assert strict(found) == {
        "D1": "2026-03-04",
        "D2": "2026-03-11",
        "D3": "2026-03-11",
        "D4": "2026-03-11",
        "D5": "2026-04-03",
        "D7": "2026-06-03",
        "D13": "2026-05-19",
        "D14": "2026-03-17",
    }
    assert postponed(found) == strict(found)


@pytest.mark.parametrize(
    ("received", "d2", "d5", "d7", "d13"),
    [
        ("2027-01-31", "2027-02-08", "2027-02-28", "2027-04-30", "2027-04-15"),
        ("2026-11-30", "2026-12-08", "2026-12-30", "2027-02-28", "2027-02-13"),
        ("2027-11-30", "2027-12-08", "2027-12-30", "2028-02-29", "2028-02-14"),
        ("2028-02-29", "2028-03-08", "2028-03-29", "2028-05-29", "2028-05-14"),
        ("2028-01-31", "2028-02-08", "2028-02-29", "2028-04-30", "2028-04-15"),
        ("2026-12-31", "2027-01-08", "2027-01-31", "2027-03-31", "2027-03-16"),
        ("2026-03-29", "2026-04-06", "2026-04-29", "2026-06-29", "2026-06-14"),
        ("2026-10-25", "2026-11-02", "2026-11-25", "2027-01-25", "2027-01-10"),
    ],
)
def test_days_and_months_worked_out_by_hand(received, d2, d5, d7, d13):
    found = strict(deadlines(noon(received)))
    assert (found["D2"], found["D5"], found["D7"], found["D13"]) == (d2, d5, d7, d13)
    assert found["D2"] == found["D3"] == found["D4"]


@pytest.mark.parametrize(
    ("instant", "zone", "d2", "d7"),
    [
        ("2026-03-03T21:41:07+00:00", "Indian/Reunion", "2026-03-12", "2026-06-04"),
        ("2026-03-03T21:41:07+00:00", "America/Martinique", "2026-03-11", "2026-06-03"),
        ("2026-03-03T21:41:07+00:00", "Pacific/Noumea", "2026-03-12", "2026-06-04"),
        ("2026-03-04T02:00:00+00:00", "America/Martinique", "2026-03-11", "2026-06-03"),
        ("2026-12-31T22:59:59.999999+00:00", "Europe/Paris", "2027-01-08", "2027-03-31"),
        ("2026-12-31T23:00:00+00:00", "Europe/Paris", "2027-01-09", "2027-04-01"),
        ("2026-12-31T23:59:59-04:00", "Europe/Paris", "2027-01-09", "2027-04-01"),
        ("2026-12-31T23:59:59-04:00", "America/Martinique", "2027-01-08", "2027-03-31"),
        ("2021-01-03T23:30:00+00:00", "Europe/Paris", "2021-01-12", "2021-04-04"),
    ],
)
def test_the_local_date_counts(instant, zone, d2, d7):
    found = strict(deadlines(datetime.fromisoformat(instant), zone=ZoneInfo(zone)))
    assert (found["D2"], found["D7"]) == (d2, d7)


@pytest.mark.parametrize(
    ("received", "departement", "code", "on", "moved"),
    [
        ("2026-04-23", "59", "D2", "2026-05-01", "2026-05-04"),
        ("2026-07-06", "59", "D2", "2026-07-14", "2026-07-15"),
        ("2026-03-29", "59", "D2", "2026-04-06", "2026-04-07"),
        ("2026-03-03", "67", "D5", "2026-04-03", "2026-04-07"),
        ("2026-03-03", "59", "D5", "2026-04-03", "2026-04-03"),
        ("2028-12-18", "57", "D3", "2028-12-26", "2028-12-27"),
        ("2026-02-01", "59", "D5", "2026-03-01", "2026-03-02"),
    ],
)
def test_an_end_on_a_day_off_keeps_both_dates(received, departement, code, on, moved):
    off = Holidays(place_of_departement(departement))
    found = deadlines(noon(received), holidays=off)
    assert (strict(found)[code], postponed(found)[code]) == (on, moved)


def test_an_overseas_zone_brings_its_own_holidays():
    at = datetime(2027, 12, 12, 6, tzinfo=UTC)
    assert postponed(deadlines(at, zone=ZoneInfo("Indian/Reunion")))["D2"] == "2027-12-21"
    assert postponed(deadlines(at))["D2"] == "2027-12-20"


def test_a_weekend_receipt_is_acknowledged_on_the_next_working_day():
    found = deadlines(noon("2026-05-02"))
    assert (strict(found)["D1"], strict(found)["D14"]) == ("2026-05-04", "2026-05-19")


def test_a_session_brings_what_runs_from_it():
    found = deadlines(noon("2026-03-03"), session_on=date(2026, 5, 31))
    assert [one.code for one in found] == ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D13", "D14"]
    assert strict(found)["D6"] == "2026-05-16"
    assert postponed(found)["D6"] == "2026-05-16"  # a Saturday: later would leave fewer than fifteen days
    assert strict(found)["D8"] == "2026-06-08"
    assert strict(found)["D9"] == "2026-08-31"
    assert rules.last_day_to_receive(date(2026, 5, 31)) == date(2026, 5, 16)


@pytest.mark.parametrize("session_on", [None, date(2026, 5, 31)])
def test_recidive_has_no_conciliation(session_on):
    found = deadlines(noon("2026-03-07"), session_on=session_on, recidive=True)
    assert [one.code for one in found] == ["D1", "D2", "D3", "D4", "D10", "D14"]
    assert (strict(found)["D3"], postponed(found)["D3"]) == ("2026-03-07", "2026-03-09")  # Saturday, then Monday
    assert strict(found)["D10"] == "2026-06-07"
    assert {one.code: one.basis for one in found}["D3"] == "CSP R. 1110-14"


@pytest.mark.parametrize(
    ("final", "received", "is_so"),
    [
        ("2020-03-02", "2026-03-03", False),
        ("2020-03-03", "2026-03-03", True),
        ("2026-03-02", "2026-03-03", True),
        ("2026-03-03", "2026-03-03", False),
        ("2022-02-28", "2028-02-29", True),
        ("2022-02-27", "2028-02-29", False),
    ],
)
def test_the_window_of_recidive(final, received, is_so):
    assert rules.is_recidive(date.fromisoformat(final), date.fromisoformat(received)) is is_so


@pytest.mark.parametrize(
    ("received", "more", "why"),
    [
        (datetime(2026, 3, 3, 22, 41), {}, "no offset from UTC"),  # noqa: DTZ001
        (datetime(2021, 1, 3, 22, 59, tzinfo=UTC), {}, "2021-01-04"),
        (datetime(1, 1, 1, tzinfo=UTC), {}, "year of receipt"),
        (datetime(9999, 12, 31, tzinfo=UTC), {}, "year of receipt"),
        (datetime(2026, 3, 3, 22, tzinfo=UTC), {"session_on": date(2026, 3, 2)}, "before the complaint is received"),
        (datetime(2026, 3, 3, 22, tzinfo=UTC), {"session_on": date.max}, "session"),
    ],
)
def test_bad_use_says_why(received, more, why):
    with pytest.raises(ValueError, match=why):
        deadlines(received, **more)


def test_the_public_form_has_four_names():
    found = to_json(deadlines(noon("2026-04-23")))
    assert found[1] == {
        "code": "D2",
        "due_strict": "2026-05-01",
        "due_postponed": "2026-05-04",
        "basis": "CSP R. 1110-11 al. 3",
    }


def test_clerks_watch_what_they_can_still_act_on():
    def watched(**more):
        failed = more.pop("failed", False)
        return [one.code for one in rules.to_watch(deadlines(noon("2026-03-03"), **more), failed=failed)]

    session_on = date(2026, 5, 28)
    assert watched() == ["D1", "D2", "D3", "D4", "D5", "D7", "D13"]
    assert watched(session_on=session_on) == ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"]
    assert watched(session_on=session_on, failed=True)[-1] == "D9"
    assert watched(recidive=True) == ["D1", "D2", "D3", "D4", "D10"]


def test_every_rule_is_there_with_its_article():
    assert sorted({rule.code for rule in law.RULES}, key=lambda code: int(code[1:])) == [f"D{n}" for n in range(1, 24)]
    assert all(rule.delay.source and rule.label for rule in law.RULES)
    assert {rule.code for rule in law.RULES if rule.tag is Tag.TO_VERIFY} == {"D6", "D11", "D18"}
    assert [rule.code for rule in law.RULES if rule.optional] == ["D5", "D16"]
    assert rules.is_optional("D5") is True
    assert rules.is_optional("D7") is False


def test_a_new_version_of_a_rule_replaces_the_old_one_from_its_day(monkeypatch):
    newer = law.Rule(
        code=LegalDay.ACKNOWLEDGE,
        delay=Delay(days=10, source="CSP R. 1110-11 al. 3", in_force=date(2030, 1, 1)),
        trigger=law.Trigger.RECEPTION,
        procedures=law.BOTH,
        label="…",
    )
    monkeypatch.setattr(law, "RULES", (newer, *law.RULES))
    assert law.rules_on(date(2029, 12, 31), Procedure.CONCILIATION)["D2"].delay.days == 8
    assert strict(deadlines(noon("2030-01-01")))["D2"] == "2030-01-11"
    assert law.rule_of("D2") is newer


def test_a_delay_has_one_unit():
    with pytest.raises(ValueError, match="one unit"):
        Delay(days=8, months=1, source="…")


TODAY = date(2026, 3, 8)


@pytest.mark.parametrize(
    ("due", "done", "today", "says", "tone"),
    [
        ("2026-03-11", None, TODAY, "Dans 3 jours — mercredi 11 mars", Tone.SOON),
        ("2026-03-12", None, TODAY, "Dans 4 jours — jeudi 12 mars", Tone.OK),
        ("2026-03-09", None, TODAY, "Dans 1 jour — lundi 9 mars", Tone.SOON),
        ("2026-03-08", None, TODAY, "Aujourd'hui", Tone.SOON),
        ("2026-03-07", None, TODAY, "En retard de 1 jour — samedi 7 mars", Tone.LATE),
        ("2026-03-11", None, date(2026, 3, 13), "En retard de 2 jours — mercredi 11 mars", Tone.LATE),
        ("2026-03-11", "2026-03-09", date(2026, 3, 20), "Fait le 9 mars", Tone.DONE),
        ("2026-04-03", "2026-04-01", date(2026, 4, 2), "Fait le 1er avril", Tone.DONE),
        ("2026-03-11", "2026-03-09", date(2027, 3, 20), "Fait le 9 mars 2026", Tone.DONE),
        ("2027-01-01", None, date(2026, 12, 20), "Dans 12 jours — vendredi 1er janvier 2027", Tone.OK),
    ],
)
def test_what_clerks_read(due, done, today, says, tone):
    found = wording(date.fromisoformat(due), done and date.fromisoformat(done), today)
    assert (found.whole(str), found.tone) == (says, tone)


def test_late_is_after_the_day():
    day = date(2026, 3, 11)
    assert not is_late(day, None, day)
    assert is_late(day, None, day + timedelta(days=1))
    assert not is_late(day, day, day + timedelta(days=30))
    assert is_late(day, day + timedelta(days=1), day)


@given(at=INSTANTS, zone=ZONES, recidive=st.booleans())
def test_the_postponed_day_is_never_earlier(at, zone, recidive):
    for one in deadlines(at, zone=zone, recidive=recidive):
        assert timedelta(0) <= one.due_postponed - one.due_strict <= timedelta(days=6)


@given(at=INSTANTS, later=st.timedeltas(timedelta(0), timedelta(days=400)), zone=ZONES, recidive=st.booleans())
def test_a_later_receipt_never_gives_an_earlier_day(at, later, zone, recidive):
    first, second = (deadlines(when, zone=zone, recidive=recidive) for when in (at, at + later))
    for one, other in zip(first, second, strict=True):
        assert one.code == other.code
        assert one.due_strict <= other.due_strict
        assert one.due_postponed <= other.due_postponed


@given(at=INSTANTS, zone=ZONES, days=st.integers(0, 200))
def test_what_holds_for_every_receipt(at, zone, days):
    here = at.astimezone(zone).date()
    session_on = here + timedelta(days=days)
    due = {one.code: one.due_strict for one in deadlines(at, zone=zone, session_on=session_on)}
    assert due["D2"] == due["D3"] == due["D4"] == here + timedelta(days=8)
    assert due["D13"] == due["D7"] - timedelta(days=15)
    assert due["D6"] == session_on - timedelta(days=15)
    assert due["D8"] == session_on + timedelta(days=8)
    assert due["D9"] == add_months(session_on, 3)
    assert here < due["D1"] <= due["D14"]
    assert due["D5"] < due["D13"] < due["D7"]
    assert deadlines(at.astimezone(ZoneInfo("Asia/Tokyo")), zone=zone) == deadlines(at, zone=zone)


def test_each_day_has_its_rule_and_each_owned_day_the_act_that_keeps_it():
    assert {rule.code for rule in law.RULES} == set(LegalDay)
    kept = [day for kind in KINDS.values() for day in kind.keeps]
    assert len(kept) == len(set(kept))
    optional = {rule.code for rule in law.RULES if rule.optional}
    assert set(kept) == {day for day in LegalDay if day.owner is not KeptBy.NOBODY} | optional
    assert [day for day in LegalDay if day.is_counted and day.owner is KeptBy.NOBODY] == []
