"""The card of the service, and the mandatory mentions that are asked before the first letter (CRPA R. 112-5 2°)."""

import pytest

from app.accounts.queries import qualities
from app.filing.status.case_status import ACKNOWLEDGED, TOLD_PROFESSIONAL
from app.intake.desk.sender import OWED, Sender, lacking
from app.routing.queries import authority
from tests.cast import clerk, come_in, filed, sign_in
from tests.support.html import Page

NOTHING_KNOWN = Sender(**dict.fromkeys(Sender.__dataclass_fields__, ""))
GIVEN = {"service": "Service des plaintes", "telephone": "01 99 00 11 22", "qualite": "gestionnaire"}


@pytest.fixture
def emile(client, portal):
    """A clerk whose card says nothing but the address of the reference."""
    email, _seed = clerk(portal, "595", is_complete=False)
    come_in(client, portal, email)
    return client


def own(portal):
    with portal.database.read() as session:
        return authority(session, "595"), qualities(session, "595")


@pytest.mark.parametrize("code", OWED)
def test_each_letter_owes_the_service_its_address_its_telephone_and_the_quality(code):
    assert {"service", "adresse", "telephone", "qualite"} <= set(lacking(code, NOTHING_KNOWN))


def test_the_professional_alone_is_told_of_the_officer():
    assert "dpo" in lacking(TOLD_PROFESSIONAL, NOTHING_KNOWN)
    assert "dpo" not in lacking(ACKNOWLEDGED, NOTHING_KNOWN)


def test_nothing_is_asked_for_an_act_without_a_letter_nor_of_the_box():
    assert lacking("note_interne", NOTHING_KNOWN) == ()
    assert lacking(ACKNOWLEDGED, None) == ()


def test_what_lacks_is_asked_before_the_letter_is_shown(emile, portal):
    there = f"/agent/plaintes/{filed(portal).number}/accuser-reception"
    page = Page(emile.get(there).text)
    assert "Avant la première lettre" in page.text
    assert "Code postal" not in page.text  # the reference knows the address
    back = emile.submit(there, GIVEN)
    assert "La lettre" in Page(back.text).text
    known, people = own(portal)
    assert (known.service, known.phone) == ("Service des plaintes", "01 99 00 11 22")
    assert (known.address_date, known.address) == ("2016-02", "2 rue d'Iéna")  # nobody checked it
    assert [quality for _id, _name, quality in people] == ["gestionnaire"]


def test_an_empty_mention_is_refused_with_a_sentence(emile, portal):
    there = f"/agent/plaintes/{filed(portal).number}/accuser-reception"
    answer = emile.submit(there, {**GIVEN, "service": ""})
    assert answer.status_code == 422
    assert "Écrivez cette mention" in Page(answer.text).text
    assert own(portal)[0].service == ""


def test_the_act_is_refused_until_then_and_what_was_typed_comes_back(client, portal):
    sign_in(client, portal, "595")
    there = f"/agent/plaintes/{filed(portal).number}/accuser-reception"
    shown = client.get(there)
    with portal.database.write() as session:
        from app.routing.models import Authority  # noqa: PLC0415 - the card is emptied behind the page

        session.get_one(Authority, "595").service = ""
    typed = {"canal_ar": "email", "message": "Un mot gardé."}
    refused = client.send_form(Page(shown.text), there, typed, button="Accuser réception")
    assert refused.status_code == 422
    assert "Ce que vous avez écrit est gardé" in Page(refused.text).text
    back = client.send_form(Page(refused.text), there, {"service": "Service des plaintes"})
    assert "Un mot gardé." in back.text
    done = client.send_form(Page(back.text), there, {"canal_ar": "email"}, button="Accuser réception")
    assert done.status_code == 200
    assert "Accusé de réception" in Page(done.text).text


def test_the_manager_keeps_the_card_and_a_clerk_does_not(client, portal):
    sign_in(client, portal, "595", "Rosa Exemple", "responsable")
    client.submit(
        "/agent/fiche", {"service": "Pôle des usagers", "horaires": "le matin"}, button="Enregistrer la fiche"
    )
    known, _people = own(portal)
    assert (known.service, known.hours) == ("Pôle des usagers", "le matin")
    sign_in(client, portal, "595")
    assert client.get("/agent/fiche").status_code == 403


def test_a_card_that_changed_since_it_was_shown_is_not_replaced_unseen(client, portal):
    sign_in(client, portal, "595", "Rosa Exemple", "responsable")
    shown = client.get("/agent/fiche")
    saved = client.submit("/agent/fiche", {"service": "Pôle des usagers"}, button="Enregistrer la fiche")
    assert Page(saved.text).done == "La fiche du service est enregistrée."
    past = client.send_form(Page(shown.text), "/agent/fiche", {"service": "Autre"}, button="Enregistrer la fiche")
    assert past.status_code == 409
    assert own(portal)[0].service == "Pôle des usagers"


def test_the_manager_writes_the_quality_of_each_account_and_her_own(client, portal):
    sign_in(client, portal, "595", "Rosa Exemple", "responsable")
    mine = own(portal)[1][0][0]
    there = f"/agent/utilisateurs/{mine}"
    client.submit(there, {"qualite": "directrice adjointe"}, button="Enregistrer la qualité")
    assert own(portal)[1][0][2] == "directrice adjointe"
    assert client.submit(there, {"qualite": ""}, button="Enregistrer la qualité").status_code == 422
