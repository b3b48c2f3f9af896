"""The detailed form, page after page, without a script: whole journeys of the people it is made for."""

from dataclasses import replace

import pytest

from app.saisine.pages import BY_NAME, MOVED
from tests.cast import Sent
from tests.journeys import DENTIST, JOURNEYS, PNG, follow
from tests.support.html import Page, words
from tests.support.pdf import bare, text_of


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_whole_journey(client, name):
    journey = JOURNEYS[name]
    last = follow(client, journey)
    assert last.url.path.endswith("/verifier"), Page(last.text).text
    page = Page(last.text)
    assert "Pas de réponse" in page.text
    sent = Sent(client.send_form(page, last.url.path, journey.declarations, form="/envoyer#erreurs"))
    assert sent.number
    assert journey.receiver in sent.page.text


def described(town):
    """Give the journey of the dentist, somewhere else."""
    journey = JOURNEYS["dentist"]
    return replace(
        journey,
        pages={**journey.pages, "professionnel/decrire": {"pro_nom": "Durand-Fictif", "pro_commune": town}},
    )


def test_what_was_understood_is_said_back_before_and_after_it_is_sent(client):
    last = follow(client, described("93200"))
    page = Page(last.text)
    place, caisse = "Saint-Denis (93200, Seine-Saint-Denis)", "CPAM de la Seine-Saint-Denis"
    ordre = "ordre des chirurgiens-dentistes de la Seine-Saint-Denis"
    for said in (place, caisse, ordre):
        assert said in page.text, said
    sent = Sent(client.send_form(page, last.url.path, JOURNEYS["dentist"].declarations, form="/envoyer#erreurs"))
    for said in (place, caisse, ordre):
        assert said in sent.page.text, said
    receipt = bare(text_of(client.get(sent.path.replace("confirmation", "recepisse")).content))
    assert bare(place) in receipt


@pytest.mark.parametrize(("owner", "is_sure"), [("oui", True), ("ne_sait_pas", False)])
def test_a_council_that_is_not_sure_is_told_where_one_chooses(client, owner, is_sure):
    pharmacist = JOURNEYS["pharmacist"]
    asked = {**pharmacist.pages["lieu"], "pharmacie_titulaire": owner}
    last = follow(client, replace(pharmacist, pages={**pharmacist.pages, "lieu": asked}))
    page = client.page(last.url.path.replace("verifier", "destinataire"))
    assert "CPAM des Bouches-du-Rhône" in page.text
    assert ("une personne du service devra la chercher" in page.text) is not is_sure
    assert "section" not in page.text or is_sure


@pytest.mark.parametrize("town", ["Bruxelles", "Monaco", "99999"])
def test_a_place_abroad_is_told_before_sending(client, town):
    page = Page(follow(client, described(town)).text)
    assert "Cette procédure est française" in page.text
    assert "CPAM de" not in page.text


def test_what_a_file_shows_is_said_kept_and_read(client, portal):
    there = follow(client, JOURNEYS["dentist"], until="preuves").url.path
    one = client.submit(
        there, {}, {"fichiers": [("sms.png", PNG, "image/png"), ("b.png", PNG + b"1", "image/png")]}, button="ajouter"
    )
    page = Page(one.text)
    name = next(n for form in page.forms for n in form.names if n.startswith("piece_titre_"))
    long = "é" * 121
    wrong = Page(client.send_form(page, there, {name: long}).text)
    assert "“Que montre ce fichier ?” : 1 caractères en trop" in wrong.text
    assert wrong.by_id(name).get("value") == long
    client.send_form(wrong, there, {name: "Le SMS du secrétariat"})
    last = there.replace("preuves", "verifier")
    assert "Le SMS du secrétariat" in client.page(last).text


def test_continue_adds_the_files_that_were_chosen(client):
    there = follow(client, JOURNEYS["dentist"], until="preuves").url.path
    after = client.submit(there, {}, {"fichiers": [("sms.png", PNG, "image/png")]})
    assert after.url.path.endswith("/identite")
    assert "sms.png" in client.page(there).text
    bad = client.submit(there, {}, {"fichiers": [("vide.png", b"", "image/png"), ("ok.png", PNG + b"2", "image/png")]})
    assert bad.url.path == there
    assert "“vide.png” est vide." in Page(bad.text).text
    assert "ok.png" in Page(bad.text).text


