"""Counters follow each complaint: received, acted upon, sent elsewhere, withdrawn, erased; counted again, the same."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text

from app.acts import withdrawal
from app.base.crypto.vault import PORTAL
from app.counters import queries
from app.counters.models import CountedComplaint, CounterRow
from app.counters.queries import Dimensions
from app.filing.acts import act_store
from app.filing.ledger import chain
from app.filing.models import Filing, FilingKey
from app.filing.queries import filing_by_number, open_for_person
from app.filing.status.case_status import ACKNOWLEDGED, MOVED
from app.statistics import service
from tests.rooms.test_filing_receive import ready, send

LILLE, ROUBAIX = {"code": "595", "kind": "cpam"}, {"code": "597", "kind": "cpam"}
BY = {"by": "Émile Exemple", "authority": "595", "words": ""}


@pytest.fixture
def number(portal):
    return send(portal, *ready(portal)).number


def counted(portal, authority="595", **cut):
    with portal.database.read() as session:
        found = queries.months(session, portal.keyring, Dimensions(authority, 2026, **cut))
    return {code: n for month in found.values() for code, n in month.items()}


def everything(portal):
    with portal.database.read() as session:
        return {
            (row.authority, row.month, row.profession, row.town, row.is_kept): queries.counts_of(portal.keyring, row)
            for row in session.scalars(select(CounterRow))
        }


def act(portal, number, kind, **content):
    with portal.database.write() as session:
        chain.take_turn(session)
        opened = open_for_person(session, portal.keyring, filing_by_number(session, number))
        act_store.record(session, portal.keyring, opened, kind, {**BY, **content}, portal.clock)


def test_a_complaint_is_counted_at_its_receipt(portal, number):
    found = counted(portal)
    assert found["recue"] == found["etat|recue"] == found["canal|patient"] == found["profession|10"] == 1
    assert found["motif|sans_reponse"] == found["forme|sans_reponse"] == found["echeance|D2|attente"] == 1
    assert counted(portal, profession="10", town="59350") == found == counted(portal, "*")
    assert counted(portal, profession="40") == {} == counted(portal, "597")


def test_nothing_of_what_is_counted_is_in_clear(portal, number):
    with portal.database.engine.connect() as connection:
        rows = [row for name in ("tally", "tallied") for row in connection.execute(text(f"SELECT * FROM {name}"))]
    assert rows
    assert not [row for row in rows if any(word in repr(row) for word in ("motif", "forme", "etat", "canal"))]


def test_an_act_counts_it_otherwise(portal, number, clock):
    clock.advance(days=9)
    act(portal, number, ACKNOWLEDGED, on="2026-03-12", channel="email", letter=[], message="")
    found = counted(portal)
    assert found["echeance|D2|retard"] == found["etat|accusee"] == found["accuse|9"] == found["recue"] == 1
    assert "echeance|D2|attente" not in found
    assert "etat|recue" not in found


def test_a_complaint_sent_elsewhere_counts_there(portal, number):
    act(portal, number, MOVED, reason="lieu_exercice", receiver=ROUBAIX, informed={})
    assert counted(portal) == {}
    assert counted(portal, "597")["recue"] == counted(portal, "*")["recue"] == 1


def test_a_complaint_withdrawn_is_counted_as_such(portal, number, clock):
    with portal.database.write() as session:
        assert withdrawal.ask(session, portal, filing_by_number(session, number), "", is_pressed=False)
    clock.advance(days=1, seconds=1)
    with portal.database.write() as session:
        assert withdrawal.settle_due(session, portal) == 1
    assert counted(portal)["etat|retiree"] == counted(portal)["recue"] == 1


def test_counting_again_gives_the_same(portal, number, clock):
    clock.advance(seconds=1)
    other = send(portal, *ready(portal, pro_nom="Ida Inventée")).number
    act(portal, other, MOVED, reason="lieu_exercice", receiver=ROUBAIX, informed={})
    before = everything(portal)
    assert service.rebuild(portal) == 2
    assert everything(portal) == before
    with portal.database.write() as session:
        session.execute(delete(CounterRow))
        session.execute(delete(CountedComplaint))
    assert service.rebuild(portal) == 2
    assert everything(portal) == before
    act(portal, number, MOVED, reason="lieu_exercice", receiver=ROUBAIX, informed={})
    assert counted(portal) == {}
    assert counted(portal, "597")["recue"] == 2


def test_a_month_is_that_of_the_place(portal, clock):
    clock.now = clock.now.replace(month=3, day=31, hour=22, minute=30) + timedelta(0)
    send(portal, *ready(portal))
    with portal.database.read() as session:
        assert list(queries.months(session, portal.keyring, Dimensions("595", 2026))) == ["2026-04"]
    before = everything(portal)
    assert service.rebuild(portal) == 1
    assert everything(portal) == before


def test_an_erased_complaint_stays_counted_and_nothing_more_of_it(portal, number, clock):
    clock.advance(seconds=1)
    kept = send(portal, *ready(portal)).number
    before = counted(portal)
    erase(portal, number)
    assert service.keep_erased(portal) == 1
    assert service.keep_erased(portal) == 0
    assert counted(portal) == before
    with portal.database.read() as session:
        assert session.scalars(select(CountedComplaint.filing_number)).all() == [kept]
    assert service.rebuild(portal) == 1
    assert counted(portal) == before


def test_counting_again_keeps_what_was_erased_just_before(portal, number):
    before = counted(portal)
    erase(portal, number)
    assert service.rebuild(portal) == 0
    assert counted(portal) == before


def erase(portal, number):
    """Take the keys of a complaint away, as when its time has come: nobody reads it any more."""
    with portal.database.write() as session:
        filing = filing_by_number(session, number)
        session.execute(delete(FilingKey).where(FilingKey.filing_id == filing.id))


def test_a_complaint_that_does_not_open_is_left_out_and_stops_nothing(portal, number, clock):
    clock.advance(seconds=1)
    send(portal, *ready(portal))
    with portal.database.write() as session:
        filing = filing_by_number(session, number)
        session.get_one(FilingKey, (filing.id, PORTAL)).wrapped = "v1.AAAA"
        assert session.get_one(Filing, filing.id)
    assert service.rebuild(portal) == 1
