"""The first day that each act may bear; every date was worked out by hand.

Received on Tuesday 3 March 2026; told by 4 and 5 March; met on 28 May; summoned on 4 May; failed, chamber on 1 July.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.acts.kinds import KINDS
from app.acts.order import first_day
from app.conciliation.rules import summons_warnings
from app.filing.status.replay import status_of
from tests.rules.test_conciliation_state import CAME, FAILED, FIXED, PASSED_ON, RECEIVED, SENT, SUMMONED, TOLD, act

PARIS, RECEIPT = ZoneInfo("Europe/Paris"), date(2026, 3, 3)
AHEAD = replace(FIXED, at=datetime(2026, 4, 1, 22, 30, tzinfo=UTC))
"""Fixed on 2 April at 0:30 in Paris, for 28 May."""
AFTERWARDS = replace(FIXED, at=datetime(2026, 5, 29, 9, tzinfo=UTC))
"""Written down the day after it was held."""


@pytest.mark.parametrize(
    ("kind", "acts", "first", "says"),
    [
        ("accuse_reception", (), "2026-03-03", "avant la réception, le 3 mars 2026"),
        ("transmise_autorite", TOLD[:1], "2026-03-03", "avant la réception"),
        ("transmise_professionnel", TOLD[:2], "2026-03-03", "avant la réception"),
        ("audition", TOLD[:2], "2026-03-03", "avant la réception"),
        ("audition", TOLD, "2026-03-05", "avant la transmission au professionnel, le 5 mars 2026"),
        ("convocation", (*TOLD, AHEAD), "2026-04-02", "avant le jour où la réunion a été fixée, le 2 avril 2026"),
        ("convocation", (*TOLD, AFTERWARDS), "2026-03-03", "avant la réception"),
        (
            "convocation_recue",
            (*TOLD, AHEAD, *SUMMONED),
            "2026-05-04",
            "avant l'envoi de la convocation, le 4 mai 2026",
        ),
        ("releve_envoye", (*TOLD, AHEAD, FAILED), "2026-05-28", "avant la réunion, le 28 mai 2026"),
        ("avis_motive", (*TOLD, AHEAD, FAILED, SENT), "2026-05-28", "avant la réunion, le 28 mai 2026"),
        ("avis_motive", (*TOLD, act("recidive", "2026-03-06", answer="oui")), "2026-03-03", "avant la réception"),
        (
            "decision_chambre",
            (*TOLD, AHEAD, FAILED, SENT, PASSED_ON),
            "2026-07-01",
            "avant la transmission à la chambre disciplinaire, le 1er juillet 2026",
        ),
    ],
)
def test_an_act_is_not_before_the_one_it_follows(kind, acts, first, says):
    found = first_day(status_of(RECEIVED, acts), kind, RECEIPT, PARIS, "personne")
    assert found.on == date.fromisoformat(first)
    assert found.mistake(found.on) is None
    assert says in found.mistake(date.fromordinal(found.on.toordinal() - 1)).text(str)


def test_every_act_has_a_first_day():
    for kind in KINDS:
        assert first_day(status_of(RECEIVED, ()), kind, RECEIPT, PARIS).on == RECEIPT


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (("2026-05-13", "2026-05-13"), []),
        (("2026-05-13", "2026-05-14"), ["Le professionnel : convocation reçue 14 jours avant la réunion."]),
        (("2026-05-27", "2026-05-06"), ["La personne : convocation reçue 1 jour avant la réunion."]),
        ((None, "2026-05-06"), ["La personne : rien ne prouve la réception de la convocation."]),
        ((None, None), ["La personne : rien ne prouve", "Le professionnel : rien ne prouve"]),
    ],
)
def test_a_party_that_was_not_summoned_in_time_is_named(came, said):
    acts = [act("convocation_recue", on, party=one.sealed.party) for on, one in zip(came, CAME, strict=True) if on]
    found = summons_warnings(status_of(RECEIVED, (*TOLD, AHEAD, *SUMMONED, *acts)).conciliation)
    assert len(found) == len(said)
    assert all(told.replace("\u00a0", " ").startswith(words) for told, words in zip(found, said, strict=True))
