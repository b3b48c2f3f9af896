"""Sentences that are read without effort: 20 words at most, and no word that talks down or past the reader."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from tests.support.source import HOME

MOST = 20
FORMAL = tuple(f"app/conciliation/director/{name}.py" for name in ("accusation", "told_person", "verdict"))
"""Letters of a director before a sanction: they notify a professional in the words of CSS R. 147-2 to R. 147-17."""
CITED = re.compile(r"\([^()]*(?:\barticles?\b|\bCSP\b|\bCSS\b|\{article\})[^()]*\)")
"""The reference of an article, between brackets, is looked up rather than read."""
END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀÂÇÉÈÊÎÔ«])|\n+")
WORD = re.compile(r"[\w@€%/{}]+(?:[-’'.][\w{}]+)*")
UNACCENTED = re.compile(r"(?<![\w.])(?:A (?:qui|quoi|la|partir|confirmer)|Ecri|Etat|Etape|Etes|Etait|Ev|Eff?ectu)")
ENGLISH = re.compile(r"(?<![{(“])\b(?:email|login|upload|feedback|deadline|ok|password|checkbox)\b", re.IGNORECASE)
"""A code that a program sends (“email”) and a word to fill in are not read as words."""
FAMILIAR = re.compile(r"\b(?:tu|toi|ton|tes)\b", re.IGNORECASE)
DOUBLE = re.compile(r"\bpas (?:im|in|ir|il)\w+ble\b|\bpas de ne\b", re.IGNORECASE)


def catalogue():
    """Return every sentence that somebody may read."""
    with (HOME / "app" / "locale" / "saisine.pot").open("rb") as file:
        found = read_po(file)
    return [said for one in found if one.id for said in (one.id if isinstance(one.id, tuple) else (one.id,))]


def formal():
    """Return the sentences of the letters that quote the law."""
    found = (one for name in FORMAL for one in extract_from_file("python", HOME / name, {"N_": None, "_": None}))
    return {said for _, said, _, _ in found}


def sentences(said):
    """Cut a text into sentences, without its tags and the references of its articles."""
    bare = re.sub(r"%\((\w+)\)[sd]", r"{\1}", re.sub(r"<[^>]*>", "", said))
    return [one for one in END.split(CITED.sub("", bare)) if one.strip()]


def long_ones(said):
    """List the sentences of a text that are too long."""
    return [one for one in sentences(said) if len(WORD.findall(one)) > MOST]


def test_no_sentence_has_more_than_twenty_words():
    apart = formal()
    assert not [one for said in catalogue() if said not in apart for one in long_ones(said)]


@pytest.mark.parametrize("name", FORMAL)
def test_each_formal_letter_needs_to_be_left_out(name):
    found = extract_from_file("python", Path(HOME / name), {"N_": None, "_": None})
    assert any(long_ones(said) for _, said, _, _ in found)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Un " * 20 + "mot.", 1),
        ("Un " * 19 + "mot.", 0),
        ("Un " * 15 + "mot (code de la santé publique, articles L. 1110-3 et R. 1110-11).", 0),
        ("Un " * 15 + "mot (toujours, et partout, en toute saison).", 1),
        ("Un " * 15 + "mot. " + "Un " * 15 + "autre.", 0),
    ],
)
def test_how_words_are_counted(said, count):
    assert len(long_ones(said)) == count


@pytest.mark.parametrize("pattern", [UNACCENTED, ENGLISH, FAMILIAR, DOUBLE])
def test_words_are_french_polite_and_direct(pattern):
    assert not [said for said in catalogue() if pattern.search(said)]
