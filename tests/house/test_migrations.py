"""The revisions make the tables that the code declares, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from app.base.resources import MIGRATIONS
from app.base.storage.migrate import every_table, upgrade
from app.base.storage.revision import is_current, last_revision


def test_revisions_make_the_tables_of_the_code(empty_database):
    upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        seen = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_type": True})
        assert compare_metadata(seen, every_table()) == []


def test_every_table_is_there_with_its_columns_and_keys(empty_database):
    upgrade(empty_database)
    found = inspect(empty_database.engine)
    for name, table in every_table().tables.items():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert columns == {column.name: column.nullable for column in table.columns}, name
        assert set(found.get_pk_constraint(name)["constrained_columns"]) == {c.name for c in table.primary_key}, name
        pointed = {key["referred_table"] for key in found.get_foreign_keys(name)}
        assert pointed == {key.column.table.name for key in table.foreign_keys}, name


def test_a_new_database_is_late_until_it_is_migrated(empty_database):
    assert not is_current(empty_database)
    upgrade(empty_database)
    assert is_current(empty_database)


def test_migrating_twice_changes_nothing(empty_database):
    upgrade(empty_database)
    upgrade(empty_database)
    assert is_current(empty_database)


def test_the_last_revision_is_the_one_that_is_applied_last():
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [last_revision()]


@pytest.mark.engines("postgresql")
def test_the_planner_knows_that_a_word_is_of_one_authority(database):
    """Without it, a list searched by words takes eight thousand rows for fifty and looks each of them up."""
    with database.read() as session:
        told = session.execute(text("SELECT stxrelid::regclass::text, stxkind::text FROM pg_statistic_ext"))
        assert list(told) == [("filing_word", "{f,m}")]


@pytest.mark.engines("sqlite")
def test_foreign_keys_hold_after_a_migration(empty_database):
    upgrade(empty_database)
    with empty_database.write() as session:
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave aside the shadow tables that SQLite's full-text search keeps for itself."""
    return kind != "table" or name in every_table().tables or not (name or "").startswith("fts_")
