"""Who is competent in the true reference: cases worked out by hand, then every commune with every profession."""

import csv
import re
from collections import defaultdict
from functools import cache
from typing import Any

import pytest
from sqlalchemy import event, select

from app.base.ttl_cache import TtlCache
from app.routing.bundled import DATA
from app.routing.models import Commune
from app.routing.queries import Atlas, authorities_for, book, competence, professions
from app.routing.queries.competence import Stored
from app.routing.rules import Competence, Outcome, Practice, PracticePlace, Profession, decide
from app.routing.rules.territories import TABLEAU_ELSEWHERE
from app.routing.service import remember_caisse

DOCTOR, DENTIST, NURSE, PODIATRIST, PHARMACIST, ORTHOPTIST = "10", "40", "60", "80", "21", "92"

BY_COMMUNE = [
    (DOCTOR, "59350", "resolu", ["595"], ["MED-59"], []),  # Lille
    (DENTIST, "2B033", "resolu", ["202"], ["CD-2B"], []),  # Bastia
    (DENTIST, "2A004", "resolu", ["201"], ["CD-2A"], []),  # Ajaccio
    (PODIATRIST, "2A004", "resolu", ["201"], ["PP-PACA-COR"], []),
    (DOCTOR, "75113", "resolu", ["751"], ["MED-75"], []),  # Paris 13e
    (DOCTOR, "48095", "resolu", ["481"], ["MED-48"], []),  # Mende: CCSS
    (DOCTOR, "69383", "resolu", ["691"], ["MED-69"], []),  # Lyon 3e: métropole of Lyon
    (DOCTOR, "91479", "resolu", ["911"], ["MED-91"], []),  # Paray-Vieille-Poste, postal code 94390
    (DOCTOR, "59017", "resolu", ["594"], ["MED-59"], []),  # Armentières, arrondissement of Lille
    (DOCTOR, "59599", "resolu", ["597"], ["MED-59"], []),  # Tourcoing
    (DOCTOR, "59014", "resolu", ["599"], ["MED-59"], []),  # Anzin, arrondissement of Valenciennes
    (DOCTOR, "59355", "resolu", ["595"], ["MED-59"], []),  # Lomme, part of Lille
    (DOCTOR, "59328", "cpam_a_confirmer", ["595", "597", "594"], ["MED-59"], ["cpam"]),  # Lambersart
    (DOCTOR, "59016", "cpam_presumee", ["594"], ["MED-59"], ["cpam"]),  # Armbouts-Cappel
    (DOCTOR, "62015", "cpam_presumee", ["623"], ["MED-62"], ["cpam"]),  # arrondissement of Montreuil
    (DOCTOR, "64371", "resolu", ["642"], ["MED-64"], []),  # Mauléon: Pau, not Bayonne
    (DOCTOR, "64009", "cpam_presumee", ["641"], ["MED-64"], ["cpam"]),  # Ahetze
    (DOCTOR, "76758", "resolu", ["764"], ["MED-76"], []),  # Yvetot
    (DOCTOR, "40312", "cpam_a_confirmer", ["641", "401"], ["MED-40"], ["cpam"]),  # Tarnos
    (DOCTOR, "40192", "resolu", ["401"], ["MED-40"], []),  # Mont-de-Marsan
    (NURSE, "59350", "conseil_a_confirmer", ["595"], ["INF-59"], ["council"]),
    (NURSE, "59016", "cpam_a_confirmer", ["594"], ["INF-59"], ["cpam", "council"]),
    (NURSE, "44109", "resolu", ["441"], ["INF-44-85"], []),  # Nantes
    (NURSE, "85191", "resolu", ["851"], ["INF-44-85"], []),  # La Roche-sur-Yon
    (NURSE, "27229", "resolu", ["271"], ["INF-27-76"], []),  # Évreux
    (NURSE, "76351", "resolu", ["763"], ["INF-27-76"], []),  # Le Havre
    (NURSE, "76002", "cpam_presumee", ["763"], ["INF-27-76"], ["cpam"]),  # Alvimare
    (NURSE, "97411", "resolu", ["974"], ["INF-974-976"], []),  # Saint-Denis, La Réunion
    (NURSE, "97611", "ordre_seul", [], ["INF-974-976"], []),  # Mamoudzou
    ("70", "97411", "conseil_a_confirmer", ["974"], ["MK-974"], ["council"]),
    ("70", "97611", "ordre_seul", [], ["MK-976"], ["council"]),
    (ORTHOPTIST, "59350", "cpam_seule", ["595"], [], []),
    (ORTHOPTIST, "59328", "cpam_seule", ["595", "597", "594"], [], ["cpam"]),
    *((code, "59350", "cpam_seule", ["595"], [], []) for code in ("35", "36", "37", "38", "39")),  # CSP L. 4241-1 s.
    ("69", "59350", "cpam_seule", ["595"], [], ["profession"]),  # psychiatric nurse: ordre to be checked
    ("93", "59350", "hors_champ", [], [], ["profession"]),  # psychologist
    ("", "59350", "conseil_a_confirmer", ["595"], [], ["council"]),
    ("zz", "59350", "conseil_a_confirmer", ["595"], [], ["council"]),
    (DOCTOR, "97105", "resolu", ["971"], ["MED-971"], []),  # Basse-Terre
    (DOCTOR, "97302", "resolu", ["973"], ["MED-973"], []),  # Cayenne
    (PODIATRIST, "97209", "resolu", ["972"], ["PP-IDF-OM"], []),  # Fort-de-France
    (DOCTOR, "97611", "ordre_seul", [], ["MED-976"], []),
    (PHARMACIST, "97611", "ordre_seul", [], ["PHA-E"], []),
    (ORTHOPTIST, "97611", "a_qualifier", [], [], ["council"]),
    (DOCTOR, "97502", "cpam_a_confirmer", ["CPS-975"], ["MED-975"], ["cpam", "council"]),
    (PODIATRIST, "97502", "cpam_a_confirmer", ["CPS-975"], ["PP-BRE-SPM"], ["cpam"]),
    (PHARMACIST, "97502", "cpam_a_confirmer", ["CPS-975"], ["PHA-E"], ["cpam"]),
    (DOCTOR, "97701", "cpam_a_confirmer", ["977"], ["MED-977-978"], ["cpam", "council"]),
    (DOCTOR, "97801", "conseil_a_confirmer", ["971"], ["MED-977-978"], ["council"]),
    (PODIATRIST, "97801", "resolu", ["971"], ["PP-IDF-OM"], []),
    (PHARMACIST, "97801", "resolu", ["971"], ["PHA-E"], []),
    (DOCTOR, "98613", "ordre_seul", [], ["MED-75"], []),  # Uvea
    (DENTIST, "98613", "ordre_seul", [], ["CD-75"], []),
    ("50", "98611", "ordre_seul", [], ["SF-75"], []),
    (PHARMACIST, "98612", "ordre_seul", [], ["PHA-E"], []),
    (NURSE, "98613", "a_qualifier", [], [], ["council"]),
    (DOCTOR, "98735", "ordre_seul", [], [], ["council"]),  # Papeete
    (PHARMACIST, "98818", "ordre_seul", [], [], ["council"]),  # Nouméa
    (DOCTOR, "98412", "a_qualifier", [], [], ["council"]),  # Kerguelen
    (DOCTOR, "99138", "hors_champ", [], [], []),  # Monaco
    (DOCTOR, "99131", "hors_champ", [], [], []),  # Belgium
    (DOCTOR, "00000", "commune_a_choisir", [], [], ["commune"]),
    ("93", "00000", "hors_champ", [], [], ["profession"]),
]


