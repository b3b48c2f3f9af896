"""What the desk adds to a complaint: its duplicates, the name of its professional, a translation.

All sealed, all told.
"""

import pytest

from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import AMINA, Sent, send, sign_in
from tests.pages.test_acknowledging import delivered
from tests.support.client import page_of
from tests.support.html import Page
from tests.support.listed import listed

LIST = "/agent/plaintes"


@pytest.fixture
def two(client, portal):
    """Two complaints of Amina about the same professional, and one of somebody else."""
    numbers = []
    for changes in ({}, {"recit": "Encore une fois, on m'a refusé un rendez-vous."}, {"nom": "Inventée"}):
        sent = Sent(send(client, **changes))
        numbers.append((sent.number, sent.code))
        portal.clock.advance(hours=30)
    sign_in(client, portal, "595")
    return numbers


def is_whole(portal):
    found = verify(portal, trust_of(portal.settings, portal.keyring)).problems
    return found == []


def test_two_complaints_of_one_person_are_followed_together_then_apart(client, portal, two):
    (first, _), (second, code), (other, _) = two
    page = client.page(f"{LIST}/{second}")
    assert "Doublon possible." in page.text
    asked = client.page(page.links["Comparer"])
    offered = [one.get("value") for one in asked.all("option")]
    assert first in offered
    assert not {second, other} & set(offered)
    answer = client.send_form(asked, f"{LIST}/{second}/doublon", {}, form="doublon#erreurs")
    assert (answer.status_code, "Choisissez une plainte." in answer.text) == (422, True)
    page = page_of(client.submit(f"{LIST}/{second}/doublon", {"doublon_de": first}, button="Suivre ensemble"))
    for said in (f"Suivie avec {first}, reçue le 3 mars 2026.", "Date de réception qui compte : 3 mars 2026."):
        assert said in page.text
    assert f"Suivie avec {second}" in client.page(f"{LIST}/{first}").text
    assert "Date de réception qui compte" not in client.page(f"{LIST}/{first}").text
    answer = client.submit(f"{LIST}/{second}/doublon", {}, form="doublon", button="Ne plus suivre ensemble")
    assert "Suivie avec SA" not in Page(answer.text).text
    assert "Suivie avec SA" not in client.page(f"{LIST}/{first}").text
    client.submit("/reprendre", {"code": code})
    said = client.page("/suivi").text
    assert "Vos deux plaintes sont suivies ensemble" in said
    assert "Vos deux plaintes sont suivies séparément" in said
    told = [" ".join(one.subject.split()) for one in delivered(portal).to(AMINA["email"])]
    for words in ("ensemble", "séparément"):
        assert any(f"Vos deux plaintes sont suivies {words}" in one for one in told), told
    assert is_whole(portal)


def test_a_complaint_is_not_linked_with_one_that_is_not_read_here(client, two):
    (first, _), *_ = two
    page = client.page(f"{LIST}/{first}/doublon")
    form = next(form for form in page.forms if form.action.endswith("doublon#erreurs"))
    csrf = dict(form.fill({}))["csrf"]
    for number in ("SA-2026-7KM4-Q9TR", first):
        answer = client.post(f"{LIST}/{first}/doublon", data={"csrf": csrf, "doublon_de": number})
        assert answer.status_code == 409


def test_the_professional_is_named_from_the_directory(client, portal, tmp_path):
    listed(portal.database, tmp_path)
    number = Sent(send(client, pro_nom="la dame du cabinet")).number
    sign_in(client, portal, "595")
    here = f"{LIST}/{number}/identifier"
    page = client.page(here)
    assert "la dame du cabinet" in page.text
    nobody = page_of(client.submit(here, {"q": "Personne"}, button="Chercher dans l'annuaire"))
    assert "Personne de ce nom dans l'annuaire." in nobody.text
    found = page_of(client.submit(here, {"q": "durant", "ou": "Lille"}, button="Chercher dans l'annuaire"))
    chosen = next(one.get("value") for one in found.all("input") if one.get("name") == "pro_id")
    missing = client.send_form(found, here, {}, form="identifier#erreurs", button="C'est ce professionnel")
    assert (missing.status_code, "Choisissez un professionnel." in missing.text) == (422, True)
    page = page_of(client.send_form(found, here, {"pro_id": chosen}, button="C'est ce professionnel"))
    for said in ("Professionnel identifié : Camille EXEMPLE-DURAND", "la dame du cabinet", chosen.split(".")[0]):
        assert said in page.text
    answer = client.submit(LIST, {"q": chosen.split(".")[0]}, form=LIST)
    assert number in answer.text
    letter = client.page(f"{LIST}/{number}/transmettre-professionnel")
    assert letter.by_id("adresse_envoi").text.startswith("Camille EXEMPLE-DURAND\n")
    assert is_whole(portal)


def test_without_a_directory_the_clerk_is_told(client, portal):
    number = Sent(send(client)).number
    sign_in(client, portal, "595")
    assert "L'annuaire n'est pas chargé." in client.page(f"{LIST}/{number}/identifier").text


def test_a_translation_stays_beside_the_original(client, portal):
    number = Sent(send(client, recit="They told me that there was no appointment for people like me.")).number
    sign_in(client, portal, "595")
    here = f"{LIST}/{number}/traduire"
    answer = client.submit(here, {}, form="traduire#erreurs")
    assert answer.status_code == 422
    assert "Écrivez la traduction." in answer.text
    text = "On m'a dit qu'il n'y avait pas de rendez-vous."
    answer = client.submit(here, {"traduction_texte": text, "traduction_source": "automatique"})
    page = page_of(answer)
    for said in (
        "Traduction automatique, non vérifiée",
        text,
        "They told me",
        "Seul le texte de la personne est transmis",
    ):
        assert said in page.text
    client.submit(here, {"traduction_source": "humaine"})
    page = client.page(f"{LIST}/{number}")
    assert "Traduction automatique, non vérifiée" not in page.text
    assert "Traduit par une personne." in page.text
    assert text not in client.page(f"{LIST}/{number}/transmettre-professionnel").text
    assert is_whole(portal)
