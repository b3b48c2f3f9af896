"""« Envoyer à une autre autorité »: rights, dates, mails and history, on both databases."""

import pytest
from sqlalchemy import select

from app.filing.models import Filing, FilingDesk, FilingEvent, FilingKey
from app.filing.rules import AIGUILLAGE
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from app.routing.models import CpamException
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent, send, sign_in
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
REASON = {"raison": "lieu_exercice"}


@pytest.fixture
def browser(app, portal):
    """Open another browser, signed in for an authority."""
    opened = []

    def opens(authority, name="Émile Exemple", role="agent"):
        one = SuspiciousClient(app, portal.database)
        opened.append(one.__enter__())
        sign_in(one, portal, authority, name, role)
        return one

    yield opens
    for one in opened:
        one.__exit__(None, None, None)


def where(number):
    return f"/agent/plaintes/{number}"


def desks(portal, number):
    with portal.database.read() as session:
        rows = session.execute(
            select(FilingDesk.authority, FilingDesk.role, FilingDesk.next_due_on)
            .join(Filing, Filing.id == FilingDesk.filing_id)
            .where(Filing.number == number)
        ).all()
    return {row.authority: (row.role, row.next_due_on.isoformat()) for row in rows}


def holders(portal, number):
    with portal.database.read() as session:
        wanted = select(FilingKey.holder).join(Filing, Filing.id == FilingKey.filing_id).where(Filing.number == number)
        return set(session.scalars(wanted))


def delivered(portal):
    post = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, post, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    return post


def whole(portal):
    return verify(portal, trust_of(portal.settings, portal.keyring)).problems == []


def test_the_other_caisse_receives_it_with_the_first_date(client, portal, browser):
    sent = Sent(send(client))
    portal.clock.advance(days=2)
    lille, roubaix = browser("595"), browser("597", "Noé Fictif")
    assert roubaix.get(where(sent.number)).status_code == 404
    page = lille.page(where(sent.number))
    ask = page.links["Envoyer à une autre autorité"]
    after = lille.submit(ask, {"nouvelle_autorite": "597", "raison": "autre", "raison_texte": "Le cabinet a déménagé."})
    assert after.url.path == "/agent/plaintes"
    assert desks(portal, sent.number) == {"597": ("destinataire", "2026-03-11"), "MED-59": ("informee", "9999-12-31")}
    assert holders(portal, sent.number) == {"portail", "autorite:597"}
    assert lille.get(where(sent.number)).status_code == 404
    shown = roubaix.page(where(sent.number)).text
    assert "CANARI-RECIT" in shown
    assert "mardi 3 mars 2026" in shown
    assert "Envoyée à une autre autorité" in shown
    assert "Le cabinet a déménagé." in shown
    follow = client.submit("/reprendre", {"code": sent.code})
    told = Page(follow.text).text
    assert "la CPAM de Roubaix-Tourcoing" in told
    assert "Envoyée à l'autorité compétente" in told
    assert "Le cabinet a déménagé." not in told
    assert whole(portal)


def test_everybody_is_told_and_no_mail_says_what_the_complaint_says(client, portal, browser):
    sent = Sent(send(client))
    lille = browser("595")
    browser("597", "Noé Fictif")
    gone = lille.submit(where(sent.number) + "/reorienter", {"nouvelle_autorite": "597", **REASON})
    assert Page(gone.text).done == "La plainte est envoyée à l'autre autorité."
    post = delivered(portal)
    told = {letter.to: letter for letter in post.letters if "plainte" in letter.subject or "autorité" in letter.subject}
    person = told["amina.canari@exemple.fr"]
    assert person.subject == f"Votre dossier {sent.number} change d’autorité"
    assert "à l’autorité compétente\u00a0: CPAM de Roubaix-Tourcoing. La date de réception" in person.text
    assert "11 mars" in told["noe@597.exemple.fr"].text
    assert "L.\u00a0114-2" in told["emile@595.exemple.fr"].text
    for letter in post.letters:
        assert "CANARI" not in letter.text.replace("canari@", "")


def test_a_box_without_authority_is_emptied_and_the_caisse_of_the_town_is_kept(client, portal, browser):
    sent = Sent(send(client, pro_commune="Lambersart"))
    assert set(desks(portal, sent.number)) == {AIGUILLAGE}
    lou = browser(AIGUILLAGE, "Lou Fictive")
    page = lou.page(where(sent.number))
    assert "Autorités possibles" in page.text
    ask = page.links["Choisir l'autorité compétente"]
    lou.submit(ask, {"nouvelle_autorite": "595", "retenir": "oui", **REASON})
    assert desks(portal, sent.number) == {"595": ("destinataire", "2026-03-11"), "MED-59": ("informee", "9999-12-31")}
    with portal.database.read() as session:
        (kept,) = session.scalars(select(CpamException).where(CpamException.origin == "decision"))
    assert (kept.scope_code, kept.caisses, kept.decided_by) == ("59328", "595", "Lou Fictive")
    assert kept.decided_at == portal.clock()
    assert desks(portal, Sent(send(client, pro_commune="Lambersart")).number) == {
        "595": ("destinataire", "2026-03-11"),
        "MED-59": ("informee", "9999-12-31"),
    }
    assert whole(portal)


