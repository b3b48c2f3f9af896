"""A6: finding the professional in the directory, without a script, and keeping a copy of the record."""

from dataclasses import replace

import pytest

from app.base.web.language_prefix import localized
from tests.cast import Sent
from tests.journeys import JOURNEYS, ORDINARY, follow
from tests.support.html import Page
from tests.support.listed import LINES, listed
from tests.support.rewind import lived

FIRST = "Cabinet des Tilleuls, 12 Rue des Tilleuls, 59000 Lille"
CARDIOLOGIST = JOURNEYS["cardiologist"]


@pytest.fixture
def search(run, client, portal, tmp_path):
    """The page of the search, in a draft that has come to it."""

    def come():
        listed(portal.database, tmp_path)
        return follow(client, CARDIOLOGIST, until="professionnel").url.path

    return lived(run, portal, client, "searching", come)


def ask(client, search, name, where="Lille", **more):
    return Page(client.get(search, params={"q": name, "ou": where} | more).text)


def choices(page):
    return [one.get("value") for one in page.all("button") if one.get("name") == "pro_id"][:-1]  # the last describes


def choose(client, search, page):
    return client.send_form(page, search, {}, button=choices(page)[0])


def test_a_professional_is_chosen_with_the_address_then_copied_into_the_complaint(client, portal, search):
    page = ask(client, search, "durant")
    assert "2 résultats pour « durant » près de Lille." in page.text
    assert FIRST in page.text
    assert "Annuaire Santé du 8 octobre 2026." in page.text
    after = choose(client, search, page)
    assert after.url.path.endswith("/professionnel/adresse")
    page = Page(after.text)
    assert "Camille EXEMPLE-DURAND" in page.text
    sites = [one.get("value") for one in page.all("input") if one.get("name") == "lieu_exercice"]
    assert len(sites) == 3
    after = client.send_form(page, after.url.path, {"lieu_exercice": sites[1]})
    assert after.url.path.endswith("/formes")
    sent = Sent(to_the_end(client, after))
    assert sent.number
    assert "Roubaix" in sent.page.text  # the caisse of the address that was chosen


def to_the_end(client, response):
    """Answer each page that is left."""
    for _ in range(40):
        name = str(response.url.path).split("/", 3)[3]
        page = Page(response.text)
        fields = CARDIOLOGIST.declarations if name == "verifier" else CARDIOLOGIST.pages.get(name, {})
        if name == "verifier":
            assert "CLINIQUE INVENTEE" in page.text
            assert "Annuaire Santé du 8 octobre 2026" in page.text
            return client.send_form(page, response.url.path, dict(fields), form="/envoyer#erreurs")
        response = client.send_form(page, response.url.path, dict(fields))
    raise AssertionError(response.url)


def test_a_record_with_one_address_asks_nothing_more(client, search):
    page = ask(client, search, "teste")
    assert "1 résultat pour « teste » près de Lille." not in page.text  # a nurse: another profession was chosen
    page = ask(client, search, "zoe", "Roubaix")
    after = choose(client, search, page)
    assert after.url.path.endswith("/formes")
    back = client.page(search.replace("professionnel", "formes"))
    assert back.links["Retour"].partition("?")[0] == search


@pytest.mark.parametrize(
    ("name", "where", "told"),
    [
        ("", "Lille", ["Écrivez au moins 2 lettres du nom."]),
        ("é", "Lille", ["Écrivez au moins 2 lettres du nom."]),
        ("durand", "", ["Écrivez une ville ou un code postal."]),
        ("", "", ["Écrivez au moins 2 lettres du nom.", "Écrivez une ville ou un code postal."]),
        ("durand", "Nulle-Part-sur-Papier", ["Nous ne trouvons pas ce lieu. Essayez avec le code postal."]),
        ("zzzz", "Lille", ["Aucun résultat. Vérifiez l'orthographe ou décrivez le professionnel."]),
        ("🩺🩺", "Lille", ["Écrivez au moins 2 lettres du nom."]),
        ("x" * 300, "Lille", ["Aucun résultat."]),
        ("'; DROP TABLE directory_key; --", "Lille", ["Aucun résultat."]),
    ],
)
def test_a_strange_question_is_answered_kindly(client, search, name, where, told):
    page = ask(client, search, name, where)
    for words in told:
        assert words in page.text
    assert page.by_id("q").get("value", "") == name[:80]
    assert page.by_id("ou").get("value", "") == where
    assert "Je ne le trouve pas" in page.text


