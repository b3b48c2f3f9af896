"""The words of the law are said alike in all of a language: the glossary names them, the catalogues use them."""

import re
import tomllib
import unicodedata
from functools import cache

import pytest
from babel.messages.pofile import read_po

from app.base.i18n import FRENCH, LANGUAGES, LOCALE

GLOSSARY = tomllib.loads((LOCALE / "glossary.toml").read_text(encoding="utf-8"))
CODES = [code for code in LANGUAGES if code != FRENCH]
JOINED = ("ar", "zh")
"""Where nothing stands between a word and what is before it."""
KNOWN = {"note", "french", "unlike", "kept", *CODES}


@cache
def bare(text):
    """Leave out what does not change a word: capitals, curly apostrophes, the vowel marks of Arabic."""
    text = text.replace("’", "'").casefold()
    return "".join(sign for sign in text if not unicodedata.category(sign).startswith("M"))


@cache
def read(path):
    with path.open("rb") as file:
        return [one for one in read_po(file) if one.id]


def said(message):
    """Give a sentence, and each form of its translation."""
    source = message.id if isinstance(message.id, str) else message.id[0]
    return source, [message.string] if isinstance(message.string, str) else list(message.string)


def has(term, source):
    """Tell whether a French sentence has a term, expressions that only look like it apart."""
    text = bare(source)
    for one in term.get("unlike", []):
        text = text.replace(bare(one), " ")
    return begins(text, term["french"])


@cache
def terms_of(source):
    """Name the terms of a sentence, looked for once for all the languages."""
    return {name for name, term in GLOSSARY.items() if has(term, source)}


def begins(text, words):
    """Tell whether a word of the text begins as one of these."""
    return any(_beginning(one).search(text) for one in words)


@cache
def _beginning(word):
    return re.compile(rf"(?<!\w){re.escape(bare(word))}")


def words_of(term, code):
    """Return what one of the words of a term holds in a language."""
    return term.get("kept") or term.get(code) or (term["french"] if code == "facile" else [])


def others(name, messages, code):
    """List the sentences that have a term, and whose translation has none of its words."""
    words = words_of(GLOSSARY[name], code)
    pairs = [(source, form) for source, forms in messages if name in terms_of(source) for form in forms]
    if code in JOINED:
        return [(source, form) for source, form in pairs if not any(bare(one) in bare(form) for one in words)]
    return [(source, form) for source, form in pairs if not begins(bare(form), words)]


@pytest.mark.parametrize("name", GLOSSARY)
def test_a_term_has_its_words_in_every_language_and_a_sentence_that_says_it(name):
    term = GLOSSARY[name]
    assert set(term) <= KNOWN
    assert term["note"]
    assert [code for code in CODES if not words_of(term, code)] == []
    assert "kept" not in term or not set(term) & set(CODES)
    assert [one for one in read(LOCALE / "public.pot") if name in terms_of(said(one)[0])]


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_says_each_term_by_its_word(code):
    messages = [said(one) for one in read(LOCALE / code / "saisine.po")]
    assert {name: found for name in GLOSSARY if (found := others(name, messages, code))} == {}


def test_another_word_would_be_seen():
    term = {"french": ["plainte"], "unlike": ["porter plainte"], "en": ["complaint"]}
    assert has(term, "Vos plaintes")
    assert not has(term, "Vous pouvez porter plainte.")
    assert not has(term, "Il complainte")
    assert bare("لديّ Şikâyetİ L’État") == "لدي şikâyeti l'état"
