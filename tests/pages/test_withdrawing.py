"""« Retirer ma plainte »: asked, cancelled within a day, or done after it, on both databases."""

import pypdfium2
import pytest
from sqlalchemy import update

from app.filing.models import Filing
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from app.runtime.monitor import Monitor
from tests.cast import Sent, send, sign_in
from tests.pages.test_acknowledging import delivered, state, whole
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE, FORM = "/suivi/retirer", "retirer#erreurs"


@pytest.fixture
def emile(app, portal):
    """Sign a clerk of the CPAM of Lille-Douai in, in a browser of his own, when asked."""
    with SuspiciousClient(app, portal.database) as one:

        def arrives(name="Émile Exemple"):
            one.cookies.clear()
            sign_in(one, portal, "595", name)
            return one

        yield arrives


def there(sent, act=""):
    return f"/agent/plaintes/{sent.number}{act and '/'}{act}"


def subjects(portal, to):
    post = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, post, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    return [" ".join(one.subject.split()) for one in post.to(to)]


def follows(client, sent):
    return Page(client.submit("/reprendre", {"code": sent.code}).text)


def test_a_day_later_it_is_withdrawn_and_the_authority_is_told(client, portal, emile):
    """Asked on 3 March 2026 at 22:41: it can be cancelled until 4 March at 22:41."""
    sent = Sent(send(client))
    emile()
    home = follows(client, sent)
    said = {"retrait": "oui", "retrait_raison": "CANARI-RAISON", "retrait_pression": "oui"}
    after = Page(client.submit(home.links["Retirer ma plainte"], said, form=FORM).text)
    assert after.h1 == "Votre demande de retrait est enregistrée"
    assert "jusqu'au 4 mars 2026 à 22 h 41" in after.text
    paper = client.get(after.links["Télécharger l'attestation (PDF)"])
    told = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    assert sent.number in told
    assert "3 mars 2026" in told
    assert "CANARI" not in told
    assert state(portal, sent.number)[0] == "retrait_demande"
    portal.clock.advance(hours=23, minutes=59)
    Monitor(portal).step()
    assert state(portal, sent.number)[0] == "retrait_demande"
    assert "Annuler le retrait" not in follows(client, sent).links, "what says that it acts is a button"
    portal.clock.advance(minutes=2)
    watch = Monitor(portal)
    watch.step()
    watch.step()
    assert state(portal, sent.number)[:2] == ("retiree", "")
    told = subjects(portal, "emile@595.exemple.fr")
    assert told.count(f"Dossier {sent.number} : retrait demandé") == 1
    assert told.count(f"Dossier {sent.number} : plainte retirée") == 1
    home = follows(client, sent)
    assert "Vous avez retiré votre plainte le mercredi 4 mars 2026." in home.text
    assert "Retirer ma plainte" not in home.links
    page = emile("Noé Fictif").page(there(sent))
    assert "Elle dit qu'on a fait pression sur elle." in page.text
    assert "CANARI-RAISON" in page.text
    assert "Envoyer l'accusé de réception" not in page.links
    assert emile("Zoé Fictive").get(there(sent, "accuser-reception")).status_code == 409
    assert whole(portal)


def test_a_change_of_mind_puts_everything_back(client, portal, emile):
    sent = Sent(send(client))
    clerk = emile()
    follows(client, sent)
    client.submit(HERE, {"retrait": "oui"}, form=FORM)
    assert "peut changer d'avis pendant 24 heures" in clerk.page(there(sent)).text
    client.submit(HERE, form="annuler")
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})
    assert "Vous avez annulé le retrait" in client.page("/suivi").text
    assert f"Dossier {sent.number} : retrait annulé" in subjects(portal, "emile@595.exemple.fr")
    portal.clock.advance(hours=30)
    Monitor(portal).step()
    assert state(portal, sent.number)[0] == "recue"
    assert whole(portal)


def test_it_can_be_asked_again_after_a_change_of_mind(client, portal):
    sent = Sent(send(client))
    follows(client, sent)
    client.submit(HERE, {"retrait": "oui"}, form=FORM)
    client.submit(HERE, form="annuler")
    portal.clock.advance(hours=10)
    follows(client, sent)
    client.submit(HERE, {"retrait": "oui"}, form=FORM)
    portal.clock.advance(hours=20)
    Monitor(portal).step()
    assert state(portal, sent.number)[0] == "retrait_demande"
    portal.clock.advance(hours=5)
    Monitor(portal).step()
    assert state(portal, sent.number)[0] == "retiree"
    assert whole(portal)


