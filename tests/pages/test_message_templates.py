"""« Modèles de message »: the manager writes them, clerks put them in what they send, and the text alone is sealed."""

import re

import pytest
from sqlalchemy import func, select

from app.filing.queries import filing_by_number, open_for_person
from app.intake.message_templates.models import MessageTemplate, MessageTemplateVersion
from app.intake.message_templates.rules import TEMPLATES_MOST, VERSIONS_MOST
from tests.cast import filed, sign_in
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE, NEW = "/agent/modeles", "/agent/modeles/nouveau"
TEXT = "Votre plainte {numero}, reçue le {recue_le}, est suivie par {autorite}.\nPour nous joindre : {contact}."
INVOICE = {"acte": "demande_piece", "titre": "Demande de facture", "texte": "Envoyez-nous la facture de {numero}."}
HELLO = {"acte": "message_autorite", "titre": "Premier mot", "texte": TEXT}


@pytest.fixture
def rosa(client, portal):
    """The manager of Lille's caisse, signed in."""
    sign_in(client, portal, "595", "Rosa Exemple", "responsable")
    return client


def made(browser, **changes):
    """Write a template; give the address of its page."""
    return browser.submit(NEW, {**HELLO, **changes}, button="Enregistrer le modèle").url.path


def act_codes(portal, number):
    with portal.database.read() as session:
        return [act.sealed for act in open_for_person(session, portal.keyring, filing_by_number(session, number)).acts]


def offered(page):
    """Return the templates that a page proposes."""
    return next(form.offered("modele") for form in page.forms if "modele" in form.names)


def area(page, name):
    """Return what a field of several lines holds."""
    return re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)[1]


def test_a_template_is_put_in_a_message_and_its_text_alone_is_sealed(rosa, portal):
    made(rosa)
    assert "Aucun modèle" not in Page(rosa.get(HERE).text).text
    sign_in(rosa, portal, "595")
    number = filed(portal).number
    there = f"/agent/plaintes/{number}/repondre"
    put = rosa.submit(there, {"modele": offered(Page(rosa.get(there).text))[-1]}, button="Reprendre ce modèle")
    assert put.status_code == 200
    text = area(put.text, "message")
    assert text.startswith(f"Votre plainte {number}, reçue le 3 mars 2026, est suivie par ")
    assert "{" not in text
    sent = rosa.send_form(Page(put.text), there, {"modele": ""}, button="Envoyer le message")
    assert sent.url.path == f"/agent/plaintes/{number}"
    assert act_codes(portal, number)[-1].text.startswith(f"Votre plainte {number}")


def test_what_was_typed_stays_before_the_text_of_the_template(rosa, portal):
    made(rosa, **INVOICE)
    number = filed(portal).number
    there = f"/agent/plaintes/{number}/demander-piece"
    shown = Page(rosa.get(there).text)
    chosen = {"modele": offered(shown)[-1], "demande": "Bonjour,", "delai_jour": "99"}
    put = rosa.send_form(shown, there, chosen, button="Reprendre ce modèle")
    assert area(put.text, "demande") == f"Bonjour,\n\nEnvoyez-nous la facture de {number}."
    assert 'value="99"' in put.text
    assert offered(Page(put.text)) == offered(shown)


def test_a_template_is_chosen_and_still_serves(rosa, portal):
    path = made(rosa)
    there = f"/agent/plaintes/{filed(portal).number}/repondre"
    shown = Page(rosa.get(there).text)
    nothing = rosa.send_form(shown, there, {"message": "Gardé."}, button="Reprendre ce modèle")
    assert nothing.status_code == 422
    assert "Choisissez un modèle" in Page(nothing.text).text
    assert area(nothing.text, "message") == "Gardé."
    rosa.submit(path, button="Archiver ce modèle", form=path)
    chosen = {"modele": offered(shown)[-1], "message": "Gardé."}
    gone = rosa.send_form(shown, there, chosen, button="Reprendre ce modèle")
    assert gone.status_code == 422
    assert "Ce modèle ne sert plus" in Page(gone.text).text
    assert area(gone.text, "message") == "Gardé."
    assert "Reprendre ce modèle" not in rosa.get(there).text
    rosa.submit(path, button="Remettre en service", form=path)
    assert "Reprendre ce modèle" in rosa.get(there).text


