"""The mandate of an association ends: by the person, by a paper, by the association; it reads nothing any more."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from app.filing.models import Filing, FilingEvent
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import filed, sign_in, sign_in_member
from tests.journeys import PNG
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import DESK, PERSON, agree, press_send
from tests.support.acts import day
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words
from tests.support.rewind import lived

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE = "/suivi/mandat/annuler"
OVER = "Mandat terminé : vous ne lisez plus cette plainte."


@pytest.fixture
def browsers(app, portal):
    """Open a browser for each of those who have their own."""
    opened = [SuspiciousClient(app, portal.database) for _ in range(2)]
    for one in opened:
        one.__enter__()
    yield opened
    for one in opened:
        one.__exit__(None, None, None)


@pytest.fixture
def sent(run, client, portal):
    """Send a complaint as Mona, for Amina, by the pages."""
    return lived(run, portal, client, "sent_by_mona", lambda: sent_by_mona(client, portal))


def sent_by_mona(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    return press_send(client)


def amina(portal, browser):
    """Come to the follow-up by the link that Amina had by e-mail."""
    (mail,) = (one for one in delivered(portal).to(PERSON["pers_email"]) if "/reprendre/lien/" in one.text)
    opened = Page(browser.submit(re.search(r"/reprendre/lien/\S+", mail.text).group()).text)
    return Page(browser.submit("/reprendre", {"code": words(opened.by_id("code-personnel"))}).text)


def receiver(portal, sent):
    with portal.database.read() as session:
        return session.scalars(select(Filing.receiver).where(Filing.number == sent.number)).one()


def is_whole(portal):
    return not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def reads_nothing(portal, member, sent):
    """Check that the association is refused everywhere, and told why in its list."""
    where = sent.path.removesuffix("confirmation")
    for path in (sent.path, f"{where}recepisse", f"{where}recepisse/lire", f"{where}feuille-de-suivi"):
        assert member.get(path).status_code == 404, path
    assert member.get(f"{DESK}/{sent.number}/rendre-mandat").status_code == 404
    shown = member.page(f"{DESK}?etat=envoyees").text
    assert sent.number in shown
    assert OVER in shown
    assert "Canari-Nom" not in shown
    with portal.database.read() as session:
        assert session.scalars(select(Filing.received_at).where(Filing.number == sent.number)).one()


def test_the_person_ends_it_from_the_follow_up(client, portal, sent, browsers):
    home = amina(portal, browsers[0])
    assert "L'association Entraide Inventée a fait cette plainte en votre nom" in home.text
    asked = browsers[0].page(home.links["Annuler le mandat de l'association"])
    assert "sans dire pourquoi" in asked.text
    nothing = browsers[0].submit(HERE, {})
    assert nothing.status_code == 422
    assert "Choisissez “Oui” ou “Non”." in Page(nothing.text).text
    assert browsers[0].submit(HERE, {"mandat_annuler": "non"}).url.path == "/suivi"
    assert client.get(sent.path).status_code == 200
    before = asked
    for _ in range(2):  # pressed twice
        done = Page(browsers[0].send_form(before, HERE, {"mandat_annuler": "oui"}).text)
        assert done.h1 == "Le mandat est annulé"
    assert "depuis le 3 mars 2026 à 22 h 41" in done.text
    home = browsers[0].page("/suivi")
    assert "Annuler le mandat de l'association" not in home.links
    assert "Vous avez annulé le mandat de l'association" in home.text
    reads_nothing(portal, client, sent)
    with portal.database.read() as session:
        kinds = list(session.scalars(select(FilingEvent.kind).where(FilingEvent.kind.startswith("mandat"))))
    assert kinds == ["mandat_revoque"]
    assert is_whole(portal)


def test_everybody_is_told_whom_to_write_to(portal, sent, browsers):
    sign_in(browsers[1], portal, receiver(portal, sent))
    amina(portal, browsers[0])
    browsers[0].submit(HERE, {"mandat_annuler": "oui"})
    post = delivered(portal)
    (told,) = (one for one in post.letters if "n'agit plus" in one.subject.replace("’", "'"))
    assert "Écrivez désormais directement à la personne." in told.text
    page = browsers[1].page(f"/agent/plaintes/{sent.number}")
    assert "Mandat de l'association annulé par la personne" in page.text
    assert "Mandat terminé le" in page.text
    assert "Enregistrer la fin du mandat" not in page.links


def test_a_clerk_registers_the_paper_of_the_person(client, portal, sent, browsers):
    sign_in(browsers[1], portal, receiver(portal, sent))
    page = browsers[1].page(f"/agent/plaintes/{sent.number}")
    where = page.links["Enregistrer la fin du mandat"]
    lacking = browsers[1].submit(where, day("ecrit_le", portal.clock().date()))
    assert lacking.status_code == 422
    assert "Ajoutez l'écrit de la personne." in Page(lacking.text).text
    typed, paper = day("ecrit_le", portal.clock().date()), {"ecrit": [("lettre.png", PNG, "image/png")]}
    assert browsers[1].submit(where, typed, paper).url.path == f"/agent/plaintes/{sent.number}"
    shown = browsers[1].page(f"/agent/plaintes/{sent.number}").text
    assert "Mandat de l'association annulé par un écrit de la personne" in shown
    reads_nothing(portal, client, sent)
    assert "Le mandat de l'association est annulé par votre écrit" in amina(portal, browsers[0]).text
    assert is_whole(portal)


def test_the_paper_may_be_older_than_the_receipt_but_not_than_the_mandate(portal, sent, browsers):
    """Given on 2 March, received on 3 March: the association had not read the paper (Code civil, article 2008)."""
    sign_in(browsers[1], portal, receiver(portal, sent))
    where = f"/agent/plaintes/{sent.number}/fin-du-mandat"
    paper = {"ecrit": [("lettre.png", PNG, "image/png")]}
    early = browsers[1].submit(where, day("ecrit_le", date(2026, 3, 1)), paper)
    assert early.status_code == 422
    assert "Cette date est avant le mandat, donné le 2 mars 2026." in Page(early.text).text
    done = browsers[1].submit(where, day("ecrit_le", date(2026, 3, 2)), paper)
    assert "Écrit du 2 mars 2026" in Page(done.text).text
    assert is_whole(portal)


def test_the_association_gives_it_up(client, portal, sent, browsers):
    asked = client.page(client.page(sent.path).links["Rendre le mandat"])
    assert sent.number in asked.h1
    here = f"{DESK}/{sent.number}/rendre-mandat"
    given_up = client.send_form(asked, here, {}, form="rendre-mandat")
    assert (given_up.url.path, Page(given_up.text).done) == (DESK, "Le mandat est rendu.")
    assert (
        client.send_form(asked, here, {}, form="rendre-mandat").status_code == 404
    )  # there is nothing to give up any more
    reads_nothing(portal, client, sent)
    assert "L'association a rendu son mandat" in amina(portal, browsers[0]).text
    assert is_whole(portal)


def test_only_who_takes_care_of_it_gives_it_up(client, portal, sent, browsers):
    here = f"{DESK}/{sent.number}/rendre-mandat"
    assert browsers[0].get(here).url.path == "/association/connexion"
    sign_in_member(browsers[0], portal, "Noé Imaginaire")
    assert browsers[0].get(here).status_code == 404
    sign_in_member(browsers[1], portal, "Gaël Fictif", "autre-association", "responsable_association")
    assert browsers[1].get(here).status_code == 404
    assert client.get(here).status_code == 200


def test_a_complaint_that_nobody_filed_for_the_person_has_no_mandate_to_end(client, portal):
    client.submit("/reprendre", {"code": filed(portal).code})
    assert client.page(HERE).h1 == "Aucune association n'agit pour vous"
    assert not [form for form in client.page(HERE).forms if form.action.startswith(HERE)]
    assert "mandat" not in client.page("/suivi").text
