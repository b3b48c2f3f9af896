"""A long list of choices, made shorter by a few words."""

import pytest

from app.base.forms.fields import Option
from app.base.forms.searched_options import searched

LIST = [
    Option("595", "CPAM de Lille-Douai"),
    Option("02A", "CPAM de l'Aisne"),
    Option("MED-974", "Conseil de l'ordre des médecins de La Réunion"),
    Option("AUCUNE", "Il n'y a pas d'autre autorité"),
]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("lille douai", ["595"]),
        ("DOUAI, Lille".replace(",", ""), ["595"]),
        ("reunion", ["MED-974"]),
        ("médecins l’ordre", ["MED-974"]),
        ("cpam", ["595", "02A"]),
    ],
)
def test_words_are_found_whatever_their_accents_and_their_order(asked, values):
    found = searched(LIST, asked)
    assert [one.value for one in found.options] == values
    assert found.found == len(values)


@pytest.mark.parametrize("asked", ["", "  ", "nulle part", "%"])
def test_the_whole_list_is_offered_when_nothing_is_found(asked):
    found = searched(LIST, asked)
    assert found.options == LIST
    assert found.found == 0


def test_what_is_always_offered_stays():
    assert [one.value for one in searched(LIST, "lille", {"AUCUNE"}).options] == ["595", "AUCUNE"]
    assert searched(LIST, "zz", {"AUCUNE"}).options == LIST


def test_what_is_looked_for_is_bounded():
    assert len(searched(LIST, "a" * 5000).asked) == 80