def test_the_search_is_a_press_that_no_address_shows_and_that_back_shows_again(client, search):
    page = Page(client.submit(search, {"q": "durand", "ou": "Lille"}, button="Chercher").text)
    assert page.by_id("q").get("value") == "durand"
    assert len(choices(page)) == 2
    after = client.get(search)
    assert (after.url.query, len(choices(Page(after.text)))) == (b"", 2)


@pytest.mark.parametrize(("name", "where", "told"), [("d", "Lille", "2 lettres"), ("durand", "", "Écrivez une ville")])
def test_a_search_that_cannot_be_made_is_said_and_kept(client, search, name, where, told):
    after = client.submit(search, {"q": name, "ou": where}, button="Chercher")
    page = Page(after.text)
    assert (after.status_code, told in page.text) == (422, True)
    page = client.page(search)
    assert (page.by_id("q").get("value"), page.by_id("ou").get("value") or "") == (name, where)
    assert told not in page.text  # nothing was asked yet on this showing


def test_what_is_typed_and_not_yet_looked_for_describes_whoever_is_not_found(client, search):
    after = client.submit(search, {"q": "la dame", "ou": "Roubaix"}, button="Je ne le trouve pas")
    assert after.url.path.endswith("/professionnel/decrire")
    page = Page(after.text)
    assert (page.by_id("pro_nom").get("value"), page.by_id("pro_commune").get("value")) == ("la dame", "Roubaix")


@pytest.mark.parametrize("button", ["Finir plus tard", "Français"])
def test_what_is_typed_waits_for_whoever_leaves_the_page(client, search, button):
    client.submit(search, {"q": "la dame", "ou": "Roubaix"}, button=button)
    page = client.page(search)
    assert (page.by_id("q").get("value"), page.by_id("ou").get("value")) == ("la dame", "Roubaix")


def test_another_search_leaves_the_choice_until_another_is_made(client, search):
    page = ask(client, search, "durand")
    choose(client, search, page)
    page = Page(client.submit(search, {"q": "zoe", "ou": "Roubaix"}, button="Chercher").text)
    assert not [one for one in page.all("button") if one.get("aria-current")]
    assert client.get(search.replace("professionnel", "professionnel/adresse")).url.path.endswith("/adresse")
    page = ask(client, search, "durand")
    assert [one.get("value") for one in page.all("button") if one.get("aria-current")] == choices(page)[:1]


def test_who_is_described_is_not_the_one_that_was_chosen_before(client, search):
    choose(client, search, ask(client, search, "zoe", "Roubaix"))
    client.submit(search, {"q": "la dame", "ou": "Lille"}, button="Chercher")
    after = client.submit(search, {}, button="Je ne le trouve pas")
    page = Page(after.text)
    assert (page.by_id("pro_nom").get("value"), page.by_id("pro_commune").get("value")) == ("la dame", "Lille")
    kept = [one.get("value") for one in page.all("input") if one.get("name", "").startswith("pro_")]
    assert [one for one in kept if one] == ["la dame", "Lille"]


def test_who_is_not_found_is_described(client, search):
    page = ask(client, search, "zzzz")
    after = client.send_form(page, search, {}, button="Je ne le trouve pas")
    assert after.url.path.endswith("/professionnel/decrire")
    page = Page(after.text)
    assert (page.by_id("pro_nom").get("value"), page.by_id("pro_commune").get("value")) == ("zzzz", "Lille")
    after = client.submit(after.url.path, CARDIOLOGIST.pages["professionnel/decrire"])
    assert after.url.path.endswith("/formes")


@pytest.mark.parametrize("made_up", ["810000000099.1", "810000000001.999999", "../../etc", "decrire'", "1", "é" * 300])
def test_a_choice_that_was_made_up_is_not_kept(client, portal, search, made_up):
    page = ask(client, search, "durand")
    own = dict(next(form for form in page.forms if form.action.startswith(search)).fill({}))
    after = client.post(search, data={**own, "pro_id": made_up, "pro_nom": "FAUX"})
    text = Page(after.text).text
    if made_up == "810000000001.999999":  # the record is true, the place is not: it is asked
        assert "EXEMPLE-DURAND" in text
    else:
        assert after.status_code == 422
    assert "FAUX" not in text


def test_htmx_replaces_the_list_and_the_count_only(client, search):
    headers = {"hx-request": "true"}
    part = client.get(search, params={"q": "durand", "ou": "Lille"}, headers=headers)
    assert part.text.count("<html") == 0
    assert 'hx-swap-oob="innerHTML">2 résultats' in part.text
    assert FIRST in part.text
    assert client.get(search, params={"q": "d", "ou": "Lille"}, headers=headers).status_code == 204


