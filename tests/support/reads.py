"""How many read sessions a page opens: two read two moments of the database, and hold two connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy.orm import Session
from starlette.types import Receive, Scope, Send

from app.base.storage.database import Database

MOST = 1
_OPENED: ContextVar[list[Database] | None] = ContextVar("opened", default=None)
"""What the page that is being answered read; its threads see the same list."""
_read = Database.read


@contextmanager
def _counted(database: Database, **how: Any) -> Iterator[Session]:
    opened = _OPENED.get()
    if opened is not None:
        opened.append(database)
    with _read(database, **how) as session:
        yield session


Database.read = _counted  # type: ignore[method-assign,assignment]


class TooManyReads(AssertionError):
    """A page that opened more than one read session."""


class Reading:
    """The application, which fails the test that asks for a page when it opens more than one read session."""

    def __init__(self, app: Any) -> None:
        """Stand before the application; all else of it is its own."""
        self._app = app

    def __getattr__(self, name: str) -> Any:
        """Give what the application has."""
        return getattr(self._app, name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does. Raises :class:`TooManyReads`."""
        opened: list[Database] = []
        before = _OPENED.set(opened)
        try:
            await self._app(scope, receive, send)
        finally:
            _OPENED.reset(before)
        if scope["type"] == "http" and scope["method"] == "GET" and len(opened) > MOST:
            raise TooManyReads(f"GET {scope['path']}: {len(opened)} read sessions")