def test_a_commune_leads_to_its_authorities(reference):
    with reference.read() as session:
        for profession, commune, *expected in BY_COMMUNE:
            answer = authorities_for(session, profession=profession, commune=commune).as_json()
            found = [answer[name] for name in ("outcome", "cpam", "council", "to_confirm")]
            assert found == expected, (profession, commune)


# fmt: off
TWO_DEPARTEMENTS = (
    "01200", "01410", "01590", "05110", "05130", "05160", "05700", "06260",
    "13780", "21340", "33220", "37160", "42620", "43450", "48250", "52100",
)
# fmt: on
"""The sixteen postal codes that cover two départements."""

BY_POSTAL_CODE = [
    ("59000", "resolu", ("595",), ("MED-59",)),
    ("59 000", "resolu", ("595",), ("MED-59",)),
    ("94390", "resolu", ("911",), ("MED-91",)),
    ("13001", "resolu", ("131",), ("MED-13",)),
    ("75116", "resolu", ("751",), ("MED-75",)),
    ("20200", "resolu", ("202",), ("MED-2B",)),
    ("97150", "conseil_a_confirmer", ("971",), ("MED-977-978",)),
    ("97133", "cpam_a_confirmer", ("977",), ("MED-977-978",)),
    ("59147", "cpam_a_confirmer", ("595", "597", "594"), ("MED-59",)),
    ("64130", "cpam_presumee", ("642",), ("MED-64",)),  # Mauléon, sure, with villages that are presumed
    ("59280", "commune_a_choisir", (), ()),  # Armentières: Flandres; Bois-Grenier: not known
    ("98000", "hors_champ", (), ()),
    ("98015", "hors_champ", (), ()),
    ("00000", "commune_a_choisir", (), ()),
    ("25304", "commune_a_choisir", (), ()),  # a CEDEX
    ("", "commune_a_choisir", (), ()),
    *((code, "commune_a_choisir", (), ()) for code in TWO_DEPARTEMENTS),
]


