"""Finding a town from what people type, alike on both databases."""

import time
from collections import defaultdict

from sqlalchemy import select

from app.base.searching import LONGEST
from app.routing.models import Commune, CommuneName, Departement
from app.routing.queries import find_places, place_meant, place_row, places_near
from app.routing.queries.places import HOMONYMS
from app.routing.rules.names import compact, normalise
from app.saisine.competence import settle_town

LILLE = "Lille (59000, Nord)"

FIRST = [
    ("lille", LILLE, True),
    ("  LILLE ", LILLE, True),
    ("Lille 59000", LILLE, True),
    ("59000 lille", LILLE, True),
    ("59000", LILLE, True),
    ("٥٩٠٠٠ Lille", LILLE, True),
    ("59 000", LILLE, True),
    ("59800", "Lille (59800, Nord)", True),
    ("LILLE CEDEX 9", LILLE, True),
    ("59020 LILLE CEDEX", LILLE, True),
    ("59000 lile", LILLE, False),
    ("59", LILLE, False),
    ("lill", LILLE, False),
    ("Paris", "Paris (75001, Paris)", True),
    ("paris 75", "Paris (75001, Paris)", True),
    ("Paris 13e", "Paris 13e Arrondissement (75013, Paris)", True),
    ("13e paris", "Paris 13e Arrondissement (75013, Paris)", True),
    ("75013", "Paris 13e Arrondissement (75013, Paris)", True),
    ("75116", "Paris 16e Arrondissement (75116, Paris)", True),
    ("75013 Paris", "Paris 13e Arrondissement (75013, Paris)", True),
    ("marseille 8eme", "Marseille 8e Arrondissement (13008, Bouches-du-Rhône)", True),
    ("lyon 3ème arrondissement", "Lyon 3e Arrondissement (69003, Rhône)", True),
    ("st etienne", "Saint-Étienne (42000, Loire)", True),
    ("ste foy les lyon", "Sainte-Foy-lès-Lyon (69110, Rhône)", True),
    ("villeneuve d’ascq", "Villeneuve-d'Ascq (59491, Nord)", True),
    ("villeneuve dascq", "Villeneuve-d'Ascq (59491, Nord)", True),
    ("Villeneuve s/ Lot", "Villeneuve-sur-Lot (47300, Lot-et-Garonne)", True),
    ("havre", "Le Havre (76600, Seine-Maritime)", False),
    ("NIMES", "Nîmes (30000, Gard)", True),
    ("oeuilly", "Œuilly (51480, Marne)", True),
    ("marseile", "Marseille (13001, Bouches-du-Rhône)", False),
    ("saint denis 93", "Saint-Denis (93200, Seine-Saint-Denis)", True),
    ("ajaccio 2A", "Ajaccio (20000, Corse-du-Sud)", True),
    ("Lomme", "Lomme, aujourd'hui Lille (59000, Nord)", True),
    ("Arbignieu", "Arbignieu, aujourd'hui Arboys en Bugey (01300, Ain)", True),
    ("97150", "Saint-Martin (97150, Saint-Martin)", True),
    ("Mamoudzou", "Mamoudzou (97600, Mayotte)", True),
    ("noumea", "Nouméa (98800, Nouvelle-Calédonie)", True),
]


def test_the_first_answer_is_the_town_that_is_meant(reference):
    with reference.read() as session:
        for text, label, is_exact in FIRST:
            found = find_places(session, text)
            assert found, text
            assert (found[0].label, found[0].is_exact) == (label, is_exact), text


TAKEN = {
    "59350": ("Lille", "lille 59", "59000", "59000 Lille", "59020 LILLE CEDEX", "LILLE CEDEX 9", "Lomme"),
    "29019": ("Brest", "29200"),
    "44109": ("Nantes",),
    "31555": ("Toulouse",),
    "42218": ("Saint-Étienne", "st etienne", "saintetienne"),
    "38544": ("Vienne",),
    "75056": ("Paris", "paris 75", "Paris, France", "12 rue Fictive, Paris"),
    "75113": ("Paris 13e", "75013", "75013 Paris", "12 rue Fictive, 75013 Paris", "12 rue Fictive 75013 PARIS"),
    "13055": ("Marseille",),
    "93066": ("saint denis 93", "93200 Saint-Denis"),
    "91228": ("91000 Evry", "Évry-Courcouronnes"),
    "94068": ("saint maur des fosses",),
}
"""INSEE code -> what leads to it without a question."""
ASKED = {
    "Evry": "91228",
    "91011 Evry Cedex": "91228",
    "Boulogne": "92012",
    "Nogent": "94052",
    "Choisy": "94022",
    "Epinay": "93031",
    "Corbeil": "91174",
    "Joinville": "94042",
    "Saint-Denis": "97411",
    "Valence": "26362",
    "Cannet": "06030",
    "Perreux": "94058",
    "Clichy": "92024",
    "5900": "59350",
    "59": "59350",
    "lill": "59350",
    "marseile": "13055",
    "59000 lile": "59350",
    "Lille 75001": "75101",
    "Lille 00000": "59350",
    "havre": "76351",
    "Saint-Pierre-et-Miquelon": "97502",
    "97500": "97502",
    "Guadeloupe": "97101",
}
"""What is asked -> the town that is offered first."""


