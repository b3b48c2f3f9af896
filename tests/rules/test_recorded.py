"""A receipt that an authority declares: the instant that delays run from, and the words for it."""

from datetime import UTC, date, datetime

import pytest

from app.filing.documents.recorded_wording import sentence
from app.filing.rules import AIGUILLAGE, CompetenceDecision, seised
from app.filing.sealed.recorded import ReceivedBy, Recorded, received_text

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
FRIDAY = date(2026, 2, 27)


def declared(on=FRIDAY, hour="", zone="Europe/Paris"):
    return Recorded("Émile Exemple", "595", "CPAM de Lille-Douai", ReceivedBy.REGISTERED, on, hour, zone)


def sealed(recorded, at, zone="Europe/Paris"):
    return {"received_at": at.isoformat(), "zone": zone, "recorded": recorded.sealed(NOW.isoformat())}


@pytest.mark.parametrize(
    ("recorded", "at"),
    [
        (declared(), datetime(2026, 2, 27, 11, tzinfo=UTC)),
        (declared(hour="10:15"), datetime(2026, 2, 27, 9, 15, tzinfo=UTC)),
        (declared(zone="Indian/Reunion"), datetime(2026, 2, 27, 8, tzinfo=UTC)),
        (declared(zone="Pacific/Wallis"), datetime(2026, 2, 27, 0, tzinfo=UTC)),
        (declared(on=date(2026, 3, 3)), NOW),  # noon is to come: nothing is received after it is recorded
        (declared(on=date(2026, 3, 3), hour="10:29"), datetime(2026, 3, 3, 9, 29, tzinfo=UTC)),
    ],
)
def test_the_receipt_is_on_the_day_declared_and_never_to_come(recorded, at):
    assert recorded.received_at(NOW) == at


def test_no_hour_is_said_that_nobody_declared():
    day, hour = declared(), declared(hour="10:15")
    assert received_text(sealed(day, day.received_at(NOW))) == "vendredi 27 février 2026"
    assert received_text(sealed(hour, hour.received_at(NOW))) == "vendredi 27 février 2026 à 10 h 15"
    assert received_text({"received_at": NOW.isoformat()}) == "mardi 3 mars 2026 à 10 h 30 min 00 s"


def test_far_from_paris_the_day_is_that_of_the_place():
    """At eight in the morning in Nouméa, it is still the day before in Paris."""
    early = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
    recorded = declared(on=date(2026, 3, 3), zone="Pacific/Noumea")
    at = recorded.received_at(early)
    assert at == early
    assert received_text(sealed(recorded, at, "Pacific/Noumea")) == "mardi 3 mars 2026"


def test_the_sentence_says_who_recorded_and_that_the_service_did_not_receive():
    said = sentence(sealed(declared(), declared().received_at(NOW)), str)
    assert said == (
        "Enregistrée par CPAM de Lille-Douai le 3 mars 2026 à 10 h 30, "
        "reçue le 27 février 2026 par lettre recommandée avec avis de réception."
    )
    assert sentence({"received_at": NOW.isoformat()}, str) == ""


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (("595", "MED-59", (), ()), ("595", "MED-59", ())),
        (("601", "MED-60", (), ()), ("595", "", ("601",))),
        ((AIGUILLAGE, "", ("commune",), ("595", "594")), ("595", "", ("594",))),
        ((AIGUILLAGE, "", (), ()), ("595", "", ())),
    ],
)
def test_the_authority_that_a_paper_reached_is_seised_and_proposes_the_others(decision, expected):
    receiver, informed, to_confirm, candidates = decision
    found = seised(CompetenceDecision(receiver, informed, "resolu", to_confirm, candidates), "595")
    assert (found.receiver, found.informed, found.candidates) == expected
    assert found.to_confirm == to_confirm