def test_the_profession_of_the_record_fills_the_one_that_was_not_known(client, portal, tmp_path):
    listed(portal.database, tmp_path)
    unknown = replace(
        CARDIOLOGIST, pages={**CARDIOLOGIST.pages, "lieu": {"lieu_refus": "telephone", "profession": "ne_sait_pas"}}
    )
    search = follow(client, unknown, until="professionnel").url.path
    page = ask(client, search, "beffroi")
    assert "Noé ESSAI — Pharmacien" in page.text


def test_a_new_edition_serves_at_once_and_the_copy_stays(client, portal, search, tmp_path, monkeypatch):
    monkeypatch.setattr("app.base.ttl_cache.FRESH_SECONDS", -1)
    page = ask(client, search, "zoe", "Roubaix")
    after = choose(client, search, page)
    assert after.url.path.endswith("/formes")
    listed(portal.database, tmp_path, name="PS_LibreAcces_Personne_activite_202611120800.txt")
    assert "Annuaire Santé du 12 novembre 2026" in client.page(search).text
    assert client.get(after.url.path).status_code == 200


def test_a_record_that_left_between_the_search_and_the_press_leaves_nothing_of_another(
    client, portal, search, tmp_path, monkeypatch
):
    monkeypatch.setattr("app.base.ttl_cache.FRESH_SECONDS", -1)
    choose(client, search, ask(client, search, "zoe", "Roubaix"))
    page = ask(client, search, "durand")
    listed(portal.database, tmp_path, LINES[4:], "PS_LibreAcces_Personne_activite_202611120800.txt")
    after = choose(client, search, page)
    assert after.status_code == 422
    assert "Choisissez un professionnel dans la liste, ou décrivez-le." in Page(after.text).text
    after = client.submit(search, {}, button="Je ne le trouve pas")
    page = Page(after.text)
    kept = [one.get("value") for one in page.all("input") if one.get("name", "").startswith("pro_")]
    assert [one for one in kept if one] == ["durand", "Lille"]


def test_a_record_that_left_before_its_address_is_asked_again_and_leaves_nothing(
    client, portal, search, tmp_path, monkeypatch
):
    monkeypatch.setattr("app.base.ttl_cache.FRESH_SECONDS", -1)
    asked = choose(client, search, ask(client, search, "durand"))
    page = Page(asked.text)
    (site, *_) = [one.get("value") for one in page.all("input") if one.get("name") == "lieu_exercice"]
    listed(portal.database, tmp_path, LINES[4:], "PS_LibreAcces_Personne_activite_202611120800.txt")
    after = client.send_form(page, asked.url.path, {"lieu_exercice": site})
    assert after.url.path == search
    client.submit(search, {"q": "la dame", "ou": "Lille"}, button="Chercher")
    after = client.submit(search, {}, button="Je ne le trouve pas")
    page = Page(after.text)
    kept = [one.get("value") for one in page.all("input") if one.get("name", "").startswith("pro_")]
    assert [one for one in kept if one] == ["la dame", "Lille"]


@pytest.mark.parametrize(
    ("journey", "said"),
    [(ORDINARY, "vouliez-vous"), (CARDIOLOGIST, "cette personne voulait-elle")],
    ids=["own", "helped"],
)
def test_who_fills_for_somebody_is_asked_where_that_person_wanted_to_go(client, portal, tmp_path, journey, said):
    listed(portal.database, tmp_path)
    search = follow(client, journey, until="professionnel").url.path
    assert Page(choose(client, search, ask(client, search, "durand")).text).h1 == f"À quelle adresse {said} aller ?"
    after = client.submit(search, {}, button="Je ne le trouve pas")
    assert Page(after.text).h1 == f"Quel professionnel {said} voir ?"


def test_back_after_a_choice_shows_the_list_again_in_the_other_language_too(client, search):
    client.submit(search, {"q": "durand", "ou": "Lille"}, button="Chercher")
    page = client.page(search)
    after = choose(client, search, page)
    own = client.page(localized(search, "en"))
    assert (own.by_id("q").get("value"), own.by_id("ou").get("value")) == ("durand", "Lille")
    assert choices(own) == choices(page)
    again = client.send_form(page, search, {}, button=choices(page)[1])
    assert again.url.path.endswith("/formes"), "the list that « Back » showed still chooses"
    assert "EXEMPLE-DURAND" not in client.page(after.url.path).text
