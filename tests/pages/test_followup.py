"""The person comes back with the code."""

from app.base.secrets import by_fours, new_code
from tests.cast import Sent, send
from tests.support.client import SuspiciousClient
from tests.support.html import Page


def test_the_code_opens_the_state_the_dates_and_the_same_recepisse(client, app, portal):
    sent = Sent(send(client))
    first = client.get(sent.path.replace("confirmation", "recepisse")).content
    with SuspiciousClient(app, portal.database) as later:
        page = Page(later.submit("/reprendre", {"code": sent.code.lower().replace("-", " ")}).text)
        assert sent.number in page.h1
        assert "a été reçue le mardi 3 mars 2026" in page.text
        assert "mercredi 11 mars 2026" in page.text
        assert "Canari" not in page.text
        assert later.get("/suivi/recepisse").content == first


def test_without_a_code_the_follow_up_asks_for_it(client):
    assert client.get("/suivi").url.path == "/reprendre"
    assert client.get("/suivi/recepisse").url.path == "/reprendre"


def test_each_wrong_code_is_told_then_slowed_down(client):
    assert "Écrivez votre code." in Page(client.submit("/reprendre", {"code": ""}).text).text
    for _ in range(10):
        answer = client.submit("/reprendre", {"code": by_fours(new_code())})
        assert "Ce code ne correspond à aucune plainte. Vérifiez chaque caractère." in Page(answer.text).text
    slowed = client.submit("/reprendre", {"code": by_fours(new_code())})
    assert slowed.status_code == 429
    assert "Vous avez fait trop d'essais. Attendez" in Page(slowed.text).text


def test_the_follow_up_ends_after_half_an_hour_or_when_closed(client, portal):
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    portal.clock.advance(minutes=29)
    assert client.get("/suivi").url.path == "/suivi"
    portal.clock.advance(minutes=31)
    assert client.get("/suivi").url.path == "/reprendre"
    client.submit("/reprendre", {"code": sent.code})
    client.submit("/suivi", button="Fermer mon dossier sur cet appareil", form="/suivi/fermer")
    assert client.get("/suivi").url.path == "/reprendre"


def test_the_cookie_changes_when_the_code_opens(client):
    sent = Sent(send(client))
    before = client.cookies["saisine"]
    client.submit("/reprendre", {"code": sent.code})
    assert client.cookies["saisine"] != before
    assert client.get(sent.path).status_code == 200
