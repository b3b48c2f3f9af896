"""Finding complaints at the desk: words never enter an address, sealed answers can be asked for all the same."""

from urllib.parse import urlsplit

import pytest

from tests.cast import Sent, send, sign_in
from tests.support.client import page_of
from tests.support.html import Page

LIST = "/agent/plaintes"
FORM = {"form": LIST}


def numbers(page):
    return [link.rsplit("/", 1)[-1] for link in page.links.values() if link.startswith(f"{LIST}/SA-")]


@pytest.fixture
def desk(client, portal):
    """Two complaints of Lille, read by its clerk."""
    one = Sent(send(client)).number
    portal.clock.advance(seconds=1)
    two = Sent(send(client, prenom="Noé", nom="Inventé", pro_nom="Alix Autre")).number
    sign_in(client, portal, "595")
    return one, two


def test_words_find_and_no_address_holds_them(client, desk):
    one, two = desk
    answer = client.submit(LIST, {"q": "canari-nom"}, **FORM)
    assert numbers(Page(answer.text)) == [one]
    assert (urlsplit(str(answer.url)).path, urlsplit(str(answer.url)).query, answer.history) == (LIST, "", [])
    assert "Canari-Nom" not in "".join(Page(answer.text).links.values())
    assert numbers(Page(client.submit(LIST, {"q": "Autre LILLE"}, **FORM).text)) == [two]
    nothing = Page(client.submit(LIST, {"q": "gaël"}, **FORM).text)
    assert "Aucune plainte ne correspond." in nothing.text
    assert nothing.links["Effacer les filtres"] == LIST
    assert nothing.by_id("q").get("value") == "gaël"


def test_a_number_or_nothing_to_find_is_asked_by_its_address(client, desk):
    one, _ = desk
    answer = client.submit(LIST, {"q": one.lower()}, **FORM)
    assert str(answer.url).endswith(f"{LIST}?q={one}")
    assert numbers(Page(answer.text)) == [one]
    answer = client.submit(LIST, {"etat": "recue", "suite": "en_cours"}, **FORM)
    assert str(answer.url).endswith("?etat=recue&suite=en_cours")
    assert set(numbers(Page(answer.text))) == set(desk)


def test_a_search_keeps_the_filters_and_its_words(client, desk):
    one, _ = desk
    found = client.submit(LIST, {"q": "canari", "etat": "accusee"}, **FORM)
    page = page_of(found)
    assert numbers(page) == []
    again = client.send_form(page, str(found.url), {"etat": "recue"}, **FORM)
    assert numbers(page_of(again)) == [one]


KEPT = {
    "forme=rdv_refuse": [],
    "recue_du=2026-03-03&recue_au=2026-03-03": [0, 1],
    "recue_du=2026-03-04": [],
    "recue_au=2026-03-02": [],
    "suite=terminees": [],
    "suite=a_fixer": [],
    f"attribution={'0' * 32}": [],
}


def test_each_filter_keeps_what_it_says_and_what_is_none_is_told(client, desk):
    for query, kept in KEPT.items():
        page = client.page(f"{LIST}?{query}")
        assert "n'existe pas" not in page.text
        assert sorted(numbers(page)) == sorted(desk[n] for n in kept), query
    for query in ("recue_du=hier", "recue_du=2026-13-01", "recue_au=0001-01-01", "forme=x", "suite=x", "q=Fictive"):
        page = client.page(f"{LIST}?{query}")
        assert set(numbers(page)) == set(desk)
        assert "Un filtre de cette adresse n'existe pas" in page.text
