"""The verification: whole when nothing was touched; every change of what is evidence is found and named."""

import json
import random
import threading
from datetime import UTC, date, datetime, timedelta

import pysqlite3.dbapi2
import pytest
from sqlalchemy import Date, Float, Integer, create_engine, delete, select, text, update

from app.accounts.queries import Clerk
from app.accounts.service import access
from app.base.storage.database import Instant
from app.base.storage.migrate import every_table
from app.evidence import store
from app.filing.ledger import chain
from app.intake.acts.reroute import Why
from app.runtime.timestamping import TimestampWorker, Wanted
from app.stamping import service as stamping
from app.stamping.models import Stamp
from app.stamping.trust import trust_of
from app.verification.chain import read_checkpoints
from app.verification.columns import COLUMNS, LIVES
from app.verification.service import checkpoint, verify
from tests.cast import AMINA, Sent, begin
from tests.support.acts import move
from tests.support.files import picture
from tests.support.rewind import lived

UNSEEN = {("ledger", "read_at")}
"""Told to the operator; it proves nothing."""
NAMELESS = {
    "ledger.n",
    "ledger.prev",
    "ledger.at",
    "ledger.kind",
    "ledger.hash",
    "ledger.number",
    "stamp.n",
    "filing_act.n",
    "filing_act.filing_id",
}


def moved(portal, number):
    """Send a complaint of Lille to the caisse of Roubaix."""
    emile = Clerk("e" * 32, "Émile Exemple", "emile@595.exemple.fr", "595", "CPAM de Lille-Douai", "agent")
    words = {"raison": Why.AUTRE, "raison_texte": "Le cabinet est à Roubaix."}
    move(portal, emile, number, nouvelle_autorite="597", **words)


@pytest.fixture
def kept(run, client, portal):
    """Two complaints, one with a file, and their tokens; the database lets itself be changed."""
    return lived(run, portal, client, "verified", lambda: two_complaints(client, portal))


def two_complaints(client, portal):
    numbers = []
    for colour in ("red", "blue"):
        path, photo = begin(client), [(f"{colour}.png", picture("PNG", colour=colour), "image/png")]
        numbers.append(Sent(client.submit(path, dict(AMINA), {"fichiers": photo})).number)
        portal.clock.advance(minutes=3)
    moved(portal, numbers[0])
    TimestampWorker(portal).step(threading.Event())
    with portal.database.write() as session:
        for name in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f"DROP TRIGGER {name}"))
    return numbers


@pytest.fixture
def altered(portal):
    """Change the database as somebody with a tool and the file would: no rule of ours holds."""
    engine = create_engine(portal.database.url, module=pysqlite3.dbapi2)

    def change(statement):
        with engine.begin() as connection:
            connection.execute(statement)

    yield change
    engine.dispose()


def verified(portal, published=()):
    return verify(portal, trust_of(portal.settings, portal.keyring), published)


def other(value, chance, kind):  # noqa: C901, PLR0911 - one line for each kind
    """Give another value of the same kind."""
    if isinstance(value, bytes):
        changed = bytearray(value)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if isinstance(value, datetime):
        return value + timedelta(microseconds=chance.randint(1, 10**9))
    if isinstance(value, date):
        days = timedelta(days=chance.randint(1, 9))
        return value - days if value == date.max else value + days
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.randint(1, 9) * 1000
    if value is None and isinstance(kind, Float):
        return 90.0
    if isinstance(value, float):
        return value + 90
    if value is None:
        empty = date(2026, 3, 4) if isinstance(kind, Date) else b"x"
        return datetime(2026, 3, 4, tzinfo=UTC) if isinstance(kind, Instant) else empty
    if not value:
        return "x"
    place = chance.randrange(len(value))
    return value[:place] + ("a" if value[place] != "a" else "b") + value[place + 1 :]


def test_what_nobody_touched_is_whole(portal, kept):
    found = verified(portal)
    assert found.problems == []
    assert (found.entries, found.filings, found.files, found.tokens) == (5, 2, 2, 2)
    assert kept


@pytest.mark.parametrize("table", COLUMNS)
def test_a_change_of_any_column_is_found(portal, kept, altered, table):
    """Each row in turn: the value changes, the verification says so and names the complaint, the value comes back."""
    where = every_table().tables[table]
    keys = list(where.primary_key.columns)
    with portal.database.read() as session:
        rows = session.execute(select(where)).mappings().all()
    assert rows
    for column, how in COLUMNS[table].items():
        chance = random.Random(f"{table}.{column}")
        for row in rows:
            is_seen = how != LIVES and (table, column) not in UNSEEN
            if not is_seen or (table == "filing_event" and row["kind"] == "ouverte"):
                continue
            new = other(row[column], chance, where.columns[column].type)
            altered(update(where).where(*[key == row[key.name] for key in keys]).values({column: new}))
            found = verified(portal)
            assert not found.is_whole, (column, row, new)
            if f"{table}.{column}" not in NAMELESS:
                assert {problem.number for problem in found.problems} & set(kept), (column, found.problems)
            back = [key == (new if key.name == column else row[key.name]) for key in keys]
            altered(update(where).where(*back).values({column: row[column]}))
    assert verified(portal).is_whole


