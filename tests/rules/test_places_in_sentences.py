"""What stands around a place to fill in, where a language changes it: a date that ends with a full stop, an article."""

import re

import pytest
from babel.messages.pofile import read_po

from app.base.i18n import LOCALE, in_language, translate
from app.intake.letters.acknowledgement import CAISSE, COUNCIL, UNNAMED

DAY_LAST = re.compile(r"(\{(day|date)\}|%\((day|date)\)s)(</strong>)?\.")


@pytest.mark.parametrize("code", ["ru", "uk"])
def test_a_day_that_ends_with_a_full_stop_never_ends_a_sentence(code):
    """« 3 июня 2026 г. » would be followed by another one."""
    with (LOCALE / code / "saisine.po").open("rb") as file:
        said = [one.string if isinstance(one.string, str) else " ".join(one.string) for one in read_po(file) if one.id]
    assert [one for one in said if DAY_LAST.search(one)] == []


@pytest.mark.parametrize(
    ("code", "twice"), [("es", " a el "), ("pt", " a o "), ("pt", " a a "), ("ro", " către colegiul")]
)
def test_a_preposition_and_an_article_are_one_word(code, twice):
    with in_language(code):
        said = [translate(UNNAMED).format(other=translate(one)) for one in (COUNCIL, CAISSE)]
    assert [one for one in said if twice in one] == []
