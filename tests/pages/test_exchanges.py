"""What the person and the authority write to each other, on both databases."""

import pytest

from app.filing.acts.messages import MOST_A_DAY
from tests.cast import Sent, send, sign_in
from tests.pages.test_acknowledging import POST, delivered, state, whole
from tests.pages.test_acts import records, written
from tests.support.acts import did
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE = "/suivi/message"


@pytest.fixture
def emile(app, portal):
    """A clerk of the CPAM of Lille-Douai, signed in in a browser of his own."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, "595")
        yield one


def there(sent, act=""):
    return f"/agent/plaintes/{sent.number}{act and '/'}{act}"


def test_they_write_to_each_other_and_no_mail_says_what(client, portal, emile):
    sent = Sent(send(client))
    assert client.get(HERE, follow_redirects=False).status_code == 303
    home = Page(client.submit("/reprendre", {"code": sent.code}).text)
    after = client.submit(home.links["Écrire à l'autorité"], {"message": "CANARI-QUESTION ?\nMerci."})
    assert "Votre message est envoyé." in Page(after.text).text
    page = emile.page(there(sent))
    assert "CANARI-QUESTION" in page.text
    assert "Message de la personne" in page.text
    emile.submit(page.links["Écrire à la personne"], {"message": "CANARI-REPONSE."})
    assert "CANARI-REPONSE." in emile.page(there(sent)).text
    home = client.page("/suivi")
    assert "L'autorité vous a écrit 1 message." in home.text
    assert "CANARI-REPONSE" not in home.text
    told = client.page(home.links["Lire et répondre"]).text
    assert "Émile Exemple" in told
    assert "CANARI-REPONSE." in told
    post = delivered(portal)
    assert [one.subject for one in post.to("emile@595.exemple.fr")] == [f"Un message sur le dossier {sent.number}"]
    assert "Du nouveau dans votre dossier." in post.to("amina.canari@exemple.fr")[-1].text
    for letter in post.letters:
        assert "CANARI" not in letter.text.replace("canari@", "")
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})
    assert whole(portal)


@pytest.mark.parametrize("end", [did("cloture", reason="hors_champ"), did("retrait")], ids=["closed", "withdrawn"])
def test_they_still_write_to_each_other_once_the_file_ended(client, portal, emile, end):
    sent = Sent(send(client))
    records(portal, sent.number, end)
    client.submit("/reprendre", {"code": sent.code})
    after = client.submit(HERE, {"message": "CANARI-POURQUOI ?"})
    assert "Votre message est envoyé." in Page(after.text).text
    page = emile.page(there(sent))
    assert "CANARI-POURQUOI" in page.text
    assert "Demander une preuve ou une précision" not in page.links
    assert emile.submit(page.links["Écrire à la personne"], {"message": "CANARI-PARCE-QUE."}).status_code == 200
    call = {"appelant": "autorite", "appel_contenu": "Expliqué de vive voix."}
    assert emile.submit(page.links["Noter un appel"], call).status_code == 200
    assert "CANARI-PARCE-QUE." in client.page(HERE).text
    assert "Appel téléphonique avec l'autorité" in client.page("/suivi").text
    assert whole(portal)


def test_a_message_sent_twice_by_one_page_is_kept_once(client, portal, emile):
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    mine, theirs = client.page(HERE), emile.page(there(sent, "repondre"))
    for _ in range(2):
        assert client.send_form(mine, HERE, {"message": "CANARI-MOI."}).status_code == 200
        assert emile.send_form(theirs, there(sent, "repondre"), {"message": "CANARI-VOUS."}).status_code == 200
        portal.clock.advance(seconds=2)
    told = client.page(HERE).text
    assert (told.count("CANARI-MOI."), told.count("CANARI-VOUS.")) == (1, 1)
    client.submit(HERE, {"message": "CANARI-MOI."})
    emile.submit(there(sent, "repondre"), {"message": "CANARI-VOUS."})
    told = client.page(HERE).text
    assert (told.count("CANARI-MOI."), told.count("CANARI-VOUS.")) == (2, 2), "said again on purpose"
    assert whole(portal)


def test_a_demand_says_by_when_and_stops_no_date(client, portal, emile):
    """Fifteen days from 3 March 2026 are proposed: 18 March."""
    sent = Sent(send(client))
    ask = there(sent, "demander-piece")
    assert "n'arrête aucune date de la loi" in emile.page(ask).text
    emile.submit(ask, {"demande": "Quel jour était-ce ?"})
    client.submit("/reprendre", {"code": sent.code})
    told = client.page(HERE).text
    assert "Quel jour était-ce ?" in told
    assert "Réponse attendue avant la fin du mercredi 18 mars 2026." in told
    letter = delivered(portal).to("amina.canari@exemple.fr")[-1]
    assert letter.subject == f"Une question sur votre dossier {sent.number}"
    assert "La CPAM de Lille-Douai a besoin d’une précision." in letter.text
    assert "Quel jour" not in letter.text
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})
    assert whole(portal)


@pytest.mark.parametrize(
    ("act", "typed", "told"),
    [
        ("repondre", {"message": " "}, "Écrivez votre message."),
        ("repondre", {"message": "a" * 4001}, "caractères"),
        ("demander-piece", {"demande": ""}, "Écrivez ce que vous demandez."),
        ("demander-piece", {"demande": "Quoi ?", "delai_jour": "3"}, "Choisissez une date à partir de demain."),
        ("demander-piece", {"demande": "Quoi ?", "delai_mois": "31"}, "Cette date n'existe pas."),
        ("demander-piece", {"demande": "Quoi ?", "delai_jour": ""}, "Écrivez une date."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(client, portal, emile, act, typed, told):
    sent = Sent(send(client))
    after = emile.send_form(emile.page(there(sent, act)), there(sent, act), typed)
    assert after.status_code == 422
    assert told in Page(after.text).text
    assert "Aucun message." in emile.page(there(sent)).text


def test_who_has_no_email_is_written_to_by_post(client, portal, emile):
    sent = Sent(send(client, **POST))
    assert "ce texte s'ajoute aussi aux courriers à poster" in emile.page(there(sent, "repondre")).text
    emile.submit(there(sent, "repondre"), {"message": "Bonjour."})
    assert len(delivered(portal).letters) == 0


def test_an_empty_message_is_asked_again_and_a_flood_stops(client, portal, emile):
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    after = client.send_form(client.page(HERE), HERE, {"message": " \n "})
    assert after.status_code == 422
    assert "Écrivez votre message." in Page(after.text).text
    page = client.page(HERE)
    for n in range(MOST_A_DAY):
        portal.clock.advance(seconds=1)
        assert client.send_form(page, HERE, {"message": f"Message {n}"}).status_code == 200
    after = client.send_form(page, HERE, {"message": "Un de trop, gardé"})
    assert after.status_code == 422
    assert "Vous avez déjà écrit 20 messages aujourd'hui." in Page(after.text).text
    assert "Un de trop, gardé" in after.text
    assert whole(portal)


@pytest.mark.parametrize("lost", ["time", "cookie"])
@pytest.mark.parametrize(
    ("path", "fields"),
    {
        HERE: {"message": "Je viendrai."},
        "/suivi/retirer": {"retrait": "oui", "retrait_raison": "J'ai eu mon rendez-vous."},
        "/suivi/coordonnees": {"moyens": "courrier", "adresse_rue": "12 rue Inventée", "adresse_ville": "Lille"},
    }.items(),
)
def test_what_was_typed_is_given_back_once_the_follow_up_closed(client, portal, clock, path, fields, lost):
    """The follow-up closes after half an hour: whoever wrote for longer copies it, and nothing was done."""
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    page, before = client.page(path), written(portal)
    clock.advance(minutes=31)
    if lost == "cookie":
        client.cookies.clear()
    after = client.send_form(page, path, fields)
    shown = Page(after.text)
    assert after.status_code == 403
    assert list(fields.values())[-1] in shown.text
    assert shown.links["Reprendre"] == "/reprendre"
    assert "Reprenez-la avec votre code." in shown.text
    assert written(portal) == before


def test_who_does_not_hold_it_writes_nothing(client, app, portal, emile):
    sent = Sent(send(client))
    with SuspiciousClient(app, portal.database) as ordre:
        sign_in(ordre, portal, "MED-59", "Fatou Exemple")
        emile.submit(there(sent, "transmettre-autorite"), form="transmettre-autorite#erreurs")
        assert ordre.get(there(sent)).status_code == 200
        for act in ("repondre", "demander-piece"):
            assert ordre.get(there(sent, act)).status_code == 404


def test_a_new_authority_reads_what_was_written_before(client, app, portal, emile):
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    client.submit(HERE, {"message": "CANARI-AVANT"})
    emile.submit(there(sent, "reorienter"), {"nouvelle_autorite": "597", "raison": "lieu_exercice"})
    with SuspiciousClient(app, portal.database) as other:
        sign_in(other, portal, "597", "Noé Fictif")
        assert "CANARI-AVANT" in other.page(there(sent)).text
    assert whole(portal)


def test_the_history_names_a_reason_only_where_one_was_asked(client, portal):
    sent = Sent(send(client))
    records(portal, sent.number, did("accuse_reception", words="Par e-mail, le 4 mars 2026"))
    records(portal, sent.number, did("conservation", words="Un procès en cours", until="2033-03-03"))
    sign_in(client, portal, "595")
    shown = client.page(f"/agent/plaintes/{sent.number}").text
    assert "Raison donnée : Un procès en cours" in shown
    assert "Par e-mail, le 4 mars 2026" in shown
    assert "Raison donnée : Par e-mail" not in shown
