"""Too many complaints at once: they are all received, and whoever runs the service is told."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.errors import N_, TooMany
from app.base.limits import Limit, Limits
from app.filing.ledger import chain
from app.filing.models import LedgerEntry

log = logging.getLogger("saisine.flood")
FROM_ALL, FROM_ONE = 300, 30
"""Complaints in one hour, from everybody and from one network: beyond, somebody must look."""
SPAN = timedelta(hours=1)
_SEEN = Limit("afflux", "", 1, SPAN.total_seconds())


class Flood(StrEnum):
    """What an administrator must look at."""

    ALL = "afflux"
    ONE = "afflux_une_adresse"


LABELS = {
    Flood.ALL: N_("Plus de 300 plaintes sont arrivées en une heure. Aucune n'est perdue."),
    Flood.ONE: N_("Plus de 30 plaintes sont arrivées en une heure de la même adresse du réseau. Aucune n'est perdue."),
}


def note(limits: Limits, network: str) -> None:
    """Count a complaint that was received; the network is kept in memory only, for an hour."""
    try:
        limits.take(Limit("depots", network, FROM_ONE, SPAN.total_seconds()))
    except TooMany:
        log.warning("many complaints came from one network in an hour")
        with suppress(TooMany):
            limits.take(_SEEN)


def alarms(session: Session, limits: Limits, now: datetime) -> list[Flood]:
    """List the floods of the last hour; that from one network is known by the process that received it alone."""
    deposits = select(LedgerEntry.at).where(LedgerEntry.kind == chain.DEPOSIT).order_by(LedgerEntry.n.desc())
    beyond = session.scalar(deposits.offset(FROM_ALL).limit(1))
    found = [Flood.ALL] if beyond is not None and beyond > now - SPAN else []
    return [*found, *([Flood.ONE] if limits.is_reached(_SEEN) else [])]
