"""What stays French in a page of another language is marked, whole or the words that a sentence ends with."""

import pytest
from markupsafe import Markup

from app.base.i18n import in_language
from app.base.web.wording import in_french


@pytest.mark.parametrize(
    ("said", "words", "shown"),
    [
        ("Lille & <Nord>", (), '<bdi lang="fr">Lille &amp; &lt;Nord&gt;</bdi>'),
        ("at Lille", ("Lille",), 'at <bdi lang="fr">Lille</bdi>'),
        ("at <b>, <b>", ("<b>",), 'at &lt;b&gt;, <bdi lang="fr">&lt;b&gt;</bdi>'),
        ("at Lille", ("Paris",), "at Lille"),
        ("at Lille", ("",), "at Lille"),
        ("", (), ""),
    ],
)
def test_french_is_marked_in_another_language_alone(said, words, shown):
    for code in ("ar", "en"):
        with in_language(code):
            marked = in_french(said, *words)
            assert (marked, isinstance(marked, Markup)) == (shown, True)
    for code in ("fr", "facile"):
        with in_language(code):
            assert in_french(said, *words) == said
