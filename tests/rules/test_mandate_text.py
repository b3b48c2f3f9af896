"""The words of a mandate: what it bears on, each power apart, how it ends; nothing invented."""

from dataclasses import replace
from datetime import date

import pytest

from app.associations.mandate_text import BLANK, VERSION, ExpressMandate, after_powers, before_powers, words
from app.associations.rules import Agreement
from app.base.i18n import translate
from app.filing.documents.mandate_wording import text

AGREED = Agreement("N2024RN0001", "regional", "32", date(2024, 1, 1), date(2028, 6, 1))
WHOLE = ExpressMandate(
    person="Amina CANARI-NOM",
    association="Entraide Inventée",
    rna="W000000001",
    siren="000000000",
    agreement=AGREED,
    professional="Camille EXEMPLE, Dentiste ou orthodontiste, Bastia",
    facts=("On m'a refusé un rendez-vous", "On a refusé de me faire un devis"),
    when="12 février 2026",
    powers=(("Faire cette plainte en mon nom", True), ("Recevoir les courriers", False)),
    signed_on=date(2026, 3, 2),
)
THIRD = (
    "Je m'appelle Amina CANARI-NOM.",
    "Je donne mandat à l'association Entraide Inventée, RNA W000000001.",
    "Elle est agréée : n° N2024RN0001, régional (Hauts-de-France), jusqu'au 1er juin 2028.",
    "Ce mandat vaut pour une plainte, contre : Camille EXEMPLE, Dentiste ou orthodontiste, Bastia.",
    "Les faits : On m'a refusé un rendez-vous ; On a refusé de me faire un devis.",
    "Date des faits : 12 février 2026.",
    "J'autorise l'association à :",
    "Faire cette plainte en mon nom : oui.",
    "Recevoir les courriers : non.",
    "L'association lit ma plainte, mes coordonnées et mes fichiers, pas mon code personnel.",
    "Les autorités lisent ce mandat, pas le professionnel.",
    "Il dure jusqu'à la fin de la procédure.",
    "Je peux l'annuler à tout moment, sans dire pourquoi : par mon code personnel ou par écrit.",
    "L'association ne lit alors plus ma plainte, qui continue avec la même date.",
    "Mandat signé sur papier, le 2 mars 2026.",
)
"""The third version, word by word: when one changes, ``VERSION`` does."""


def plain(sentences):
    return tuple(one.replace("’", "'").replace("\u00a0", " ") for one in sentences)


def test_the_third_version_says_this_and_nothing_else():
    assert (VERSION, plain(words(WHOLE, translate))) == ("3", THIRD)


def test_what_is_not_known_is_left_to_write_and_never_invented():
    said = " ".join(before_powers(ExpressMandate(), translate))
    assert said.count(BLANK) == 8
    assert "None" not in said
    assert "RNA" not in said


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rna": ""}, "Entraide Inventée, SIREN 000000000."),
        ({"rna": "", "siren": ""}, "l'association Entraide Inventée."),
        ({"agreement": replace(AGREED, level="national", region="")}, "n° N2024RN0001, national, jusqu'au"),
        (
            {"giver": "Nora CANARI", "quality": "mère"},
            "Je m'appelle Nora CANARI. Je donne ce mandat pour Amina CANARI-NOM. Ma qualité : mère.",
        ),
    ],
)
def test_each_thing_it_bears_on_is_said(change, says):
    assert says in " ".join(plain(words(replace(WHOLE, **change), translate)))


def test_the_words_that_are_printed_are_those_that_are_sealed():
    printed = {*before_powers(WHOLE, translate), *after_powers(translate)}
    assert len(printed) == 11
    assert printed < set(words(WHOLE, translate))


def test_a_mandate_of_before_stays_readable_and_is_said_to_have_no_words():
    (row,) = text({"association": {"mandate": {"text": "1"}}}, translate)
    assert plain(row.values()) == ("Version 1", "Cette version n'a pas de texte gardé. Lisez le mandat signé.")
    (row,) = text({"association": {"mandate": {"text": "2", "words": ["Je donne."]}}}, translate)
    assert plain(row.values()) == ("Version 2", "Je donne.\nLe papier signé est joint : c'est lui qui compte.")


def test_nothing_is_said_of_a_mandate_where_no_association_filed():
    assert text({}, translate) == []
