"""« Accuser réception »: by e-mail and by post, in time and late, once; on both databases."""

import pytest
from sqlalchemy import select

from app.filing.models import Filing, FilingDesk
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from app.procedure.models import CalendarDay
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent, send, sign_in
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words

pytestmark = pytest.mark.engines("sqlite", "postgresql")
POST = {
    "moyens": "courrier",
    "email": "",
    "adresse_rue": "1 rue Fictive",
    "adresse_code_postal": "59000",
    "adresse_ville": "Lille",
}


@pytest.fixture
def emile(app, portal):
    """A clerk of the CPAM of Lille-Douai, in a browser of his own; signed in when asked."""
    with SuspiciousClient(app, portal.database) as one:

        def arrives(name="Émile Exemple"):
            one.cookies.clear()
            sign_in(one, portal, "595", name)
            return one

        yield arrives


def there(sent):
    return f"/agent/plaintes/{sent.number}/accuser-reception"


def state(portal, number):
    """Give the state, what the receiver does next, and which days are ticked."""
    with portal.database.read() as session:
        filing = session.scalars(select(Filing).where(Filing.number == number)).one()
        own = (FilingDesk.filing_id == filing.id, FilingDesk.authority == filing.receiver)
        following = session.scalars(select(FilingDesk.next_code).where(*own)).one()
        days = session.scalars(select(CalendarDay).where(CalendarDay.filing_number == number))
        return filing.state, following, {day.code for day in days if day.done_at}


def whole(portal):
    return verify(portal, trust_of(portal.settings, portal.keyring)).problems == []


def delivered(portal):
    post = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, post, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    return post


def test_an_email_leaves_the_day_is_ticked_and_the_person_reads_it(client, portal, emile):
    sent = Sent(send(client))
    clerk = emile()
    page = clerk.page(f"/agent/plaintes/{sent.number}")
    ask = page.links["Envoyer l'accusé de réception"]
    shown = clerk.page(ask).text
    assert "La CPAM de Lille-Douai accuse réception de votre plainte, reçue le 3 mars 2026 à 22 h 41 (code" in shown
    assert "au plus tard le 3 juin 2026" in shown
    after = clerk.submit(ask, {"canal_ar": "email", "message": "À bientôt."})
    assert after.url.path == f"/agent/plaintes/{sent.number}"
    assert "Accusé de réception envoyé" in Page(after.text).text
    assert "Par e-mail, le 3 mars 2026" in Page(after.text).text
    assert state(portal, sent.number) == ("accusee", "D3", {"D1", "D2"})
    (letter,) = [one for one in delivered(portal).letters if one.subject.startswith("Accusé de réception")]
    assert letter.to == "amina.canari@exemple.fr"
    assert "À bientôt." in letter.text
    assert "Émile Exemple, gestionnaire de réclamations" in letter.text.partition("À bientôt.")[2]
    assert "Service des réclamations" in letter.text
    assert "01 99 00 00 00" in letter.text
    assert "CANARI-RECIT" not in letter.text
    told = Page(client.submit("/reprendre", {"code": sent.code}).text).text
    assert "L'autorité a accusé réception le mardi 3 mars 2026." in told
    assert "Accusé de réception envoyé" in told
    assert whole(portal)


def test_a_letter_counts_from_the_day_it_was_posted_and_says_when_it_is_late(client, portal, emile):
    """Received on 3 March; the eighth day is 11 March; posted on 14 March is three days late."""
    sent = Sent(send(client, **POST))
    portal.clock.advance(days=12)
    clerk = emile()
    shown = clerk.page(there(sent)).text
    assert "La date limite était le mercredi 11 mars 2026 : 4 jours de retard. Vous pouvez encore le faire." in shown
    assert "1 rue Fictive" in shown
    assert "La personne n'a pas donné d'adresse e-mail" in shown
    typed = {"canal_ar": "courrier", "poste_le_jour": "14", "poste_le_mois": "mars", "poste_le_annee": "2026"}
    after = clerk.submit(there(sent), typed)
    assert "Par courrier, posté le 14 mars 2026 (3 jours après la date limite)" in Page(after.text).text
    assert state(portal, sent.number)[0] == "accusee"
    assert not [one for one in delivered(portal).letters if one.subject.startswith("Accusé")]
    assert whole(portal)


