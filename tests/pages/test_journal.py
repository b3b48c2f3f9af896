"""The journal of access: read by the manager, counted by the administrator, never altered unseen."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from app.accounts.models import AccessLine
from app.accounts.service.access import Access, breaks, forget, note
from app.base.clock import PARIS
from app.base.dates import local_day
from app.runtime.housekeeping import tidy
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent, send, sign_in
from tests.support.client import SuspiciousClient

HERE, ADMIN = "/agent/journal", "/administration/journal"


def broken_days(session):
    return breaks(session.scalars(select(AccessLine).order_by(AccessLine.day, AccessLine.n)))


@pytest.fixture
def number(client, app, portal):
    """A complaint that Émile opened, noted and exported."""
    found = Sent(send(client)).number
    with SuspiciousClient(app, portal.database) as emile:
        sign_in(emile, portal, "595")
        emile.get(f"/agent/plaintes/{found}")
        emile.submit(f"/agent/plaintes/{found}/noter", {"note": "=CANARI"})
        emile.submit(f"/agent/plaintes/{found}/exporter", {"format": "json", "usage": "Pour l'audience"})
    return found


def rows(answer):
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_manager_reads_who_did_what_and_why(client, portal, number):
    sign_in(client, portal, "595", "Rita Fictive", "responsable")
    page = client.page(HERE)
    for words in ("Émile Exemple", "Ouverte", "Note interne", "Exportée", "Pour l'audience", number):
        assert words in page.text
    assert "Pour l'audience" not in client.page(f"{HERE}?action=ouverte").text
    assert "Aucune ligne ne correspond." in client.page(f"{HERE}?qui=rita").text
    assert "Aucune ligne ne correspond." in client.page(f"{HERE}?au=2020-01-01").text
    assert "3 lignes" in client.page(f"{HERE}?numero={number.lower()}&du=2026-03-03&page=1").text
    for odd in ("page=x", "page=99999", "du=hier", "action=%00", "qui=%25"):
        assert client.get(f"{HERE}?{odd}").status_code == 200
    head, *lines = rows(client.get(f"{HERE}.csv?action=note"))
    assert head == ["Quand", "Qui", "Action", "Dossier", "Raison donnée"]
    assert [line[4] for line in lines] == ["'=CANARI"]


@pytest.mark.parametrize("back", [timedelta(microseconds=1), timedelta(hours=2)])
def test_when_the_clock_goes_back_nothing_is_told_before_the_receipt(client, portal, app, back):
    found = Sent(send(client)).number
    portal.clock.now -= back
    with SuspiciousClient(app, portal.database) as emile:
        sign_in(emile, portal, "595")
        emile.get(f"/agent/plaintes/{found}")
        emile.submit(f"/agent/plaintes/{found}/noter", {"note": "Une note inventée."})
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_another_authority_reads_nothing_of_it(client, portal, number):
    sign_in(client, portal, "594", "Rita Fictive", "responsable")
    assert number not in client.page(HERE).text


def test_an_administrator_counts_and_reads_neither_names_nor_complaints(client, portal, number):
    sign_in(client, portal, "", "Ada Imaginaire", "admin")
    for shown in (client.page(ADMIN).text, client.get(f"{ADMIN}.csv").text):
        assert "exportee" in shown
        assert "595" in shown
        for hidden in ("Émile", number, "audience", "CANARI"):
            assert hidden not in shown


def test_what_is_done_with_accounts_is_noted(client, portal, number):
    sign_in(client, portal, "595", "Rita Fictive", "responsable")
    client.submit("/agent/utilisateurs/inviter", {"email": "awa@595.exemple.fr", "role": "agent"})
    assert "Compte : invitation envoyée" in client.page(HERE).text


@pytest.mark.engines("sqlite", "postgresql")
def test_a_line_altered_added_or_taken_away_is_seen(portal):
    day = local_day(portal.clock(), PARIS)
    with portal.database.write() as session:
        for n in range(4):
            note(session, Access("Émile", "595", "ouverte", f"SA-{n}", b"x" if n else None), portal.clock())
    changes = (
        ("UPDATE access_line SET \"by\" = 'Gaël' WHERE subject = 'SA-1'", [day]),
        ("UPDATE access_line SET \"by\" = 'Émile' WHERE subject = 'SA-1'", []),
        ("DELETE FROM access_line WHERE subject = 'SA-2'", [day]),
    )
    for change, broken in changes:
        with portal.database.write() as session:
            session.execute(text(change))
        with portal.database.read() as session:
            assert broken_days(session) == broken


def test_whole_days_are_erased_after_a_year(portal):
    with portal.database.write() as session:
        note(session, Access("Émile", "595", "ouverte", "SA-1"), portal.clock() - timedelta(days=366))
        note(session, Access("Émile", "595", "ouverte", "SA-2"), portal.clock() - timedelta(days=364))
    tidy(portal)
    with portal.database.read() as session:
        assert [line.subject for line in session.query(AccessLine)] == ["SA-2"]
        assert broken_days(session) == []
    with portal.database.write() as session:
        assert forget(session, local_day(portal.clock(), PARIS)) == 1
