"""One instance leads, however many run on one database: it alone does the work that must be done once.

It holds a lease, a row of the database, and renews it while it lives. One that stops gives it back; one that is killed
or cut off is replaced when the lease ends. PostgreSQL and SQLite alike: two processes on one file are two instances.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.base.clock import steady_clock, system_clock
from app.base.errors import StorageTrouble
from app.base.secrets import new_token
from app.base.storage.database import Database
from app.base.storage.models import Lease

log = logging.getLogger("saisine.work")
WORK = "work"
"""The one lease there is: whoever holds it does all that must be done once."""
LASTS = timedelta(seconds=20)
BEAT_SECONDS = 5.0
"""A killed instance is replaced within these two."""
MARGIN_SECONDS = 2.0
"""An instance stops believing that it leads this long before another may."""


class Stop(Protocol):
    """Tells a worker to end after what it has in hand."""

    def is_set(self) -> bool:
        """Whether it must end."""


class Leader:
    """The place of one instance among those of its database."""

    def __init__(self, database: Database, steady: Callable[[], float] = steady_clock) -> None:
        """Hold nothing yet; ``steady`` gives seconds, and goes on while the machine sleeps."""
        self._database, self._steady = database, steady
        self._holder, self._until = new_token(), 0.0

    def leads(self) -> bool:
        """Tell whether this instance leads; it costs nothing to ask."""
        return self._steady() < self._until

    def beat(self) -> bool:
        """Take the lease or keep it; tell whether this instance leads. Who follows only reads, until it is free.

        Raises :class:`StorageTrouble` or ``SQLAlchemyError``, which leave things as they are.
        """
        began = self._steady()
        with self._database.read() as session:
            is_held = _is_held_by_another(session, self._holder)
        if is_held:
            self._until = 0.0
            return False
        with self._database.write() as session:
            is_taken = take(session, self._holder)
        if is_taken and not self.leads():
            log.info("leads")
        self._until = began + LASTS.total_seconds() - MARGIN_SECONDS if is_taken else 0.0
        return is_taken

    def leave(self) -> None:
        """Give the lease back, so that another instance needs not wait for its end."""
        self._until = 0.0
        try:
            with self._database.write() as session:
                session.execute(delete(Lease).where(Lease.name == WORK, Lease.holder == self._holder))
        except (StorageTrouble, SQLAlchemyError):
            log.exception("the lease cannot be given back: it ends by itself")


def take(session: Session, holder: str, name: str = WORK) -> bool:
    """Take a lease or make it last; ``False`` when another holds it."""
    now = _now(session)
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    row = insert(Lease).values(name=name, holder=holder, until=now + LASTS).returning(Lease.holder)
    is_free = or_(Lease.holder == holder, Lease.until <= now)
    again = {"holder": row.excluded.holder, "until": row.excluded.until}
    taken = row.on_conflict_do_update(index_elements=[Lease.name], set_=again, where=is_free)
    return session.scalar(taken) is not None


def _is_held_by_another(session: Session, holder: str) -> bool:
    others = select(Lease.name).where(Lease.name == WORK, Lease.holder != holder, Lease.until > _now(session))
    return session.scalar(others) is not None


def _now(session: Session) -> datetime:
    """Read the clock that all the instances share: that of the server, or of the machine that holds the file."""
    if session.get_bind().dialect.name == "postgresql":
        read: datetime = session.scalars(select(func.clock_timestamp())).one()
        return read
    return system_clock()
