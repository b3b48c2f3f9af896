"""An association files for a person: its own drafts, the mandate on paper, the agreement on the day of sending."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from app.associations import registry
from app.associations.rules import Agreement
from app.filing import queries
from app.filing.models import FilingKey
from app.filing.rules import association_holder
from app.saisine.models import Draft
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import ASSOCIATION, Sent, sign_in_member
from tests.journeys import DENTIST, PNG, TRUE, choose_receiver
from tests.pages.test_acknowledging import delivered
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words
from tests.support.pdf import text_of

DESK = "/association/plaintes"
PERSON = {"pers_prenom": "Amina", "pers_nom": "Canari-Nom", "pers_email": "amina.canari@exemple.fr"}
SIGNED = {"mandat_date_jour": "2", "mandat_date_mois": "mars", "mandat_date_annee": "2026"}
PAPER = {"mandat_fichier": [("mandat.png", PNG, "image/png")]}
ANSWERS = {
    **DENTIST.pages,
    "identite/mandant": {},
    "joindre-par": {},
    "joindre": {},
    "mandat": {"mandat_portee": ["saisir"], **SIGNED},
}


def agree(portal, until=date(2028, 6, 1)):
    with portal.database.write() as session:
        registry.add(session, {"name": "Entraide Inventée", "rna": "W000000001"}, ASSOCIATION)
        registry.agree(session, ASSOCIATION, Agreement("N2024RN0001", "national", "", date(2024, 1, 1), until))


FROZEN = (
    "Je m'appelle Amina Canari-Nom.",
    "à l'association Entraide Inventée, RNA W000000001.",
    "Elle est agréée : n° N2024RN0001, national, jusqu'au 1er juin 2028.",
    "contre : Durand-Fictif, Dentiste ou orthodontiste, Bastia (20200, Haute-Corse).",
    "Les faits : On a refusé de me faire un devis. Date des faits : mi-février 2026.",
    "Faire cette plainte en mon nom : oui. Recevoir les courriers : non.",
    "Mandat signé sur papier, le 2 mars 2026.",
)


@pytest.fixture
def member(client, portal):
    sign_in_member(client, portal)
    return client


def prepare(member, until="verifier", files=PAPER, person=PERSON, answers=ANSWERS):
    """Begin for a person, and answer each page that comes, up to ``until``."""
    page = member.submit("/association/nouvelle", person)
    for _ in range(40):
        name = str(page.url.path).split("/", 3)[3]
        if name == until:
            break
        read = Page(page.text)
        if not [form for form in read.forms if form.method == "post" and form.action.startswith("/saisine/")]:
            page = member.get(next(a.get("href") for a in read.all("a") if "govuk-button" in a.get("class", "")))
            continue
        after = member.send_form(read, page.url.path, dict(answers.get(name, {})), files if name == "mandat" else None)
        assert after.url.path != page.url.path, Page(after.text).text
        page = after
    return choose_receiver(member, page, answers.get("destinataire", {})) if until == "verifier" else page


def test_it_sends_with_the_paper_mandate_which_is_sealed_with_the_complaint(member, portal, app):
    agree(portal)
    last = prepare(member)
    assert "Amina" in Page(last.text).text
    assert "(1)" in member.page(DESK).text
    sent = Sent(member.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs"))
    with portal.database.read() as session:
        filing = queries.filing_by_number(session, sent.number)
        opened = queries.open_for_person(session, portal.keyring, filing)
        holder = association_holder(ASSOCIATION)
        wrapped = session.get(FilingKey, (filing.id, holder)).wrapped
        assert portal.keyring.unwrap(wrapped, holder) == opened.key
    shown = opened.payload["association"]
    assert (filing.channel, opened.payload["person"]) == ("association", "Amina Canari-Nom")
    assert shown["agreement"]["number"] == "N2024RN0001"
    assert (shown["member"], "software" in shown) == ("Mona Inventée", False)
    assert (shown["mandate"]["signed_on"], shown["mandate"]["scope"]) == ("2026-03-02", ["saisir"])
    assert shown["mandate"]["text"] == "3"
    frozen = " ".join(shown["mandate"]["words"]).replace("’", "'").replace("\u00a0", " ")
    assert [one for one in FROZEN if one not in frozen] == []
    assert shown["mandate"]["files"][0]["sha256"] == opened.payload["files"][0]["sha256"]
    assert sent.number in member.page(f"{DESK}?etat=envoyees").text
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def press_send(member, person=PERSON):
    """Prepare for a person and send."""
    last = prepare(member, person=person)
    return Sent(member.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs"))


CODE = re.compile(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b")


def test_the_code_reaches_the_person_by_e_mail_and_never_the_association(member, portal, app):
    agree(portal)
    sent = press_send(member)
    where = sent.path.removesuffix("confirmation")
    listed = member.page(f"{DESK}?etat=envoyees").text
    said = f"{sent.page.text} {text_of(member.get(where + 'recepisse').content)} {listed}"
    assert not CODE.findall(said.replace(sent.number, ""))
    assert sent.code == ""
    assert "Il est à la personne, pas à l'association" in sent.page.text
    assert member.get(f"{where}feuille-de-suivi").url.path == sent.path
    (mail,) = delivered(portal).to(PERSON["pers_email"])
    assert "L’association Entraide Inventée a fait une plainte en votre nom." in mail.text
    link = re.search(r"/reprendre/lien/\S+", mail.text).group()
    with SuspiciousClient(app, portal.database) as amina:
        for _ in range(3):  # what reads mails before her uses nothing up
            assert amina.get(link).status_code == 200
        opened = Page(amina.submit(link).text)
        code = words(opened.by_id("code-personnel"))
        assert CODE.fullmatch(code)
        assert "L'ancien code" not in opened.text
        assert amina.get(link).status_code == 410
        assert amina.submit("/reprendre", {"code": code}).url.path == "/suivi"
    assert code not in member.page(sent.path).text


@pytest.mark.parametrize(("days", "status"), [(6, 200), (7, 410)])
def test_the_link_to_the_first_code_lasts_seven_days(member, portal, clock, app, days, status):
    agree(portal)
    press_send(member)
    (mail,) = delivered(portal).to(PERSON["pers_email"])
    clock.advance(days=days)
    with SuspiciousClient(app, portal.database) as amina:
        assert amina.get(re.search(r"/reprendre/lien/\S+", mail.text).group()).status_code == status


def test_without_an_address_of_the_person_nothing_is_promised(member, portal):
    agree(portal)
    sent = press_send(member, {**PERSON, "pers_email": "", "pers_telephone": "06 12 34 56 78"})
    assert "aucun code ne peut lui être envoyé pour le moment" in sent.page.text
    assert not sent.code
    assert not delivered(portal).to(PERSON["pers_email"])


def test_a_code_kept_by_an_earlier_release_is_not_shown_to_the_association_any_more(member, portal):
    agree(portal)
    sent = press_send(member)
    with portal.database.write() as session:
        row = session.scalars(select(Draft)).one()
        row.sent_code = portal.keyring.seal(b"H7KD-2MPX-9WQ4-VT3R", f"draft|{row.id}|code")
    assert "H7KD" not in member.page(sent.path).text
    assert member.get(sent.path.replace("confirmation", "feuille-de-suivi")).url.path == sent.path


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
    refused = member.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs")
    assert refused.status_code == 409
    says = (
        "a pris fin le 2 mars 2026. Vous pouvez préparer vos plaintes, mais pas en envoyer." if until else "pas encore"
    )
    for page in (Page(refused.text), member.page(DESK), member.page("/association/nouvelle")):
        assert says in page.text
        assert "Écrivez à" not in page.text  # this instance names nobody to write to
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


NOT_YET = ("annuler son mandat", "mandat en ligne", "suivre vos plaintes", "ensuite une invitation", "vous écrit")


def test_the_pages_of_associations_promise_only_what_there_is(client, portal):
    asked = client.submit(
        "/association/demander",
        {
            "nom": "Soins Inventés",
            "rna": "",
            "numero_agrement": "N2024",
            "reference_arrete": "Arrêté inventé",
            "contact": "Rita Fictive",
            "courriel": "a@exemple.fr",
        },
    )
    pages = [Page(asked.text), client.page("/association"), client.page("/association/demander")]
    agree(portal)
    sign_in_member(client, portal)
    pages += [client.page(path) for path in (DESK, "/association/nouvelle", "/association")]
    said = " ".join(page.text for page in pages).replace("’", "'")
    assert "S'il est confirmé, l'invitation part à l'adresse e-mail que vous avez donnée" in said
    assert [words for words in NOT_YET if words in said] == []
