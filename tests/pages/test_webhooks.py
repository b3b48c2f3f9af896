"""« Prévenir votre logiciel »: those who answer for an association say where, and read how it went."""

import pytest
from sqlalchemy import select

from app.webhooks import service
from app.webhooks.client import NotTaken
from app.webhooks.events import WebhookEvent
from app.webhooks.models import Webhook, WebhookDelivery
from app.webhooks.worker import WebhookWorker
from tests.cast import filed, sign_in_member
from tests.support.client import page_of
from tests.support.html import Page, words

HOME = "/association/notifications-logiciel"
URL = "https://logiciel.exemple.fr/saisine"
CHOSEN = {"adresse": URL, "evenements": ["plainte.envoyee", "reunion.fixee"]}


class Software:
    """Answers what it is told to."""

    def __init__(self):
        self.trouble, self.sent = None, []

    def post(self, url, headers, body):
        self.sent.append((url, headers, body))
        if self.trouble:
            raise self.trouble
        return 204


@pytest.fixture
def software():
    return Software()


@pytest.fixture
def work(portal, software):
    worker = WebhookWorker(portal.database, portal.keyring, software, portal.clock, "https://saisine.exemple.fr")
    return worker.run_once


@pytest.fixture
def manager(client, portal):
    sign_in_member(client, portal, role="responsable_association")
    return client


def row(portal):
    with portal.database.read() as session:
        return session.scalars(select(Webhook)).one()


def done(answer):
    return page_of(answer).done


@pytest.fixture
def declared(manager, portal):
    manager.submit(HOME, CHOSEN, button="Ajouter cette adresse")
    return f"{HOME}/{row(portal).id}"


def test_an_address_is_added_and_its_secret_is_shown_once(manager, portal):
    home = manager.page("/association/plaintes")
    assert home.links["Notifications"] == HOME
    made = Page(manager.submit(HOME, CHOSEN, button="Ajouter cette adresse").text)
    secret = words(made.by_id("secret"))
    assert made.h1 == "Copiez ce secret maintenant"
    assert portal.keyring.unseal(row(portal).secret, service.secret_place(row(portal).id)).decode() == secret
    shown = manager.page(f"{HOME}/{row(portal).id}")
    assert URL in shown.text
    assert secret not in shown.text
    assert row(portal).events == "plainte.envoyee reunion.fixee"
    assert URL.encode() not in row(portal).address


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("http://logiciel.exemple.fr/", "Écrivez une adresse qui commence par https://."),
        ("logiciel.exemple.fr", "Écrivez une adresse qui commence par https://."),
        ("https://moi:secret@logiciel.exemple.fr/", "Écrivez l'adresse sans nom d'utilisateur ni mot de passe"),
        ("https://logiciel.exemple.fr:8080/", "Le port doit être 443 ou 8443."),
        ("https://127.0.0.1/", "Cette adresse est celle d'un réseau privé."),
        ("https://[::1]/", "Cette adresse est celle d'un réseau privé."),
        ("https://localhost/", "Cette adresse est celle d'un réseau privé."),
        ("https://[", "Cette adresse n'est pas valable."),
        ("https://", "Cette adresse n'est pas valable."),
        ("https://a.exemple.fr:99999/", "Cette adresse n'est pas valable."),
        ("", "Écrivez l'adresse de votre logiciel."),
    ],
)
def test_an_address_that_cannot_be_used_is_told(manager, portal, typed, says):
    answer = manager.submit(HOME, {**CHOSEN, "adresse": typed}, button="Ajouter cette adresse")
    assert answer.status_code == 422
    assert says in Page(answer.text).text
    with portal.database.read() as session:
        assert session.scalar(select(Webhook.id)) is None


def test_nothing_to_say_and_too_many_addresses_are_told(manager, portal):
    nothing = manager.submit(HOME, {"adresse": URL}, button="Ajouter cette adresse")
    assert "Choisissez au moins une chose à dire." in Page(nothing.text).text
    for n in range(5):
        manager.submit(HOME, {**CHOSEN, "adresse": f"{URL}/{n}"}, button="Ajouter cette adresse")
    sixth = manager.submit(HOME, CHOSEN, button="Ajouter cette adresse")
    assert sixth.status_code == 422
    assert "Vous avez déjà cinq adresses." in Page(sixth.text).text


def test_a_member_who_answers_for_nobody_and_another_association_find_nothing(client, portal, declared):
    sign_in_member(client, portal, "Nora Inventée", "autre-association", "responsable_association")
    for path in (declared, f"{declared}/supprimer"):
        assert client.get(path).status_code == 404
    sign_in_member(client, portal, "Omar Inventé")
    assert client.get(HOME).status_code == 403
    assert "Notifications" not in client.page("/association/plaintes").links


