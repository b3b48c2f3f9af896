"""Erasing what has had its time, one complaint after the other: stopped at any moment, it goes on the next time."""

from collections.abc import Callable
from datetime import date, timedelta

from app.base.dates import local_day
from app.base.portal import Portal
from app.filing.ledger import chain
from app.filing.upkeep.erase import erase
from app.privacy import queries, service
from app.privacy.queries import DueErasure
from app.privacy.rules import Periods


def periods_of(portal: Portal) -> Periods:
    """Return the periods of this instance."""
    return Periods(portal.settings.keep_years, portal.settings.keep_withdrawn_years)


def over(portal: Portal) -> list[DueErasure]:
    """List the complaints whose time is over today."""
    with portal.database.read() as session:
        return queries.ending(session, _yesterday(portal), periods_of(portal))


def _yesterday(portal: Portal) -> date:
    return local_day(portal.clock()) - timedelta(days=1)


def purge(portal: Portal, tell: Callable[[int, int], None] = lambda _done, _total: None) -> list[DueErasure]:
    """Erase them; give those that were erased. Raises :class:`~app.base.errors.StorageTrouble`."""
    found, done = over(portal), list[DueErasure]()
    for place, due in enumerate(found, 1):
        if _erase(portal, due):
            done.append(due)
        tell(place, len(found))
    return done


def _erase(portal: Portal, due: DueErasure) -> bool:
    """Erase one, unless an authority put it off a moment ago."""
    with portal.database.write() as session:
        chain.take_turn(session)
        if not queries.ending(session, _yesterday(portal), periods_of(portal), due.number):
            return False
        files = erase(session, portal.keyring, due.number, portal.clock)
    if files is None:
        return False
    service.remove(portal.files, files)
    return True
