"""Telling a problem of accessibility: it reaches whoever runs the service, and nothing typed is lost."""

import logging
import threading
from io import StringIO

import pytest

from app.base.errors import StorageTrouble
from app.notifications.mail import MemoryMailer
from app.runtime.workers import BackgroundWorkers
from tests.support.html import Page

PROBLEM = "/accessibilite/probleme"
TOLD = {
    "page": "Avant de commencer",
    "probleme": "Le bouton CANARI ne répond pas\nau clavier.",
    "contact": "bilal@exemple.fr",
}


def mails_of(portal):
    mailer = MemoryMailer()
    BackgroundWorkers(portal, mailer).worker.run_once(threading.Event())
    return mailer.letters


def test_a_problem_is_told_to_whoever_runs_the_service(client, portal):
    answer = client.submit(PROBLEM, TOLD)
    assert answer.url.path == "/accessibilite/merci"
    (mail,) = mails_of(portal)
    assert mail.to == portal.settings.mail_from  # the demonstration keeps its mails
    assert mail.subject == "Un problème d’accessibilité est signalé"
    for said in ("Avant de commencer", "CANARI ne répond pas\nau clavier.", "bilal@exemple.fr"):
        assert said in mail.text
    assert "CANARI ne répond pas" in mail.html


def test_the_same_problem_told_twice_is_two_mails(client, portal):
    for _ in range(2):
        client.submit(PROBLEM, {"page": "Aide", "probleme": "Rien ne se passe.", "contact": ""})
    first, second = mails_of(portal)
    assert "Cette personne n’attend pas de réponse." in first.text
    assert first.message_id != second.message_id


def test_what_a_person_types_is_never_markup(client, portal):
    client.submit(PROBLEM, {"page": "<b>Aide</b>", "probleme": "<script>alert(1)</script>", "contact": ""})
    (mail,) = mails_of(portal)
    assert "<script>" not in mail.html
    assert "<b>" not in mail.html


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"page": " "}, "Dites-nous quelle page vous bloque."),
        ({"probleme": ""}, "Décrivez le problème. Une phrase suffit."),
        ({"probleme": "Bof"}, "Ajoutez quelques mots pour que l'on comprenne."),
        ({"probleme": "é" * 2001}, "Votre texte est trop long : 1 caractère en trop."),
        ({"contact": "bilal"}, "Écrivez une adresse e-mail complète, par exemple nom@exemple.fr."),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(client, portal, given, says):
    answer = client.submit(PROBLEM, TOLD | given)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.title.startswith("Erreur : ")
    assert page.text.count(says) == 2  # in the summary, and above the field
    (form,) = [one for one in page.forms if one.action.startswith(PROBLEM)]
    for name, value in (TOLD | given).items():
        (control,) = [one for one in form.controls if one.name == name]
        assert control.sends == [value.replace("\n", "\r\n") if name == "probleme" else value]
    assert mails_of(portal) == []


def test_too_many_problems_wait_and_nothing_typed_is_lost(client, portal):
    for _ in range(5):
        client.submit(PROBLEM, TOLD)
    answer = client.submit(PROBLEM, TOLD)
    assert answer.status_code == 429
    assert "Vous avez fait trop d'essais. Attendez" in Page(answer.text).text
    assert "CANARI" in answer.text
    assert len(mails_of(portal)) == 5


def test_a_disk_that_says_no_loses_nothing(client, portal, monkeypatch):
    def refuses(*_words):
        raise StorageTrouble

    monkeypatch.setattr("app.pages.service.tell_problem", refuses)
    answer = client.submit(PROBLEM, TOLD)
    assert answer.status_code == 503
    assert "Votre message n'est pas encore envoyé." in Page(answer.text).text
    assert "CANARI" in answer.text


def test_a_problem_leaves_nothing_personal_in_the_log(client):
    heard = StringIO()
    handler = logging.StreamHandler(heard)
    logging.getLogger().addHandler(handler)
    try:
        client.submit(PROBLEM, TOLD)
    finally:
        logging.getLogger().removeHandler(handler)
    assert "CANARI" not in heard.getvalue()
    assert "bilal" not in heard.getvalue()
