"""Names of towns as people type them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.routing.rules import is_outside_code, is_outside_france, is_outside_postal_code
from app.routing.rules.names import compact, normalise, one_typo_apart, read_place
from app.routing.rules.territories import short_place


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Lille", "lille"),
        ("  LILLE  ", "lille"),
        ("Lille Cedex 9", "lille"),
        ("LILLE CEDEX", "lille"),
        ("Saint-Étienne-du-Rouvray", "saint etienne du rouvray"),
        ("ST ETIENNE DU ROUVRAY", "saint etienne du rouvray"),
        ("Ste Foy-lès-Lyon", "sainte foy les lyon"),
        ("Villeneuve s/ Lot", "villeneuve sur lot"),
        ("Villeneuve-d’Ascq", "villeneuve d ascq"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("Paris 13e Arrondissement", "paris 13"),
        ("Paris 13ème arrdt", "paris 13"),
        ("Marseille 08", "marseille 8"),
        ("Lyon 1er", "lyon 1"),
        ("Lyon 2nd arr.", "lyon 2"),
        ("Castres (Tarn)", "castres tarn"),
        ("", ""),
        ("---", ""),
    ],
)
def test_two_ways_of_writing_a_town_are_one_key(written, key):
    assert normalise(written) == key


@pytest.mark.parametrize(
    ("text", "key", "postal"),
    [
        ("lille", "lille", ""),
        ("59000", "", "59000"),
        ("59 000", "", "59000"),
        ("٥٩٠٠٠", "", "59000"),
        ("Lille ٥٩ ٠٠٠", "lille", "59000"),
        ("５９０００", "", "59000"),
        ("lille 59000", "lille", "59000"),
        ("59000 lille", "lille", "59000"),
        ("Lille (59 000)", "lille", "59000"),
        ("59020 LILLE CEDEX 9", "lille", "59020"),
        ("59", "", "59"),
        ("2A", "2a", ""),
        ("Bastia 2B", "bastia", "20"),
        ("Saint-Denis 93", "saint denis", "93"),
        ("Paris 13e", "paris 13", ""),
        ("13e Paris", "paris 13", ""),
        ("Paris 75", "paris", "75"),
        ("75013 Paris 13", "paris 13", "75013"),
        ("1 rue de Lille", "rue de lille", ""),
        ("Paris, France", "paris", ""),
        ("Lille (France)", "lille", ""),
        ("75002 Paris, FRANCE", "paris", "75002"),
        ("Roissy-en-France", "roissy en france", ""),
        ("12 rue de la Paix, 75002 Paris", "paris", "75002"),
        ("12 bis, avenue de la Paix 75 002 Paris cedex 02, France", "paris", "75002"),
        ("rue de la Paix, Paris 75002", "paris", "75002"),
        ("Rue du 11 novembre, Lille", "lille", ""),
        ("12 rue de la Paix 75002", "rue de la paix", "75002"),
        ("Rue, Somme", "rue somme", ""),
        ("", "", ""),
    ],
)
def test_what_is_typed_is_taken_apart(text, key, postal):
    typed = read_place(text)
    assert (typed.key, typed.postal) == (key, postal)


@pytest.mark.parametrize(
    "text",
    [
        *("Monaco", "MONACO 98000", "98000", "monte-carlo", "98 000", "99138", "Belgique"),
        *(
            "Bruxelles (Belgique)",
            "Bruxelles, BELGIQUE",
            "1 rue Fictive, 1000 Bruxelles",
            "Bruxelles - Belgique",
            "1201 Genève",
            "28001 Madrid, Espagne",
        ),
    ],
)
def test_monaco_and_abroad_are_outside(text):
    assert is_outside_france(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nice",
        "06000",
        "97100",
        "98800",
        "98600",
        "97133",
        "Allemagne-en-Provence",
        "",
        "9",
        "1 rue de Belgique, Lille",
        "Lille (59000, Nord)",
    ],
)
def test_every_part_of_france_is_inside(text):
    assert not is_outside_france(text)


def test_codes_of_abroad_are_outside():
    assert is_outside_code("99138")
    assert is_outside_code("99109")
    assert not is_outside_code("59350")
    assert not is_outside_code(None)
    assert is_outside_postal_code("98 000")
    assert is_outside_postal_code("98012")
    assert not is_outside_postal_code("98713")
    assert not is_outside_postal_code(None)


@pytest.mark.parametrize(
    ("typed", "right", "near"),
    [
        ("marseile", "marseille", True),
        ("marseillle", "marseille", True),
        ("marseilla", "marseille", True),
        ("lyno", "lyon", True),
        ("lyon", "lyon", True),
        ("toulon", "toulouse", False),
        ("lile", "nice", False),
        ("a", "", True),
        ("ab", "ba", True),
    ],
)
def test_one_mistake_is_forgiven(typed, right, near):
    assert one_typo_apart(typed, right) is near
    assert one_typo_apart(right, typed) is near


@given(st.text(max_size=60))
@example("0E:E")
@example("1 cedex e")
@example("2 arr 3 arr e")
def test_any_text_can_be_read(text):
    key = normalise(text)
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert normalise(key) == key
    assert " " not in compact(key)
    typed = read_place(text)
    assert typed.postal == "" or typed.postal.isdigit()
    assert isinstance(is_outside_france(text), bool)


@pytest.mark.parametrize(
    ("town", "insee", "said"),
    [
        ("Saint-Denis", "93066", "Saint-Denis (93)"),
        ("Saint-Denis", "97411", "Saint-Denis (974)"),
        ("Bastia", "2B033", "Bastia (2B)"),
        ("Nouméa", "98818", "Nouméa (988)"),
        ("quelque part", "", "quelque part"),
        ("", "", ""),
    ],
)
def test_a_town_is_told_from_those_of_its_name(town, insee, said):
    assert short_place(town, insee) == said
