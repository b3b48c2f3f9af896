"""Finding complaints at the desk: an address holds words sealed, sealed answers can be asked for all the same."""

import base64
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.intake.web.inbox import sealed_words
from tests.cast import Sent, send, sign_in
from tests.support.client import page_of
from tests.support.html import Page, words
from tests.support.rewind import lived

LIST = "/agent/plaintes"
FORM = {"form": LIST}


def numbers(page):
    return [link.rsplit("/", 1)[-1] for link in page.links.values() if link.startswith(f"{LIST}/SA-")]


@pytest.fixture
def desk(run, client, portal):
    """Two complaints of Lille, read by its clerk."""
    return lived(run, portal, client, "two_found", lambda: two_sent(client, portal))


def two_sent(client, portal):
    one = Sent(send(client)).number
    portal.clock.advance(seconds=1)
    two = Sent(send(client, prenom="Noé", nom="Inventé", pro_nom="Alix Autre")).number
    sign_in(client, portal, "595")
    return one, two


def test_words_find_and_an_address_holds_them_sealed(client, desk):
    """What is found is read again at its address, by « Back » or by a colleague; nobody reads a name in it."""
    one, two = desk
    answer = client.submit(LIST, {"q": "canari-nom"}, **FORM)
    assert numbers(Page(answer.text)) == [one]
    here = str(answer.url)
    assert (urlsplit(here).path, [was.status_code for was in answer.history]) == (LIST, [303])
    assert "canari" not in here.lower()
    assert b"canari" not in base64.urlsafe_b64decode(sealed_in(here) + "==")
    assert "Canari-Nom" not in "".join(Page(answer.text).links.values())
    again = Page(client.get(here).text)
    assert (numbers(again), again.by_id("q").get("value")) == ([one], "canari-nom")
    assert numbers(Page(client.submit(LIST, {"q": "Autre LILLE"}, **FORM).text)) == [two]
    nothing = Page(client.submit(LIST, {"q": "gaël"}, **FORM).text)
    assert "Aucune plainte ne correspond." in nothing.text
    assert nothing.links["Effacer les filtres"] == LIST
    assert nothing.by_id("q").get("value") == "gaël"


def sealed_in(address):
    return dict(parse_qsl(urlsplit(str(address)).query))["recherche"]


def test_a_search_that_is_not_of_this_authority_is_none(client, portal, desk):
    here = sealed_in(client.submit(LIST, {"q": "canari"}, **FORM).url)
    altered = here[:-2] + ("A" if here[-2] != "A" else "B") + here[-1]
    for wrong in (altered, here[:9], "é", "x" * 5_000, sealed_words(portal.keyring, "594", "canari")):
        page = Page(client.get(LIST, params={"recherche": wrong}).text)
        assert set(numbers(page)) == set(desk)
        assert "Un filtre de cette adresse n'existe pas" in page.text


def test_a_number_or_nothing_to_find_is_asked_by_its_address(client, desk):
    one, _ = desk
    answer = client.submit(LIST, {"q": one.lower()}, **FORM)
    assert str(answer.url).endswith(f"{LIST}?q={one}")
    assert numbers(Page(answer.text)) == [one]
    answer = client.submit(LIST, {"etat": "recue", "suite": "en_cours"}, **FORM)
    assert str(answer.url).endswith("?etat=recue&suite=en_cours")
    assert set(numbers(Page(answer.text))) == set(desk)


def test_the_end_of_a_number_is_enough(client, desk):
    for number in desk:
        for end in (number[-4:], number[-4:].lower(), number[-9:]):
            assert numbers(Page(client.submit(LIST, {"q": end}, **FORM).text)) == [number], end


def test_the_beginning_of_a_name_or_a_town_is_enough_when_no_whole_word_answers(client, desk):
    one, two = desk
    alike = "Aucun mot entier ne correspond."
    whole = Page(client.submit(LIST, {"q": "Inventé"}, **FORM).text)
    assert (numbers(whole), alike in whole.text) == ([two], False)
    for typed, found in (
        ("Inve", [two]),
        ("Inventaire", [two]),
        ("INVÉ", [two]),
        ("inve lill", [two]),
        ("cana", [one]),
    ):
        page = Page(client.submit(LIST, {"q": typed}, **FORM).text)
        assert (numbers(page), alike in page.text) == (found, True), typed
    for typed in ("Inv", "nven", "inve gaël"):
        page = Page(client.submit(LIST, {"q": typed}, **FORM).text)
        assert (numbers(page), alike in page.text) == ([], False), typed


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
    "mention=moi": [],
    "suite=a_fixer": [],
    f"attribution={'0' * 32}": [],
}


