"""The link under which a clerk's own calendar reads the dates of the desk: shown once, cut at will, no name in it."""

import re

import pytest
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import AccessLine, Account, CalendarLink
from app.base.secrets import fingerprint
from app.intake.web import subscription
from tests.cast import Sent, clerk, come_in, send
from tests.support.client import SuspiciousClient, page_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
PAGE = "/agent/agenda/abonnement"
FEED = re.compile(r"/calendrier/([\w-]{43})\b")


@pytest.fixture
def emile(app, portal, client):
    """A clerk of Lille, where a complaint was received."""
    with SuspiciousClient(app, portal.database) as opened:
        email, _seed = clerk(portal, "595")
        come_in(opened, portal, email)
        yield opened


def made(who):
    """Make a link; give its address."""
    page = who.page(PAGE)
    assert not FEED.search(page.text)
    answer = who.send_form(page, PAGE, {}, form=PAGE)
    assert page_of(answer).done == "Le lien est créé. S'il y en avait un autre, il ne sert plus."
    return FEED.search(answer.text).group()


def account(session):
    return session.scalars(select(Account).where(Account.email == "emile@595.exemple.fr")).one()


def test_a_link_gives_numbers_and_acts_without_a_session_and_no_name(client, emile, portal):
    sent = Sent(send(client))
    where = made(emile)
    with portal.database.read() as session:
        link = session.scalars(select(CalendarLink)).one()
        assert link.token_hash == fingerprint(where.rsplit("/", 1)[1])
    client.cookies.clear()
    answer = client.get(where)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert f"UID:{sent.number}-d2@saisine" in answer.text
    assert "CANARI" not in answer.text
    assert "Exemple" not in answer.text
    client.get(where)
    with portal.database.read() as session:
        noted = [(line.kind, line.place) for line in session.scalars(select(AccessLine).order_by(AccessLine.n))]
    assert noted.count(("agenda_lu", "595")) == 1, "a calendar asks each hour: once a day is noted"
    assert ("agenda_lien", "595") in noted


def test_a_link_is_shown_for_some_minutes_then_never(emile, portal):
    where = made(emile)
    assert where in emile.page(PAGE).text
    portal.clock.advance(minutes=29)
    emile.page(PAGE)
    portal.clock.advance(minutes=2)
    page = emile.page(PAGE)
    assert not FEED.search(page.text)
    assert "Un lien existe depuis le 3 mars 2026." in " ".join(page.text.split())
    assert emile.get(where).status_code == 200


def test_a_link_that_is_replaced_or_cut_gives_nothing(emile):
    first = made(emile)
    page = emile.page(PAGE)
    second = FEED.search(
        emile.send_form(page, PAGE, {}, button="Créer un nouveau lien", form="/abonnement").text
    ).group()
    assert (emile.get(first).status_code, emile.get(second).status_code) == (404, 200)
    cut = emile.submit(PAGE, form="/abonnement/fin", button="Supprimer le lien")
    assert not FEED.search(cut.text)
    assert page_of(cut).done == "Le lien est supprimé : il ne sert plus."
    assert emile.get(second).status_code == 404
    assert emile.get("/calendrier/inconnu").status_code == 404


def closed(session, portal, who):
    service.disable(session, who, portal.clock)


def closed_then_opened(session, portal, who):
    closed(session, portal, who)
    service.enable(session, who)


def given_another_role(session, _portal, who):
    service.change_role(session, who, "lecteur")


@pytest.mark.parametrize("ends", [closed, closed_then_opened, given_another_role])
def test_a_link_dies_with_the_account_and_with_its_role(emile, portal, ends):
    where = made(emile)
    with portal.database.write() as session:
        ends(session, portal, account(session).id)
    assert emile.get(where).status_code == 404
    with portal.database.read() as session:
        assert session.scalars(select(CalendarLink)).all() == []


def test_readings_are_bounded(emile, client, portal, monkeypatch):
    monkeypatch.setattr(subscription, "MOST", 2)
    where = made(emile)
    assert [client.get(where).status_code for _ in range(3)] == [200, 200, 429]
