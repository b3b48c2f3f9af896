"""« Absences »: declared with a replacement, who is proposed, told and shown the complaints of the absent colleague."""

import pytest

from app.accounts.models import Account
from app.intake.absences.models import Absence
from app.intake.reminders import Notices
from tests.cast import Sent, clerk, come_in, filed, send, sign_in
from tests.pages.test_caring import account, address, listed, there
from tests.rooms.test_notices import at_nine, mails
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE, LIST = "/agent/absences", "/agent/plaintes"
ZOE, NOUR = "Zoé Fictive", "Nour Inventée"


@pytest.fixture
def emile(app, portal):
    """A clerk of the CPAM of Lille-Douai, signed in, with two colleagues; it is 3 March 2026."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, "595")
        clerk(portal, "595", ZOE)
        clerk(portal, "595", NOUR)
        yield one


@pytest.fixture
def zoe(app, portal, emile):
    with SuspiciousClient(app, portal.database) as one:
        come_in(one, portal, address(portal, ZOE))
        yield one


def days(first, last):
    """Write two days of March 2026."""
    return {
        f"absent_{name}_{part}": value
        for name, day in (("du", first), ("au", last))
        for part, value in (("jour", str(day)), ("mois", "mars"), ("annee", "2026"))
    }


def declare(browser, portal, replacement=ZOE, first=3, last=12, **more):
    typed = {**days(first, last), "remplacant": account(portal, replacement) if replacement else "", **more}
    return browser.submit(HERE, typed, button="Déclarer l'absence")


def test_the_replacement_sees_what_the_absent_colleague_took_care_of(client, portal, emile, zoe):
    his, hers, nobodys = (Sent(send(client)) for _ in range(3))
    emile.submit(there(his, "attribuer"), {"agent_id": account(portal, "Émile Exemple")})
    zoe.submit(there(hers, "attribuer"), {"agent_id": account(portal, ZOE)})
    both = f"{LIST}?attribution=moi_et_absents"
    assert listed(zoe.page(both), his, hers, nobodys) == [hers]
    declare(emile, portal)
    page = zoe.page(LIST)
    assert "Vous remplacez Émile Exemple jusqu'au 12 mars 2026" in page.text
    assert listed(zoe.page(page.links["Voir ses plaintes et les vôtres"]), his, hers, nobodys) == [his, hers]
    assert listed(zoe.page(f"{LIST}?attribution=moi"), his, hers, nobodys) == [hers]
    assert "Vous remplacez" not in emile.page(LIST).text
    portal.clock.advance(days=10)
    come_in(zoe, portal, address(portal, ZOE))
    assert "Vous remplacez" not in zoe.page(LIST).text


def test_a_new_complaint_is_proposed_to_the_replacement(portal, emile, zoe):
    number = filed(portal).number
    declare(emile, portal)
    page = Page(emile.get(f"{LIST}/{number}/attribuer").text)
    assert "Émile Exemple, absence jusqu'au 12 mars 2026 : Zoé Fictive remplace" in page.text
    emile.send_form(page, f"{LIST}/{number}/attribuer", {"note": ""})
    assert f"Attribuée à : {ZOE}" in zoe.page(f"{LIST}/{number}").text
    asked = zoe.submit(LIST, {"dossier": [number]}, form="lot/attribuer")
    assert "Zoé Fictive remplace" in Page(asked.text).text


def test_the_replacement_receives_the_mails_of_the_absent(client, portal, emile):
    Sent(send(client))
    with portal.database.write() as session:
        for one in session.query(Account).filter_by(name=ZOE):
            one.role = "lecteur"
    declare(emile, portal)
    with portal.database.write() as session:
        from app.routing.models import Authority  # noqa: PLC0415 - a mailbox that is that of a clerk

        session.get_one(Authority, "595").email = address(portal, "Émile Exemple")
    at_nine(portal, 4)
    assert Notices(portal).step() == 2
    assert {one.to for one in mails(portal)} == {address(portal, "Émile Exemple"), address(portal, ZOE)}


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (12, 5, "Le dernier jour vient avant le premier"),
        (1, 2, "Cette absence est déjà finie"),
        (31, 31, None),
    ],
)
def test_days_are_checked(portal, emile, first, last, says):
    answer = declare(emile, portal, first=first, last=last)
    assert answer.status_code == (422 if says else 200)
    assert (says or "31 mars 2026") in Page(answer.text).text


def test_an_absence_of_years_is_refused_and_nobody_replaces_oneself(portal, emile):
    long = declare(emile, portal, absent_au_annee="2027")
    assert long.status_code == 422
    assert "un an au plus" in Page(long.text).text
    nobody = declare(emile, portal, replacement="")
    assert "Choisissez qui le remplace" in Page(nobody.text).text
    shown = Page(emile.get(HERE).text)
    form = next(one for one in shown.forms if "remplacant" in one.names)
    assert account(portal, "Émile Exemple") not in form.offered("remplacant")


def test_overlaps_and_chains_that_come_back_are_told(portal, emile, zoe):
    declare(emile, portal)
    again = declare(emile, portal, first=12, last=20)
    assert again.status_code == 422
    assert "déjà déclarée du 3 mars 2026 au 12 mars 2026" in Page(again.text).text
    back = declare(zoe, portal, replacement="Émile Exemple", first=10, last=20)
    assert back.status_code == 422
    assert "Cette personne est remplacée par celle qui est absente" in Page(back.text).text
    assert declare(zoe, portal, replacement=NOUR, first=10, last=20).status_code == 200


def test_the_manager_declares_and_ends_those_of_all_and_a_clerk_their_own(app, portal, emile, zoe):
    with SuspiciousClient(app, portal.database) as rosa:
        sign_in(rosa, portal, "595", "Rosa Exemple", "responsable")
        who = {"absent": account(portal, ZOE)}
        oneself = declare(rosa, portal, **who)
        assert oneself.status_code == 422
        assert "elle serait absente aussi" in Page(oneself.text).text
        declare(rosa, portal, replacement=NOUR, **who)
        assert "Annuler cette absence" not in Page(emile.get(HERE).text).text
        with portal.database.read() as session:
            path = f"{HERE}/{session.query(Absence).one().id}/fin"
        page = Page(emile.get(HERE).text)
        refused = emile.send_form(page, HERE, days(3, 4), form="absences#erreurs")
        assert refused.status_code == 422
        rosa.submit(HERE, form=path)
        assert "Aucune absence en cours" in Page(rosa.get(HERE).text).text
        assert Page(declare(emile, portal).text).done == "L'absence est déclarée."
        assert Page(emile.submit(HERE, form="/fin").text).done == "L'absence est annulée."
        assert "Aucune absence en cours" in Page(emile.get(HERE).text).text


def test_a_replacement_who_left_replaces_nobody_and_what_is_over_is_forgotten(portal, emile):
    declare(emile, portal)
    with portal.database.write() as session:
        session.get_one(Account, account(portal, ZOE)).disabled_at = portal.clock()
    assert "Aucune absence en cours" in Page(emile.get(HERE).text).text
    number = filed(portal).number
    assert "remplace" not in Page(emile.get(f"{LIST}/{number}/attribuer").text).text
    portal.clock.advance(days=15)
    come_in(emile, portal, address(portal, "Émile Exemple"))
    declare(emile, portal, replacement=NOUR, first=20, last=22)
    with portal.database.read() as session:
        assert session.query(Absence).count() == 1


def test_another_authority_sees_and_ends_nothing_of_it(app, portal, emile):
    declare(emile, portal)
    with SuspiciousClient(app, portal.database) as gael:
        sign_in(gael, portal, "597", "Gaël Exemple", "responsable")
        page = gael.page(HERE)
        assert "Aucune absence en cours" in page.text
        assert ZOE not in page.text
        with portal.database.read() as session:
            path = f"{HERE}/{session.query(Absence).one().id}/fin"
        csrf = next(dict(form.fill({}))["csrf"] for form in page.forms if form.method == "post")
        assert gael.post(path, data={"csrf": csrf}).status_code == 404
        sign_in(gael, portal, "595", "Lise Fictive", "lecteur")
        assert gael.get(HERE).status_code == 403
