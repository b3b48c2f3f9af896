"""The database keeps what it promised: versions, settings of each connection, instants, what a full disk says."""

import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from app.base.errors import StorageTrouble
from app.base.storage import engines
from app.base.storage.database import Database, WouldWait
from app.base.storage.engines import wal_is_safe
from app.filing.ledger import chain
from app.filing.models import LedgerEntry

AT = datetime(2026, 3, 3, 21, 41, 7, 123456, tzinfo=UTC)


def entry(n=1, at=AT):
    return LedgerEntry(n=n, kind="depot", number="SA", commitment="0" * 64, at=at, prev="0" * 64, hash="1" * 64)


def count(database):
    with database.read() as session:
        return len(session.scalars(select(LedgerEntry)).all())


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ("3.6.23", True),
        ("3.7.0", False),
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.44.9", True),
        ("3.45.0", False),
        ("3.49.2", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.50.12", True),
        ("3.51.0", False),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.52.0", True),
        ("3.53.1", True),
        ("4.0.0", True),
    ],
)
def test_the_versions_that_lose_rows(version, safe):
    assert wal_is_safe(tuple(map(int, version.split(".")))) is safe


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("writes", [False, True])
def test_each_connection_is_set(database, writes):
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 10000,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "recursive_triggers": 1,
    }
    engine = database.engine.execution_options(writes=writes)
    for _ in range(2):  # a connection taken again from the pool is set as well
        with engine.connect() as connection:
            found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in wanted}
        assert found == wanted


@pytest.mark.engines("sqlite")
def test_what_is_read_at_once_sees_what_was_just_written_and_writes_nothing(database):
    with database.write() as session:
        session.add(entry())
    with database.read_at_once() as session:
        assert session.scalars(select(LedgerEntry.n)).all() == [1]
    with pytest.raises(WouldWait), database.read_at_once() as session:
        session.add(entry(2))
        session.flush()
    assert count(database) == 1


@pytest.mark.engines("sqlite")
def test_what_is_read_at_once_waits_for_no_lock(monkeypatch, database):
    monkeypatch.setattr(engines, "wal_is_safe", lambda _version: False)
    monkeypatch.setattr(engines, "LOCK_SECONDS", 90)
    url = database.url.render_as_string()
    database.close()
    without_wal = Database(url)
    with without_wal.engine.connect() as other:
        driver = other.connection.driver_connection
        driver.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WouldWait), without_wal.read_at_once() as session:
            session.scalars(select(LedgerEntry.n)).all()
        driver.execute("ROLLBACK")
    with without_wal.read_at_once() as session:
        assert session.scalars(select(LedgerEntry.n)).all() == []
    without_wal.close()


@pytest.mark.engines("postgresql")
def test_a_server_is_never_asked_at_once(database):
    with pytest.raises(WouldWait), database.read_at_once():
        pytest.fail("the network stands between")


