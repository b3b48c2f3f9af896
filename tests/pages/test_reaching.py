"""The person gives other contact details, on both databases: mails, letters and lost codes follow at once."""

import pytest

from tests.cast import Sent, send, sign_in
from tests.pages.test_acknowledging import delivered, state, whole
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE = "/suivi/coordonnees"
OLD, NEW = "amina.canari@exemple.fr", "nouvelle.canari@exemple.fr"
POST = {
    "moyens": ["courrier"],
    "adresse_chez": "Association Canari",
    "adresse_rue": "3 rue Canari-Voie",
    "adresse_code_postal": "59000",
    "adresse_ville": "Canariville",
}


@pytest.fixture
def emile(app, portal):
    """A clerk of the CPAM of Lille-Douai, signed in in a browser of his own."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, "595")
        yield one


@pytest.fixture
def sent(client):
    """A complaint opened with its code."""
    made = Sent(send(client))
    client.submit("/reprendre", {"code": made.code})
    return made


def test_mails_and_a_lost_code_follow_the_new_address(client, portal, emile, sent):
    portal.clock.advance(seconds=1)
    page = client.page(client.page("/suivi").links["Changer mes coordonnées"])
    assert page.by_id("email").get("value") == OLD
    after = Page(client.submit(HERE, {"email": NEW}).text)
    assert "Vos coordonnées sont enregistrées." in after.text
    assert "Vous avez changé vos coordonnées" in client.page("/suivi").text
    there = f"/agent/plaintes/{sent.number}"
    shown = emile.page(there).text
    assert NEW in shown
    assert "Anciennes coordonnées, données le 3 mars 2026 à 22 h 41" in shown
    assert OLD in shown
    assert "Coordonnées changées par la personne" in shown
    emile.submit(f"{there}/repondre", {"message": "Bonjour."})
    post = delivered(portal)
    assert [one.subject for one in post.to(NEW)] == [f"Votre dossier {sent.number}"] * 2
    assert [one.subject for one in post.to(OLD)] == [f"Votre dossier {sent.number}"] * 2, "the receipt, then the change"
    assert [one.subject for one in post.to("emile@595.exemple.fr")] == [
        f"Coordonnées changées au dossier {sent.number}"
    ]
    client.submit("/reprendre/perdu", {"email": OLD})
    assert len(delivered(portal).letters) == 0
    client.submit("/reprendre/perdu", {"email": NEW})
    assert "/reprendre/lien/" in delivered(portal).to(NEW)[0].text
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})
    assert whole(portal)


def test_the_letter_goes_to_the_new_place_and_the_sign_says_no_email(client, portal, emile, sent):
    portal.clock.advance(seconds=1)
    client.submit(HERE, POST)
    there = f"/agent/plaintes/{sent.number}"
    assert "Sans e-mail" in emile.page(there).text
    letter = emile.page(f"{there}/accuser-reception").text
    for line in ("Chez Association Canari", "3 rue Canari-Voie", "59000 Canariville"):
        assert line in letter
    assert whole(portal)
    client.submit(HERE, {"moyens": ["email"], "email": OLD})
    assert "Sans e-mail" not in emile.page(there).text
    assert whole(portal)


def test_the_same_details_change_nothing(client, portal, emile, sent):
    client.submit(HERE, {})
    assert "Vous avez changé" not in client.page("/suivi").text
    assert delivered(portal).to("emile@595.exemple.fr") == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"moyens": [], "email": ""}, "Choisissez au moins un moyen de vous joindre."),
        ({"email": "canari@"}, "Écrivez une adresse e-mail complète"),
        ({"moyens": ["telephone"], "telephone": "12"}, "Écrivez un numéro de téléphone"),
        ({**POST, "adresse_code_postal": "canari"}, "Écrivez un code postal de 5 chiffres"),
    ],
)
def test_what_is_wrong_is_said_next_to_the_field(client, portal, emile, sent, typed, told):
    after = client.submit(HERE, typed)
    assert after.status_code == 422
    assert told in Page(after.text).text
    assert "Vous avez changé" not in client.page("/suivi").text
