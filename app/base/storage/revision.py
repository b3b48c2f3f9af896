"""Whether a database is at the revision of this version, told without what applies the revisions."""

from sqlalchemy import inspect, text

from app.base.resources import MIGRATIONS
from app.base.storage.database import Database


def is_current(database: Database) -> bool:
    """Tell whether this database has seen every revision."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.scalars(text("SELECT version_num FROM alembic_version")).all() == [last_revision()]


def last_revision() -> str:
    """Return the number of the last revision: each file begins with its own."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))
