"""Editions: one serves, the one before may come back, the others are forgotten."""

import time
from collections.abc import Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.base.storage.database import Base, Database
from app.directory.models import Edition, Key, Listing, Site, Word

LOADING, READY, ACTIVE, FORMER = "chargement", "prete", "active", "ancienne"
AT_ONCE = 20_000
BREATH_SECONDS = 0.02


def activate(session: Session, edition: int) -> None:
    """Let an edition serve; the one that served becomes the former one."""
    session.execute(update(Edition).where(Edition.state == ACTIVE).values(state=FORMER))
    session.execute(update(Edition).where(Edition.id == edition).values(state=ACTIVE))


def go_back(session: Session) -> Edition | None:
    """Let the former edition serve again; ``None`` when there is none."""
    former = session.scalar(select(Edition).where(Edition.state == FORMER).order_by(Edition.id.desc()).limit(1))
    if former is None:
        return None
    activate(session, former.id)
    return former


def forget_unfinished(database: Database) -> int:
    """Remove the editions that serve no more and never will: what a cut load left, and all former ones but the last."""
    with database.read() as session:
        left = list(session.scalars(select(Edition.id).where(Edition.state.in_((LOADING, READY)))))
        former = session.scalars(select(Edition.id).where(Edition.state == FORMER).order_by(Edition.id.desc())).all()
    gone = [*left, *former[1:]]
    for edition in gone:
        forget(database, edition)
    return len(gone)


def forget(database: Database, edition: int) -> None:
    """Remove an edition, some rows at a time: complaints are received meanwhile."""
    _forget_words(database, edition)
    tables: Sequence[type[Base]] = (Listing, Site)
    for table in tables:
        id_, of = table.__table__.c.id, table.__table__.c.edition
        with database.read() as session:
            first, last = session.execute(select(func.min(id_), func.max(id_)).where(of == edition)).one()
        for start in range(first or 0, (last or -1) + 1, AT_ONCE):
            with database.write() as session:
                between = (id_ >= start, id_ < start + AT_ONCE, of == edition)
                session.execute(delete(table).where(*between).execution_options(synchronize_session=False))
            time.sleep(BREATH_SECONDS)
    with database.write() as session:
        session.execute(delete(Edition).where(Edition.id == edition))


def _forget_words(database: Database, edition: int) -> None:
    tables: Sequence[type[Base]] = (Key, Word)
    for table in tables:
        of, zone = table.__table__.c.edition, table.__table__.c.zone
        with database.read() as session:
            zones = session.scalars(select(zone).where(of == edition).distinct()).all()
        for one in zones:
            with database.write() as session:
                rows = delete(table).where(of == edition, zone == one)
                session.execute(rows.execution_options(synchronize_session=False))
            time.sleep(BREATH_SECONDS)
