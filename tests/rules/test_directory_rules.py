"""Words under which professionals are found, and how near a name is."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.directory import rules

WORDS = st.text(alphabet=string.ascii_lowercase, min_size=rules.SHORTEST_TYPO, max_size=14)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("D'Ornano-Lévêque", "d ornano leveque"),
        ("Œuvrard", "oeuvrard"),
        ("  LE   GOFF ", "le goff"),
        ("Weiß", "weiss"),
        ("Нестеренко", "нестеренко"),
        ("🩺", ""),
    ],
)
def test_a_name_is_reduced_to_bare_words(typed, words):
    assert rules.bare(typed) == words


@pytest.mark.parametrize(
    ("family", "given_name", "words"),
    [
        ("EXEMPLE-DURAND", "Camille", {"exemple", "durand", "exempledurand", "camille"}),
        ("DE LA TESTE", "Zoé", {"teste", "delateste", "zoe"}),
        ("LE", "An", {"le", "an"}),
        ("D’INVENTÉ", "Anne-Marie", {"invente", "dinvente", "anne", "marie"}),
    ],
)
def test_a_person_is_found_by_each_part_of_the_name(family, given_name, words):
    assert rules.name_words(family, given_name) == words


def test_what_is_in_every_sign_finds_no_place():
    assert rules.site_words("SELARL Pharmacie du Marché inventé") == {"marche", "invente"}
    assert rules.site_words("Cabinet médical") == set()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Dr Camille Durand", ["camille", "durand"]),
        ("docteur", ["docteur"]),
        ("durand durand", ["durand"]),
        ("', -- ;", []),
        ("a b c d e f g h", ["a", "b", "c", "e", "f", "g"]),
    ],
)
def test_what_is_typed_is_taken_apart(typed, words):
    assert rules.asked_words(typed) == words


@pytest.mark.parametrize(
    ("asked", "word", "far"),
    [
        ("durand", "durand", 0),
        ("dur", "durand", 1),
        ("durant", "durand", 2),
        ("druand", "durand", 2),
        ("duran", "durand", 1),
        ("durrand", "durand", 2),
        ("lee", "leo", rules.FAR),
        ("dupont", "durand", rules.FAR),
    ],
)
def test_how_far_a_word_is(asked, word, far):
    assert rules.distance(asked, word) == far


def test_a_name_is_as_far_as_its_words():
    words = rules.name_words("EXEMPLE-DURAND", "Camille")
    assert rules.name_distance(["durand"], words) == 0
    assert rules.name_distance(["cam", "durant"], words) == 3
    assert rules.name_distance(["durand", "zoe"], words) == rules.FAR


@given(WORDS, st.integers(0, 13), st.sampled_from(["lose", "add", "change", "swap"]), st.sampled_from("abxyz"))
def test_a_typo_leaves_one_half_of_the_word_as_it_is(word, place, kind, letter):
    place %= len(word)
    wrong = {
        "lose": word[:place] + word[place + 1 :],
        "add": word[:place] + letter + word[place:],
        "change": word[:place] + letter + word[place + 1 :],
        "swap": word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }[kind]
    assume(len(wrong) >= rules.SHORTEST_TYPO)
    start, end = rules.halves(wrong)
    assert word.startswith(start) or word[::-1].startswith(end)


@given(st.text(alphabet="abyz09", min_size=1, max_size=5), st.text(alphabet="abyz09", max_size=5))
def test_all_that_begins_so_lies_before_what_comes_after(prefix, rest):
    assert prefix <= prefix + rest < rules.after(prefix)


@pytest.mark.parametrize(
    ("code", "departement"),
    [
        *(("59350", "59"), ("97411", "974"), ("98735", "987"), ("2A004", "2A")),
        *(("20000", "2A"), ("20137", "2A"), ("20200", "2B"), ("20600", "2B"), ("", "")),
    ],
)
def test_the_departement_of_a_code(code, departement):
    assert rules.departement_of(code) == departement
