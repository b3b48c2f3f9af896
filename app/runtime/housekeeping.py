"""What the service does by itself from time to time: erasing what has had its time."""

import logging
from datetime import timedelta

from app.accounts.service import access
from app.api import idempotency
from app.base.dates import local_day
from app.base.portal import Portal
from app.evidence import queries as files
from app.evidence import service as evidence
from app.filing import queries as filings
from app.filing.upkeep import rebuild_desks, reindex
from app.privacy import service as privacy
from app.saisine import mandate_requests, returning
from app.saisine import queries as drafts
from app.statistics import service as figures

log = logging.getLogger("saisine.tidy")
AT_ONCE = 200


def tidy(portal: Portal) -> int:
    """Erase what is due; return how many files went."""
    now = portal.clock()
    with portal.database.write() as session:
        gone = privacy.tidy(session, now, timedelta(days=portal.settings.keep_mails_days))
        returning.remind(session, portal.keyring, local_day(now), portal.settings.address, portal.clock)
        returning.remind_members(session, portal.keyring, local_day(now), portal.settings.address, portal.clock)
        mandate_requests.remind(session, portal.keyring, portal.settings.address, portal.clock)
    with portal.database.write() as session:
        idempotency.forget(session, now)
        access.forget(session, local_day(now) - timedelta(days=portal.settings.access_days))
    figures.keep_erased(portal)
    with portal.database.read() as session:
        lost = privacy.orphans(session, portal.files, now)
    return privacy.remove(portal.files, [*gone, *lost])


def seal_digests(portal: Portal) -> int:
    """Seal the hashes of the files that an earlier version kept in clear; return how many. It can be stopped."""
    done, last = 0, ""
    while True:
        with portal.database.write() as session:
            some = files.unsealed(session, last, AT_ONCE)
            for file_id, owner in some:
                key = drafts.key_of(session, portal.keyring, owner) or filings.key_of(session, portal.keyring, owner)
                if key:
                    evidence.seal_digest(session, file_id, key)
                    done += 1
        if not some:
            return done
        last = some[-1][0]


class Housekeeping:
    """The tidying of one instance."""

    def __init__(self, portal: Portal) -> None:
        """Nothing was looked at yet."""
        self._portal, self._is_current = portal, False

    def step(self) -> None:
        """Make, the first time, what an earlier version did not, desks and words; then tidy."""
        if self._is_current:
            log.info("tidy", extra={"files": tidy(self._portal)})
            return
        if made := seal_digests(self._portal):
            log.info("sealed", extra={"files": made})
        if made := rebuild_desks.lay_again(self._portal.database, self._portal.keyring):
            log.info("laid again", extra={"filings": made})
        if made := reindex.index(self._portal.database, self._portal.keyring):
            log.info("indexed", extra={"filings": made})
        self._is_current = True