@pytest.mark.parametrize(
    "table",
    [
        "ledger",
        "filing",
        "filing_key",
        "filing_desk",
        "filing_duty",
        "filing_event",
        "evidence",
        "stamp",
        "deadline",
        "filing_act",
    ],
)
def test_a_row_that_is_gone_is_found(portal, kept, altered, table):
    where = every_table().tables[table]
    with portal.database.read() as session:
        row = session.execute(select(where)).mappings().first()
    altered(delete(where).where(*[key == row[key.name] for key in where.primary_key.columns]))
    found = verified(portal)
    assert not found.is_whole
    assert kept


def test_a_file_that_changed_or_is_gone_is_found(portal, kept):
    places = sorted(path for path in portal.files.rglob("*.sealed") if "-" not in path.stem)
    content = bytearray(places[0].read_bytes())
    content[40] ^= 1
    places[0].write_bytes(bytes(content))
    places[1].unlink()
    found = verified(portal)
    assert {problem.what.split()[-1] for problem in found.problems} == {"open", "missing"}
    assert {problem.number for problem in found.problems} == set(kept)
    assert store.id_of(places[0]) in str(found.as_json())


def test_a_tail_that_was_cut_is_found_with_a_checkpoint_alone(portal, kept):
    """Whoever cuts the last entries and what they tell of leaves a whole ledger: the published line says otherwise."""
    line = checkpoint(portal)
    assert line.startswith("2026-03-03 5 ")
    points = read_checkpoints(line)
    assert verified(portal, points).is_whole
    with portal.database.write() as session:
        session.execute(text("DELETE FROM ledger WHERE n > 3"))
    found = verified(portal, points)
    assert any("the ledger was cut" in problem.what for problem in found.problems)
    assert kept


def test_a_checkpoint_of_another_history_is_told(portal, kept):
    del kept
    points = read_checkpoints(f"# kept by hand\n2026-03-03 2 {'a' * 64}\n")
    found = verified(portal, points)
    assert [problem.what for problem in found.problems] == ["entry 2 is not the one published on 2026-03-03"]


def test_nothing_stops_at_the_first_problem(portal, kept):
    with portal.database.write() as session:
        session.execute(text("UPDATE filing SET town = 'Nulle part'"))
        session.execute(text("UPDATE ledger SET hash = 'x' WHERE n = 1"))
    found = verified(portal)
    assert {problem.number for problem in found.problems} == set(kept)
    assert {problem.column for problem in found.problems} >= {"town", "hash", "prev"}


def test_a_file_without_any_checkpoint_is_told():
    with pytest.raises(ValueError, match="no line"):
        read_checkpoints("bonjour\n2026-03-03\n")


def twice(portal, number, *, after):
    """Stamp a deposit a second time, as two instances of an earlier version did: the second replaces the first."""
    portal.clock.advance(seconds=after)
    keeping = TimestampWorker(portal)
    with portal.database.write() as session:
        entry = chain.deposit_of(session, number)
        wanted = Wanted(entry.n, entry.number, chain.stamped_bytes(entry), entry.at)
        token = keeping._ask(wanted).token
        at, read_at = chain.now_after_last(session, portal.clock)
        chain.append(session, chain.TOKEN, number, token.digest, at, read_at)
        stamping.note_token(stamping.rows(session, [entry.n], at)[entry.n], token, "")
    return entry.n


def test_a_deposit_that_was_stamped_twice_is_whole_and_told(portal, kept):
    twice(portal, kept[0], after=90)
    found = verified(portal)
    assert found.problems == []
    assert [(note.number, note.table) for note in found.notes] == [(kept[0], "ledger")]


@pytest.mark.parametrize("what", ["late", "gone", "changed", "first"])
def test_what_only_looks_like_two_tokens_is_an_alteration(portal, kept, altered, what):
    """Stamped again an hour later; no token left; a token that is none; the first one kept and the second gone."""
    with portal.database.read() as session:
        first = session.scalars(select(Stamp.token).order_by(Stamp.n)).first()
    n = twice(portal, kept[0], after=3600 if what == "late" else 90)
    if what != "late":
        values = {"gone": None, "changed": b"x" * 800, "first": first}
        altered(update(Stamp).where(Stamp.n == n).values(token=values[what]))
    if what == "gone":
        altered(delete(Stamp).where(Stamp.n == n))
    found = verified(portal)
    assert {problem.number for problem in found.problems} == {kept[0]}
    assert found.notes == []