def test_each_filter_keeps_what_it_says_and_what_is_none_is_told(client, desk):
    for query, kept in KEPT.items():
        page = client.page(f"{LIST}?{query}")
        assert "n'existe pas" not in page.text
        assert sorted(numbers(page)) == sorted(desk[n] for n in kept), query
    for query in (
        "recue_du=hier",
        "recue_du=2026-13-01",
        "recue_au=0001-01-01",
        "forme=x",
        "suite=x",
        "mention=x",
        "q=Fictive",
    ):
        page = client.page(f"{LIST}?{query}")
        assert set(numbers(page)) == set(desk)
        assert "Un filtre de cette adresse n'existe pas" in page.text


def test_heads_sort_the_list_and_say_so(client, desk):
    """Each head is a link; pressed again it sorts the other way round, and filters, views and pages keep it."""
    one, two = desk
    page = client.page(f"{LIST}?etat=recue")
    assert sorted_columns(page) == {"Échéance": "ascending"}
    page = client.page(page.links["Reçue le"])
    assert (sorted_columns(page), numbers(page)) == ({"Reçue le": "ascending"}, [one, two])
    page = client.page(page.links["Reçue le"])
    assert (sorted_columns(page), numbers(page)) == ({"Reçue le": "descending"}, [two, one])
    again = client.send_form(page, LIST, {"suite": "en_cours"}, **FORM)
    assert str(again.url).endswith("?etat=recue&suite=en_cours&tri=-recue")
    page = client.page(page_of(again).links["Numéro"])
    assert numbers(page) == sorted(desk)
    assert numbers(client.page(page.links["Numéro"])) == sorted(desk, reverse=True)
    assert page.links["Échéance"] == f"{LIST}?etat=recue&suite=en_cours"
    assert "n'existe pas" in client.page(f"{LIST}?tri=personne").text


def test_a_search_is_sorted_without_its_words_in_an_address(client, desk):
    one, two = desk
    found = page_of(client.submit(LIST, {"q": "lille"}, **FORM))
    press = next(one for one in found.all("button") if one.text == "Reçue le")
    assert (press.get("name"), press.get("value")) == ("tri", "recue")
    laying = next(form for form in found.forms if form.element.get("id") == press.get("form"))
    assert laying.action == LIST
    shown = {}
    for order in ("numero", "recue", "-recue"):
        answer = client.post(LIST, data=dict([*laying.fill({}), ("tri", order)]))
        assert f"tri={order}" in str(answer.url)
        assert "lille" not in str(answer.url)
        shown[order] = numbers(Page(answer.text))
    assert shown == {"numero": sorted(desk), "recue": [one, two], "-recue": [two, one]}


def test_what_is_set_is_said_and_taken_away_one_by_one(client, desk):
    page = client.page(f"{LIST}?etat=recue&canal=patient&tri=recue")
    assert [words(one) for one in page.all("button") if one.get("class") == "chip"] == [
        "Enlever : État : Reçue ×",
        "Enlever : Écrite par : La personne ×",
    ]
    assert page.all("details")[0].get("open") is not None
    form = next(form for form in page.forms if "canal" in dict(form.fill({})) and "par" not in dict(form.fill({})))
    answer = client.post(LIST, data=dict(form.fill({}, "Enlever : Écrite par : La personne ×")))
    assert str(answer.url).endswith("?etat=recue&tri=recue")
    plain = client.page(LIST)
    assert plain.all("details")[0].get("open") is None
    assert not [one for one in plain.all("button") if one.get("class") == "chip"]


def test_each_view_says_how_many_it_holds(client, desk):
    def told():
        found = (words(one).rpartition(" ") for one in client.page(LIST).all("li"))
        return {view: n for view, _, n in found if n.isdecimal()}

    before = told()
    assert [before[view] for view in ("Toutes", "À accuser réception", "À transmettre", "À moi")] == [
        "2",
        "2",
        "0",
        "0",
    ]
    client.submit(f"{LIST}/{desk[0]}/accuser-reception", {"canal_ar": "email"})
    after = told()
    assert [after[view] for view in ("Toutes", "À accuser réception", "À transmettre")] == ["2", "1", "1"]


def sorted_columns(page):
    return {words(head): head.get("aria-sort") for head in page.all("th") if head.get("aria-sort")}
