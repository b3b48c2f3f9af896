"""Each page of the public carries the words of « Écouter » in its language, which the script shows; no desk does."""

import pytest

from app.base.i18n import FRENCH, LANGUAGES, in_language, translate
from app.base.web.language_prefix import localized
from tests.support.html import Page

WORDS = ("Écouter", "Arrêter la lecture", "Reprendre la lecture")


def words_in(response):
    return [one.get("data-listen") for one in Page(response.text).all("main")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_page_of_the_public_has_them_in_its_language(client, code):
    with in_language(code):
        said = "|".join(translate(one) for one in WORDS)
    for path in ("/", "/avant-de-commencer", "/aide", "/vos-droits", "/suivi", "/saisine/INCONNUE", "/nulle-part"):
        assert words_in(client.get(localized(path, code))) == [said], path
    assert (said == "|".join(WORDS)) == (code in {FRENCH, "facile"})


@pytest.mark.parametrize("path", ["/agent/connexion", "/association/connexion"])
def test_a_desk_has_none(client, path):
    assert words_in(client.get(path)) == [None]