def test_a_file_is_taken_away(client, portal):
    there = follow(client, JOURNEYS["dentist"], until="preuves").url.path
    added = client.submit(there, {}, {"fichiers": [("sms.png", PNG, "image/png")]}, button="ajouter")
    gone = client.send_form(Page(added.text), there, {}, button="Retirer sms.png")
    assert "sms.png" not in Page(gone.text).text
    assert not [path for path in portal.files.rglob("*") if path.is_file()]


def test_a_post_address_typed_before_does_not_tick_the_post_again(client):
    reached = follow(client, DENTIST, until="identite")
    path, name = reached.url.path, {"prenom": "Léa", "nom": "Exemple"}
    both = {**name, "moyens": ["email", "courrier"], "email": "a@exemple.fr"}
    asked = client.send_form(Page(reached.text), path, both)
    there = {"adresse_rue": "1 rue Inventée", "adresse_code_postal": "59000", "adresse_ville": "Lille"}
    client.send_form(Page(asked.text), str(asked.url), there)
    client.submit(path, {"moyens": ["email"]})
    shown = client.page(path)
    boxes = [box for box in shown.all("input") if box.get("name") == "moyens"]
    assert [box.get("value") for box in boxes if box.get("checked") is not None] == ["email"]


@pytest.mark.parametrize(("old", "new"), MOVED.items())
def test_the_address_of_a_page_that_is_gone_leads_to_its_questions(client, old, new):
    assert old not in BY_NAME
    last = follow(client, JOURNEYS["ordinary"]).url.path
    assert client.get(last.replace("verifier", old), follow_redirects=False).headers["location"].endswith(f"/{new}")
    changing = client.get(last.replace("verifier", f"{old}?modifier=oui"))
    assert str(changing.url).endswith(f"/{new}?modifier=oui")


def block_of(page, name, value):
    """Give the block that a choice opens."""
    box = next(box for box in page.all("input") if (box.get("name"), box.get("value")) == (name, value))
    return page.by_id(box.get("data-aria-controls"))


def test_a_question_that_several_answers_open_is_asked_once(client):
    there = follow(client, JOURNEYS["ordinary"], until="formes").url.path
    page = client.page(there)
    money = block_of(page, "formes", "tiers_payant_refuse")
    assert money is block_of(page, "formes", "depassement_convention")
    assert money is not block_of(page, "formes", "delai_eleve")
    assert [one.get("name") for one in money.iter("input")] == ["montant_demande", "montant_du"]
    assert "hidden" in money.get("class")
    client.submit(there, {"formes": ["depassement_c2s"], "soins_urgents": "non", "montant_demande": "60"})
    assert "hidden" not in block_of(client.page(there), "formes", "tiers_payant_refuse").get("class")


def test_what_two_pages_may_ask_is_not_lost_by_the_one_that_does_not(client):
    fees = JOURNEYS["fees"]
    known = {"couverture": {"couverture": "ame", "couverture_connue": "oui"}}
    last = follow(client, replace(fees, pages={**fees.pages, "motifs": {"motifs": ["ne_sait_pas"]}, **known})).url.path
    client.submit(last.replace("verifier", "motifs"), {"motifs": ["vulnerabilite_economique"]})
    row = client.page(last).by_id("ligne-couverture-2")
    assert row is not None
    assert "Oui" in words(row)


@pytest.mark.parametrize(("needed", "is_told"), [("bientot", True), ("non", False)])
def test_who_still_needs_care_is_told_where_to_find_it(client, needed, is_told):
    ordinary = JOURNEYS["ordinary"]
    there = follow(client, replace(ordinary, pages={**ordinary.pages, "soins": {"besoin_soins": needed}}), until="lieu")
    assert ("36 46" in Page(there.text).text) is is_told


def test_whoever_writes_for_another_is_asked_whether_that_person_needs_care(client):
    assert Page(follow(client, JOURNEYS["parent"], until="soins").text).h1 == (
        "Cette personne a-t-elle encore besoin de ces soins ?"
    )
