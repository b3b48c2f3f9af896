"""What is written in the ledger and the history stays: the database itself refuses, and altered bytes are seen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.base.crypto.vault import DecryptionError
from app.base.errors import StorageTrouble
from app.filing import queries
from app.filing.ledger import chain
from app.filing.models import Filing, FilingEvent, LedgerEntry
from app.filing.sealed import payload
from tests.rooms.test_filing_receive import ready, send

AT = datetime(2026, 3, 3, 21, 41, 7, 5, tzinfo=UTC)
REFUSED = (DBAPIError, StorageTrouble)


@pytest.fixture
def sent(portal):
    return send(portal, *ready(portal))


def everything(database):
    with database.engine.connect() as connection:
        return [connection.execute(text(f"SELECT * FROM {name}")).all() for name in ("ledger", "filing_event")]


@pytest.mark.parametrize(
    "change",
    [
        update(LedgerEntry).values(at=AT - timedelta(days=1)),
        update(LedgerEntry).where(LedgerEntry.n == 1).values(commitment="f" * 64),
        update(LedgerEntry).values(n=LedgerEntry.n),
        delete(LedgerEntry),
        update(FilingEvent).values(by="Gaël"),
        delete(FilingEvent),
        text("INSERT INTO ledger SELECT * FROM ledger"),
    ],
    ids=str,
)
def test_the_database_refuses_to_change_what_was_written(portal, sent, change):
    before = everything(portal.database)
    assert all(before)
    with pytest.raises(REFUSED), portal.database.write() as session:
        session.execute(change)
    assert everything(portal.database) == before


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("table", ["ledger", "filing_event"])
def test_replacing_a_row_is_changing_it(portal, sent, table):
    before = everything(portal.database)
    with pytest.raises(REFUSED), portal.database.write() as session:
        session.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))
    assert everything(portal.database) == before


@pytest.mark.engines("postgresql")
@pytest.mark.parametrize("table", ["ledger", "filing_event"])
def test_a_table_cannot_be_emptied_at_once(portal, sent, table):
    with pytest.raises(REFUSED, match="cannot be changed"), portal.database.write() as session:
        session.execute(text(f"TRUNCATE {table} CASCADE"))
    assert all(everything(portal.database))


def test_an_object_that_was_read_cannot_be_changed_quietly(portal, sent):
    with pytest.raises(REFUSED, match="cannot be changed"), portal.database.write() as session:
        session.scalars(select(LedgerEntry)).one().number = "SA-2026-FAUX-FAUX"
    with pytest.raises(REFUSED, match="cannot be changed"), portal.database.write() as session:
        session.delete(session.scalars(select(FilingEvent)).one())


def test_a_number_taken_cannot_be_taken_again(database):
    def add(session):
        entry = chain.append(session, "depot", "SA", "0" * 64, AT, None)
        session.flush()
        return entry

    with database.write() as session:
        first, second = add(session), add(session)
        assert (first.n, second.n, second.prev) == (1, 2, first.hash)
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(LedgerEntry(n=2, kind="depot", number="SA", commitment="", at=AT, prev="", hash=""))


@pytest.mark.parametrize(
    "changed",
    [
        {"n": 2},
        {"kind": "ajout"},
        {"number": "SB"},
        {"commitment": "1"},
        {"at": AT + timedelta(microseconds=1)},
        {"prev": "1"},
    ],
    ids=str,
)
def test_each_part_of_an_entry_counts_in_its_hash(changed):
    entry: dict[str, Any] = {"n": 1, "kind": "depot", "number": "SA", "commitment": "0", "at": AT, "prev": "0"}
    assert chain.entry_hash(**entry) == chain.entry_hash(**entry)
    assert chain.entry_hash(**entry) != chain.entry_hash(**{**entry, **changed})


def test_the_two_uses_of_the_hash_are_apart():
    assert chain.commit_to(b"abc") != chain.commit_to(b"\x00abc")
    assert len(chain.commit_to(b"")) == 64


def test_an_altered_byte_of_a_payload_is_seen(portal, sent):
    with portal.database.read() as session:
        key = queries.open_for_person(session, portal.keyring, sent).key
    for place in range(0, len(sent.payload), 97):
        altered = bytearray(sent.payload)
        altered[place] ^= 1
        with pytest.raises(DecryptionError):
            payload.unlock(key, sent.id, bytes(altered))
    for cut in (0, 5, 12, 27, len(sent.payload) - 1):
        with pytest.raises(DecryptionError):
            payload.unlock(key, sent.id, sent.payload[:cut])


def test_a_payload_altered_in_the_database_does_not_open(portal, sent):
    altered = sent.payload[:-1] + bytes([sent.payload[-1] ^ 1])
    with portal.database.read() as session:
        before = queries.open_for_person(session, portal.keyring, sent)
    with portal.database.write() as session:
        session.execute(update(Filing).values(payload=altered))
    with portal.database.read() as session:
        filing = queries.filing_by_id(session, sent.id)
        with pytest.raises(DecryptionError):
            queries.open_for_person(session, portal.keyring, filing)
        with pytest.raises(DecryptionError):
            queries.open_for_person(session, portal.keyring, filing, before)
        with pytest.raises(DecryptionError):
            queries.read_for(session, portal.keyring, sent.number, "595")


@given(content=st.binary(max_size=200))
@settings(max_examples=30, suppress_health_check=[HealthCheck.differing_executors])
def test_a_commitment_tells_the_salt_from_the_words(content):
    salted = payload.salted(content)
    assert salted[chain.SALT :] == content
    assert payload.salted(content) != salted