def test_an_unsafe_version_gives_up_wal_with_one_warning(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(engines, "wal_is_safe", lambda _version: False)
    monkeypatch.setattr(engines.log, "propagate", True)
    database = Database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    with database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "truncate"
        assert connection.scalar(text("PRAGMA synchronous")) == 3
    with database.read() as session:
        session.execute(text("SELECT 1"))
    database.close()
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_an_instant_without_zone_is_refused(database):
    with pytest.raises((StatementError, ValueError), match="time zone"), database.write() as session:
        session.add(entry(at=datetime(2026, 3, 3, 22, 41)))  # noqa: DTZ001 - what is tested
    assert count(database) == 0


@pytest.mark.parametrize("hours", [0, 1, -10, 14])
@pytest.mark.parametrize("microsecond", [0, 1, 123456, 999999])
def test_an_instant_comes_back_to_the_microsecond_in_utc(database, hours, microsecond):
    at = AT.replace(microsecond=microsecond).astimezone(timezone(timedelta(hours=hours)))
    with database.write() as session:
        session.add(entry(at=at))
    with database.read() as session:
        found = session.scalars(select(LedgerEntry)).one()
    assert found.at == at
    assert found.at.utcoffset() == timedelta(0)
    assert found.at.microsecond == microsecond
    assert found.read_at is None


def test_instants_are_sorted_by_the_database(database):
    days = [AT.replace(microsecond=m) for m in (0, 1, 10, 999999)] + [AT + timedelta(days=300)]
    with database.write() as session:
        session.add_all(entry(n, at) for n, at in enumerate(reversed(days), 1))
    with database.read() as session:
        assert list(session.scalars(select(LedgerEntry.at).order_by(LedgerEntry.at))) == days


def test_what_fails_in_the_block_leaves_nothing(database):
    with pytest.raises(RuntimeError), database.write() as session:
        session.add(entry())
        session.flush()
        raise RuntimeError
    assert count(database) == 0
    assert database.engine.pool.checkedout() == 0


def test_a_fault_of_ours_is_not_the_disks(database):
    with pytest.raises(IntegrityError), database.write() as session:
        session.add_all([entry(1), entry(2)])
        session.flush()
        session.execute(text("INSERT INTO ledger SELECT * FROM ledger"))
    assert count(database) == 0


@pytest.mark.parametrize("when", ["before", "commit"])
def test_a_refused_commit_is_storage_trouble_and_the_next_one_passes(database, monkeypatch, when):
    def refuse(*_):
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr("sqlalchemy.orm.Session.commit" if when == "commit" else "sqlalchemy.orm.Session.flush", refuse)
        with pytest.raises(StorageTrouble), database.write() as session:
            session.add(entry())
            if when == "before":
                session.flush()
    assert count(database) == 0
    assert database.engine.pool.checkedout() == 0
    with database.write() as session:
        session.add(entry())
    assert count(database) == 1


@pytest.mark.engines("sqlite")
def test_a_full_disk_writes_nothing_then_the_service_goes_on(database):
    with database.engine.connect() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
    with pytest.raises(StorageTrouble, match="full"), database.write() as session:
        session.execute(text(f"PRAGMA max_page_count={pages}"))
        session.add_all(entry(n) for n in range(1, 2000))
    assert count(database) == 0
    with database.write() as session:
        session.execute(text("PRAGMA max_page_count=1000000"))
        session.add_all(entry(n) for n in range(1, 2000))
    assert count(database) == 1999


@pytest.mark.engines("sqlite")
def test_a_database_held_by_another_program_is_storage_trouble(database, monkeypatch):
    other = Database(database.url.render_as_string())
    release = threading.Event()
    held = threading.Event()

    def hold():
        with other.write() as session:
            session.add(entry(7))
            session.flush()
            held.set()
            release.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert held.wait(10)
        with database.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
        with pytest.raises(StorageTrouble, match="locked"), database.write() as session:
            session.add(entry())
            session.flush()
    finally:
        release.set()
        thread.join(10)
        other.close()
    assert count(database) == 1


@pytest.mark.engines("sqlite")
def test_writes_of_one_process_wait_for_their_turn(database):
    order = []

    def work(n):
        with database.write() as session:
            order.append(("in", n))
            time.sleep(0.01)
            session.add(entry(n))
            session.flush()
            order.append(("out", n))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert all(order[i][1] == order[i + 1][1] for i in range(0, 10, 2))
    assert count(database) == 5


@pytest.fixture
def hurried(monkeypatch):
    """Short waits and few connections, for the databases that are opened after."""
    for name, value in {"LOCK_SECONDS": 0.5, "POOL_SECONDS": 0.5, "THREADS": 3, "KEPT_OPEN": 2}.items():
        monkeypatch.setattr(engines, name, value)


def test_a_stuck_writer_is_storage_trouble_for_all_who_wait_and_the_state_can_be_read(hurried, database):
    """Another process holds the turn: more wait than there are connections, none hangs, none sees another error."""
    del hurried
    other, caught = Database(database.url.render_as_string(hide_password=False)), []

    def waits(n):
        try:
            with database.write() as session:
                chain.take_turn(session)
                session.add(entry(n))
                session.flush()
        except Exception as trouble:  # noqa: BLE001 - told by the test
            caught.append(type(trouble))

    threads = [threading.Thread(target=waits, args=(n,)) for n in range(2, 14)]
    with other.write() as held:
        chain.take_turn(held)
        held.add(entry(1))
        held.flush()
        began = time.monotonic()
        for thread in threads:
            thread.start()
        with database.read(apart=True) as session:
            assert session.scalar(text("SELECT 1")) == 1
        for thread in threads:
            thread.join(20)
        assert time.monotonic() - began < 8
        assert set(caught) == {StorageTrouble}
        assert len(caught) == 12
        assert database.engine.pool.checkedout() == 0
    other.close()
    waits(2)
    assert count(database) == 2


def test_a_reader_without_a_connection_is_storage_trouble_too(hurried, database):
    del hurried
    held = [database.engine.connect() for _ in range(3)]
    with pytest.raises(StorageTrouble), database.read() as session:
        session.execute(text("SELECT 1"))
    for one in held:
        one.close()


def test_the_words_of_an_error_never_hold_what_was_written(database):
    with pytest.raises(IntegrityError) as caught, database.write() as session:
        session.add(LedgerEntry(n=1, kind="canari-secret", number="S", at=AT, prev="", hash="", commitment=None))
    assert "canari-secret" not in str(caught.value).replace(str(caught.value.orig), "")


def test_the_test_servers_lose_nothing(database):
    assert database.check_durability() == []


@pytest.mark.engines("postgresql")
@pytest.mark.parametrize(
    ("said", "doubts"), [("off", ["synchronous_commit = off"]), ("local", ["synchronous_commit = local"])]
)
def test_a_server_that_does_not_wait_for_its_disk_is_told(database, said, doubts):
    name = database.url.database
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = {said}'))
    database.engine.dispose()
    assert database.check_durability() == doubts


@pytest.mark.engines("postgresql")
def test_a_server_without_fsync_is_told(database, monkeypatch):
    monkeypatch.setattr(
        "sqlalchemy.engine.Connection.scalar", lambda _, asked: "off" if "fsync" in str(asked) else "on"
    )
    assert database.check_durability() == ["fsync = off"]