def test_a_word_that_nothing_fills_does_not_leave(rosa, portal):
    made(rosa, acte="accuse_reception", texte="Pour nous joindre : {contact}.")
    with portal.database.write() as session:
        from app.routing.models import Authority  # noqa: PLC0415 - the card is emptied behind the page

        row = session.get_one(Authority, "595")
        row.email = row.phone = ""
    number = filed(portal).number
    there = f"/agent/plaintes/{number}/repondre"
    refused = rosa.submit(there, {"message": "Le {prochaine_date}."}, button="Envoyer le message")
    assert refused.status_code == 422
    assert "Rien n'est connu pour {prochaine_date}" in Page(refused.text).text
    assert act_codes(portal, number) == []


def test_a_template_serves_the_acknowledgement_too(rosa, portal):
    made(rosa, acte="accuse_reception", texte="Nous nous voyons avant le {prochaine_date}.")
    there = f"/agent/plaintes/{filed(portal).number}/accuser-reception"
    shown = Page(rosa.get(there).text)
    put = rosa.send_form(shown, there, {"modele": offered(shown)[-1]}, button="Reprendre ce modèle")
    assert area(put.text, "message") == "Nous nous voyons avant le 3 juin 2026."
    done = rosa.send_form(Page(put.text), there, {"canal_ar": "email"}, button="Accuser réception")
    assert done.status_code == 200


def test_a_misspelt_word_is_refused_beside_the_text_with_the_list(rosa, portal):
    refused = rosa.submit(NEW, {**HELLO, "texte": "Plainte {numéro}"}, button="Enregistrer le modèle")
    assert refused.status_code == 422
    said = Page(refused.text).text
    assert "{numéro} n'est pas un mot que nous remplaçons" in said
    assert "{numero}, {recue_le}, {prochaine_date}, {autorite}, {contact}" in said
    assert area(refused.text, "texte") == "Plainte {numéro}"
    empty = rosa.submit(NEW, {"texte": "", "titre": ""}, button="Enregistrer le modèle")
    assert empty.status_code == 422
    assert kept(portal) == 0


def kept(portal, table=MessageTemplate):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_it_is_read_with_an_invented_complaint_before_it_is_kept(rosa, portal):
    tried = rosa.submit(NEW, HELLO, button="Voir le résultat")
    assert "SA-2026-7KM4-Q9TR" in Page(tried.text).text
    assert kept(portal) == 0
    path = made(rosa)
    again = rosa.submit(path, {"texte": "Le {recue_le}."}, button="Voir le résultat")
    assert "Le 26 février 2026." in Page(again.text).text
    assert kept(portal, MessageTemplateVersion) == 1


def test_older_versions_are_read_and_putting_one_back_is_a_new_one(rosa, portal):
    path = made(rosa)
    again = rosa.submit(path, {"texte": "Un autre texte."}, button="Enregistrer le modèle")
    assert Page(again.text).done == "Le modèle est enregistré."
    shown = Page(rosa.get(path).text)
    assert "Version 2, du 3 mars 2026, par Rosa Exemple" in shown.text
    assert area(rosa.get(path).text, "texte") == "Un autre texte."
    back = rosa.submit(path, button="Remettre la version 1", form=path)
    assert Page(back.text).done == "La version choisie est remise : c'est elle qui sert."
    assert area(rosa.get(path).text, "texte") == TEXT
    assert kept(portal, MessageTemplateVersion) == 3
    rosa.submit(path, {"texte": TEXT}, button="Enregistrer le modèle")  # says the same
    assert kept(portal, MessageTemplateVersion) == 3
    assert rosa.send_form(shown, path, {}, button="Remettre la version 1", form=path).status_code == 200


