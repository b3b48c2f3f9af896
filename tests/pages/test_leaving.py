"""Leaving: the neutral site, the sheet to carry, the colours, the device that forgets; by a browser without script."""

import pytest

from app.pages.rules import own_path
from tests.cast import AMINA, Sent, begin, send, sign_in
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words
from tests.support.pdf import text_of


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("auto", None)])
def test_colours_are_chosen_without_a_script(client, chosen, kept):
    client.cookies.set("theme", "light" if kept != "light" else "dark", domain="127.0.0.1", path="/")
    link = next(t for t in client.page("/aide").links.values() if t.startswith("/couleurs"))
    answer = client.submit(link, {"couleurs": chosen})
    assert answer.url.path == "/aide"
    assert Page(answer.text).tree.get("data-theme") == kept
    (ticked,) = [one.get("value") for one in client.page("/couleurs").all("input") if one.get("checked") is not None]
    assert ticked == chosen


def test_colours_that_do_not_exist_are_told(client):
    answer = client.submit("/couleurs?retour=/aide", {"couleurs": "light"}, button="Enregistrer")
    assert answer.url.path == "/aide"
    client.cookies.set("theme", "<script>", domain="127.0.0.1", path="/")
    assert client.page("/aide").tree.get("data-theme") is None


@pytest.mark.parametrize(
    "away",
    [
        "//ailleurs.exemple",
        "https://ailleurs.exemple/",
        "/\\ailleurs.exemple",
        "/a/../b",
        "ailleurs",
        "/" + "a" * 300,
        "/a\nb",
        "/é",
    ],
)
def test_no_address_leads_away_from_here(client, away):
    assert own_path(away) is None
    page = client.page("/couleurs", params={"retour": away})
    (form,) = [one for one in page.forms if one.action.startswith("/couleurs")]
    assert "retour" not in {one.name for one in form.controls}
    csrf = next(one.value for one in form.controls if one.name == "csrf")
    answer = client.post("/couleurs", data={"csrf": csrf, "couleurs": "dark", "retour": away}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_quick_exit_is_on_every_page_of_the_form_and_after(client, portal):
    draft = begin(client).removesuffix("/court")
    sent = Sent(send(client))
    paths = [f"{draft}/{name}" for name in ("court", "soins", "pause", "effacer", "inconnu")]
    paths += [sent.path, sent.path.replace("confirmation", "court"), f"{draft}x/court"]
    for path in paths:
        found = [one for one in client.page(path).all("a") if one.get("data-quick-exit") is not None]
        assert [one.get("href") for one in found] == [portal.settings.quick_exit_url], path
        assert (words(found[0]), found[0].get("rel"), found[0].get("target")) == ("Quitter vite", "noreferrer", None)
    client.submit("/reprendre", {"code": sent.code})
    assert "data-quick-exit" in client.get("/suivi").text
    for path in ("/", "/aide", "/vos-droits", "/reprendre"):
        assert "data-quick-exit" not in client.get(path).text


def test_the_sheet_is_given_while_the_code_may_be_shown(client, clock):
    sent = Sent(send(client))
    path = sent.page.links["Imprimer la feuille de suivi"]
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="feuille-de-suivi-{sent.number}.pdf"'
    assert sent.code in text_of(answer.content)
    assert client.get(path).content == answer.content
    clock.advance(hours=23)
    assert client.get(path).content == answer.content
    clock.advance(hours=2)
    late = client.get(path)
    assert late.url.path == sent.path
    assert "Imprimer la feuille de suivi" not in Page(late.text).links
    assert sent.code not in late.text


def test_on_a_shared_device_the_sheet_is_given_for_half_an_hour(client, clock):
    path = str(client.submit("/avant-de-commencer", {"appareil_partage": "oui"}, button="court").url.path)
    sheet = path.replace("court", "feuille-de-suivi")
    assert client.get(sheet).status_code == 404  # nothing is sent
    client.submit(path, AMINA)
    assert client.get(sheet).headers["content-type"] == "application/pdf"


def test_nobody_else_gets_the_sheet(client, app, portal):
    sent = Sent(send(client))
    with SuspiciousClient(app, portal.database) as gael:
        assert gael.get(sent.path.replace("confirmation", "feuille-de-suivi")).status_code == 404


def test_the_square_leads_to_the_page_of_the_code_which_waits_for_it(client):
    page = client.page("/reprendre")
    (form,) = [one for one in page.forms if one.method == "post"]
    assert form.element.get("data-code-in-address") is not None
    assert "code" in form.names
    assert any(one.get("data-said") for one in page.all("p"))


def test_erasing_ends_everything_on_this_device(client, portal):
    draft = begin(client)
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    sign_in(client, portal, "595")
    assert client.get("/agent/plaintes").url.path == "/agent/plaintes"
    kept = dict(client.cookies)
    answer = client.submit("/effacer-cet-appareil", button="Effacer de cet appareil")
    (first,) = answer.history
    assert first.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert Page(answer.text).h1 == "Plus rien n'est ouvert sur cet appareil."
    assert "L'historique de votre navigateur" in Page(answer.text).text
    assert not client.cookies
    for name, value in kept.items():  # somebody who kept a copy of the cookies opens nothing with them
        client.cookies.set(name, value, domain="127.0.0.1", path="/")
    assert client.get("/suivi").url.path == "/reprendre"
    assert client.get(draft).status_code == client.get(sent.path).status_code == 404
    assert client.get("/agent/plaintes").url.path == "/agent/connexion"


def test_erasing_here_leaves_the_complaint_and_other_devices(client, app, portal):
    sent = Sent(send(client))
    with SuspiciousClient(app, portal.database) as other:
        other.submit("/reprendre", {"code": sent.code})
        client.submit("/effacer-cet-appareil", button="Effacer de cet appareil")
        assert other.get("/suivi").url.path == "/suivi"
    assert client.submit("/reprendre", {"code": sent.code}).url.path == "/suivi"


def test_nothing_is_said_to_be_erased_to_who_still_holds_something(client):
    begin(client)
    assert client.get("/appareil-efface").url.path == "/effacer-cet-appareil"


def test_erasing_needs_the_form(client):
    begin(client)
    answer = client.post(
        "/effacer-cet-appareil", data={"csrf": "x"}, headers={"origin": "null", "sec-fetch-site": "same-origin"}
    )
    assert answer.status_code == 403
    assert "clear-site-data" not in answer.headers


def test_the_ways_to_erase_are_linked_where_they_are_needed(client):
    assert "/effacer-cet-appareil" in client.page("/aide").links.values()
    assert "/effacer-cet-appareil" in Sent(send(client)).page.links.values()
