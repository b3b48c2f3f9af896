"""An association files for a person: its own drafts, the mandate on paper, the agreement on the day of sending."""

from datetime import date

import pytest

from app.filing import queries
from app.filing.models import FilingKey
from app.filing.rules import association_holder
from app.mandats import registry
from app.mandats.rules import Agreement
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import ASSOCIATION, Sent, sign_in_member
from tests.journeys import DENTIST, PNG, TRUE
from tests.support.client import SuspiciousClient
from tests.support.html import Page

DESK = "/association/plaintes"
PERSON = {"pers_prenom": "Amina", "pers_nom": "Canari-Nom", "pers_email": "amina.canari@exemple.fr"}
SIGNED = {"mandat_date_jour": "2", "mandat_date_mois": "mars", "mandat_date_annee": "2026"}
PAPER = {"mandat_fichier": [("mandat.png", PNG, "image/png")]}
ANSWERS = {**DENTIST.pages, "identite": {}, "joindre": {}, "mandat": {"mandat_portee": ["saisir"], **SIGNED}}


def agree(portal, until=date(2028, 6, 1)):
    with portal.database.write() as session:
        registry.add(session, {"name": "Entraide Inventée", "rna": "W000000001"}, ASSOCIATION)
        registry.agree(session, ASSOCIATION, Agreement("N2024RN0001", "national", "", date(2024, 1, 1), until))


@pytest.fixture
def member(client, portal):
    sign_in_member(client, portal)
    return client


def prepare(member, until="verifier", files=PAPER):
    """Begin for a person, and answer each page that comes, up to ``until``."""
    page = member.submit("/association/nouvelle", PERSON)
    for _ in range(40):
        name = str(page.url.path).split("/", 3)[3]
        if name == until:
            break
        read = Page(page.text)
        if not [form for form in read.forms if form.method == "post" and form.action.startswith("/saisine/")]:
            page = member.get(next(a.get("href") for a in read.all("a") if "govuk-button" in a.get("class", "")))
            continue
        after = member.send_form(read, page.url.path, dict(ANSWERS.get(name, {})), files if name == "mandat" else None)
        assert after.url.path != page.url.path, Page(after.text).text
        page = after
    return page


def test_it_sends_with_the_paper_mandate_which_is_sealed_with_the_complaint(member, portal, app):
    agree(portal)
    last = prepare(member)
    assert "Amina" in Page(last.text).text
    assert "(1)" in member.page(DESK).text
    sent = Sent(member.send_form(Page(last.text), last.url.path, TRUE, button="Envoyer ma plainte"))
    with portal.database.read() as session:
        filing = queries.filing_by_number(session, sent.number)
        opened = queries.open_for_person(session, portal.keyring, filing)
        holder = association_holder(ASSOCIATION)
        wrapped = session.get(FilingKey, (filing.id, holder)).wrapped
        assert portal.keyring.unwrap(wrapped, holder) == opened.key
    shown = opened.payload["association"]
    assert (filing.channel, opened.payload["person"]) == ("association", "Amina Canari-Nom")
    assert shown["agreement"]["number"] == "N2024RN0001"
    assert (shown["mandate"]["signed_on"], shown["mandate"]["scope"]) == ("2026-03-02", ["saisir"])
    assert shown["mandate"]["files"][0]["sha256"] == opened.payload["files"][0]["sha256"]
    assert sent.number in member.page(DESK).text
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_nothing_leaves_without_the_mandate_and_nothing_is_lost(member, portal):
    agree(portal)
    page = prepare(member, until="mandat")
    where = page.url.path
    for typed, files, says in (
        ({"mandat_portee": ["saisir"], **SIGNED}, None, "Ajoutez le mandat signé."),
        ({"mandat_portee": ["recevoir"], **SIGNED}, PAPER, "Faire cette plainte en mon nom"),
        ({"mandat_portee": ["saisir"], **dict.fromkeys(SIGNED, "")}, None, "Écrivez la date de signature."),
        ({"mandat_portee": ["saisir"], **SIGNED, "mandat_date_jour": "4"}, None, "n'est pas encore passée."),
    ):
        told = member.submit(where, typed, files)
        assert told.status_code == 422
        assert says in Page(told.text).text
    last = where.replace("mandat", "verifier")
    assert "Il manque une réponse" in member.page(last).text


@pytest.mark.parametrize("until", [date(2026, 3, 2), None])
def test_an_association_whose_agreement_ended_prepares_and_does_not_send(member, portal, until):
    if until:
        agree(portal, until)
    last = prepare(member)
    refused = member.send_form(Page(last.text), last.url.path, TRUE, button="Envoyer ma plainte")
    assert refused.status_code == 409
    says = "a pris fin le 2 mars 2026. Vous pouvez suivre vos plaintes, mais pas en envoyer." if until else "pas encore"
    assert says in Page(refused.text).text
    assert says in member.page(DESK).text
    assert "(1)" in member.page(DESK).text


def test_only_the_members_who_take_care_of_it_open_it(member, portal, app):
    agree(portal)
    where = prepare(member, until="lieu").url.path
    for name, association, role, opens in (
        ("Noé Imaginaire", ASSOCIATION, "membre_association", False),
        ("Rita Fictive", ASSOCIATION, "responsable_association", True),
        ("Gaël Fictif", "autre-association", "responsable_association", False),
    ):
        with SuspiciousClient(app, portal.database) as other:
            assert other.get(where).status_code == 404
            sign_in_member(other, portal, name, association, role)
            assert (other.get(where).status_code == 200) is opens
            assert ("Canari-Nom" in other.page(DESK).text) is opens
    member.submit(DESK, form="/association/deconnexion")
    assert member.get(where).status_code == 404
