"""What the list of complaints may be asked."""

from datetime import date

import pytest

from app.base.cutting import pages_of
from app.intake.filters import DueWithin, Filters, read_filters
from app.intake.periods import last_day
from app.intake.rules import is_id, is_number, label_of, notices

PROFESSIONS = {"10", "40"}


@pytest.mark.parametrize(
    ("typed", "filters", "ignored"),
    [
        ({}, Filters(), False),
        ({"etat": "", "page": ""}, Filters(), False),
        ({"etat": "recue", "echeance": "3j"}, Filters(etat="recue", echeance="3j"), False),
        ({"profession": "40", "role": "informee"}, Filters(profession="40", role="informee"), False),
        ({"page": "3", "par": "50"}, Filters(page=3, par=50), False),
        ({"etat": "Recue"}, Filters(), True),
        ({"echeance": "5j", "etat": "recue"}, Filters(etat="recue"), True),
        ({"profession": "99"}, Filters(), True),
        ({"role": "' OR 1=1 --"}, Filters(), True),
        ({"page": "0"}, Filters(), True),
        ({"page": "-1"}, Filters(), True),
        ({"page": "٣"}, Filters(), True),
        ({"page": "9" * 400}, Filters(), True),
        ({"par": "1000"}, Filters(), True),
        ({"par": "25.0"}, Filters(), True),
        ({"etat": "recue\x00"}, Filters(), True),
        ({"autre": "x"}, Filters(), False),
    ],
)
def test_what_is_not_understood_is_left_aside_and_told(typed, filters, ignored):
    assert read_filters(typed, PROFESSIONS) == (filters, ignored)


def test_an_address_asks_the_same_and_says_no_more_than_needed():
    assert Filters().query() == ""
    assert Filters(etat="recue", page=2).query() == "?etat=recue&page=2"
    assert Filters(etat="recue", page=2).at(1).query() == "?etat=recue"


@pytest.mark.parametrize(
    ("echeance", "day"),
    [
        ("", None),
        ("retard", date(2026, 3, 2)),
        ("3j", date(2026, 3, 6)),
        ("8j", date(2026, 3, 11)),
        ("30j", date(2026, 4, 2)),
    ],
)
def test_a_near_date_lets_through_what_is_late_too(echeance, day):
    assert last_day(echeance, date(2026, 3, 3)) == day


def test_every_choice_of_date_has_its_day():
    assert all(last_day(choice.value, date(2026, 3, 3)) for choice in DueWithin)


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (25, 1), (26, 2), (667, 27)])
def test_pages_are_counted(total, pages):
    assert pages_of(total, 25) == pages


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("SA-2026-7KM4-Q9TR", True),
        ("sa-2026-7km4-q9tr", False),
        ("SA-2026-7KM4-Q9TR\n", False),
        ("SA-2026-OOOO-Q9TR", False),
        ("SA-٢٠٢٦-7KM4-Q9TR", False),
        ("", False),
    ],
)
def test_a_number_has_one_form(text, is_one):
    assert is_number(text) is is_one


def test_the_id_of_a_file_is_hexadecimal():
    assert is_id("0" * 32)
    assert not is_id("../" + "0" * 29)


def test_an_unknown_code_is_shown_as_it_is():
    assert label_of(DueWithin, "retard") == "En retard"
    assert label_of(DueWithin, "autre") == "autre"


@pytest.mark.parametrize(
    ("profession", "place", "is_told"),
    [
        ("10", "etablissement", True),
        ("50", "etablissement", True),
        ("10", "cabinet", False),
        ("21", "etablissement", False),
    ],
)
def test_a_clerk_is_told_who_may_go_to_the_chamber_for_an_act_of_public_service(profession, place, is_told):
    """CSP L. 4124-2 speaks of médecins, chirurgiens-dentistes and sages-femmes charged with a public service."""
    assert bool(notices(profession, place)) is is_told


@pytest.mark.parametrize("profession", ["10", "60", ""])
def test_a_clerk_is_told_why_nobody_is_named_in_a_hospital_of_the_armed_forces(profession):
    (told,) = notices(profession, "hopital_armees")
    assert "CSP L. 4061-1, L. 4112-6, à confirmer" in told
