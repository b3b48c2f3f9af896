"""Who receives, who is informed: exactly one authority is seised (CSP R. 1110-9, R. 1110-11)."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.base.forms.form import widgets
from app.filing import letter_address, rules
from app.filing.rules import AIGUILLAGE
from app.routing.rules import Competence, Outcome
from app.saisine.short_form import COURT, ShortForm
from tests.rules.test_short_form import FILLED, with_

BOTH = Competence(Outcome.RESOLU, ("595",), ("MED-59",))


@pytest.mark.parametrize(
    ("competence", "wish", "receiver", "informed"),
    [
        (BOTH, "cpam", "595", "MED-59"),
        (BOTH, "ordre", "MED-59", "595"),
        (BOTH, "ne_sait_pas", "595", "MED-59"),
        (Competence(Outcome.CPAM_SEULE, ("595",)), "ordre", "595", ""),
        (Competence(Outcome.ORDRE_SEUL, (), ("MED-976",)), "cpam", "MED-976", ""),
        (Competence(Outcome.CPAM_PRESUMEE, ("594",), ("MED-59",), (), ("cpam",)), "cpam", "594", "MED-59"),
        (Competence(Outcome.CPAM_A_CONFIRMER, ("595", "597"), ("MED-59",), (), ("cpam",)), "cpam", AIGUILLAGE, ""),
        (Competence(Outcome.CPAM_A_CONFIRMER, ("595", "597"), ("MED-59",), (), ("cpam",)), "ordre", "MED-59", ""),
        (Competence(Outcome.CONSEIL_A_CONFIRMER, ("595",), ("INF-59",), (), ("council",)), "cpam", "595", ""),
        (Competence(Outcome.CONSEIL_A_CONFIRMER, ("595",), ("INF-59",), (), ("council",)), "ordre", AIGUILLAGE, ""),
        (Competence(Outcome.HORS_CHAMP), "cpam", AIGUILLAGE, ""),
        (Competence(Outcome.A_QUALIFIER, to_confirm=("council",)), "ordre", AIGUILLAGE, ""),
        (Competence(Outcome.CPAM_A_CONFIRMER, (), (), (), ("cpam", "council")), "ne_sait_pas", AIGUILLAGE, ""),
    ],
)
def test_exactly_one_authority_receives(competence, wish, receiver, informed):
    decision = rules.decide(competence, wish)
    assert (decision.receiver, decision.informed) == (receiver, informed)


def test_what_is_uncertain_is_proposed_never_hidden():
    decision = rules.decide(Competence(Outcome.CPAM_A_CONFIRMER, ("595", "597"), ("MED-59",), (), ("cpam",)), "cpam")
    assert decision.candidates == ("595", "597", "MED-59")
    assert rules.decide(BOTH, "cpam").candidates == ()


def test_a_number_carries_the_year_of_paris_and_cannot_be_listed():
    new_year_in_paris = datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC)
    number = rules.new_number(new_year_in_paris)
    assert number.startswith("SA-2027-")
    assert len(number) == len("SA-2026-7KM4-Q9TR")
    assert len({rules.new_number(new_year_in_paris) for _ in range(1000)}) == 1000


def test_the_contact_sheet_is_apart():
    answers = COURT.parse(
        with_(moyens=["email", "telephone"], telephone="06 00 00 00 00", tel_consigne="Le soir")
    ).values
    complaint = {row["name"] for row in rules.rows_of((answers,), str, private=False)}
    contact = {row["name"] for row in rules.rows_of((answers,), str, private=True)}
    assert contact == {"moyens", "email", "telephone", "tel_consigne"}
    assert {"nom", "recit", "pro_nom", "profession"} <= complaint
    assert not complaint & contact


def test_every_way_to_reach_the_person_is_private():
    """A new contact field cannot slip into what the professional reads."""
    reaching = {
        name for name in widgets(ShortForm) if name.startswith(("moyens", "email", "tel", "adresse", "accord_email"))
    }
    assert reaching == {name for name, widget in widgets(ShortForm).items() if widget.private}


def test_a_child_is_named_and_flagged():
    answers = dict(COURT.parse(with_(qualite="enfant", pers_prenom="Zoé", pers_nom="Fictive")).values)
    assert rules.person_name(answers) == "Zoé Fictive"
    assert rules.filer_name(answers) == "Léa Fictive"
    assert "mineur" in rules.signs_of(answers, rules.decide(BOTH, "cpam"))


def test_an_answer_is_stored_by_its_code_and_shown_by_its_label():
    row = next(
        row for row in rules.rows_of((COURT.parse(FILLED).values,), str, private=False) if row["name"] == "profession"
    )
    assert (row["answer"], row["shown"]) == ("medecin", "Médecin (généraliste ou spécialiste)")


@pytest.mark.parametrize(
    ("outcome", "absent"), [("cpam_seule", {"D3", "D5", "D7", "D13"}), ("ordre_seul", {"D3"}), ("resolu", set())]
)
def test_days_that_do_not_apply_are_not_asked(outcome, absent):
    assert rules.days_not_asked(outcome) == absent


STREET, PHONE, MAIL = {"adresse_rue": "1 rue Inventée"}, {"telephone": "06 12 34 56 78"}, {"email": "amina@exemple.fr"}
THROUGH = {"pers_joindre": "association"}


@pytest.mark.parametrize(
    ("given", "mandated", "way", "address"),
    [
        ({**MAIL, **STREET}, False, "email", ["1 rue Inventée"]),
        ({**STREET, **PHONE}, False, "poste", ["1 rue Inventée"]),
        (PHONE, False, "", []),
        ({}, False, "", []),
        (THROUGH, True, "poste", ["Chez Entraide Inventée", "2 rue Fictive"]),
        (THROUGH, False, "", []),
        ({**THROUGH, **STREET}, True, "poste", ["1 rue Inventée"]),
        ({"pers_joindre": "directement"}, True, "", []),
    ],
)
def test_a_code_is_promised_only_by_a_way_that_exists(given, mandated, way, address):
    rows = [{"name": name, "answer": value, "shown": value} for name, value in given.items()]
    association = {"name": "Entraide Inventée", "address": "2 rue Fictive"}
    opened: Any = SimpleNamespace(
        contact=rows, now=SimpleNamespace(is_mandated=mandated), payload={"association": association}
    )
    assert letter_address.code_way(opened) == way
    assert letter_address.post_address(opened) == address
