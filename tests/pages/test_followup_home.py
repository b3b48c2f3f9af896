"""The page of a complaint: the next date first, what was sent can be read, the meeting enters one's own calendar."""

import pytest

from app.base.i18n import FRENCH
from tests.cast import AMINA, Sent, filed, send
from tests.pages.test_acts import records
from tests.support.acts import FIXED, MEETING, SUMMONED, TOLD, did
from tests.support.html import words

CALENDAR = "/suivi/reunion/calendrier.ics"


@pytest.fixture
def followed(client, portal):
    sent = filed(portal)
    client.submit("/reprendre", {"code": sent.code})
    return sent


def card(page):
    found = [one for one in page.all("section") if one.get("aria-labelledby") == "prochaine-date"]
    return words(found[0]) if found else ""


def test_the_next_date_stands_before_the_history(client, followed):
    page = client.page("/suivi")
    assert "mercredi 11 mars 2026" in card(page)
    assert page.text.index("Prochaine date") < page.text.index("Histoire de votre plainte")
    assert page.text.index("Écrire à l") < page.text.index("Histoire de votre plainte")


def test_between_the_acknowledgement_and_the_transmissions_these_are_the_next_date(client, portal, followed):
    records(portal, followed.number, *TOLD[:1])
    page = client.page("/suivi")
    assert "Au plus tard : votre plainte est transmise" in card(page)
    assert "mercredi 11 mars 2026" in card(page)
    assert "vous recevez un accusé de réception" not in words(page.all("main")[0])
    assert "mercredi 11 mars 2026 : votre plainte est transmise." in words(page.all("main")[0])


def test_what_was_transmitted_before_the_acknowledgement_is_announced_no_more(client, portal, followed):
    records(portal, followed.number, *TOLD[1:])
    said = words(client.page("/suivi").all("main")[0])
    assert "mercredi 11 mars 2026 : vous recevez un accusé de réception. Jusqu" in said
    assert "Votre plainte est transmise à" not in said


def test_once_all_are_told_the_next_date_is_that_of_the_meeting(client, portal, followed):
    records(portal, followed.number, *TOLD)
    assert "3 juin 2026" in card(client.page("/suivi"))


def test_a_day_that_passed_is_no_next_date(client, clock, followed):
    clock.advance(days=300)
    client.submit("/reprendre", {"code": followed.code})
    assert card(client.page("/suivi")) == ""


def test_the_meeting_that_is_fixed_is_the_next_date_and_enters_a_calendar(client, portal, followed):
    records(portal, followed.number, *TOLD, FIXED, SUMMONED)
    assert "Dire si je viens" in card(client.page("/suivi"))
    answer = client.get(client.page("/suivi").links["Ajouter à mon calendrier"])
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert f"UID:{followed.number}-reunion@saisine" in answer.text
    assert "DTSTART:2026" in answer.text
    assert AMINA["nom"] not in answer.text


def test_what_the_authority_wrote_is_said_to_be_french(client, portal, followed):
    needs = "Une rampe <CANARI>"
    meeting = did("seance", **{**MEETING, "needs": needs})
    wrote = did("message_autorite", text="Bonjour de Lille", until="")
    records(portal, followed.number, *TOLD, meeting, wrote)
    client.submit("/reprendre", {"code": followed.code})
    for path, sentence in (
        ("/ar/suivi", MEETING["place"]),
        ("/ar/suivi/reunion", MEETING["place"]),
        ("/ar/suivi/reunion", needs),
        ("/ar/suivi/message", "Bonjour de Lille"),
    ):
        page = client.page(path)
        said = [one for one in page.all("main")[0].iter() if one.get("lang") == FRENCH and sentence == words(one)]
        assert said
        assert all(one.tag == "bdi" or one.get("dir") == "auto" for one in said)


def test_there_is_no_calendar_without_a_meeting(client, followed):
    assert client.get(CALENDAR).status_code == 409


def test_what_was_sent_is_read_on_the_screen(client, followed):
    page = client.page(client.page("/suivi").links["Lire ce que j'ai envoyé"])
    assert AMINA["recit"].replace("'", "’") in page.text.replace("'", "’")
    assert AMINA["pro_nom"] in page.text


def test_the_confirmation_announces_no_past_day(client, clock):
    sent = Sent(send(client))
    assert "Prochaine date" in client.page(sent.path).text
    clock.advance(days=12)
    page = client.page(sent.path)
    assert "Prochaine date" not in page.text
    assert "11 mars 2026" not in page.text
    assert "3 juin 2026" in page.text
