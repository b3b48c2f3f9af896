"""« Fermer une autorité »: what is refused, what its day does to complaints, accounts and competence."""

from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.rules import CLERKS
from app.acts.succession import Successions
from app.filing.models import Filing
from app.filing.queries import filing_by_number, open_for_person
from app.filing.rules import AIGUILLAGE
from app.procedure.days import LegalDay
from app.routing.models import Authority, AuthorityClosure, ReferenceVersion
from app.routing.queries import authorities_for
from app.routing.service import load_reference
from tests.cast import Sent, come_in, send, sign_in
from tests.pages.test_moving import delivered, desks, holders, whole
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
THERE = "/administration/autorites/595/fermer"
REASON = "Arrêté inventé qui réunit les deux caisses"


@pytest.fixture
def admin(app, portal):
    """Another browser, signed in as an administrator."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
        yield one


def typed(portal, days=0, **changes):
    day = portal.clock().date() + timedelta(days=days)
    parts = {"fermeture_jour": str(day.day), "fermeture_mois": str(day.month), "fermeture_annee": str(day.year)}
    return {**parts, "successeur": "597", "motif": REASON, "comptes": "deplacer", **changes}


def press(browser, address, fields):
    """Send the form as it is, and fields that no list offers."""
    form = next(one for one in browser.page(address).forms if one.method == "post" and "erreurs" in one.action)
    return browser.post(address, data={**dict(form.fill({})), **fields})


def work(portal):
    """Do the rounds of the service until nothing is left."""
    rounds = Successions(portal)
    return sum(iter(lambda: rounds.step(Event()), 0))


def case_of(portal, number):
    with portal.database.read() as session:
        return open_for_person(session, portal.keyring, filing_by_number(session, number))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"successeur": "", "comptes": "desactiver"}, "Choisissez l'autorité qui succède"),
        ({"successeur": "MED-59"}, "du même type"),
        ({"successeur": "595"}, "du même type"),
        ({"successeur": "ZZZ"}, "du même type"),
        ({"successeur": ""}, "Sans autorité qui succède"),
        ({"fermeture_annee": "2025"}, "Cette date est passée"),
        ({"fermeture_mois": "13"}, "Cette date n'existe pas"),
        ({"motif": ""}, "Écrivez la raison."),
        ({"comptes": ""}, "Choisissez ce que deviennent les comptes."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(client, admin, portal, changes, says):
    send(client)
    assert "1 plainte y est en cours." in admin.page(THERE).text
    after = press(admin, THERE, typed(portal, **changes))
    assert after.status_code == 422
    page = Page(after.text)
    assert says in page.text
    if "motif" not in changes:
        assert REASON in after.text
    with portal.database.read() as session:
        assert session.get(AuthorityClosure, "595") is None


def test_one_that_closes_never_succeeds_and_a_decision_is_cancelled_before_its_day(admin, portal):
    other = THERE.replace("595", "597")
    decided = press(admin, THERE, typed(portal, days=3))
    assert Page(decided.text).done == "La fermeture de l'autorité est enregistrée."
    assert "Elle reçoit encore des plaintes jusqu'à ce jour." in admin.page(THERE).text
    circle = press(admin, other, typed(portal, successeur="595"))
    assert circle.status_code == 422
    alone = press(admin, other, typed(portal, successeur="", comptes="desactiver"))
    assert "elle reprend les plaintes en cours" in Page(alone.text).text  # 597 is to take those of 595
    assert work(portal) == 0
    page = admin.submit(THERE, {}, button="Annuler la fermeture", form="fermer")
    assert "Fermer cette autorité" in Page(page.text).source
    assert Page(page.text).done == "La fermeture de l'autorité est annulée."
    with portal.database.read() as session:
        assert session.get(AuthorityClosure, "595") is None
        assert not session.get_one(Authority, "595").is_retired


def test_on_its_day_everything_goes_to_the_successor(client, admin, app, portal, clock):
    sent = Sent(send(client))
    with SuspiciousClient(app, portal.database) as lille:
        sign_in(lille, portal, "595", "Émile Exemple")
        lille.submit(f"/agent/plaintes/{sent.number}/accuser-reception", {"canal_ar": "email"})
        before = case_of(portal, sent.number)
        assert LegalDay.ACKNOWLEDGE in before.now.told
        assert "émile" in admin.page(THERE).text.lower()
        press(admin, THERE, typed(portal, days=2))
        assert work(portal) == 0
        clock.advance(days=2)
        assert work(portal) == 1
        assert work(portal) == 0
        after = case_of(portal, sent.number)
        assert (after.now.receiver, after.now.informed) == ("597", before.now.informed)
        assert after.now.told == before.now.told  # what was done stays done
        assert after.filing.received_at == before.filing.received_at
        assert "autorite:597" in holders(portal, sent.number)
        assert "autorite:595" not in holders(portal, sent.number)
        assert set(desks(portal, sent.number)) == {"597", before.now.informed}
        sign_in(lille, portal, "597", "Roubaix Exemple")
        told = lille.page(f"/agent/plaintes/{sent.number}").text
        assert "a fermé" in told
        assert "Accusé de réception" in told
    (mail,) = [one for one in delivered(portal).to("amina.canari@exemple.fr") if "change d’autorité" in one.subject]
    assert "Roubaix" in mail.text
    with portal.database.read() as session:
        assert session.scalars(select(Account.authority).where(Account.name == "Émile Exemple")).all() == ["597"]
    come_in(admin, portal, "ada@aiguillage.exemple.fr", CLERKS)
    assert "0 plainte y est encore en cours." in admin.page(THERE).text
    with portal.database.write() as session:
        found = authorities_for(session, profession="10", commune="59350")
        assert found.cpam[0] == "597"
        session.get_one(ReferenceVersion, 1).digest = "before"
        load_reference(session, clock=clock)  # another version of the product
        assert session.get_one(Authority, "595").is_retired
        assert authorities_for(session, profession="10", commune="59350") == found
    assert whole(portal)


def test_a_council_that_closes_today_is_replaced_where_it_is_only_informed(client, admin, portal):
    sent = Sent(send(client))
    there = THERE.replace("595", "MED-59")
    before = case_of(portal, sent.number)
    assert before.now.informed == "MED-59"
    after = press(admin, there, typed(portal, successeur="MED-62", comptes="desactiver"))
    assert "Elles passent une par une" in Page(after.text).text
    assert Sent(send(client)).number  # received meanwhile: the successor is told of it
    assert work(portal) == 1
    now = case_of(portal, sent.number).now
    assert (now.receiver, now.informed) == (before.now.receiver, "MED-62")
    assert "autorite:MED-59" not in holders(portal, sent.number)
    assert whole(portal)
    with portal.database.read() as session:
        assert authorities_for(session, profession="10", commune="59350").council == ("MED-62",)
        assert not session.scalars(select(Filing.number).where(Filing.informed == "MED-59")).all()
        assert session.get_one(Authority, "MED-62").departements == "62"


def test_a_round_that_stops_leaves_the_rest_to_the_next(client, admin, portal):
    numbers = [Sent(send(client)).number for _ in range(3)]
    press(admin, THERE, typed(portal))
    rounds, stop = Successions(portal), Event()
    stop.set()
    assert rounds.step(stop) == 0
    assert "3 plaintes y sont encore en cours." in admin.page(THERE).text
    assert work(portal) == 3
    assert {case_of(portal, number).now.receiver for number in numbers} == {"597"}


def test_without_a_successor_it_closes_once_nothing_is_open(client, admin, portal):
    press(admin, THERE, typed(portal, days=1, successeur="", comptes="desactiver"))
    sent = Sent(send(client))
    portal.clock.advance(days=1)
    work(portal)
    with portal.database.read() as session:
        assert session.get_one(AuthorityClosure, "595").in_force_at is None
        assert not session.get_one(Authority, "595").is_retired
    assert case_of(portal, sent.number).now.receiver == "595"
