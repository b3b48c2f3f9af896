"""The demonstration files as an association: one agreed today, one whose agreement has ended."""

import pyotp
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.queries import seed_of
from app.association_desk.filters import Tab
from app.demo import accounts, association_stories, associations, service
from app.filing.models import Filing
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent
from tests.journeys import TRUE
from tests.pages.test_association_list import rows_of
from tests.pages.test_associations import prepare
from tests.support.html import Page


def fill(portal):
    with portal.database.write() as session:
        if not accounts.exist(session):
            accounts.add_all(session, portal, portal.clock)
        associations.add_all(session, portal, portal.clock)
        return session.scalar(select(func.count()).select_from(Account))


def sign_in(client, portal, email):
    with portal.database.read() as session:
        seed = seed_of(portal.keyring, session.scalars(select(Account).where(Account.email == email)).one())
    code = pyotp.TOTP(seed).at(portal.clock())
    typed = {"email": email, "mot_de_passe": accounts.PASSWORD, "code_otp": code}
    client.submit("/association/connexion", typed)


def test_the_association_that_is_agreed_sends(client, portal):
    assert fill(portal) == fill(portal)
    sign_in(client, portal, "noe@entraide-sante.exemple.fr")
    last = prepare(client)
    assert Sent(client.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs")).number


def test_the_association_whose_agreement_has_ended_prepares_and_does_not_send(client, portal):
    fill(portal)
    sign_in(client, portal, associations.OLD_MEMBER[0])
    assert "a pris fin le" in client.page("/association/plaintes").text
    last = prepare(client)
    refused = client.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs")
    assert (refused.status_code, "a pris fin le" in Page(refused.text).text) == (409, True)


def test_the_desk_holds_a_complaint_in_each_state_and_the_register_is_whole(client, portal):
    service.fill(portal)
    sign_in(client, portal, association_stories.MONA)
    kept = {tab.value: listed(client, f"?etat={tab}&tri=changement") for tab in Tab}
    assert [(row[1], row[2], row[5]) for row in kept["a_completer"]] == [
        ("Lina Exemple", "", "À compléter"),
        ("Hugo Inventé", "ES-006", "À compléter"),
    ]
    assert [(row[1], row[2], row[5]) for row in kept["envoyees"]] == [
        ("Vera Fictive", "ES-005", "Accusé envoyé"),
        ("Diego Imaginaire", "ES-004", "Reçue"),
        ("Farid Inventé", "ES-002", "Réunion fixée"),
        ("Karima Inventée", "ES-003", "Chez le directeur"),
        ("", "", "Mandat terminé\N{NO-BREAK SPACE}: vous ne lisez plus cette plainte."),
    ]
    assert [(row[1], row[3]) for row in kept["en_retard"]] == [("Diego Imaginaire", "urgent, atelier du lundi")]
    assert [(row[1], row[5]) for row in kept["terminees"]] == [("Aline Fictive", "Terminée")]
    page = client.page("/association/plaintes")
    assert "Mandat demandé le" in client.page(page.links["Reprendre Hugo Inventé"]).text
    meeting = next(row[0] for row in kept["envoyees"] if row[1] == "Farid Inventé")
    assert "Répondre pour la réunion" in client.page(f"/association/plaintes/{meeting}").text
    with portal.database.read() as session:
        notified = select(Filing.receiver, Filing.informed).where(Filing.state == "procedure_directeur")
        assert session.execute(notified).all() == [("595", "")]
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_the_association_whose_agreement_has_ended_has_a_draft(client, portal):
    service.fill(portal)
    sign_in(client, portal, associations.OLD_MEMBER[0])
    assert [row[1] for row in listed(client)] == ["Rémi Fictif"]


def listed(client, asked=""):
    return rows_of(client.get(f"/association/plaintes.csv{asked}"))[1:]
