"""One compilation of each statement for a whole process of tests, where each test has a database of its own.

SQLAlchemy keeps what it compiled by engine and by dialect. A statement does not depend on the database it is sent to:
the engines of one kind share the dialect and the statements of the first that connected.
"""

from typing import Any

from sqlalchemy import Engine, create_engine, event

from app.base.storage import database

KEPT = 5000
"""Statements, more than the service has: a process of tests meets them all."""
CONNECTED: dict[str, Engine] = {}


def share_statements() -> None:
    """Let the engines that the service makes from now on share what they compile."""
    vars(database)["create_engine"] = _sharing


def _sharing(url: str, **named: Any) -> Engine:
    engine = create_engine(url, query_cache_size=KEPT, **named)
    kind = engine.url.drivername
    if first := CONNECTED.get(kind):
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    else:  # a dialect knows its server once it connected
        event.listen(engine, "connect", lambda *_: CONNECTED.setdefault(kind, engine))
    return engine