def test_a_template_that_changed_since_it_was_shown_is_not_replaced_unseen(rosa):
    path = made(rosa)
    shown = Page(rosa.get(path).text)
    rosa.submit(path, {"texte": "Un autre texte."}, button="Enregistrer le modèle")
    past = rosa.send_form(shown, path, {"texte": "Le mien."}, button="Enregistrer le modèle")
    assert past.status_code == 409
    assert area(past.text, "texte") == "Le mien."
    assert "Un autre texte." in Page(past.text).text
    rosa.send_form(Page(past.text), path, {"titre": "Premier mot"}, button="Enregistrer le modèle")
    assert area(rosa.get(path).text, "texte") == "Le mien."


def test_only_the_manager_of_the_same_authority_opens_them(rosa, portal):
    path = made(rosa)
    for authority, name, role, status in (
        ("595", "Émile Exemple", "agent", 403),
        ("595", "Lise Fictive", "lecteur", 403),
        ("597", "Gaël Exemple", "responsable", 404),
    ):
        sign_in(rosa, portal, authority, name, role)
        assert rosa.get(path).status_code == status
        assert "Premier mot" not in rosa.get(HERE).text
    assert rosa.get(f"{HERE}/inconnu").status_code == 404


def test_another_authority_is_not_offered_them(rosa, portal):
    path = made(rosa)
    number = filed(portal).number
    with portal.database.write() as session:
        session.get_one(MessageTemplate, path.rpartition("/")[2]).authority = "597"
    assert "Reprendre ce modèle" not in rosa.get(f"/agent/plaintes/{number}/repondre").text


def test_each_thing_done_with_a_template_is_said(rosa):
    new = rosa.submit(NEW, HELLO, button="Enregistrer le modèle")
    assert Page(new.text).done == "Le modèle est enregistré."
    path = new.url.path
    archived = rosa.submit(path, button="Archiver ce modèle", form=path)
    assert Page(archived.text).done == "Le modèle est archivé : il n'est plus proposé."
    serves = rosa.submit(path, button="Remettre en service", form=path)
    assert Page(serves.text).done == "Le modèle est de nouveau proposé."


def test_a_new_template_sent_twice_is_kept_once(rosa, portal):
    assert made(rosa) == made(rosa)
    assert made(rosa, texte="Bonjour.") != made(rosa)
    with portal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(MessageTemplate)) == 2


def test_there_is_an_end_to_templates_and_to_versions(rosa, portal):
    path = made(rosa)
    with portal.database.write() as session:
        at = portal.clock()
        for n in range(TEMPLATES_MOST - 1):
            session.add(MessageTemplate(id=f"{n:032x}", authority="595", act="message_autorite"))
        session.flush()
        one = path.rpartition("/")[2]
        for n in range(2, VERSIONS_MOST + 1):
            session.add(MessageTemplateVersion(template=one, n=n, name="Premier mot", text=f"{n}", by="R", at=at))
    full = rosa.submit(NEW, HELLO, button="Enregistrer le modèle")
    assert full.status_code == 422
    assert "déjà 60 modèles" in Page(full.text).text
    worn = rosa.submit(path, {"texte": "Encore."}, button="Enregistrer le modèle")
    assert worn.status_code == 422
    assert "déjà 100 versions" in Page(worn.text).text


def test_a_page_that_refuses_says_nothing_was_done_whatever_its_address(client, portal):
    sign_in(client, portal, "595")
    refused = client.get(f"{HERE}?fait=modele_archive")
    assert refused.status_code == 403
    assert Page(refused.text).done == ""
    unknown = client.get("/agent/nulle-part?fait=modele_archive")
    assert (unknown.status_code, Page(unknown.text).done) == (404, "")