def test_a_proof_of_the_last_minutes_is_asked_for(manager, portal):
    portal.clock.advance(minutes=25)
    assert manager.get(HOME).url.path == "/association/confirmer"


def test_what_was_told_is_shown_and_told_again(manager, portal, declared, work, software):
    made = filed(portal, by_association=True, powers=["recevoir"])
    software.trouble = NotTaken("http-500", 500)
    work()
    shown = manager.page(declared)
    assert "L'adresse a répondu 500." in shown.text
    assert "en attente" in shown.text
    software.trouble = None
    portal.clock.advance(minutes=2)
    work()
    shown = manager.page(declared)
    assert made.number in shown.text
    assert "La plainte est envoyée" in shown.text
    assert "reçu" in shown.text
    twice = [done(manager.send_form(shown, declared, {"envoi": "1"}, button="renvoyer")) for _ in range(2)]
    waits = "Cet envoi attend déjà son tour : il ne part pas deux fois."
    assert twice == ["L'envoi attend de nouveau son tour.", waits]
    assert work() == 1
    day = {"depuis_jour": "3", "depuis_mois": "3", "depuis_annee": "2026"}
    again = manager.submit(declared, day, button="Renvoyer tout depuis cette date")
    assert done(again) == "Les envois faits depuis cette date attendent de nouveau leur tour."
    assert work() == 1
    again = manager.submit(declared, {**day, "depuis_jour": "4"}, button="Renvoyer tout depuis cette date")
    assert done(again) == "Il n'y a rien à renvoyer depuis cette date."
    assert work() == 0
    assert len({headers["webhook-id"] for _, headers, _ in software.sent}) == 1
    assert len(software.sent) == 4


def test_a_pause_keeps_what_happens_until_it_ends(manager, portal, declared, work, software):
    paused = manager.submit(declared, button="Mettre en pause", form=declared)
    assert done(paused) == "Les envois à cette adresse sont arrêtés."
    filed(portal, by_association=True, powers=["recevoir"])
    assert "Les envois sont en pause." in manager.page(declared).text
    assert work() == 0
    resumed = manager.submit(declared, button="Reprendre les envois", form=declared)
    assert done(resumed) == "Les envois à cette adresse ont repris."
    assert work() == 1


def test_another_secret_signs_beside_the_one_of_before_for_a_day(manager, portal, declared, work, software):
    shown = Page(manager.submit(declared, button="Changer le secret", form=declared).text)
    assert "pendant 24 heures" in shown.text
    filed(portal, by_association=True, powers=["recevoir"])
    work()
    assert len(software.sent[-1][1]["webhook-signature"].split()) == 2
    assert "L'ancien secret sert encore jusqu'au 4 mars 2026 à 22 h 41." in manager.page(declared).text
    with portal.database.write() as session:
        service.send_again(session, session.scalars(select(Webhook)).one(), portal.clock(), since=portal.clock())
    portal.clock.advance(hours=25)
    work()
    assert len(software.sent[-1][1]["webhook-signature"].split()) == 1


def test_other_events_are_chosen_and_a_mistake_is_told(manager, portal, declared):
    chosen = manager.submit(declared, {"evenements": ["plainte.close"]}, button="Enregistrer")
    assert done(chosen) == "Ce qui est dit à cette adresse est enregistré."
    assert row(portal).events == "plainte.close"
    answer = manager.submit(f"{declared}?fait=adresse_choix_enregistre", {"evenements": []}, button="Enregistrer")
    assert (answer.status_code, done(answer)) == (422, "")
    assert row(portal).events == "plainte.close"


def test_a_removed_address_is_told_nothing_more(manager, portal, declared, work):
    filed(portal, by_association=True, powers=["recevoir"])
    asked = manager.page(f"{declared}/supprimer")
    assert asked.h1 == "Voulez-vous supprimer cette adresse ?"
    removed = manager.submit(f"{declared}/supprimer", form="/supprimer", button="Supprimer cette adresse")
    assert done(removed) == "L'adresse est supprimée. Rien ne lui est plus envoyé."
    assert work() == 0
    with portal.database.read() as session:
        assert session.scalar(select(WebhookDelivery.id)) is None
    assert manager.get(declared).status_code == 404


def test_each_event_is_offered(manager):
    shown = manager.page(HOME).text
    assert [event for event in WebhookEvent if event.label not in shown] == []