def test_who_keeps_it_changes_nothing_and_who_says_nothing_is_asked(client, portal):
    sent = Sent(send(client))
    follows(client, sent)
    assert client.submit(HERE, {"retrait": "non"}, form=FORM).url.path == "/suivi"
    after = client.send_form(client.page(HERE), HERE, {}, form=FORM)
    assert after.status_code == 422
    assert "Choisissez “Oui” ou “Non”." in Page(after.text).text
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})


def test_two_tabs_ask_once_and_a_late_cancel_does_nothing(client, portal):
    sent = Sent(send(client))
    follows(client, sent)
    first, second = client.page(HERE), client.page(HERE)
    for page in (first, second):
        assert client.send_form(page, HERE, {"retrait": "oui"}, form=FORM).status_code == 200
    cancel = client.page(HERE)
    assert client.page("/suivi").text.count("Vous avez demandé le retrait") == 2  # the state, and one line of history
    portal.clock.advance(minutes=25)
    for _ in range(59):
        portal.clock.advance(minutes=25)
        client.get("/suivi")
    Monitor(portal).step()
    assert client.send_form(cancel, HERE, {}, form="annuler").status_code == 200
    assert state(portal, sent.number)[0] == "retiree"
    assert whole(portal)


def test_the_work_of_the_authority_can_go_on_while_it_is_asked(client, portal, emile):
    sent = Sent(send(client))
    clerk = emile()
    follows(client, sent)
    client.submit(HERE, {"retrait": "oui"}, form=FORM)
    clerk.submit(there(sent, "accuser-reception"), {"canal_ar": "email"})
    assert state(portal, sent.number) == ("retrait_demande", "D3", {"D1", "D2"})
    client.submit(HERE, form="annuler")
    assert state(portal, sent.number)[0] == "accusee"
    assert whole(portal)


def test_what_is_confided_stays_with_the_authority_that_holds_it(client, app, portal, emile):
    sent = Sent(send(client))
    clerk = emile()
    with SuspiciousClient(app, portal.database) as ordre:
        sign_in(ordre, portal, "MED-59", "Fatou Exemple")
        clerk.submit(there(sent, "transmettre-autorite"), form="transmettre-autorite#erreurs")
        follows(client, sent)
        said = {"retrait": "oui", "retrait_raison": "CANARI-RAISON", "retrait_pression": "oui"}
        client.submit(HERE, said, form=FORM)
        assert "CANARI-RAISON" in clerk.page(there(sent)).text
        seen = ordre.page(there(sent)).text
        assert "La personne demande à retirer sa plainte." in seen
        assert "CANARI-RAISON" not in seen
        assert "pression" not in seen
    taken = clerk.submit(there(sent, "exporter"), {"format": "json", "usage": "Lecture"})
    assert "retrait_demande" in taken.text
    assert "CANARI-RAISON" not in taken.text
    assert "is_pressed" not in taken.text


def test_one_that_cannot_be_opened_stops_no_other(client, portal):
    lost, other = Sent(send(client)), Sent(send(client))
    for sent in (lost, other):
        follows(client, sent)
        client.submit(HERE, {"retrait": "oui"}, form=FORM)
    with portal.database.write() as session:
        session.execute(update(Filing).where(Filing.number == lost.number).values(payload=b"0" * 60))
    portal.clock.advance(hours=25)
    Monitor(portal).step()
    assert state(portal, other.number)[0] == "retiree"
    assert state(portal, lost.number)[0] == "retrait_demande"


def test_nobody_withdraws_for_another(client, portal):
    send(client)
    assert client.get(HERE, follow_redirects=False).status_code == 303
    assert client.get(f"{HERE}/attestation", follow_redirects=False).status_code == 303


def test_the_person_is_told_until_when_it_can_be_cancelled(client, portal):
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    client.submit("/suivi/retirer", {"retrait": "oui", "retrait_raison": "CANARI-RAISON"})
    told = delivered(portal).to("amina.canari@exemple.fr")[-1]
    assert told.subject == f"Votre dossier {sent.number}"
    assert "Vous pouvez l’annuler jusqu’au 4 mars 2026 à 22 h 41." in told.text.replace("\u00a0", " ")
    assert "CANARI" not in told.text


def test_one_button_of_the_follow_up_cancels_the_withdrawal_and_says_so(client, portal):
    sent = Sent(send(client))
    follows(client, sent)
    client.submit(HERE, {"retrait": "oui"}, form=FORM)
    kept = Page(client.submit("/suivi", {}, button="Annuler le retrait", form="/retirer/annuler").text)
    assert "Le retrait est annulé. Votre plainte continue." in kept.text
    assert state(portal, sent.number)[0] != "retrait_demande"
    assert "Le retrait est annulé." not in client.page("/suivi").text
