"""« Envoyer la plainte dès que la personne confirme »: declared with the request, sent by the yes, or by nobody."""

import re

import pytest
from sqlalchemy import delete, func, select

from app.associations.models import Agrement
from app.base.errors import StorageTrouble
from app.filing.models import Filing
from app.filing.queries import filing_by_number, open_for_person
from app.filing.web import sending
from app.saisine.models import MandateRequest
from tests.cast import Sent, sign_in_member
from tests.journeys import TRUE, choose_receiver
from tests.pages import test_mandate_online as mandate_online
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import PERSON, agree, prepare
from tests.pages.test_mandate_online import (
    BY_MAIL,
    PROFESSIONAL,
    YES,
    amina,
    back,
    change,
    is_whole,
    plain,
    read,
    reply,
    send,
)
from tests.support.html import Page, words
from tests.support.rewind import lived

__all__ = ["amina"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
ASK = "/mandat/demander#erreurs"
AT_ONCE = "la plainte part aussitôt"


@pytest.fixture
def last(run, client, portal):
    """Come to the last page of a complaint that the yes of the person is to send; give its path."""
    return lived(run, portal, client, "automatic_sending", lambda: prepared(client, portal))


def prepared(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    page = prepare(client, until="mandat")
    after = client.send_form(Page(page.text), page.url.path, {**BY_MAIL, "envoi_auto": "oui"})
    return str(choose_receiver(client, after).url.path)


def ask(client, portal, last, **said):
    """Declare and ask; give the link of the mail and the code."""
    shown = client.submit(last, {**TRUE, **said}, form=ASK)
    (mail,) = delivered(portal).to(PERSON["pers_email"])
    return re.search(r"/mandat/[\w-]+", mail.text).group(), words(Page(shown.text).by_id("code-mandat"))


def count(portal, model):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_the_yes_of_the_person_sends_what_was_declared_and_she_reads_the_number(client, portal, clock, last, amina):
    page = client.page(last)
    assert "Avant de demander le mandat" in plain(page)
    assert "Envoi dès que la personne confirme" in plain(page)
    assert not [one for one in page.forms if one.action.endswith("/envoyer#erreurs")]
    link, code = ask(client, portal, last, accord_email="oui")
    assert "Si elle dit oui, " + AT_ONCE in plain(client.page(last))
    clock.advance(days=2)
    assert "Si vous dites oui, " + AT_ONCE in plain(read(amina, link, code))
    assert count(portal, Filing) == 0
    thanks = reply(amina, link, YES)
    shown = plain(thanks)
    number = re.search(r"SA-2026-\w{4}-\w{4}", shown).group()
    assert "Votre plainte est envoyée." in shown
    assert "L'association peut envoyer la plainte" not in shown
    with portal.database.read() as session:
        filing = filing_by_number(session, number)
        opened = open_for_person(session, portal.keyring, filing)
    assert filing.received_at == clock()
    assert opened.payload["association"]["mandate"]["given_at"].startswith("2026-03-05T")
    assert opened.payload["association"]["member"] == "Mona Inventée"
    assert is_whole(portal)
    (receipt,) = delivered(portal).to(PERSON["pers_email"])
    assert number in receipt.text
    assert "/reprendre/lien/" in receipt.text
    back(client, portal)
    assert number in client.page(last.replace("verifier", "confirmation")).text
    assert number in plain(amina.page(link)), "the page of the answer, loaded again"
    assert amina.get(f"{link}/mandat.pdf").status_code == 200


def test_the_declarations_are_asked_with_the_mandate(client, portal, last):
    told = client.submit(last, {}, form=ASK)
    assert told.status_code == 422
    assert "Cochez cette case si ce que vous avez écrit est vrai." in plain(told)
    assert count(portal, MandateRequest) == 0
    assert not delivered(portal).to(PERSON["pers_email"])


@pytest.mark.parametrize(
    "said", [{"mandat_reponse": "non"}, {"mandat_reponse": "corriger", "mandat_remarque": "Mars."}]
)
def test_another_answer_sends_nothing(client, portal, last, amina, said):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    reply(amina, link, said)
    assert count(portal, Filing) == 0
    assert "Avant de demander le mandat" in plain(client.page(last))


def test_what_changed_since_it_was_declared_is_sent_by_the_member_alone(client, portal, last, amina):
    link, code = ask(client, portal, last)
    change(client, last)
    assert AT_ONCE not in plain(client.page(last))
    page = read(amina, link, code)
    assert PROFESSIONAL in plain(page)
    assert AT_ONCE not in plain(page)
    assert "L'association peut envoyer la plainte." in plain(reply(amina, link, YES))
    assert count(portal, Filing) == 0
    assert Sent(send(client, last)).number


def test_an_agreement_that_ended_keeps_the_yes_and_sends_nothing(client, portal, last, amina):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    with portal.database.write() as session:
        session.execute(delete(Agrement))
    assert "Merci, votre mandat est donné" in plain(reply(amina, link, YES))
    assert count(portal, Filing) == 0
    assert "Mandat confirmé" in plain(client.page(last))


def test_when_the_disk_is_full_nothing_is_kept_and_the_yes_may_be_said_again(client, portal, last, amina, monkeypatch):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    with monkeypatch.context() as full:
        full.setattr(sending, "receive_in", lambda *_: (_ for _ in ()).throw(StorageTrouble("full")))
        assert reply(amina, link, YES).status_code == 503
    assert count(portal, Filing) == 0
    assert "Votre plainte est envoyée." in plain(reply(amina, link, YES))
    assert count(portal, Filing) == 1


def test_a_page_that_is_past_declares_nothing(client, portal, last):
    page = client.page(last)
    change(client, last)
    told = client.send_form(page, last, TRUE, form=ASK)
    assert told.status_code == 409
    assert "une réponse a changé" in plain(told)
    assert count(portal, MandateRequest) == 0


def test_without_the_wish_the_yes_sends_nothing(client, portal, last, amina):
    ask(client, portal, last)
    client.submit(last.replace("verifier", "mandat"), {**BY_MAIL, "envoi_auto": []})
    assert AT_ONCE not in plain(client.page(last))
    link, code = mandate_online.ask(client, portal, last)
    assert AT_ONCE not in plain(read(amina, link, code))
    reply(amina, link, YES)
    assert count(portal, Filing) == 0
    assert Sent(send(client, last)).number