@pytest.mark.parametrize(
    ("how", "typed", "told"),
    [
        ({}, {"canal_ar": None}, "Choisissez comment l'envoyer."),
        (POST, {"canal_ar": "email"}, "La personne n'a pas donné d'adresse e-mail. Choisissez le courrier."),
        (POST, {"canal_ar": "courrier"}, "Écrivez la date d'envoi."),
        (POST, {"canal_ar": "courrier", "poste_le": "2 3 2026"}, "Cette date est avant la réception, le 3 mars 2026."),
        (POST, {"canal_ar": "courrier", "poste_le": "4 3 2026"}, "Cette date n'est pas encore passée."),
        (POST, {"canal_ar": "courrier", "poste_le": "31 2 2026"}, "Cette date n'existe pas."),
        ({}, {"canal_ar": "email", "message": "a" * 2001}, "caractères"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_leaves(client, portal, emile, how, typed, told):
    sent = Sent(send(client, **how))
    clerk = emile()
    typed = dict(typed)
    if day := typed.pop("poste_le", ""):
        typed |= dict(zip(("poste_le_jour", "poste_le_mois", "poste_le_annee"), day.split(), strict=True))
    after = clerk.send_form(clerk.page(there(sent)), there(sent), {"message": "Gardé", **typed})
    assert after.status_code == 422
    page = Page(after.text)
    assert told in page.text
    assert (page.by_id("message").text or "").strip() == typed.get("message", "Gardé")
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})


def test_one_day_late_is_said_in_the_singular(client, portal, emile):
    """Received on 3 March; the eighth day is 11 March; the 12th is one day late."""
    sent = Sent(send(client))
    portal.clock.advance(days=9)
    clerk = emile()
    assert "11 mars 2026 : 1 jour de retard." in clerk.page(there(sent)).text
    after = clerk.submit(there(sent), {"canal_ar": "email"})
    assert "(1 jour après la date limite)" in Page(after.text).text


def test_it_leaves_once_whoever_presses_again(client, portal, emile):
    sent = Sent(send(client))
    clerk = emile()
    page = clerk.page(there(sent))
    for expected in (200, 409):
        after = clerk.send_form(page, there(sent), {"canal_ar": "email"})
        assert after.status_code == expected
    assert "Accusé de réception envoyé : déjà fait par Émile Exemple" in Page(after.text).text
    assert len([one for one in delivered(portal).letters if one.subject.startswith("Accusé")]) == 1
    assert whole(portal)


def test_who_is_only_informed_acknowledges_nothing(client, app, portal):
    sent = Sent(send(client))
    assert client.get(there(sent), follow_redirects=False).status_code == 303
    sign_in(client, portal, "MED-59", "Fatou Exemple")
    assert client.get(there(sent)).status_code == 404


def test_it_begins_again_at_the_authority_to_which_it_is_sent(client, portal, emile):
    sent = Sent(send(client))
    clerk = emile()
    clerk.submit(there(sent), {"canal_ar": "email"})
    move = f"/agent/plaintes/{sent.number}/reorienter"
    clerk.submit(move, {"nouvelle_autorite": "597", "raison": "lieu_exercice"})
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})
    assert whole(portal)


def test_a_clerk_is_told_that_a_message_leaves_in_clear_when_it_may(client, app, portal, emile):
    """The one field of clerks whose words a mail carries; without an address, nothing leaves by mail."""
    told = "n'écrivez ni motif ni nom"
    by_mail = Sent(send(client))
    with SuspiciousClient(app, portal.database) as other:
        by_post = Sent(send(other, **POST))
    clerk = emile()
    assert told in clerk.page(there(by_mail)).text.replace("’", "'")
    assert told not in clerk.page(there(by_post)).text.replace("’", "'")


@pytest.mark.parametrize(("how", "way"), [({"accord_email": "oui"}, "email"), ({}, "courrier"), (POST, "courrier")])
def test_the_way_that_the_person_asked_for_is_chosen_already(client, emile, how, way):
    """An address alone is no agreement to receive letters there (CRPA L. 112-15)."""
    page = emile().page(there(Sent(send(client, **how))))
    chosen = [
        box.get("value")
        for box in page.all("input")
        if box.get("name") == "canal_ar" and box.get("checked") is not None
    ]
    assert chosen == [way]


def test_it_takes_three_presses_and_the_page_says_what_was_done_and_what_follows(client, portal, emile):
    """The complaint, its first act, then its button: nothing is typed."""
    sent = Sent(send(client, accord_email="oui"))
    clerk = emile()
    page = clerk.page(f"/agent/plaintes/{sent.number}")
    asked = page.links["Envoyer l'accusé de réception"]
    after = Page(clerk.submit(asked, {}, button="Accuser réception", form="accuser-reception#erreurs").text)
    assert state(portal, sent.number)[0] == "accusee"
    (told,) = [" ".join(words(box).split()) for box in after.all("div") if "inset--done" in (box.get("class") or "")]
    assert told.replace("’", "'") == (
        "Accusé de réception envoyé Par e-mail, le 3 mars 2026 "
        "Ensuite : Transmettre la plainte à l'autre autorité, avant la fin du mercredi 11 mars 2026."
    )
    for code in ("", "?fait=reponse", "?fait=%00"):
        assert "inset--done" not in clerk.page(f"/agent/plaintes/{sent.number}{code}").source