def test_a_postal_code_answers_only_when_its_communes_agree(reference):
    with reference.read() as session:
        for postal_code, *expected in BY_POSTAL_CODE:
            found = authorities_for(session, profession=DOCTOR, postal_code=postal_code)
            assert [found.outcome, found.cpam, found.council] == expected, postal_code


def test_the_commune_decides_and_never_the_postal_code(reference):
    with reference.read() as session:
        both = authorities_for(session, profession=DOCTOR, commune="52448", postal_code="52100")
        cedex = authorities_for(session, profession=DOCTOR, commune="59999", postal_code="59000")
        neither = authorities_for(session, profession=DOCTOR)
    assert (both.outcome, both.cpam) == ("resolu", ("521",))
    assert (cedex.outcome, cedex.cpam) == ("resolu", ("595",))
    assert neither.outcome is Outcome.COMMUNE_A_CHOISIR


def test_a_departement_alone_is_received_all_the_same(reference):
    with reference.read() as session:
        found = [
            authorities_for(session, profession=DOCTOR, departement=d) for d in ("01", "2a", "59", "40", "976", "")
        ]
    assert [(answer.outcome, answer.cpam) for answer in found] == [
        ("resolu", ("011",)),
        ("resolu", ("201",)),
        ("cpam_a_confirmer", ("594", "595", "597", "599")),
        ("cpam_a_confirmer", ("401", "641")),
        ("ordre_seul", ()),
        ("cpam_a_confirmer", ()),
    ]


def test_the_sixteen_districts_of_marseille_share_one_council_of_pharmacists(reference):
    with reference.read() as session:
        for commune in ("13055", *(str(code) for code in range(13201, 13217))):
            found = authorities_for(session, profession=PHARMACIST, commune=commune, section="A")
            assert (found.outcome, found.cpam, found.council) == ("resolu", ("131",), ("PHA-A-PACA-COR",))


def test_a_pharmacist_whose_section_is_not_known_is_asked_about(reference):
    with reference.read() as session:
        found = {
            kind: authorities_for(session, profession=PHARMACIST, commune="59350", pharmacie_type=kind)
            for kind in ("officine", "hopital", "laboratoire", "ne_sait_pas")
        }
    assert {kind: (answer.outcome, answer.council) for kind, answer in found.items()} == {
        "officine": ("conseil_a_confirmer", ("PHA-A-HDF", "PHA-D")),
        "hopital": ("resolu", ("PHA-H",)),
        "laboratoire": ("resolu", ("PHA-G",)),
        "ne_sait_pas": ("conseil_a_confirmer", ("PHA-A-HDF", "PHA-D", "PHA-H", "PHA-G")),
    }


def test_excess_fees_alone_go_to_the_caisse(reference):
    with reference.read() as session:
        found = authorities_for(session, profession=DOCTOR, commune="59350", fees_only=True)
    assert (found.outcome, found.cpam, found.council) == ("cpam_seule", ("595",), ())
    assert "CSS L. 162-1-14-1" in found.basis