def test_a_town_is_taken_without_asking_when_nobody_could_mean_another(reference):
    with reference.read() as session:
        for code, texts in TAKEN.items():
            for text in texts:
                meant = place_meant(session, text)
                assert meant, text
                assert meant.code == code, text


def test_what_could_mean_two_towns_is_asked_the_largest_first(reference):
    with reference.read() as session:
        for text, first in ASKED.items():
            assert place_meant(session, text) is None, text
            assert find_places(session, text, 10)[0].code == first, text
            assert len(places_near(session, text, 5)) <= 5, text


def test_nothing_is_taken_of_what_names_no_town(reference):
    with reference.read() as session:
        for text in ("", "x", "zzzz", "e" * 500, "Monaco", "99999", "98000"):
            assert place_meant(session, text) is None, text


def test_no_smaller_town_is_ever_taken_for_a_larger_one_that_begins_alike(reference, engine):
    with reference.read() as session:
        rows = session.execute(
            select(CommuneName.key, Commune.code, Commune.population, Commune.parent).join(
                Commune, Commune.code == CommuneName.commune
            )
        ).all()
        alike = defaultdict(list)
        for row in rows:
            words = row.key.split()
            bare = words[1:] if words[0] in {"l", "la", "le", "les"} else words
            for start in {" ".join(kept[:n]) for kept in (words, bare) for n in range(1, len(kept) + 1)}:
                alike[start].append(row)
        names = {row.key for row in rows}
        shared = [start for start in alike if start in names and len({row.code for row in alike[start]}) > 1]
        assert len(shared) > 1000
        for start in shared[:: 1 if engine == "sqlite" else 20]:
            meant = place_meant(session, start)
            if meant:
                others = [row for row in alike[start] if meant.code not in {row.code, row.parent}]
                assert all(meant.population >= 5 * row.population for row in others), start
                assert not others or not meant.former, start


def test_each_label_is_of_one_town_and_is_taken_without_asking(reference, engine):
    """What a list gives, once written in the field, is never asked again: no label is shared, however it is spelt."""
    with reference.read() as session:
        towns = session.execute(select(Commune.code, Commune.name, Commune.postal_codes, Commune.departement)).all()
        departements = {row.code: row.name for row in session.scalars(select(Departement))}
        labels, bearing = defaultdict(set), defaultdict(list)
        for town in towns:
            bearing[compact(normalise(town.name))].append(town)
            for postal in town.postal_codes.split(";"):
                inside = ", ".join(filter(None, (postal, departements[town.departement])))
                labels[normalise(f"{town.name} ({inside})")].add(town.code)
        assert [label for label, codes in labels.items() if len(codes) > 1] == []
        assert max(map(len, bearing.values())) < HOMONYMS
        shared = [town for same in bearing.values() for town in same if len(same) > 1 or "(" in town.name]
        assert len(shared) > 1000
        step = 10 if engine == "sqlite" else 100
        for town in (*shared[::step], *towns[:: 40 * step], *(town for town in shared if "(" in town.name)):
            postal = town.postal_codes.split(";")[-1]
            typed = {"pro_commune": [place_row(session, town.code, postal).plain]}
            assert len(typed["pro_commune"][0]) <= LONGEST
            question = settle_town(session, typed)
            assert (typed["commune_insee"], question.mistakes) == ([town.code], {}), typed


def test_nothing_is_found_outside_or_in_too_little(reference):
    with reference.read() as session:
        for text in (
            "Monaco",
            "98000",
            "Bruxelles",
            "",
            " ",
            "x",
            "7",
            "%",
            "__",
            "'; drop table commune",
            "zzzzzzzzz",
        ):
            assert find_places(session, text) == [], text


def test_towns_of_one_name_come_by_size_and_are_told_apart(reference):
    with reference.read() as session:
        labels = [row.label for row in find_places(session, "saint denis") if row.is_exact]
    assert labels == [
        "Saint-Denis (97400, La Réunion)",
        "Saint-Denis (93200, Seine-Saint-Denis)",
        "Saint-Denis (11310, Aude)",
        "Saint-Denis (30500, Gard)",
    ]


def test_a_postal_code_gives_all_its_towns_and_a_limit_holds(reference):
    with reference.read() as session:
        found = find_places(session, "52100")
        assert {row.departement for row in found} == {"51", "52"}
        assert len(found) == 11
        assert len(find_places(session, "saint", 7)) == 7
        assert len(find_places(session, "59", 5)) == 5


def test_a_town_and_the_wrong_code_are_both_proposed(reference):
    with reference.read() as session:
        found = find_places(session, "Lille 75001")
    assert [row.code for row in found[:2]] == ["75101", "59350"]
    assert not any(row.is_exact for row in found)


def test_a_town_is_shown_by_its_code(reference):
    with reference.read() as session:
        row = place_row(session, "2B033")
        assert place_row(session, "00000") is None
    assert (row.label, row.name, row.former, row.departement_name) == (
        "Bastia (20200, Haute-Corse)",
        "Bastia",
        "",
        "Haute-Corse",
    )


def test_no_search_is_slow(reference):
    """A search that visits every pair of towns would take a minute."""
    with reference.read() as session:
        for text in ("59", "9", "saint", "st", "zzzz", "1 rue de lille", "97", "a b c d e f", "e" * 500):
            started = time.perf_counter()
            find_places(session, text)
            assert time.perf_counter() - started < 10, text
