"""The journal of access: read by the manager, counted by the administrator, never altered unseen."""

import csv
import io
from datetime import datetime, timedelta
from unittest.mock import ANY

import pytest
from sqlalchemy import select, text

from app.accounts.models import AccessLine
from app.accounts.rules import MEMBERS
from app.accounts.service.access import Access, breaks, forget, note
from app.base.clock import PARIS
from app.base.dates import local_day
from app.filing.models import FilingEvent
from app.runtime.housekeeping import tidy
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import ASSOCIATION, Sent, come_in, send, sign_in, sign_in_member
from tests.pages.test_associations import agree, press_send
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
    assert datetime.fromisoformat(lines[0][0]) == portal.clock().astimezone(PARIS).replace(microsecond=0, tzinfo=None)


@pytest.mark.parametrize(
    ("where", "bound", "who"),
    [
        (HERE, "app.acts.journal.MOST", ("595", "Rita Fictive", "responsable")),
        (ADMIN, "app.administration.journal.MOST", ("", "Ada Imaginaire", "admin")),
    ],
)
def test_a_table_that_is_cut_says_so_in_its_last_line(client, portal, number, monkeypatch, where, bound, who):
    sign_in(client, portal, *who)
    whole = rows(client.get(f"{where}.csv"))
    monkeypatch.setattr(bound, len(whole) - 1)
    assert rows(client.get(f"{where}.csv")) == whole
    monkeypatch.setattr(bound, len(whole) - 2)
    *kept, last = rows(client.get(f"{where}.csv"))
    assert kept == whole[:-1]
    n = len(whole) - 2
    assert last == [f"Seules les {n} premières lignes sont montrées.", "Affinez votre recherche pour voir les autres."]


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
        assert "Exportée" in shown
        assert "exportee" not in shown
        assert "CPAM de Lille-Douai" in shown
        for hidden in ("Émile", number, "audience", "CANARI"):
            assert hidden not in shown


def test_what_is_done_with_accounts_is_noted(client, portal, number):
    sign_in(client, portal, "595", "Rita Fictive", "responsable")
    client.submit("/agent/utilisateurs/inviter", {"email": "awa@595.exemple.fr", "role": "agent"})
    assert "Compte : invitation envoyée" in client.page(HERE).text


OWN = "/association/journal"
READ = "Plainte lue par un membre de l’association"


@pytest.mark.engines("sqlite", "postgresql")
def test_a_member_who_reads_leaves_one_line_a_day_that_who_answers_for_it_reads(client, app, portal, clock):
    agree(portal)
    sign_in_member(client, portal)
    sent = press_send(client)
    where = f"/association/plaintes/{sent.number}"
    with SuspiciousClient(app, portal.database) as rita, SuspiciousClient(app, portal.database) as other:
        sign_in_member(rita, portal, "Rita Fictive", role="responsable_association")
        sign_in_member(other, portal, "Gaël Fictif", "autre-association", "responsable_association")
        assert rows(rita.get(f"{OWN}.csv"))[1:] == [[ANY, "Mona Inventée", READ, sent.number, ""]]  # what was sent
        for _ in range(2):
            assert client.get(where).status_code == 200
            assert client.get(f"{where}/message").status_code in {200, 404}
            assert client.get(sent.path.replace("confirmation", "recepisse")).status_code == 200
        assert len(rows(rita.get(f"{OWN}.csv"))) == 2
        assert other.get(where).status_code == 404
        assert "0 ligne" in other.page(OWN).text
        assert client.get(OWN).status_code == 403
        clock.advance(days=1)
        for browser, email in ((client, "mona"), (rita, "rita")):
            come_in(browser, portal, f"{email}@{ASSOCIATION}.exemple.fr", MEMBERS)
            assert browser.get(where).status_code == 200
        page = rita.page(OWN)
        assert "3 lignes" in page.text
        assert all(said in page.text for said in ("Mona Inventée", "Rita Fictive", sent.number))
        assert [line[1] for line in rows(rita.get(f"{OWN}.csv?qui=rita"))[1:]] == ["Rita Fictive"]
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_the_clerk_and_the_person_do_not_read_which_member_read(client, app, portal):
    agree(portal)
    sign_in_member(client, portal, "Noé Imaginaire")
    sent = press_send(client)
    with portal.database.read() as session:
        assert [line.kind for line in session.query(AccessLine)] == ["plainte_lue"]
        assert [event.kind for event in session.query(FilingEvent)] == ["recue"]
    with SuspiciousClient(app, portal.database) as manager:
        sign_in(manager, portal, "CD-2B", "Rita Fictive", "responsable")
        manager.get(f"/agent/plaintes/{sent.number}")
        assert "Noé" not in manager.page(HERE).text


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