@pytest.mark.parametrize("cache", [None, TtlCache()], ids=["read each time", "kept"])
def test_what_a_clerk_decided_is_remembered_for_that_commune_only(reference, clock, cache):
    with reference.read() as session:
        before = authorities_for(session, cache, profession=DOCTOR, commune="59328")
    assert before.outcome is Outcome.CPAM_A_CONFIRMER
    for caisse in ("595", "597"):
        with reference.write() as session:
            remember_caisse(session, "59328", caisse, "emile", clock)
        with reference.read() as session:
            decided = authorities_for(session, cache, profession=DOCTOR, commune="59328")
            beside = authorities_for(session, cache, profession=DOCTOR, commune="59005")
        assert (decided.outcome, decided.cpam) == ("resolu", (caisse,))
        assert beside.outcome is Outcome.CPAM_A_CONFIRMER
        clock.advance(seconds=1)


def test_authorities_and_rules_are_read_once_while_they_stay_the_same(reference):
    cache, heard = TtlCache(), []
    event.listen(reference.engine, "before_cursor_execute", lambda *said: heard.append(said[2]))
    for profession, commune in ((DOCTOR, "59350"), (DENTIST, "2B033")):
        with reference.read() as session:
            assert authorities_for(session, cache, profession=profession, commune=commune).outcome == "resolu"
    assert sum(re.search(r"FROM authority\b", one) is not None for one in heard) == 1


def test_the_answer_has_the_shape_of_the_contract(reference):
    with reference.read() as session:
        answer = authorities_for(session, profession=PHARMACIST, commune="13208", section="A").as_json()
    assert list(answer) == ["outcome", "cpam", "council", "basis", "to_confirm"]
    assert {"CSP L. 1110-3", "CSP R. 1110-9 1°", "CSP R. 1110-9 2°", "CSP L. 4232-1"} <= set(answer["basis"])


PRACTICES = [
    Practice(section, kind, fees_only=fees)
    for section in (None, "A", "D", "E")
    for kind in (None, "officine")
    for fees in (False, True)
]


def test_every_commune_and_every_profession_have_an_answer_that_keeps_its_word(reference):
    """Communes that the rules cannot tell apart (same département, same arrondissement) are asked about once."""
    with reference.read() as session:
        facts = book(session)
        towns = session.execute(
            select(Commune.code, Commune.departement, Commune.arrondissement).where(Commune.parent.is_(None))
        ).all()
        who = [Profession(row.code, row.procedure, row.confidence) for row in professions(session)]
    kinds = {
        (code if ("commune", code) in facts.rules else "", departement, arrondissement): code
        for code, departement, arrondissement in towns
    }
    assert len(towns) == 34_969
    assert len(who) == 35
    for (_, departement, arrondissement), code in kinds.items():
        for profession in who:
            for practice in PRACTICES if profession.code == PHARMACIST else PRACTICES[:2]:
                found = decide(profession, PracticePlace(code, departement, arrondissement), practice, facts)
                assert keeps_its_word(found), (profession, code, practice, found)


def keeps_its_word(found: Competence) -> bool:
    """Check what each outcome promises."""
    one, sure = len(found.cpam) == 1, len(found.council) == 1
    promises = {
        Outcome.RESOLU: one and sure and not set(found.to_confirm) & {"cpam", "council"},
        Outcome.CPAM_PRESUMEE: one and sure and found.to_confirm == ("cpam",),
        Outcome.CPAM_A_CONFIRMER: "cpam" in found.to_confirm,
        Outcome.CONSEIL_A_CONFIRMER: one and found.to_confirm == ("council",),
        Outcome.CPAM_SEULE: bool(found.cpam) and not found.council,
        Outcome.ORDRE_SEUL: not found.cpam and (sure or "council" in found.to_confirm),
        Outcome.A_QUALIFIER: not found.cpam and not found.council and "council" in found.to_confirm,
        Outcome.HORS_CHAMP: not found.cpam and not found.council,
        Outcome.COMMUNE_A_CHOISIR: False,
    }
    return promises[found.outcome] and bool(found.basis) and len(set(found.basis)) == len(found.basis)


def test_every_code_that_is_given_is_a_known_authority(reference):
    with reference.read() as session:
        facts = book(session)
    caisses = {caisse.code for found in facts.caisses.values() for caisse in found}
    assert {code for rule in facts.rules.values() for code in rule.caisses} <= caisses
    assert len(facts.councils) > len({council.code for council in facts.councils.values()}) > 500