def test_it_comes_back_and_each_step_stays(client, portal, browser):
    sent = Sent(send(client))
    lille, roubaix = browser("595"), browser("597", "Noé Fictif")
    lille.submit(where(sent.number) + "/reorienter", {"nouvelle_autorite": "597", **REASON})
    portal.clock.advance(minutes=20)
    roubaix.submit(where(sent.number) + "/reorienter", {"nouvelle_autorite": "595", **REASON})
    assert holders(portal, sent.number) == {"portail", "autorite:595"}
    assert lille.page(where(sent.number)).text.count("Envoyée à une autre autorité") == 2
    assert whole(portal)
    post = delivered(portal)
    moved = [one for one in post.to("amina.canari@exemple.fr") if "change d’autorité" in one.subject]
    assert len(moved) == 2
    told = browser(AIGUILLAGE, "Ada Imaginaire", "admin").page("/administration/aiguillage").text
    assert f"appelez les deux autorités. {sent.number}" in told


def test_the_ordre_may_receive_and_then_the_caisse_is_informed(client, portal, browser):
    sent = Sent(send(client))
    browser("595").submit(where(sent.number) + "/reorienter", {"nouvelle_autorite": "MED-59", "raison": "tableau"})
    assert desks(portal, sent.number) == {"MED-59": ("destinataire", "2026-03-11"), "595": ("informee", "9999-12-31")}
    assert whole(portal)


def test_two_clerks_at_once_send_it_once(client, portal, browser):
    sent = Sent(send(client))
    one, two = browser("595"), browser("595", "Zoé Fictive")
    there = where(sent.number) + "/reorienter"
    late = two.page(there)
    one.submit(there, {"nouvelle_autorite": "597", **REASON})
    after = two.send_form(late, there, {"nouvelle_autorite": "594", **REASON})
    assert after.status_code == 404
    assert set(desks(portal, sent.number)) == {"597", "MED-59"}
    with portal.database.read() as session:
        kinds = session.scalars(select(FilingEvent.kind)).all()
    assert kinds.count("reorientation") == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, ["Choisissez la nouvelle autorité.", "Choisissez la raison."]),
        ({"nouvelle_autorite": "597", "raison": "autre", "raison_texte": ""}, ["Écrivez la raison."]),
        ({"nouvelle_autorite": "595", **REASON}, ["Ce dossier est déjà à cette autorité."]),
        ({"nouvelle_autorite": "NULLE-PART", **REASON}, ["Choisissez la nouvelle autorité."]),
        ({"nouvelle_autorite": "'; DROP", **REASON}, ["Choisissez la nouvelle autorité."]),
    ],
)
def test_what_is_missing_is_said_and_nothing_moves(client, portal, browser, typed, told):
    sent = Sent(send(client))
    lille = browser("595")
    there = where(sent.number) + "/reorienter"
    form = next(one for one in lille.page(there).forms if "reorienter#" in one.action)
    after = lille.post(there, data={**dict(form.fill({"raison_texte": "Texte gardé"})), **typed})
    assert after.status_code == 422
    for words in told:
        assert words in Page(after.text).text
    kept = (Page(after.text).by_id("raison_texte").text or "").strip()
    assert kept == typed.get("raison_texte", "Texte gardé")
    assert set(desks(portal, sent.number)) == {"595", "MED-59"}


def test_who_does_not_hold_it_sends_nothing(client, portal, browser):
    sent = Sent(send(client))
    there = where(sent.number) + "/reorienter"
    for authority, name in (("MED-59", "Fatou Exemple"), ("594", "Gaël Fictif"), (AIGUILLAGE, "Lou Fictive")):
        assert browser(authority, name).get(there).status_code == 404
    assert client.get(there, follow_redirects=False).status_code == 303


def offered(page, name):
    return [one.get("value") for one in page.by_id(name).iter("option") if one.get("value")]


def test_the_list_of_authorities_is_looked_into_without_a_script(client, browser):
    sent = Sent(send(client))
    caisse = browser("595")
    there = f"{where(sent.number)}/reorienter"
    whole_list = offered(caisse.page(there), "nouvelle_autorite")
    page = caisse.page(f"{there}?cherche=roubaix+tourcoing")
    assert offered(page, "nouvelle_autorite") == ["597"]
    assert "La liste propose 1 autorité trouvée." in page.text
    page = caisse.page(f"{there}?cherche=nulle-part")
    assert offered(page, "nouvelle_autorite") == whole_list
    assert "Aucune autorité ne correspond : la liste les propose toutes." in page.text
    page = caisse.page(f"{where(sent.number)}/confirmer-ordre?cherche=nord")
    assert offered(page, "autre_autorite")[-1] == "AUCUNE"
    assert 1 < len(offered(page, "autre_autorite")) < 40
