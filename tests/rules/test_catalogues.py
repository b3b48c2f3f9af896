"""A language is released whole: each sentence of the public, its places to fill in, its plurals, who made it."""

import re
import tomllib
from datetime import date

import pytest
from babel.messages.pofile import read_po

from app.base import i18n
from app.base.forms.date_words import day_said
from app.base.i18n import FRENCH, LANGUAGES, LOCALE, in_language, ntranslate, translate

CODES = [code for code in LANGUAGES if code != FRENCH]
HELD = re.compile(r"%%?\{\w+\}|\{\w*\}|%\(\w+\)s|%%|<[^>]+>|https?://\S+")
LONGEST_LABEL, LONGEST_TIMES = 70, 2.2
"""Past so many characters, a sentence is at most so many times longer: a page is made for 320 pixels."""


def read(path):
    with path.open("rb") as file:
        return read_po(file)


SOURCE = read(LOCALE / "public.pot")


def forms(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def held(text):
    return sorted(one for one in HELD.findall(text))


@pytest.fixture(scope="module", params=CODES)
def catalogue(request):
    return request.param, read(LOCALE / request.param / "saisine.po")


def test_every_sentence_of_the_public_is_translated_and_no_other(catalogue):
    _code, said = catalogue
    wanted = {one.id for one in SOURCE if one.id}
    assert {one.id for one in said if one.id} == wanted
    assert [one.id for one in said if one.id and not all(form.strip() for form in forms(one))] == []
    assert not said.fuzzy
    assert [one.id for one in said if one.fuzzy and one.id] == []


def test_what_is_filled_in_and_the_marks_are_kept(catalogue):
    _code, said = catalogue
    wrong = []
    for one in said:
        if not one.id:
            continue
        sources = [one.id] if isinstance(one.id, str) else list(one.id)
        for form in forms(one):
            if isinstance(one.id, str) and held(form) != held(one.id):
                wrong.append((one.id, form))
            if not set(held(form)) <= {mark for source in sources for mark in held(source)}:
                wrong.append((one.id, form))
            if form.count("\n") != sources[0].count("\n") or form[:1].isspace() != sources[0][:1].isspace():
                wrong.append((one.id, form))
    assert wrong == []


def test_each_plural_has_all_its_forms(catalogue):
    _code, said = catalogue
    assert {len(one.string) for one in said if one.pluralizable} == {said.num_plurals}


def test_a_short_sentence_stays_short(catalogue):
    _code, said = catalogue
    pairs = [(one.id, one.string) for one in said if one.id and isinstance(one.id, str)]
    assert [pair for pair in pairs if len(pair[1]) > max(LONGEST_LABEL, LONGEST_TIMES * len(pair[0]))] == []


def test_nothing_is_left_in_french(catalogue):
    """A sentence of four words or more, its names apart, is not its own translation; but French made easy is French."""
    code, said = catalogue
    if LANGUAGES[code].is_french:
        return
    same = [one.id for one in said if one.id and one.string == one.id and len(re.findall(r"[a-zé]{3,}", one.id)) > 3]
    assert same == []


def test_an_example_shows_what_the_form_reads(catalogue):
    """What is offered as an example of a date would otherwise be refused."""
    _code, said = catalogue
    example = said.get("Par exemple : 27 2 2026, ou hier").string
    today = date(2026, 3, 3)
    assert date(2026, 3, 2) in {day_said(word.removeprefix("或"), today) for word in re.findall(r"\w+", example)}


@pytest.mark.parametrize("code", CODES)
def test_it_says_who_made_it_and_who_read_it_again(code):
    signed = tomllib.loads((LOCALE / code / "review.toml").read_text(encoding="utf-8"))
    assert set(signed) == {"made_by", "read_by", "read_on", "catalogue"}
    assert signed["made_by"]
    assert LANGUAGES[code].is_read_again == (bool(signed["read_by"]) and bool(signed["catalogue"]))


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_is_said_in_it_and_french_is_untouched(code):
    with in_language(code):
        assert (translate("Aller au contenu") == "Aller au contenu") == LANGUAGES[code].is_french
        assert ntranslate("Une réponse est à corriger", "%(num)s réponses sont à corriger", 2)
    assert translate("Aller au contenu") == "Aller au contenu"
    assert i18n.code_now() == FRENCH


def test_a_signature_holds_for_the_catalogue_that_was_read(tmp_path, monkeypatch):
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "saisine.po").write_bytes(b'msgid "a"\nmsgstr "b"\n')
    signature = i18n.digest_of((folder / "saisine.po").read_bytes())
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    for read_by, digest, is_so in (
        ("", signature, False),
        ("Nour Fictive", signature, True),
        ("Nour", "0" * 16, False),
    ):
        text = f'made_by = "a"\nread_by = "{read_by}"\nread_on = "2026-11-29"\ncatalogue = "{digest}"\n'
        (folder / "review.toml").write_text(text, encoding="utf-8")
        i18n.is_read_again.cache_clear()
        assert i18n.is_read_again("xx") is is_so
    i18n.is_read_again.cache_clear()


def lengths(code, said):
    """Count what each sentence has to read: words, or Chinese signs, its names and tags apart."""
    texts = [re.sub(r"<[^>]+>", "", form) for one in said if one.id for form in forms(one)]
    sentences = [one for text in texts for one in re.split(r"(?<=[.?!:;؟؛])\s+|(?<=[。？！：；])|\n", text) if one]
    if code == "zh":
        return [len(re.findall(r"[\u4e00-\u9fff]", one)) for one in sentences]
    return [sum(any(sign.isalnum() for sign in word) for word in one.split()) for one in sentences]


BUDGETS = {"facile": (12, 0.01, 20), "zh": (30, 0.02, 36)}
"""Words of a sentence, the share of those that may have more, the most: lists of the law, names of authorities. Easy
French follows Inclusion Europe; two Chinese signs are about a word."""
USUAL = (20, 0.005, 27)


def test_sentences_are_short(catalogue):
    code, said = catalogue
    usual, share, most = BUDGETS.get(code, USUAL)
    counts = lengths(code, said)
    assert sum(count > usual for count in counts) <= share * len(counts)
    assert max(counts) <= most
