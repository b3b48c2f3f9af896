"""What a device remembers of a person: the draft that was left on it, the complaint that was just sent from it."""

import pytest

from tests.cast import AMINA, begin
from tests.journeys import DENTIST, follow
from tests.support.client import SuspiciousClient
from tests.support.html import Page

PLACES = pytest.mark.parametrize("place", ["/", "/saisine", "/avant-de-commencer", "/reprendre"])
OFFER = "Vous avez une plainte commencée"


def on_shared_device(client):
    return client.submit(
        "/avant-de-commencer", {"appareil_partage": "oui"}, button="Formulaire court, sur une seule page"
    ).url.path


def send(client, path):
    """Send the short form that is open at this path; give the address of the confirmation."""
    return client.submit(path, AMINA, button="Envoyer ma plainte").url.path


@PLACES
def test_a_draft_left_on_this_device_is_offered(client, place):
    there = follow(client, DENTIST, until="recit").url.path
    page = client.page(place)
    assert OFFER in page.text
    back = next(one.get("href") for one in page.all("a") if one.text == "Reprendre ma plainte")
    assert client.get(back).url.path == there


@pytest.mark.parametrize(
    ("days", "said"), [(0, "modifiée aujourd'hui"), (1, "modifiée hier"), (2, "modifiée le mardi 3 mars 2026")]
)
def test_the_offer_says_when_the_draft_was_last_changed(client, clock, days, said):
    begin(client)
    clock.advance(days=days)
    assert said.replace("'", "’") in client.page("/").text.replace("'", "’")


def test_the_draft_offered_can_be_erased(client):
    begin(client)
    erase = next(one.get("href") for one in client.page("/").all("a") if one.text == "Effacer cette plainte")
    client.submit(erase, button="Oui, tout effacer")
    assert OFFER not in client.page("/").text


@PLACES
def test_nothing_is_offered_on_a_shared_device(client, place):
    on_shared_device(client)
    assert OFFER not in client.page(place).text


def test_nothing_is_offered_to_another_browser(client, app, portal):
    begin(client)
    with SuspiciousClient(app, portal.database) as other:
        assert OFFER not in other.page("/").text


@pytest.mark.parametrize("days", [31, 40])
def test_nothing_is_offered_once_the_device_is_forgotten(client, clock, days):
    begin(client)
    clock.advance(days=days)
    assert OFFER not in client.page("/").text


def test_a_complaint_that_is_sent_is_no_draft_any_more(client):
    send(client, begin(client))
    assert OFFER not in client.page("/").text


@pytest.mark.parametrize(
    ("button", "place"), [("Suivre ma plainte", "/suivi"), ("Ajouter une preuve", "/suivi/preuves")]
)
def test_the_confirmation_opens_the_follow_up_without_a_code(client, button, place):
    confirmation = send(client, begin(client))
    opened = client.submit(confirmation, button=button)
    assert opened.url.path == place
    again = client.submit(confirmation, button=button)  # the page, read again, offers the same
    assert again.url.path == place


def test_the_follow_up_so_opened_is_that_of_the_complaint_just_sent(client):
    confirmation = send(client, begin(client))
    number = next(one.text for one in client.page(confirmation).all("bdi") if one.text.startswith("SA-"))
    assert number in Page(client.submit(confirmation, button="Suivre ma plainte").text).text


def pressed(client, confirmation):
    """Press « Suivre ma plainte » although the page does not offer it; give where it leads."""
    token = next(one.get("value") for one in client.page("/reprendre").all("input") if one.get("name") == "csrf")
    answer = client.post(
        confirmation.replace("confirmation", "suivre"),
        data={"csrf": token},
        headers={"origin": "null", "sec-fetch-site": "same-origin"},
    )
    return answer.url.path


def test_a_shared_device_needs_the_code(client):
    confirmation = send(client, on_shared_device(client))
    page = client.page(confirmation)
    assert "Suivre ma plainte avec mon code" in page.text
    assert not [form for form in page.forms if form.action.endswith("/suivre")]
    assert pressed(client, confirmation) == "/reprendre"


def test_the_code_is_needed_once_the_page_does_not_show_it(client, clock):
    confirmation = send(client, begin(client))
    clock.advance(hours=25)
    assert not [form for form in client.page(confirmation).forms if form.action.endswith("/suivre")]
    assert pressed(client, confirmation) == "/reprendre"


def test_a_draft_that_is_not_sent_has_nothing_to_follow(client):
    assert pressed(client, begin(client).replace("court", "confirmation")) == "/reprendre"


def test_the_id_before_the_sending_opens_no_follow_up(client, app, portal):
    path = begin(client)
    old = client.cookies["saisine"]
    confirmation = send(client, path)
    client.get(confirmation)
    with SuspiciousClient(app, portal.database) as other:
        other.cookies.set("saisine", old, domain="127.0.0.1", path="/")
        assert pressed(other, confirmation) == "/reprendre"
        assert other.get("/suivi").url.path == "/reprendre"
