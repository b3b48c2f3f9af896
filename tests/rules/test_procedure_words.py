"""Why a day is that day, in words; every date was worked out by hand from the articles."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.procedure import law
from app.procedure.law import Delay, Trigger
from app.procedure.rules import deadlines, with_text
from app.procedure.words import EVENTS, length, why

RECEIVED = datetime(2026, 3, 3, 22, 41, 7, tzinfo=ZoneInfo("Europe/Paris"))
"""A Tuesday."""


def said(code, received=RECEIVED, **more):
    return next(why(day, str) for day in deadlines(received, **more) if day.code == code)


@pytest.mark.parametrize(
    ("code", "rule", "day"),
    [
        ("D1", "1 jour ouvré après la réception, le mardi 3 mars 2026", "mercredi 4 mars 2026 (CRPA R. 112-11-2)"),
        ("D2", "8 jours après la réception, le mardi 3 mars 2026", "mercredi 11 mars 2026 (CSP R. 1110-11 al. 3)"),
        ("D5", "1 mois après la réception, le mardi 3 mars 2026",
         "vendredi 3 avril 2026 (CSP L. 1110-3 al. 3, R. 1110-11 al. 4)"),
        ("D7", "3 mois après la réception, le mardi 3 mars 2026",
         "mercredi 3 juin 2026 (CSP L. 1110-3 al. 4, R. 1110-11 al. 5)"),
        ("D13", "15 jours avant le dernier jour pour tenir la réunion, le mercredi 3 juin 2026",
         "mardi 19 mai 2026 (CSP R. 1110-11 al. 5)"),
        ("D14", "10 jours ouvrés après la réception, le mardi 3 mars 2026", "mardi 17 mars 2026 (CRPA R. 112-11-2)"),
        ("D6", "15 jours avant la réunion de conciliation, le jeudi 28 mai 2026",
         "mercredi 13 mai 2026 (CSP R. 1110-11 al. 5)"),
        ("D8", "8 jours après la réunion de conciliation, le jeudi 28 mai 2026",
         "vendredi 5 juin 2026 (CSP R. 1110-12)"),
        ("D9", "3 mois après la réunion de conciliation, le jeudi 28 mai 2026",
         "vendredi 28 août 2026 (CSP R. 1110-13)"),
    ],
)  # fmt: skip
def test_what_runs_from_the_receipt_and_from_the_meeting(code, rule, day):
    assert said(code, session_on=date(2026, 5, 28)) == f"{rule} : {day}."


def test_after_a_first_sanction_the_transmission_has_its_own_rule():
    told = "Sans délai après la réception, le mardi 3 mars 2026 : mardi 3 mars 2026 (CSP R. 1110-14)."
    assert said("D3", recidive=True) == told


def test_what_runs_from_the_acts_of_the_director():
    """The professional had the facts on 31 January 2027: one month ends on 28 February."""
    told = "1 mois après la réception des griefs par le professionnel, le dimanche 31 janvier 2027 : "
    found = said("D16", others={Trigger.NOTIFICATION: date(2027, 1, 31)})
    assert found == told + "dimanche 28 février 2027 (CSS R. 147-2 I)."


def test_the_text_is_that_of_the_complaint():
    day = next(day for day in deadlines(RECEIVED) if day.code == "D2")
    assert why(with_text(day, {"D4"}), str).endswith(
        "mercredi 11 mars 2026 (CRPA R. 112-11-2, huit jours par prudence)."
    )


@pytest.mark.parametrize(
    ("delay", "told"),
    [
        ({"days": 1}, "1 jour"),
        ({"days": 15}, "15 jours"),
        ({"working_days": 2}, "2 jours ouvrés"),
        ({"months": 1}, "1 mois"),
        ({"months": 12}, "1 an"),
        ({"months": 18}, "18 mois"),
        ({"months": 72}, "6 ans"),
        ({}, "Sans délai"),
    ],
)
def test_a_length_in_words(delay, told):
    assert length(Delay(source="CSP R. 1110-11", **delay), str) == told


def test_every_rule_and_every_event_has_words():
    assert set(EVENTS) == set(Trigger)
    assert {rule.trigger for rule in law.RULES} <= set(EVENTS)
    spoken = {length(rule.delay, str) for rule in law.RULES}
    assert spoken == {
        *("1 jour ouvré", "10 jours ouvrés", "8 jours", "15 jours", "1 mois", "2 mois", "3 mois"),
        *("3 ans", "5 ans", "6 ans", "Sans délai"),
    }