@pytest.mark.parametrize("what", ["nothing", "token", "stamp", "event", "line", "twice"])
def test_copies_find_the_same_in_the_same_order(portal, kept, altered, monkeypatch, what):
    """A part of each kind is altered in turn, and each part is of one row."""
    for kind in ("service", "stamps", "bound"):
        monkeypatch.setattr(f"app.verification.{kind}.BATCH", 1)
    with portal.database.write() as session:
        access.note(session, access.Access("Émile Exemple", "595", "ouverte", ""), portal.clock())
    if what == "twice":
        twice(portal, kept[0], after=90)
    changes = {
        "token": "UPDATE stamp SET token = x'00' WHERE n = (SELECT min(n) FROM stamp)",
        "stamp": "DELETE FROM stamp WHERE n = (SELECT max(n) FROM stamp)",
        "event": "UPDATE filing_event SET bound = 'x' WHERE id = (SELECT max(id) FROM filing_event)",
        "line": "UPDATE access_line SET by = 'Une autre' WHERE n = (SELECT max(n) FROM access_line)",
    }
    if what in changes:
        altered(text(changes[what]))
    trust = trust_of(portal.settings, portal.keyring)
    alone, shared = (verify(portal, trust, copies=copies) for copies in (1, 2))
    assert alone.as_json() == shared.as_json()
    assert (alone.is_whole, len(alone.notes)) == (what not in changes, what == "twice")
    assert (alone.filings, alone.tokens) == (2, 1 if what == "stamp" else 2)


def dated():
    """List every column of a date or a number that the verification reads, with its table."""
    for table in (*COLUMNS, "access_line"):
        for column in every_table().tables[table].columns:
            if isinstance(column.type, Date | Instant | Integer | Float) and not column.primary_key:
                yield table, column.name


@pytest.mark.parametrize(("table", "column"), [*dated()])
def test_a_value_that_cannot_be_read_hides_nothing(portal, kept, altered, table, column):
    """It is named; another change, of the other complaint, is found all the same."""
    with portal.database.write() as session:
        access.note(session, access.Access("Émile Exemple", "595", "ouverte", kept[0]), portal.clock())
        row = session.execute(text(f"SELECT rowid FROM {table} ORDER BY rowid LIMIT 1")).scalar_one()
    altered(text(f"UPDATE {table} SET {column} = 'CANARI, pas une date' WHERE rowid = {row}"))
    altered(text(f"UPDATE filing SET town = 'Nulle part' WHERE number = '{kept[1]}'"))
    found = verified(portal)
    named = {(problem.table, problem.column): problem for problem in found.problems if "read" in problem.what}
    assert (table, column) in named, found.problems
    assert table == "access_line" or named[table, column].number in kept
    assert (kept[1], "filing", "town") in {(one.number, one.table, one.column) for one in found.problems}
    assert found.filings == 2
    assert "CANARI" not in json.dumps(found.as_json())


@pytest.mark.parametrize("table", ["access_line", "filing", "filing_event", "stamp"])
def test_a_code_replaced_by_bytes_is_found_once(portal, kept, altered, table):
    """A row whose code cannot be read was not checked against it: it is told, by one check alone."""
    with portal.database.write() as session:
        access.note(session, access.Access("Émile Exemple", "595", "ouverte", kept[0]), portal.clock())
    altered(text(f"UPDATE {table} SET bound = x'ff00' WHERE rowid = (SELECT min(rowid) FROM {table})"))
    [problem] = [one for one in verified(portal).problems if one.column == "bound"]
    assert (problem.table, "cannot be read" in problem.what) == (table, True)
    assert table == "access_line" or problem.number in kept


@pytest.mark.parametrize(
    ("table", "column"), [("access_line", "at"), ("access_line", "day"), ("ledger", "at"), ("filing", "received_at")]
)
def test_nothing_in_the_place_of_an_instant_is_named(portal, kept, altered, table, column):
    """Whoever holds the file takes the rule of a column away too: what is missing is then told, nothing stops."""
    with portal.database.write() as session:
        access.note(session, access.Access("Émile Exemple", "595", "ouverte", kept[0]), portal.clock())
    altered(text("PRAGMA writable_schema = 1"))
    altered(text(f"UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = '{table}'"))
    altered(text("PRAGMA writable_schema = RESET"))
    altered(text(f"UPDATE {table} SET {column} = NULL WHERE rowid = (SELECT min(rowid) FROM {table})"))
    found = verified(portal)
    assert (table, column) in {(one.table, one.column) for one in found.problems if "cannot be read" in one.what}
    assert found.filings == 2
