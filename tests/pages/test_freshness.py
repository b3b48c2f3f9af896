"""Exports ask for password and code again when ten minutes have passed, and nothing typed is lost."""

import pyotp
import pytest

from app.accounts.rules import MEMBERS
from tests.cast import ASSOCIATION, PASSWORD, Sent, clerk, come_in, filed_for, member, send, sign_in_member
from tests.pages.test_acts import records
from tests.pages.test_association_acts import AHEAD
from tests.support.html import Page

CONFIRM, SOFTWARE = "/agent/confirmer", "/association/logiciels/nouveau"
WHY = {"format": "pdf", "usage": "Relire"}


@pytest.fixture
def emile(client, portal):
    """Give the seed of a clerk who is signed in."""
    email, seed = clerk(portal, "595")
    typed = {"email": email, "mot_de_passe": PASSWORD, "code_otp": pyotp.TOTP(seed).at(portal.clock())}
    client.submit("/agent/connexion", typed)
    return seed


@pytest.fixture
def export(client, portal, emile):
    return f"/agent/plaintes/{Sent(send(client)).number}/exporter"


def test_just_after_signing_in_nothing_is_asked_again(client, export):
    assert client.get(export).url.path == export


def test_after_ten_minutes_one_confirms_and_comes_back(client, portal, export, emile):
    portal.clock.advance(minutes=10)
    asked = client.get(export)
    assert asked.url.path == CONFIRM
    assert Page(asked.text).h1 == "Confirmez que c'est vous"
    here, code = str(asked.url), pyotp.TOTP(emile).at(portal.clock())
    for typed, told in (
        ({"mot_de_passe": "", "code_otp": code}, "Écrivez votre mot de passe."),
        ({"mot_de_passe": "un autre mot de passe", "code_otp": code}, "Ce n'est pas votre mot de passe."),
        ({"mot_de_passe": PASSWORD, "code_otp": "000000"}, "Ce code n'est plus valable."),
    ):
        answer = client.send_form(Page(client.get(here).text), here, typed)
        assert answer.status_code == 422
        assert told in Page(answer.text).text
        assert answer.text.count(export) == 1
    answer = client.send_form(Page(client.get(here).text), here, {"mot_de_passe": PASSWORD, "code_otp": code})
    assert answer.url.path == export
    assert client.get(export).url.path == export


def test_a_member_confirms_and_comes_back_too(client, portal):
    email, seed = member(portal, "Mona Inventée", ASSOCIATION, "responsable_association")
    come_in(client, portal, email, MEMBERS)
    portal.clock.advance(minutes=10)
    asked = client.get(SOFTWARE)
    assert asked.url.path == "/association/confirmer"
    typed = {"mot_de_passe": PASSWORD, "code_otp": pyotp.TOTP(seed).at(portal.clock())}
    assert client.send_form(Page(asked.text), str(asked.url), typed).url.path == SOFTWARE


def test_what_was_typed_on_a_page_opened_in_time_is_sent(client, portal, export):
    page = client.page(export)
    portal.clock.advance(minutes=15)
    answer = client.send_form(page, export, WHY)
    assert answer.headers["content-type"] == "application/pdf"
    for _ in range(2):
        portal.clock.advance(minutes=8)
        client.get("/agent/plaintes")
    told = given_back(client.send_form(page, export, WHY))
    assert told.links["Confirmer"] == f"{CONFIRM}?suite={export}"


def test_five_wrong_passwords_make_one_wait(client, portal, export):
    portal.clock.advance(minutes=10)
    here = str(client.get(export).url)
    told = [
        client.submit(here, {"mot_de_passe": "un autre mot de passe", "code_otp": "1"}).status_code for _ in range(6)
    ]
    assert told == [422] * 5 + [429]


def test_whoever_was_signed_out_while_sending_is_told_that_nothing_was_done(client, portal, export):
    page = client.page(export)
    portal.clock.advance(minutes=31)
    told = given_back(client.send_form(page, export, WHY))
    assert "Rien n'a été fait." in told.text
    to_sign_in = client.page(told.links["Se connecter"])
    assert "rien n'a été fait" in to_sign_in.text
    assert [one.value for one in to_sign_in.forms[0].controls if one.name == "suite"] == [export]


def test_a_member_who_was_signed_out_while_sending_reads_what_was_typed(client, portal):
    email, _seed = member(portal, "Mona Inventée", ASSOCIATION, "responsable_association")
    come_in(client, portal, email, MEMBERS)
    page = client.page(SOFTWARE)
    portal.clock.advance(hours=13)
    answer = client.send_form(page, SOFTWARE, {"libelle": WHY["usage"]})
    assert given_back(answer).links["Se connecter"] == f"/association/connexion?suite={SOFTWARE}&perdu=oui"


def given_back(answer):
    """Return the page that gives back what was typed."""
    assert answer.status_code == 403
    page = Page(answer.text)
    assert WHY["usage"] in page.text
    return page


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("message", {"message": WHY["usage"]}),
        ("reunion", {"presence": "represente", "representant": WHY["usage"]}),
    ],
)
def test_what_a_member_wrote_for_the_person_is_given_back_too(client, portal, name, typed):
    sign_in_member(client, portal)
    number = filed_for(portal, "Mona Inventée", "recevoir", "representer").number
    records(portal, number, *(AHEAD if name == "reunion" else ()))
    here = f"/association/plaintes/{number}/{name}"
    page = client.page(here)
    portal.clock.advance(hours=13)
    given_back(client.send_form(page, here, typed, form="erreurs"))


def test_a_code_is_never_shown_again(client, portal, export):
    portal.clock.advance(minutes=10)
    asked = client.get(export)
    portal.clock.advance(minutes=31)
    answer = client.send_form(Page(asked.text), str(asked.url), {"mot_de_passe": PASSWORD, "code_otp": "424242"})
    assert answer.url.path == "/agent/connexion"
    assert "424242" not in answer.text
    assert PASSWORD not in answer.text


def test_an_address_that_is_only_sent_to_is_not_where_a_proof_leads(client, portal):
    email, seed = clerk(portal, "595", role="responsable")
    come_in(client, portal, email)
    client.submit("/agent/utilisateurs/inviter", {"email": "nour@595.exemple.fr", "role": "agent"}, form="erreurs")
    page = client.page("/agent/utilisateurs")
    invitation = next(form.action for form in page.forms if "/invitations/" in form.action)
    for _ in range(2):
        portal.clock.advance(minutes=15)
        client.get("/agent/plaintes")
    asked = client.send_form(page, "/agent/utilisateurs", {}, form=invitation)
    assert asked.url.path == CONFIRM
    typed = {"mot_de_passe": PASSWORD, "code_otp": pyotp.TOTP(seed).at(portal.clock())}
    assert client.send_form(Page(asked.text), str(asked.url), typed).status_code == 200