@pytest.mark.engines("sqlite")
def test_where_the_metropole_is_never_without_caisse_and_council(reference):
    with reference.read() as session:
        facts = book(session)
    metropole = {departement for departement in facts.caisses if len(departement) == 2}
    assert len(metropole) == 96
    for departement in metropole:
        for profession in ("10", "40", "50", "60", "70", "80"):
            assert (profession, "", departement) in facts.councils
        assert (PHARMACIST, "A", departement) in facts.councils


def test_all_the_facts_in_memory_answer_as_the_database_does(reference):
    towns = ["59350", "59328", "75113", "59355", "2A004", "97611", "98735", "97502", "99138", "00000", None]
    with reference.read() as session:
        atlas, stored = Atlas(session), Stored(session)
        vars(stored)["book"] = cache(stored.book)  # that of a profession is the same at each of its questions
        for profession in (DOCTOR, PHARMACIST, ORTHOPTIST, "93", "", "zz"):
            for commune in towns:
                for postal_code in (None, "59000", "94390", "01410", "98000", "zzz"):
                    for section in (None, "A", "D"):
                        asked: dict[str, Any] = {"commune": commune, "postal_code": postal_code, "section": section}
                        answer = competence(atlas, profession=profession, **asked)
                        assert answer == competence(stored, profession=profession, **asked), (profession, asked)


@cache
def cells(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def several(cell):
    return set(cell.split(";")) - {""}


@pytest.mark.engines("sqlite")
def test_every_commune_and_every_caisse_agree_both_ways(reference):
    """From each commune to its caisses, and back from the files of the caisses, read apart from the rules."""
    with reference.read() as session:
        atlas = Atlas(session)
        towns = session.execute(
            select(Commune.code, Commune.departement, Commune.arrondissement).where(Commune.parent.is_(None))
        ).all()
    by_department, by_place = defaultdict(set), {}
    for row in cells("cpam.csv"):
        for departement in several(row["departements"]):
            by_department[departement].add(row["code_organisme"])
    for row in cells("cpam_exceptions.csv"):
        by_place[row["portee"], row["code_portee"]] = several(row["codes_organisme"])
    given = defaultdict(set)
    for code, departement, arrondissement in towns:
        wanted = by_place.get(("commune", code)) or by_place.get(("arrondissement", arrondissement))
        wanted = wanted or by_department[departement]
        found = competence(atlas, profession=DOCTOR, commune=code)
        if found.outcome == Outcome.ORDRE_SEUL:
            assert departement in {"976", "986", "987", "988"}
            assert found.cpam == ()
            continue
        assert set(found.cpam) == wanted, (code, found)
        for caisse in found.cpam:
            given[caisse].add(departement)
    for caisse, departements in given.items():  # and back: no caisse is given where its file does not put it
        known = {departement for departement, codes in by_department.items() if caisse in codes}
        placed = {
            row["departement"] for row in cells("cpam_exceptions.csv") if caisse in several(row["codes_organisme"])
        }
        assert departements <= known | placed, caisse
    without = {caisse for codes in by_department.values() for caisse in codes} - set(given)
    assert without == {"976"}, "Mayotte has a caisse, which the law does not seise (CSP R. 1110-9 does not reach it)"


@pytest.mark.engines("sqlite")
def test_every_council_is_given_where_its_file_puts_it_and_nowhere_else(reference):
    with reference.read() as session:
        atlas = Atlas(session)
        departements = set(session.scalars(select(Commune.departement).distinct()))
    for profession in ("10", "40", "50", "60", "70", "80"):
        wanted = defaultdict(set)
        for row in cells("councils.csv"):
            if row["profession_rpps"] == profession:
                for departement in several(row["departements"]):
                    wanted[departement].add(row["code"])
        for departement in departements:
            elsewhere = TABLEAU_ELSEWHERE.get((departement, profession), departement)
            found = competence(atlas, profession=profession, departement=departement)
            assert set(found.council) <= wanted[elsewhere], (profession, departement, found)
            if len(departement) == 2:
                assert len(found.council) == 1, (profession, departement, found)
