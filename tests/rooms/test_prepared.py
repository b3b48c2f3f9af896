"""A prepared query answers as its session would: the same values, the same transaction, the same troubles."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.base.storage.prepared import PreparedQuery
from app.filing.models import LedgerEntry
from tests.rooms.test_database import AT, entry

ENTRY = LedgerEntry.__table__
BY_HASH = select(*ENTRY.c).where(ENTRY.c.hash == bindparam("hash"), ENTRY.c.kind == "depot")
HASH = "1" * 64


@pytest.fixture
def kept(database):
    with database.write() as session:
        session.add(entry())
    return database


@pytest.mark.engines("sqlite", "postgresql")
def test_a_row_is_what_the_session_reads(kept):
    with kept.read() as session:
        found = PreparedQuery(BY_HASH).first(session, hash=HASH)
        assert not session.in_transaction()
        assert tuple(found) == tuple(session.execute(BY_HASH, {"hash": HASH}).one())
        assert AT in found


@pytest.mark.engines("sqlite", "postgresql")
def test_nothing_is_nothing(kept):
    with kept.read() as session:
        assert PreparedQuery(BY_HASH).first(session, hash="2" * 64) is None


@pytest.mark.engines("sqlite", "postgresql")
def test_a_transaction_that_has_begun_is_the_one_that_answers(kept):
    asked, later = PreparedQuery(BY_HASH), datetime(2026, 3, 4, tzinfo=UTC)
    with kept.write() as session:
        row = entry(2, later)
        row.number, row.hash = "SB", "3" * 64
        session.add(row)
        session.flush()
        assert later in asked.first(session, hash="3" * 64)
        with kept.read() as other:
            assert asked.first(other, hash="3" * 64) is None


@pytest.mark.engines("sqlite", "postgresql")
def test_no_connection_is_kept(kept):
    asked = PreparedQuery(BY_HASH)
    with kept.read() as session:
        for _ in range(60):
            assert asked.first(session, hash=HASH)
        assert kept.engine.pool.checkedout() == 0


@pytest.mark.engines("sqlite", "postgresql")
def test_what_the_database_refuses_is_told_as_ever(kept):
    wrong = PreparedQuery(select(text("x")).where(text("no_such_column = :hash").bindparams(bindparam("hash"))))
    with kept.read() as session, pytest.raises((OperationalError, ProgrammingError)) as told:
        wrong.first(session, hash=HASH)
    assert HASH not in str(told.value)
    assert kept.engine.pool.checkedout() == 0


@pytest.mark.engines("postgresql")
def test_a_connection_that_the_server_ended_is_asked_no_more(kept):
    asked = PreparedQuery(BY_HASH)
    with kept.read() as session:
        assert asked.first(session, hash=HASH)
    with kept.engine.connect() as other:
        held = kept.engine.raw_connection()
        other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": held.driver_connection.info.backend_pid})
        held.close()
    with kept.read() as session:
        assert asked.first(session, hash=HASH)


@pytest.mark.engines("sqlite", "postgresql")
def test_a_connection_that_cannot_be_made_is_told_as_ever(kept, monkeypatch):
    def refuse(*_given):
        raise kept.engine.dialect.loaded_dbapi.OperationalError("unable to open")

    kept.engine.dispose()
    monkeypatch.setattr(kept.engine.pool, "_invoke_creator", refuse)
    with kept.read() as session, pytest.raises(OperationalError):
        PreparedQuery(BY_HASH).first(session, hash=HASH)
