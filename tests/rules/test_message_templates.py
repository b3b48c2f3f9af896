"""The words between braces of a message template: understood or refused, filled or left to be seen."""

import pytest

from app.intake.message_templates.rules import Variable, fill, joined, left, strange

ALL = " ".join(f"{{{one.value}}}" for one in Variable)


def test_the_words_of_the_list_are_understood():
    assert strange(f"Votre plainte {ALL}.") == ""
    assert strange("Aucun mot à remplacer.") == ""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Plainte {numéro}", "{numéro}"),
        ("Plainte {Numero}", "{Numero}"),
        ("Plainte { numero }", "{"),
        ("Plainte {numero", "{numero"),
        ("Plainte numero}", "}"),
        ("Plainte {{numero}}", "{"),
        ("Plainte {}", "{}"),
        ("{nom} écrit", "{nom}"),
    ],
)
def test_any_other_brace_is_shown_to_who_wrote_it(text, word):
    assert strange(text) == word


def test_what_is_known_is_written_and_the_rest_stays_to_be_seen():
    filled = fill("Plainte {numero}, le {prochaine_date}.", {"numero": "SA-1", "prochaine_date": ""})
    assert filled == "Plainte SA-1, le {prochaine_date}."
    assert left(filled) == "{prochaine_date}"
    assert left("Plainte SA-1.") == ""


def test_a_value_is_never_read_as_a_word_to_replace():
    assert fill("{autorite} {numero}", {"autorite": "{numero}", "numero": "SA-1"}) == "{numero} SA-1"


def test_what_was_typed_stays_before_the_text():
    assert joined(" \n", "Texte") == "Texte"
    assert joined("Bonjour,\n", "Texte") == "Bonjour,\n\nTexte"
