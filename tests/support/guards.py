"""The rules that the database itself holds, lifted: as somebody does who owns the tables."""

from sqlalchemy import text

from app.base.storage.database import Database


def lift_guards(database: Database) -> None:
    """Take away the triggers that refuse to change the ledger and the history."""
    with database.engine.execution_options(writes=True).begin() as connection:
        if database.is_sqlite:
            for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        else:
            for table in ("ledger", "filing_event"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
