"""Another personal code, by the person or by post, on both databases: the old one opens nothing at once."""

import re

import pytest

from app.base.secrets import typed
from app.filing.queries import filing_by_number
from tests.cast import Sent, send, sign_in
from tests.pages.test_acknowledging import POST, delivered, whole
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words
from tests.support.pdf import bare, text_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
CODE = re.compile(r"\w{4}-\w{4}-\w{4}-\w{4}")


@pytest.fixture
def emile(app, portal):
    """A clerk of the CPAM of Lille-Douai, signed in in a browser of his own."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, "595")
        yield one


def opens(client, code):
    """Tell whether a code opens the follow-up."""
    return client.submit("/reprendre", {"code": code}).url.path == "/suivi"


def test_the_new_code_is_shown_to_its_device_and_the_old_one_is_dead(client, app, portal, emile):
    sent = Sent(send(client))
    assert sent.code in client.page(sent.path).text
    with SuspiciousClient(app, portal.database) as thief:
        assert opens(thief, sent.code)
        client.submit("/reprendre", {"code": sent.code})
        after = Page(client.submit(client.page("/suivi").links["Changer de code"]).text)
        fresh = words(after.by_id("code-personnel"))
        assert CODE.fullmatch(fresh)
        assert fresh != sent.code
        assert thief.get("/suivi", follow_redirects=False).status_code == 303
        assert not opens(thief, sent.code)
    again = client.page("/suivi/code/nouveau")
    assert words(again.by_id("code-personnel")) == fresh, "a page that is loaded again draws no other code"
    assert sent.code not in client.page(sent.path).text, "the confirmation page shows a dead code no more"
    sheet = client.send_form(after, "/suivi/code/feuille", {}, form="/suivi/code/feuille")
    assert fresh.replace("-", "") in bare(text_of(sheet.content)).replace("-", "")
    assert "Nouveau code personnel" in client.page("/suivi").text
    assert fresh not in client.page("/suivi").text
    assert "Nouveau code pris par la personne" in emile.page(f"/agent/plaintes/{sent.number}").text
    assert fresh not in emile.page(f"/agent/plaintes/{sent.number}").text
    told = delivered(portal).to("amina.canari@exemple.fr")[-1]
    assert "L’ancien ne sert plus." in told.text
    assert fresh not in told.text
    assert opens(client, fresh)
    assert client.get("/suivi/code/nouveau").url.path == "/suivi", "who opens with the code has no need to read it"
    assert whole(portal)


def test_a_new_code_is_forgotten_by_who_signs_out_and_after_half_an_hour(client, clock):
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    fresh = words(Page(client.submit("/suivi/code").text).by_id("code-personnel"))
    clock.advance(minutes=29)
    assert fresh in client.page("/suivi/code/nouveau").text
    clock.advance(minutes=1)
    assert client.get("/suivi/code/nouveau").url.path == "/suivi"
    fresh = words(Page(client.submit("/suivi/code").text).by_id("code-personnel"))
    client.submit("/suivi", form="/suivi/fermer")
    assert client.get("/suivi/code/nouveau").url.path == "/reprendre"
    assert opens(client, fresh)
    assert client.get("/suivi/code/nouveau").url.path == "/suivi"


def test_a_sheet_is_given_for_the_code_of_this_complaint_alone(client, portal):
    first, second = Sent(send(client)), Sent(send(client))
    client.submit("/reprendre", {"code": first.code})
    after = Page(client.submit("/suivi/code").text)
    for code in (first.code, second.code, "", "canari"):
        assert client.send_form(after, "/suivi/code/feuille", {"code": code}).status_code == 404


def test_by_post_the_letter_alone_shows_the_code(client, portal, emile):
    sent = Sent(send(client, **POST))
    client.submit("/reprendre", {"code": sent.code})
    there = f"/agent/plaintes/{sent.number}"
    page = emile.page(emile.page(there).links["Envoyer un nouveau code par la poste"])
    refused = emile.send_form(page, f"{there}/nouveau-code", {}, form="nouveau-code#erreurs")
    assert refused.status_code == 422
    assert "Cochez cette case si la personne a demandé un nouveau code." in Page(refused.text).text
    assert client.get("/suivi", follow_redirects=False).status_code == 200
    letter = emile.send_form(page, f"{there}/nouveau-code#erreurs", {"code_demande": "oui"})
    said = text_of(letter.content)
    fresh = CODE.search(said).group()
    assert bare(POST["adresse_rue"]) in said
    assert POST["adresse_ville"] in said
    assert "CANARI-RECIT" not in said
    after = emile.page(there).text
    assert "Nouveau code envoyé par la poste le 3 mars 2026 à 22 h 41 par Émile Exemple" in after
    assert fresh not in after
    assert client.get("/suivi", follow_redirects=False).status_code == 303
    assert not opens(client, sent.code)
    assert opens(client, fresh)
    assert "Nouveau code envoyé par la poste" in client.page("/suivi").text
    assert whole(portal)


def test_without_a_postal_address_nothing_changes(client, portal, emile):
    sent = Sent(send(client))
    there = f"/agent/plaintes/{sent.number}/nouveau-code"
    page = emile.page(there)
    assert "La personne n'a pas donné d'adresse postale" in page.text
    assert not [form for form in page.forms if "nouveau-code" in (form.action or "")]
    assert opens(client, sent.code)


def test_a_code_of_an_earlier_release_opens_and_gives_its_sheet(client, portal):
    sent = Sent(send(client))
    *_, earlier = portal.keyring.code_hashes(typed(sent.code))
    with portal.database.write() as session:
        filing_by_number(session, sent.number).code_hash = earlier
    assert opens(client, sent.code)
    page = Page(client.submit("/suivi/code").text)
    fresh = words(page.by_id("code-personnel"))
    *_, earlier = portal.keyring.code_hashes(typed(fresh))
    with portal.database.write() as session:
        filing_by_number(session, sent.number).code_hash = earlier
    sheet = client.send_form(page, "/suivi/code/feuille", {}, form="/suivi/code/feuille")
    assert fresh.replace("-", "") in bare(text_of(sheet.content)).replace("-", "")
    assert not opens(client, sent.code)
    assert opens(client, fresh)
    assert whole(portal)
