"""Who is competent, on facts small enough to read: each row is worked out by hand from the articles."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.routing import bundled
from app.routing.rules import (
    Book,
    Caisse,
    CaisseRule,
    Competence,
    Council,
    Outcome,
    Practice,
    PracticePlace,
    Profession,
    agree,
    decide,
    local_zone,
)
from app.routing.rules.competence import CAUTION, OUTCOMES, PROCEDURES, Receivers
from app.routing.rules.councils import LEVELS, SECTIONS, possible_sections
from app.routing.rules.territories import SECTION_E, TABLEAU_ELSEWHERE, TERRITORIES, Regime

BOOK = Book.of(
    caisses=[
        Caisse("011", ("01",)),
        Caisse("751", ("75",)),
        *(Caisse(code, ("59",)) for code in ("594", "595")),
        Caisse("401", ("40",)),
        Caisse("641", ("64",)),
        Caisse("971", ("971", "978")),
        Caisse("976", ("976",)),
        Caisse("977", ("977",), "derived"),
        Caisse("CPS-975", ("975",), "a_verifier"),
    ],
    rules=[
        CaisseRule("commune", "59350", "59", ("595",), "certain"),
        CaisseRule("commune", "40312", "40", ("641", "401"), "ambigu"),
        CaisseRule("arrondissement", "594", "59", ("594",), "presume"),
        CaisseRule("arrondissement", "595", "59", ("595", "594"), "ambigu"),
        CaisseRule("arrondissement", "596", "59", ("594",), "probable"),
    ],
    councils=[
        *(Council(f"MED-{d}", "10", "", (d,)) for d in ("01", "40", "59", "75", "971", "976")),
        Council("MED-975", "10", "", ("975",), "a_verifier"),
        Council("MED-977-978", "10", "", ("977", "978"), "a_verifier"),
        Council("INF-59", "60", "", ("59",), "a_verifier"),
        Council("PP-IDF-OM", "80", "", ("75", "971", "976", "977", "978")),
        Council("PHA-A-IDF", "21", "A", ("75",)),
        *(Council(f"PHA-{section}", "21", section, (), "confirmed") for section in "BCDEGH"),
    ],
)
DOCTOR, NURSE, PODIATRIST, PHARMACIST = (Profession(code, "L1110-3") for code in ("10", "60", "80", "21"))
ORTHOPTIST, UNKNOWN = Profession("92", "cpam_seule"), Profession("", "a_qualifier")
PSYCHOLOGIST = Profession("93", "hors_champ", "a_verifier")

BOURG, PARIS = PracticePlace("01053", "01", "012"), PracticePlace("75056", "75", "751")
LILLE, LAMBERSART = PracticePlace("59350", "59", "595"), PracticePlace("59328", "59", "595")
BERGUES, ANZIN = PracticePlace("59067", "59", "594"), PracticePlace("59014", "59", "596")
TARNOS = PracticePlace("40312", "40", "402")
SPM, MAYOTTE, ST_BARTH, ST_MARTIN = (PracticePlace(f"{d}01", d) for d in ("975", "976", "977", "978"))
WALLIS, TAHITI, NOUMEA, KERGUELEN = (PracticePlace(f"{d}11", d) for d in ("986", "987", "988", "984"))

CASES = [
    (DOCTOR, BOURG, "resolu", ("011",), ("MED-01",), ()),
    (DOCTOR, LILLE, "resolu", ("595",), ("MED-59",), ()),
    (DOCTOR, ANZIN, "resolu", ("594",), ("MED-59",), ()),
    (DOCTOR, BERGUES, "cpam_presumee", ("594",), ("MED-59",), ("cpam",)),
    (DOCTOR, LAMBERSART, "cpam_a_confirmer", ("595", "594"), ("MED-59",), ("cpam",)),
    (DOCTOR, TARNOS, "cpam_a_confirmer", ("641", "401"), ("MED-40",), ("cpam",)),
    (NURSE, LILLE, "conseil_a_confirmer", ("595",), ("INF-59",), ("council",)),
    (NURSE, BERGUES, "cpam_a_confirmer", ("594",), ("INF-59",), ("cpam", "council")),
    (NURSE, BOURG, "conseil_a_confirmer", ("011",), (), ("council",)),
    (ORTHOPTIST, LILLE, "cpam_seule", ("595",), (), ()),
    (ORTHOPTIST, LAMBERSART, "cpam_seule", ("595", "594"), (), ("cpam",)),
    (UNKNOWN, LILLE, "conseil_a_confirmer", ("595",), (), ("council",)),
    (UNKNOWN, LAMBERSART, "cpam_a_confirmer", ("595", "594"), (), ("cpam", "council")),
    (PSYCHOLOGIST, LILLE, "hors_champ", (), (), ("profession",)),
    (PSYCHOLOGIST, MAYOTTE, "hors_champ", (), (), ("profession",)),
    # Overseas. Mayotte: CSP L. 1110-3-1; Saint-Martin: CSS L. 752-1; Wallis: CSP R. 1521-1; Pacific: CSP R. 1541-1.
    (DOCTOR, MAYOTTE, "ordre_seul", (), ("MED-976",), ()),
    (PODIATRIST, MAYOTTE, "ordre_seul", (), ("PP-IDF-OM",), ()),
    (PHARMACIST, MAYOTTE, "ordre_seul", (), ("PHA-E",), ()),
    (ORTHOPTIST, MAYOTTE, "a_qualifier", (), (), ("council",)),
    (UNKNOWN, MAYOTTE, "ordre_seul", (), (), ("council",)),
    (DOCTOR, SPM, "cpam_a_confirmer", ("CPS-975",), ("MED-975",), ("cpam", "council")),
    (PHARMACIST, SPM, "cpam_a_confirmer", ("CPS-975",), ("PHA-E",), ("cpam",)),
    (ORTHOPTIST, SPM, "cpam_seule", ("CPS-975",), (), ("cpam",)),
    (DOCTOR, ST_BARTH, "cpam_a_confirmer", ("977",), ("MED-977-978",), ("cpam", "council")),
    (PODIATRIST, ST_BARTH, "cpam_a_confirmer", ("977",), ("PP-IDF-OM",), ("cpam",)),
    (DOCTOR, ST_MARTIN, "conseil_a_confirmer", ("971",), ("MED-977-978",), ("council",)),
    (PODIATRIST, ST_MARTIN, "resolu", ("971",), ("PP-IDF-OM",), ()),
    (PHARMACIST, ST_MARTIN, "resolu", ("971",), ("PHA-E",), ()),
    (DOCTOR, WALLIS, "ordre_seul", (), ("MED-75",), ()),
    (PHARMACIST, WALLIS, "ordre_seul", (), ("PHA-E",), ()),
    (NURSE, WALLIS, "a_qualifier", (), (), ("council",)),
    (PODIATRIST, WALLIS, "a_qualifier", (), (), ("council",)),
    (ORTHOPTIST, TAHITI, "a_qualifier", (), (), ("council",)),
    (UNKNOWN, WALLIS, "ordre_seul", (), (), ("council",)),
    (DOCTOR, TAHITI, "ordre_seul", (), (), ("council",)),
    (PHARMACIST, NOUMEA, "ordre_seul", (), (), ("council",)),
    # Nobody is named there: CSP L. 1110-3-1, R. 1521-1 and R. 1541-1 speak of other territories.
    (DOCTOR, KERGUELEN, "a_qualifier", (), (), ("council",)),
    (ORTHOPTIST, KERGUELEN, "a_qualifier", (), (), ("council",)),
    (PSYCHOLOGIST, KERGUELEN, "hors_champ", (), (), ("profession",)),
    # The département alone is known, or nothing is.
    (DOCTOR, PracticePlace(None, "01"), "resolu", ("011",), ("MED-01",), ()),
    (DOCTOR, PracticePlace(None, "59"), "cpam_a_confirmer", ("594", "595"), ("MED-59",), ("cpam",)),
    (DOCTOR, PracticePlace(None, "40"), "cpam_a_confirmer", ("401", "641"), ("MED-40",), ("cpam",)),
    (DOCTOR, PracticePlace(None, ""), "cpam_a_confirmer", (), (), ("cpam", "council")),
]


@pytest.mark.parametrize(("profession", "place", "outcome", "cpam", "council", "to_confirm"), CASES)
def test_each_place_and_profession_has_its_authorities(profession, place, outcome, cpam, council, to_confirm):
    found = decide(profession, place, Practice(), BOOK)
    assert (found.outcome, found.cpam, found.council, found.to_confirm) == (outcome, cpam, council, to_confirm)


@pytest.mark.parametrize("place", [BOURG, MAYOTTE, KERGUELEN, PracticePlace(None, "")])
@pytest.mark.parametrize("fees_only", [True, False])
def test_a_hospital_of_the_armed_forces_is_left_to_a_person(place, fees_only):
    """A military practitioner is on no tableau (CSP L. 4112-6); whether a caisse receives alone is not settled."""
    found = decide(DOCTOR, place, Practice(fees_only=fees_only, armed_forces=True), BOOK)
    assert (found.outcome, found.cpam, found.council) == ("a_qualifier", (), ())
    assert (found.to_confirm, found.basis) == (("council",), ("CSP L. 4061-1", "CSP L. 4112-6"))
    assert decide(PSYCHOLOGIST, place, Practice(armed_forces=True), BOOK).outcome == "hors_champ"


@pytest.mark.parametrize(
    ("place", "practice", "outcome", "council"),
    [
        (PARIS, Practice("A"), "resolu", ("PHA-A-IDF",)),
        (PARIS, Practice(" a "), "resolu", ("PHA-A-IDF",)),
        (PARIS, Practice("D"), "resolu", ("PHA-D",)),
        (PARIS, Practice("B"), "resolu", ("PHA-B",)),
        (PARIS, Practice("H", "officine"), "resolu", ("PHA-H",)),
        (PARIS, Practice("E"), "conseil_a_confirmer", ("PHA-A-IDF", "PHA-D", "PHA-H", "PHA-G")),
        (PARIS, Practice("E", "hopital"), "conseil_a_confirmer", ("PHA-A-IDF", "PHA-D", "PHA-H", "PHA-G")),
        (PARIS, Practice("F"), "conseil_a_confirmer", ("PHA-A-IDF", "PHA-D", "PHA-H", "PHA-G")),
        (PARIS, Practice(None, "officine"), "conseil_a_confirmer", ("PHA-A-IDF", "PHA-D")),
        (PARIS, Practice(None, "hopital"), "resolu", ("PHA-H",)),
        (PARIS, Practice(None, "laboratoire"), "resolu", ("PHA-G",)),
        (PARIS, Practice(None, "ne_sait_pas"), "conseil_a_confirmer", ("PHA-A-IDF", "PHA-D", "PHA-H", "PHA-G")),
        (PracticePlace("97105", "971"), Practice("A"), "resolu", ("PHA-E",)),
        (PracticePlace("97105", "971"), Practice("G"), "resolu", ("PHA-E",)),
        (PracticePlace("97105", "971"), Practice(None, "hopital"), "resolu", ("PHA-E",)),
    ],
)
def test_a_pharmacist_goes_by_section_of_the_tableau(place, practice, outcome, council):
    found = decide(PHARMACIST, place, practice, BOOK)
    assert (found.outcome, found.council) == (outcome, council)


@pytest.mark.parametrize(
    ("profession", "place", "outcome", "cpam", "council", "to_confirm"),
    [
        (DOCTOR, BOURG, "cpam_seule", ("011",), (), ()),
        (UNKNOWN, BOURG, "cpam_seule", ("011",), (), ()),
        (PSYCHOLOGIST, BOURG, "hors_champ", (), (), ("profession",)),
        (DOCTOR, MAYOTTE, "ordre_seul", (), ("MED-976",), ("council",)),
    ],
)
def test_excess_fees_alone_go_to_the_caisse_alone(profession, place, outcome, cpam, council, to_confirm):
    found = decide(profession, place, Practice(fees_only=True), BOOK)
    assert (found.outcome, found.cpam, found.council, found.to_confirm) == (outcome, cpam, council, to_confirm)


@pytest.mark.parametrize(
    ("profession", "place", "practice", "articles"),
    [
        (DOCTOR, LILLE, Practice(), {"CSP R. 1110-9 1°", "CSP R. 1110-9 2°", "CSP L. 4112-1"}),
        (PHARMACIST, PARIS, Practice("A"), {"CSP L. 4232-1"}),
        (DOCTOR, MAYOTTE, Practice(), {"CSP L. 1110-3-1"}),
        (DOCTOR, WALLIS, Practice(), {"CSP R. 1521-1"}),
        (DOCTOR, NOUMEA, Practice(), {"CSP R. 1541-1"}),
        (DOCTOR, ST_MARTIN, Practice(), {"CSS L. 752-1"}),
        (ORTHOPTIST, LILLE, Practice(), {"CSS R. 147-13"}),
        (DOCTOR, LILLE, Practice(fees_only=True), {"CSS L. 162-1-14-1"}),
    ],
)
def test_the_answer_names_its_articles(profession, place, practice, articles):
    assert articles <= set(decide(profession, place, practice, BOOK).basis)


def test_a_profession_that_is_not_confirmed_is_flagged():
    found = decide(replace(ORTHOPTIST, confidence="a_verifier"), LILLE, Practice(), BOOK)
    assert (found.outcome, found.to_confirm) == ("cpam_seule", ("profession",))


def test_a_clerks_decision_outweighs_the_directory_and_the_reference():
    rules = [
        CaisseRule("commune", "59328", "59", (caisse,), "certain", origin=origin)
        for caisse, origin in (("594", "reference"), ("595", "decision"), ("597", "directory"))
    ]
    book = replace(BOOK, rules=Book.of((), rules, ()).rules)
    assert decide(DOCTOR, LAMBERSART, Practice(), book).cpam == ("595",)


def test_communes_of_a_postal_code_that_agree_give_the_most_cautious_answer():
    sure = Competence(Outcome.RESOLU, ("595",), ("MED-59",))
    presumed = Competence(Outcome.CPAM_PRESUMEE, ("595",), ("MED-59",), to_confirm=("cpam",))
    elsewhere = Competence(Outcome.RESOLU, ("594",), ("MED-59",))
    assert agree([sure, presumed, sure]) == presumed
    assert agree([sure, elsewhere]).outcome is Outcome.COMMUNE_A_CHOISIR
    assert agree([]).outcome is Outcome.COMMUNE_A_CHOISIR


def test_the_contract_is_written_with_plain_lists():
    assert Competence(Outcome.RESOLU, ("595",), ("MED-59",), ("CSP R. 1110-9",)).as_json() == {
        "outcome": "resolu",
        "cpam": ["595"],
        "council": ["MED-59"],
        "basis": ["CSP R. 1110-9"],
        "to_confirm": [],
    }


@pytest.mark.parametrize(
    ("departement", "zone"),
    [
        ("59", "Europe/Paris"),
        ("2A", "Europe/Paris"),
        ("971", "America/Guadeloupe"),
        ("974", "Indian/Reunion"),
        ("976", "Indian/Mayotte"),
        ("988", "Pacific/Noumea"),
    ],
)
def test_a_territory_has_its_time_zone(departement, zone):
    assert local_zone(departement) == zone


def test_the_tables_hold_together():
    assert set(PROCEDURES) == {"L1110-3", "cpam_seule", "a_qualifier", "hors_champ"}
    assert len(LEVELS) == 7
    assert "F" not in SECTIONS
    assert set(TERRITORIES) > SECTION_E
    assert {where for where, _ in TABLEAU_ELSEWHERE} == {"986"}
    assert {d for d, t in TERRITORIES.items() if t.regime is Regime.ORDRE_ALONE} == {"976", "986", "987", "988"}
    assert set(CAUTION) == set(Outcome) - {Outcome.COMMUNE_A_CHOISIR}
    assert set(OUTCOMES.values()) == set(Outcome) - {Outcome.COMMUNE_A_CHOISIR, Outcome.HORS_CHAMP}


@given(
    profession=st.sampled_from([DOCTOR, NURSE, PODIATRIST, PHARMACIST, ORTHOPTIST, UNKNOWN, PSYCHOLOGIST]),
    place=st.builds(
        PracticePlace,
        commune=st.none() | st.sampled_from(["59350", "40312", "01053", "99999"]),
        departement=st.sampled_from([*TERRITORIES, "01", "40", "59", "64", "75", "2A", "xx"]),
        arrondissement=st.sampled_from(["", "594", "595", "012"]),
    ),
    practice=st.builds(
        Practice,
        section=st.none() | st.sampled_from([*SECTIONS, "F", "", "zz"]),
        pharmacie_type=st.none() | st.sampled_from(["officine", "hopital", "laboratoire", "ne_sait_pas", "?"]),
        fees_only=st.booleans(),
        armed_forces=st.booleans(),
    ),
)
def test_any_question_has_an_answer_that_keeps_its_word(profession, place, practice):
    keeps_its_word(decide(profession, place, practice, BOOK))
    assert possible_sections(place.departement, practice) is not None


def keeps_its_word(found: Competence) -> None:
    """What each outcome promises."""
    promises = {
        Outcome.RESOLU: len(found.cpam) == len(found.council) == 1 and not set(found.to_confirm) & {"cpam", "council"},
        Outcome.CPAM_PRESUMEE: len(found.cpam) == len(found.council) == 1 and "council" not in found.to_confirm,
        Outcome.CPAM_A_CONFIRMER: "cpam" in found.to_confirm,
        Outcome.CONSEIL_A_CONFIRMER: len(found.cpam) == 1 and found.to_confirm[:1] == ("council",),
        Outcome.CPAM_SEULE: bool(found.cpam) and not found.council and "council" not in found.to_confirm,
        Outcome.ORDRE_SEUL: not found.cpam and (len(found.council) == 1 or "council" in found.to_confirm),
        Outcome.A_QUALIFIER: not found.cpam and not found.council and "council" in found.to_confirm,
        Outcome.HORS_CHAMP: not found.cpam and not found.council,
    }
    assert promises[found.outcome], found
    assert found.basis


def test_everyone_who_can_be_seised_is_in_the_tables():
    assert {who for who, _, _ in OUTCOMES} == set(Receivers) - {Receivers.NOBODY}


def test_every_carried_row_says_where_it_comes_from_and_how_sure_it_is():
    for name in ("cpam.csv", "cpam_exceptions.csv", "councils.csv", "professions.csv", "motives.csv", "forms.csv"):
        for line in bundled.lines(bundled.DATA / name):
            assert line["source"], line
            assert line["confidence"] in {"confirmed", "derived", "a_verifier"}, line
