"""A parent or a guardian gives the mandate; letters go through the association, for whoever has no other address."""

import pytest

from app.associations import registry
from app.filing.queries import filing_by_number, open_for_person
from tests.cast import ASSOCIATION, Sent, sign_in, sign_in_member
from tests.journeys import TRUE
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import ANSWERS, PERSON, SIGNED, agree, prepare
from tests.pages.test_mandate_online import BY_MAIL, YES, ask, is_whole, plain, read, reply
from tests.support.client import SuspiciousClient
from tests.support.html import Page
from tests.support.pdf import bare, text_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
CHILD = {"pers_prenom": "Tom", "pers_nom": "Imaginaire", "mandant": "parent", "pers_email": PERSON["pers_email"]}
BORN = {f"pers_naissance_{part}": value for part, value in (("jour", "27"), ("mois", "2"), ("annee", "2018"))}
MOTHER = {"prenom": "Amina", "nom": "Canari-Nom"}
OF_CHILD = {**ANSWERS, "identite/mandant": MOTHER, "personne-representee": BORN}
ADDRESS = "12 rue Inventée\n59000 Lille"
HOMELESS = {"pers_prenom": "Omar", "pers_nom": "Sans-Toit-Fictif"}
THROUGH = {**ANSWERS, "identite/mandant": {}, "joindre-par": {"pers_joindre": "association"}}
RECEIVES = {"mandat_portee": ["saisir", "recevoir"], **SIGNED}


@pytest.fixture
def member(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    return client


def write_address(portal, **changes):
    with portal.database.write() as session:
        row = registry.row_of(session, ASSOCIATION)
        registry.describe(session, row, {"name": row.name, "rna": row.rna, **changes})


def send(client, last):
    return Sent(client.send_form(client.page(last), last, TRUE, form="/envoyer#erreurs"))


def opened(portal, number):
    with portal.database.read() as session:
        return open_for_person(session, portal.keyring, filing_by_number(session, number))


def test_the_mother_of_a_minor_gives_the_mandate_and_everybody_reads_so(member, portal, app):
    page = prepare(member, person=CHILD, until="identite/mandant")
    assert "Comment s'appelle la personne qui donne le mandat ?" in plain(page)
    page = prepare(member, person=CHILD, answers=OF_CHILD, until="mandat")
    last = str(page.url.path).replace("mandat", "verifier")
    member.submit(str(page.url.path), BY_MAIL)
    member.submit(last.replace("verifier", "destinataire"), {"destinataire": "ordre"})
    link, code = ask(member, portal, last)
    with SuspiciousClient(app, portal.database) as mother:
        shown = plain(read(mother, link, code))
        words = "Je m'appelle Amina Canari-Nom. Je donne ce mandat pour Tom Imaginaire."
        assert f"{words} Ma qualité : parent d'une personne de moins de 18 ans." in shown
        assert "Je m'appelle Amina Canari-Nom. Je donne ce mandat pour" in shown
        reply(mother, link, YES)
    sent = send(member, last)
    sealed = opened(portal, sent.number).payload
    assert (sealed["person"], sealed["filer"]) == ("Tom Imaginaire", "Amina Canari-Nom")
    assert sealed["association"]["mandate"]["giver"] == {"name": "Amina Canari-Nom", "quality": "parent"}
    assert {"association", "mineur"} <= set(sealed["signs"].split())
    with SuspiciousClient(app, portal.database) as council:
        sign_in(council, portal, "CD-2B")
        page = plain(council.page(f"/agent/plaintes/{sent.number}"))
        assert "Amina Canari-Nom, parent d'une personne de moins de 18 ans" in page
    assert is_whole(portal)


def test_a_grown_up_gives_the_mandate_alone(member):
    answers = {**OF_CHILD, "personne-representee": {}}
    where = str(prepare(member, person=CHILD, answers=answers, until="personne-representee").url.path)
    told = plain(member.submit(where, {**BORN, "pers_naissance_annee": "2001"}))
    assert "Elle donne le mandat elle-même : changez qui donne le mandat." in told


def test_a_guardian_is_asked_for_the_judgement_and_nobody_for_a_birthday(member):
    person = {**CHILD, "mandant": "tutelle"}
    answers = {**OF_CHILD, "personne-representee": {}}
    page = prepare(member, person=person, answers=answers, until="titre")
    assert "Avez-vous un document qui montre qui représente cette personne ?" in plain(page)


def test_the_paper_says_who_gives_the_mandate(member):
    where = str(prepare(member, person=CHILD, answers=OF_CHILD, until="mandat").url.path)
    text = text_of(member.get(f"{where}/imprimer").content)
    assert bare("Amina Canari-Nom. Je donne ce mandat pour Tom Imaginaire.") in bare(text)


def test_the_desk_lists_a_draft_by_the_person(member):
    prepare(member, person=CHILD, until="lieu")
    assert "Tom Imaginaire" in member.page("/association/plaintes").text


@pytest.mark.parametrize("powers", [["saisir"], ["saisir", "representer"]])
def test_letters_through_the_association_need_the_power_to_receive_them(member, powers):
    where = str(prepare(member, person=HOMELESS, answers=THROUGH, until="mandat").url.path)
    told = plain(member.submit(where, {"mandat_portee": powers, "mandat_mode": "email"}))
    assert "La personne est jointe par l'association : cochez “Recevoir les courriers”" in told


def test_an_association_without_an_address_cannot_receive_letters(member, portal):
    answers = {**THROUGH, "mandat": RECEIVES}
    last = prepare(member, person=HOMELESS, answers=answers)
    told = member.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs")
    assert told.status_code == 409
    assert "Votre association n'a pas d'adresse postale dans le registre" in plain(told)
    write_address(portal, address=ADDRESS)
    assert send(member, str(last.url.path)).number


@pytest.mark.parametrize("email", ["", "contact@entraide.exemple.fr"])
def test_a_person_with_nothing_is_reached_at_the_association(member, portal, app, email):
    write_address(portal, address=ADDRESS, email=email)
    last = prepare(member, person=HOMELESS, answers={**THROUGH, "mandat": RECEIVES})
    sent = send(member, str(last.url.path))
    delivered(portal)
    where = f"/agent/plaintes/{sent.number}/accuser-reception"
    with SuspiciousClient(app, portal.database) as council:
        sign_in(council, portal, "CD-2B")
        shown = plain(council.page(where))
        told = council.submit(where, {"canal_ar": "email"})
    address = ("Omar Sans-Toit-Fictif", "Chez Entraide Inventée", "12 rue Inventée", "59000 Lille")
    assert [line for line in address if line not in shown] == []
    assert (told.status_code == 200) is bool(email)
    if email:
        assert delivered(portal).to(email)
        assert "accuse réception de votre plainte, reçue le 3 mars 2026" in plain(
            member.page(f"/association/plaintes/{sent.number}")
        )
    assert is_whole(portal)


def test_an_association_whose_mandate_ended_receives_no_letter_more(member, portal, app):
    write_address(portal, address=ADDRESS)
    last = prepare(member, person=HOMELESS, answers={**THROUGH, "mandat": RECEIVES})
    sent = send(member, str(last.url.path))
    member.submit(f"/association/plaintes/{sent.number}/rendre-mandat", {}, form="rendre-mandat")
    with SuspiciousClient(app, portal.database) as council:
        sign_in(council, portal, "CD-2B")
        shown = plain(council.page(f"/agent/plaintes/{sent.number}/accuser-reception"))
        assert "Chez Entraide Inventée" not in shown
