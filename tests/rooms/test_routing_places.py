"""Finding a town from what people type, alike on both databases."""

import time

from app.routing.queries import find_places, place_named, place_row
from app.routing.rules.names import read_place

LILLE = "Lille (59000, Nord)"

FIRST = [
    ("lille", LILLE, True),
    ("  LILLE ", LILLE, True),
    ("Lille 59000", LILLE, True),
    ("59000 lille", LILLE, True),
    ("59000", LILLE, True),
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


def test_a_whole_name_alone_is_the_town_that_a_search_finds_alone(reference):
    with reference.read() as session:
        for text in (*(text for text, _, _ in FIRST), "saint denis", "Lille", "zzzz", "x", "e" * 500):
            exact = [row for row in find_places(session, text) if row.is_exact]
            alone = len(exact) == 1 and not read_place(text).postal
            assert place_named(session, text) == (exact[0] if alone else None), text


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
