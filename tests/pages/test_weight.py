"""What a slow telephone has to bring: the bodies of the pages, packed as the service packs them."""

import gzip

import pytest

from app.base.i18n import FRENCH, LANGUAGES
from app.base.resources import STATIC
from app.base.web.language_prefix import localized
from tests.journeys import JOURNEYS, answer, begin, name_of
from tests.support.html import Page

FIRST, NEXT = 16_000, 4_000
LEVEL = 4
"""How hard the service packs a page; what never changes is packed as hard as can be (9)."""


def packed(page):
    return len(gzip.compress(page.content, LEVEL))


def first_page(client, code):
    """Return the first page in a language, and what it brings."""
    first = client.get(localized("/avant-de-commencer", code))
    shown = Page(first.text)
    links = [one.get("href", "") for one in shown.all("link") if one.get("rel") != "alternate"] + [
        one.get("src", "") for one in shown.all("script")
    ]
    return first, {link.removeprefix("/static/").partition("?")[0] for link in links}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_page_and_what_it_brings_are_light_in_every_language(client, code):
    french, page = first_page(client, FRENCH), first_page(client, code)
    assert page[1] == french[1] == {"css/saisine.css", "js/form.js", "img/favicon.svg"}
    brought = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in page[1])
    assert packed(page[0]) + brought <= min(FIRST, 1.05 * (packed(french[0]) + brought))


@pytest.mark.parametrize("name", ["ordinary", "cardiologist", "lawyer"])
def test_each_page_of_the_form_is_light(client, name):
    page = begin(client)
    while name_of(page.url) != "verifier":
        assert packed(page) <= NEXT, name_of(page.url)
        page = answer(client, JOURNEYS[name], page)
    assert packed(page) <= NEXT


def test_indentation_is_not_sent_and_what_somebody_wrote_is_kept(client):
    page = begin(client)
    while name_of(page.url) != "recit":
        page = answer(client, JOURNEYS["ordinary"], page)
    story = {**JOURNEYS["ordinary"].pages["recit"], "recit": "Voici :\n    un retrait\n\n\tet un autre"}
    client.send_form(Page(page.text), page.url.path, story)
    shown = client.get(page.url.path).text
    assert "Voici :\n    un retrait\n\n\tet un autre</textarea>" in shown.replace("\r\n", "\n")
    assert not [line for line in shown.split("\n") if line.startswith(" " * 5) and "un retrait" not in line]
