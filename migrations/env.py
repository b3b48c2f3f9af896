"""What Alembic runs: one transaction, on the connection of the caller or on the database of the settings."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, TypeDecorator

from app.base.settings import Settings
from app.base.storage.database import Database
from app.base.storage.migrate import every_table


def render_type(kind: str, thing: object, _context: object) -> Any:
    """Write our own types as the plain ones they stand for: a revision must not change when the code does."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


def run(connection: Connection) -> None:
    """Run what was asked on this connection."""
    context.configure(
        connection=connection,
        target_metadata=every_table(),
        render_as_batch=True,
        render_item=render_type,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database: `saisine migrate` (or `alembic upgrade head`), without --sql")

given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    database = Database(Settings().database)
    with database.engine.execution_options(writes=True).begin() as opened:
        run(opened)
    database.close()
