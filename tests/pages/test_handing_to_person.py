"""An association whose agreement ended gives a complaint to the person, who sends it herself."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from app.accounts.models import AccessLine
from app.associations.models import AssociationRecord
from app.evidence.models import Evidence
from app.filing.models import FilingKey
from app.saisine.handed_to_person import as_own
from app.saisine.models import Draft, MandateRequest
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import sign_in_member
from tests.journeys import TRUE
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import DESK, agree, prepare
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
BY_MAIL, PRINTED = {"moyen": "email", "courriel": "amina.canari@exemple.fr"}, {"moyen": "papier"}


@pytest.fixture
def over(client, portal):
    """Give the address of a complaint whose mandate was signed, by a member whose association is agreed no more."""
    agree(portal, until=date(2026, 3, 1))
    sign_in_member(client, portal)
    last = prepare(client)
    where = f"/association/dossiers/{last.url.path.split('/')[2]}"
    client.submit(where, {"note": "Canari-Note"}, form=f"{where}/note#erreurs")
    assert f"{where}/remettre" in last.text
    assert f"{where}/remettre" in client.get(DESK).text
    return where


def rows(portal, table):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def onwards(person, page):
    """Send a page as it is filled, but for the first question, which nobody was asked; give the next one."""
    read = Page(page.text)
    if any(form.method == "post" and form.action.startswith("/saisine/") for form in read.forms):
        needed = {"besoin_soins": "non"} if page.url.path.endswith("/soins") else {}
        return person.send_form(read, page.url.path, needed)
    return person.get(next(a.get("href") for a in read.all("a") if "govuk-button" in a.get("class", "")))


def test_the_person_gets_the_link_and_sends_it_as_her_own(client, portal, app, over):
    assert client.submit(f"{over}/remettre", {"moyen": None, "courriel": ""}).status_code == 422
    assert client.submit(f"{over}/remettre", {**BY_MAIL, "courriel": ""}).status_code == 422
    b = over.rsplit("/", 1)[1]
    assert client.get(f"/saisine/{b}/verifier").status_code == 200
    done = client.submit(f"{over}/remettre", BY_MAIL)
    assert "La plainte est remise à la personne" in done.text
    for path in (over, f"{over}/remettre", f"/saisine/{b}/verifier", f"/saisine/{b}/mandat"):
        assert client.get(path).status_code == 404, path
    assert "Canari-Nom" not in client.get(DESK).text
    assert [rows(portal, table) for table in (AssociationRecord, Evidence, MandateRequest)] == [0, 0, 0]
    with portal.database.read() as session:
        line = session.scalars(select(AccessLine).where(AccessLine.kind == "brouillon_remis")).one()
        assert (line.subject, session.scalars(select(Draft.association)).one()) == (b, "")
    (mail,) = delivered(portal).to("amina.canari@exemple.fr")
    assert "Canari-Nom" not in mail.text
    link = re.search(r"/reprendre/lien/\S+", mail.text)[0]
    with SuspiciousClient(app, portal.database) as person:
        page = person.submit(link, {}, button="Ouvrir mon dossier")
        for _ in range(40):
            if page.url.path.endswith("/verifier"):
                break
            page = onwards(person, page)
        assert "Canari-Nom" in Page(page.text).text
        assert "Le dentiste a dit" in Page(page.text).text
        assert "mandat" not in Page(page.text).text
        sent = person.send_form(Page(page.text), page.url.path, {**TRUE}, button="Envoyer ma plainte")
        assert "/confirmation" in sent.url.path, Page(sent.text).text
    assert client.get(link).status_code == 410
    with portal.database.read() as session:
        holders = session.scalars(select(FilingKey.holder)).all()
    assert not [holder for holder in holders if holder.startswith("association:")]
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_a_printed_link_is_shown_and_opens_once(client, portal, app, over):
    done = client.submit(f"{over}/remettre", PRINTED)
    link = re.search(r"/reprendre/lien/[^<\s]+", done.text)[0]
    with SuspiciousClient(app, portal.database) as person:
        assert person.submit(link, {}, button="Ouvrir mon dossier").status_code == 200
        assert person.get(link).status_code == 410


def test_an_association_that_is_agreed_hands_nothing(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    last = prepare(client)
    where = f"/association/dossiers/{last.url.path.split('/')[2]}"
    assert "/remettre" not in last.text
    assert client.get(f"{where}/remettre").url.path == where


@pytest.mark.parametrize(
    ("giver", "quality", "measure"),
    [("personne", "moi", None), ("parent", "enfant", None), ("tutelle", "protege", ["tutelle"]), ("?", None, None)],
)
def test_the_answers_become_those_of_whoever_was_to_give_the_mandate(giver, quality, measure):
    kept = {"mandant": [giver], "mandat_portee": ["saisir"], "recit": ["Un refus"], "=recit": ["", "", "", "Mona"]}
    told = {"recit": ["Un refus"], "besoin_soins": [""]} | ({"qualite": [quality]} if quality else {})
    assert as_own(kept) == told | ({"mesure": measure} if measure else {})
