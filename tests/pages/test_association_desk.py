"""What an association reads of a complaint that it sent: its own key, its powers, and nothing once the mandate ends."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.queries import Clerk
from app.acts.turn import own_case
from app.associations import registry
from app.conciliation.meeting.fix import MeetingPage
from app.conciliation.recidive import RecidivePage
from app.conciliation.rules import Recidive
from app.filing.documents import wording
from app.filing.ledger import chain
from app.filing.queries import filing_by_number
from app.filing.sealed.receipt import Duplicated
from app.filing.status.annotations import DUPLICATE
from app.intake.desk.case import DeskCase
from tests.cast import ASSOCIATION, filed, filed_for, sign_in, sign_in_member
from tests.pages.test_acknowledging import POST, delivered
from tests.support.acts import day
from tests.support.client import SuspiciousClient

pytestmark = pytest.mark.engines("sqlite", "postgresql")
DESK = "/association/plaintes"
WRITTEN = "CANARI-MESSAGE de la personne"


@pytest.fixture
def opens(app, portal):
    """Open one more browser."""
    opened = []

    def another():
        opened.append(SuspiciousClient(app, portal.database).__enter__())
        return opened[-1]

    yield another
    for one in opened:
        one.__exit__(None, None, None)


@pytest.fixture
def mona(client, portal):
    """Sign in a member of the association."""
    sign_in_member(client, portal)
    return client


def test_it_reads_where_it_stands_what_comes_and_what_was_done(mona, portal):
    number = filed_for(portal).number
    page = mona.page(f"{DESK}/{number}")
    assert number in page.h1
    assert "La plainte a été reçue le mardi 3 mars 2026." in page.text
    assert "Au plus tard le mercredi 11 mars 2026 Envoyer l'accusé de réception" in page.text.replace("’", "'")
    assert "Reçue par le directeur de la CPAM" in page.text
    assert "Plainte reçue" in page.text
    assert "Faire cette plainte en mon nom" in page.text
    assert f"{DESK}/{number}/rendre-mandat" == page.links["Rendre le mandat"]
    assert mona.get(page.links["Télécharger le récépissé (PDF)"]).headers["content-type"] == "application/pdf"
    assert mona.page(page.links["Lire le récépissé"]).h1 == "Récépissé de dépôt d'une plainte"
    assert mona.page(f"{DESK}?etat=envoyees").links[number] == f"{DESK}/{number}"


@pytest.mark.parametrize("powers", [(), ("representer",), ("recevoir",)])
def test_what_was_written_is_read_under_the_power_to_receive_letters_alone(mona, portal, opens, powers):
    made = filed_for(portal, "Mona Inventée", *powers)
    person, desk = opens(), opens()
    person.submit("/reprendre", {"code": made.code})
    person.submit("/suivi/message", {"message": WRITTEN})
    sign_in(desk, portal, receiver_of(portal, made.number))
    desk.submit(f"/agent/plaintes/{made.number}/repondre", {"message": "CANARI-REPONSE"})
    page = mona.page(f"{DESK}/{made.number}").text
    assert "Message de la personne" in page  # the history says that something was written, whatever the powers
    assert "Message à la personne" in page
    for written in (WRITTEN, "CANARI-REPONSE"):
        assert (written in page) is ("recevoir" in powers), written
    assert ("Le mandat ne vous permet pas de recevoir les courriers" in page) is ("recevoir" not in powers)
    assert "vu" not in page.split("Histoire de la plainte", maxsplit=1)[0].lower().split()
    assert made.code not in page


def test_nobody_else_finds_it(mona, portal, opens):
    number = filed_for(portal).number
    here = f"{DESK}/{number}"
    assert opens().get(here).url.path == "/association/connexion"
    for name, association, role, status in (
        ("Noé Imaginaire", ASSOCIATION, "membre_association", 404),
        ("Gaël Fictif", "autre-association", "responsable_association", 404),
        ("Rita Fictive", ASSOCIATION, "responsable_association", 200),
    ):
        browser = opens()
        sign_in_member(browser, portal, name, association, role)
        assert browser.get(here).status_code == status, name
    assert mona.get(f"{DESK}/{filed(portal).number}").status_code == 404
    assert mona.get(f"{DESK}/SA-2026-AAAA-AAAA").status_code == 404
    with portal.database.write() as session:
        session.scalars(select(Account).where(Account.name == "Mona Inventée")).one().disabled_at = portal.clock()
    assert mona.get(here).url.path == "/association/connexion"


def test_once_the_mandate_ended_it_is_not_found(mona, portal):
    number = filed_for(portal, "Mona Inventée", "recevoir").number
    here = f"{DESK}/{number}"
    mona.submit(f"{here}/rendre-mandat", form="rendre-mandat")
    assert mona.get(here).status_code == 404


def test_that_there_is_another_complaint_of_the_person_is_not_told(mona, portal):
    made, other = filed_for(portal), filed(portal)
    with portal.database.write() as session:
        case = own_case(session, portal, filing_by_number(session, made.number))
        twin = Duplicated(words="", twin=other.number, twin_received_at=chain.instant(portal.clock()))
        case.write(DUPLICATE, twin)
    page = mona.page(f"{DESK}/{made.number}").text
    assert "Suivie avec une autre plainte" not in page
    assert other.number not in page


SPOKEN_TO = re.compile(r"\b(?:votre plainte|vous (?:avez|recevez))\b", re.IGNORECASE)


def test_every_sentence_that_speaks_to_the_person_is_said_of_the_person_to_an_association():
    said = [words for name, words in vars(wording).items() if name.isupper() and isinstance(words, str)]
    assert len([words for words in said if SPOKEN_TO.search(words)]) > 5
    assert [words for words in said if SPOKEN_TO.search(wording.of_the_person(words))] == []


def receiver_of(portal, number):
    with portal.database.read() as session:
        return filing_by_number(session, number).receiver


NEWS = "Du nouveau dans la plainte {}"


def news(portal, number):
    """Send what waits; list to whom it is said that there is something new in a complaint."""
    return [one for one in delivered(portal).letters if one.subject == NEWS.format(number)]


def register(portal, email="contact@entraide.exemple.fr"):
    with portal.database.write() as session:
        registry.add(session, {"name": "Entraide Inventée", "rna": "W000000001", "email": email}, ASSOCIATION)


@pytest.mark.parametrize("way", [{"canal_ar": "email"}, {"canal_ar": "courrier", **day("poste_le", date(2026, 3, 3))}])
@pytest.mark.parametrize("powers", [(), ("representer",), ("recevoir",)])
def test_an_acknowledgement_is_told_to_the_association_that_receives_letters(mona, portal, opens, powers, way):
    register(portal)
    both: dict[str, str | list[str]] = {**POST, "moyens": ["email", "courrier"], "email": "amina.canari@exemple.fr"}
    number = filed_for(portal, "Mona Inventée", *powers, **both).number
    desk = opens()
    sign_in(desk, portal, receiver_of(portal, number))
    desk.submit(f"/agent/plaintes/{number}/accuser-reception", {**way, "message": "CANARI-AJOUT"})
    told = news(portal, number)
    assert [one.to for one in told] == ["contact@entraide.exemple.fr"] * ("recevoir" in powers)
    for one in told:
        assert f"/association/plaintes/{number}" in one.text
        assert "CANARI" not in one.text
    page = mona.page(f"{DESK}/{number}").text
    assert "Accusé de réception envoyé" in page
    assert ("CANARI-AJOUT" in page) is ("recevoir" in powers)


def test_without_an_address_in_the_register_who_answers_for_it_is_told(mona, portal, opens):
    register(portal, email="")
    sign_in_member(opens(), portal, "Rita Fictive", role="responsable_association")
    number = filed_for(portal, "Mona Inventée", "recevoir").number
    desk = opens()
    sign_in(desk, portal, receiver_of(portal, number))
    desk.submit(f"/agent/plaintes/{number}/demander-piece", {"demande": "Une copie ?"})
    assert [one.to for one in news(portal, number)] == [f"rita@{ASSOCIATION}.exemple.fr"]


def test_once_the_mandate_ended_nothing_is_told_any_more(mona, portal, opens):
    register(portal)
    number = filed_for(portal, "Mona Inventée", "recevoir").number
    mona.submit(f"{DESK}/{number}/rendre-mandat", form="rendre-mandat")
    desk = opens()
    sign_in(desk, portal, receiver_of(portal, number))
    desk.submit(f"/agent/plaintes/{number}/repondre", {"message": "CANARI-REPONSE"})
    assert news(portal, number) == []


@pytest.mark.parametrize(
    ("page", "said", "told"), [(MeetingPage, "", 1), (RecidivePage, Recidive.OUI, 1), (RecidivePage, Recidive.NON, 0)]
)
def test_a_step_of_the_conciliation_is_told_when_the_person_has_something_new_to_read(portal, page, said, told):
    register(portal)
    number = filed(portal, by_association=True, powers=["recevoir"]).number
    with portal.database.write() as session:
        emile = Clerk("", "Émile Exemple", "", receiver_of(portal, number), "", "agent", "Europe/Paris")
        page().tell(DeskCase.open(session, portal, emile, number), SimpleNamespace(recidive=said))
    assert [one.to for one in news(portal, number)] == ["contact@entraide.exemple.fr"] * told
