"""The register of approved associations: asked to be known, checked, renewed, told before the end."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account, Invitation
from app.accounts.service import add_member
from app.associations import registry
from app.associations.models import Agrement, AssociationRequest
from app.associations.notices import Expiries
from app.associations.rules import Agreement, agreed_on, why_not_sending
from app.filing.rules import AIGUILLAGE
from app.notifications.models import OutboxMail
from tests.cast import ASSOCIATION, sign_in, sign_in_member
from tests.pages.test_acknowledging import delivered
from tests.support.client import SuspiciousClient
from tests.support.html import Page

DESCRIBED = {"nom": "Association Inventée", "rna": "W 000 000 001", "courriel": "bureau@association.exemple.fr"}
DATED = {
    "numero_agrement": "N2024RN0001",
    "niveau": "regional",
    "region": "32",
    "debut_jour": "1",
    "debut_mois": "3",
    "debut_annee": "2024",
    "fin_jour": "1",
    "fin_mois": "mars",
    "fin_annee": "2029",
}
ASKED = {
    **DESCRIBED,
    "numero_agrement": "N2024RN0001",
    "reference_arrete": "Arrêté inventé du 1er mars 2024",
    "contact": "Rita Fictive",
}
LIST = "/administration/associations"


@pytest.fixture
def admin(client, portal):
    sign_in(client, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
    return client


def every(portal):
    with portal.database.read() as session:
        return registry.every(session)


def asking(admin, **changes):
    """Ask as an association that nobody knows; give the page of the request, to add it, and the one to refuse it."""
    asked = admin.submit("/association/demander", {**ASKED, **changes})
    assert "Votre demande est enregistrée" in asked.text
    links = list(admin.page(LIST).links.values())
    add = next(link for link in links if "?demande=" in link)
    return add, next(link for link in links if "/demandes/" in link)


def test_an_association_asks_and_is_added_once_checked_and_invited_where_it_said(admin, portal, app):
    for left_out in ("reference_arrete", "contact", "courriel"):
        assert admin.submit("/association/demander", {**ASKED, left_out: ""}).status_code == 422
    admin.submit("/association/demander", {**ASKED, "rna": "12"})
    form, _ = asking(admin)
    assert "bureau@association.exemple.fr" in admin.page(LIST).text
    assert "Personne à joindre : Rita Fictive" in admin.page(LIST).text.replace("\u00a0", " ")
    assert admin.submit(form, {**DATED, "courriel": ""}).status_code == 422
    added = admin.submit(form, DATED)
    assert Page(added.text).done == "L'association est ajoutée, et invitée par e-mail."
    assert "Invitation envoyée à bureau@association.exemple.fr, valable jusqu" in Page(added.text).text
    with portal.database.read() as session:
        (waiting,) = session.scalars(select(Invitation))
        assert session.get(Agrement, "N2024RN0001").decision == "Arrêté inventé du 1er mars 2024"
        association = every(portal)[0].row.id
        assert (waiting.role, waiting.association) == ("responsable_association", association)
    (mail,) = delivered(portal).to("bureau@association.exemple.fr")
    with SuspiciousClient(app, portal.database) as newcomer:
        assert newcomer.get(re.search(r"/invitation/\S+", mail.text)[0]).status_code == 200
    assert "demandent à être ajoutées" not in admin.page(LIST).text
    (one,) = every(portal)
    assert (one.row.name, one.row.rna) == ("Association Inventée", "W000000001")
    assert one.agreements[0].ends_on == date(2029, 3, 1)


def test_a_request_is_refused_and_erased(admin, portal):
    _, refuse = asking(admin)
    assert admin.submit(refuse, {"raison": None}).status_code == 422
    assert "Écrivez la raison" in admin.submit(refuse, {"raison": "autre"}).text
    with portal.database.read() as session:
        assert len(registry.requests(session, portal.keyring)) == 1
    told = admin.submit(refuse, {"raison": "termine", "precision": "Il a fini en mars."})
    assert Page(told.text).done == "La demande est refusée : l'association reçoit la raison."
    with portal.database.read() as session:
        assert registry.requests(session, portal.keyring) == []
        assert session.scalars(select(AssociationRequest.content)).all() == [b""]
    (mail,) = delivered(portal).to("bureau@association.exemple.fr")
    assert "Cet agrément a pris fin. Il a fini en mars." in mail.text
    assert "Association Inventée" not in mail.text
    assert admin.get(refuse).status_code == 404


def test_who_has_an_account_already_is_not_invited_and_nothing_is_added(admin, portal):
    with portal.database.read() as session:
        known = session.scalar(select(Account.email).where(Account.name == "Ada Imaginaire"))
    form, _ = asking(admin, courriel=known)
    assert admin.submit(form, DATED).status_code == 422
    assert every(portal) == []


def test_the_invitation_asks_for_a_fresh_proof_like_every_other(admin, portal, clock):
    form, _ = asking(admin)
    clock.advance(minutes=11)
    assert admin.get(form).url.path == "/agent/confirmer"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"fin_annee": "2030"}, "cinq ans au plus : jusqu'au 1er mars 2029"),
        ({"fin_annee": "2023"}, "doit venir après son début"),
        (
            {"numero_agrement": "X2", "debut_annee": "2028", "fin_annee": "2033"},
            "chevauchent l'agrément n° N2024RN0001",
        ),
        ({"numero_agrement": "X2", "region": ""}, "Choisissez la région."),
        ({"numero_agrement": "X2", "debut_jour": "31", "debut_mois": "2"}, "Cette date n'existe pas."),
    ],
)
def test_days_that_the_register_refuses_are_said_next_to_them(admin, portal, changes, says):
    admin.submit(f"{LIST}/nouvelle", {**DESCRIBED, **DATED})
    (one,) = every(portal)
    where = f"{LIST}/{one.row.id}"
    told = admin.submit(where, {**DATED, **changes}, form=f"{where}/agrements#erreurs")
    assert told.status_code == 422
    assert says in told.text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    assert [two.agreements for two in every(portal)] == [one.agreements]


def test_a_site_that_would_run_a_script_is_not_kept(admin, portal):
    told = admin.submit(f"{LIST}/nouvelle", {**DESCRIBED, **DATED, "site": "javascript:alert(1)"})
    assert (told.status_code, "https://www.exemple.fr" in told.text) == (422, True)
    assert every(portal) == []
    admin.submit(f"{LIST}/nouvelle", {**DESCRIBED, **DATED, "site": "exemple.fr/nous?a=1"})
    assert every(portal)[0].row.site == "https://exemple.fr/nous?a=1"


def test_a_renewal_follows_and_a_number_is_corrected(admin, portal):
    added = admin.submit(f"{LIST}/nouvelle", {**DESCRIBED, **DATED})
    assert Page(added.text).done == "L'association est ajoutée."
    (one,) = every(portal)
    where = f"{LIST}/{one.row.id}"
    next_one = {"numero_agrement": "N2029RN0002", "debut_jour": "2", "debut_annee": "2029", "fin_annee": "2034"}
    agreed = admin.submit(where, {**DATED, **next_one}, form=f"{where}/agrements#erreurs")
    assert Page(agreed.text).done == "L'agrément est enregistré."
    admin.submit(where, {**DATED, "fin_jour": "28", "fin_mois": "2"}, form=f"{where}/agrements#erreurs")
    renamed = admin.submit(where, {**DESCRIBED, "nom": "Autre Nom"}, form=f"{where}#erreurs")
    assert Page(renamed.text).done == "La fiche de l'association est enregistrée."
    (two,) = every(portal)
    assert [(a.number, a.ends_on) for a in two.agreements] == [
        ("N2024RN0001", date(2029, 2, 28)),
        ("N2029RN0002", date(2034, 3, 1)),
    ]
    assert two.row.name == "Autre Nom"


def test_the_end_of_an_agreement_is_told_at_90_30_and_7_days_once_each(portal, clock):
    with portal.database.write() as session:
        row = registry.add(session, {"name": "Association Inventée", "rna": "W000000001", "email": "a@exemple.fr"})
        fresh = Agreement("N1", "national", "", date(2021, 7, 1), date(2026, 7, 1))
        registry.agree(session, row.id, fresh)
    told = {}
    for day in range(125):
        Expiries(portal)  # a restart
        if Expiries(portal).step() and _mails(portal) != told.get("last"):
            told["last"] = _mails(portal)
            told.setdefault("days", []).append(day)
        clock.advance(days=1)
    assert told["days"] == [30, 90, 113, 120]  # 2 April, 1 June, 24 June, 1 July: 90, 30, 7 days before, the last day
    assert told["last"] == 4
    ends = [letter for letter in delivered(portal).to("a@exemple.fr") if "1er juillet 2026" in letter.subject]
    assert len(ends) == 4


def test_the_end_is_told_to_those_who_answer_for_the_association_and_to_the_administrators(admin, portal, clock, app):
    with portal.database.write() as session:
        registry.add(session, {"name": "Association Inventée", "rna": "W000000001"}, ASSOCIATION)
        registry.agree(session, ASSOCIATION, Agreement("N1", "national", "", date(2021, 4, 1), date(2026, 4, 1)))
    where = f"{LIST}/{ASSOCIATION}"
    with SuspiciousClient(app, portal.database) as manager:
        sign_in_member(manager, portal, "Rita Fictive", ASSOCIATION, "responsable_association")
        assert "prend fin le 1er avril 2026" in manager.page("/association/plaintes").text.replace("\u00a0", " ")
        day = {"demande_jour": "2", "demande_mois": "2", "demande_annee": "2026"}
        assert manager.submit("/association/agrement", {**day, "demande_annee": "2027"}).status_code == 422
        early = manager.submit("/association/agrement", {**day, "demande_annee": "2021"})
        assert (early.status_code, "Votre agrément a commencé le 1er avril 2021." in Page(early.text).text) == (
            422,
            True,
        )
        asked = manager.submit("/association/agrement", day)
        assert Page(asked.text).done == "La date de votre demande est enregistrée."
        assert "Renouvellement demandé le 2 février 2026" in manager.page("/association/plaintes").text.replace(
            "\u00a0", " "
        )
    assert "renouvellement demandé le 2 février 2026" in admin.page(where).text.replace("\u00a0", " ")
    Expiries(portal).step()
    with portal.database.read() as session:
        to = {one.role: one.email for one in session.scalars(select(Account))}
    post = delivered(portal)
    (theirs,), (ours,) = post.to(to["responsable_association"]), post.to(to["admin"])
    assert "1er avril 2026" in theirs.text.replace("\u00a0", " ")
    assert "demandé le renouvellement le 2 février 2026" in ours.text.replace("\u00a0", " ")
    assert not agreed_on(every(portal)[0].agreements, date(2026, 4, 2))


@pytest.mark.engines("sqlite", "postgresql")
def test_a_withdrawal_ends_the_agreement_that_day_and_changes_nothing_before(admin, portal, clock):
    admin.submit(f"{LIST}/nouvelle", {**DESCRIBED, **DATED})
    (one,) = every(portal)
    where = f"{LIST}/{one.row.id}"
    with portal.database.write() as session:
        add_member(
            *(session, portal.keyring, "rita@exemple.fr", "Rita Fictive", one.row.id),
            *("responsable_association", "phrase-longue-inventee", portal.clock),
        )
    typed = {"retrait_jour": "1", "retrait_mois": "3", "retrait_annee": "2026", "retrait_reference": "Arrêté inventé"}
    for wrong, says in (
        ({"retrait_annee": "2027"}, "n'est pas encore passée"),
        ({"retrait_annee": "2023"}, "n'avait pas d'agrément ce jour-là"),
        ({"retrait_reference": ""}, "Écrivez la référence"),
    ):
        told = admin.submit(f"{where}/retrait", {**typed, **wrong})
        said = told.text.replace("’", "'").replace("\u2011", "-")
        assert (told.status_code, says in said) == (422, True), wrong
    assert every(portal)[0].agreements == one.agreements
    done = admin.submit(f"{where}/retrait", typed)
    assert Page(done.text).done == "Le retrait de l'agrément est enregistré."
    assert "retiré le 1er mars 2026" in Page(done.text).text.replace("\u00a0", " ")
    (two,) = every(portal)
    days = [agreed_on(two.agreements, day) for day in (date(2026, 2, 28), date(2026, 3, 1))]
    assert days == [two.agreements[0], None]
    assert two.agreements[0].ends_on == date(2029, 3, 1)
    assert "a été retiré le 1er mars 2026" in why_not_sending(two.agreements, date(2026, 3, 2), "", str)
    post = delivered(portal)
    for to in ("bureau@association.exemple.fr", "rita@exemple.fr"):
        assert ["1er mars 2026" in mail.text.replace("\u00a0", " ") for mail in post.to(to)] == [True]
    again = {"numero_agrement": "N2026RN0003", "debut_annee": "2026", "fin_annee": "2031"}
    admin.submit(where, {**DATED, **again}, form=f"{where}/agrements#erreurs")
    assert [a.number for a in every(portal)[0].agreements] == ["N2024RN0001", "N2026RN0003"]


def _mails(portal):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(OutboxMail))
