"""What the service does by itself from time to time: erasing what has had its time."""

import logging
import threading
from datetime import timedelta

from app.accounts.service import access
from app.base.dates import local_day
from app.base.errors import StorageTrouble
from app.base.portal import Portal
from app.filing import indexing, relaying
from app.privacy import service as privacy
from app.saisine import returning
from app.statistics import service as figures

log = logging.getLogger("saisine.tidy")
EVERY_SECONDS = 3600.0


def tidy(portal: Portal) -> int:
    """Erase what is due; give how many files went."""
    now = portal.clock()
    with portal.database.write() as session:
        gone = privacy.tidy(session, now, timedelta(days=portal.settings.keep_mails_days))
        returning.remind(session, portal.keyring, local_day(now), portal.settings.address, portal.clock)
    with portal.database.write() as session:
        access.forget(session, local_day(now) - timedelta(days=portal.settings.access_days))
    figures.keep_erased(portal)
    with portal.database.read() as session:
        lost = privacy.orphans(session, portal.files, now)
    return privacy.remove(portal.files, [*gone, *lost])


def keep_tidy(portal: Portal, stop: threading.Event) -> None:
    """Make what an earlier version did not: desks, words; then tidy now and then, until told to stop."""
    try:
        if made := relaying.lay_again(portal.database, portal.keyring):
            log.info("laid again", extra={"filings": made})
        if made := indexing.index(portal.database, portal.keyring):
            log.info("indexed", extra={"filings": made})
    except StorageTrouble:
        log.exception("complaints could not be brought up to date")
    while not stop.wait(EVERY_SECONDS):
        try:
            log.info("tidy", extra={"files": tidy(portal)})
        except StorageTrouble:
            log.exception("nothing could be tidied")
