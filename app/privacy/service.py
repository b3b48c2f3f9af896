"""Erasing what has had its time; the caller commits, then removes the files it is given."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.accounts.service import invitations, links, sessions
from app.acts import added_evidence
from app.base.clock import PARIS
from app.evidence import queries as evidence
from app.evidence import service as files
from app.evidence import store
from app.notifications import service as notifications
from app.saisine import returning
from app.saisine import service as drafts
from app.webhooks import service as webhooks

ORPHANED_AFTER = timedelta(hours=24)
"""A file may wait this long for its row: a form being sent over a slow line."""


def tidy(session: Session, now: datetime, mails_kept: timedelta) -> list[str]:
    """Erase stale drafts, codes, sessions, mails that left; return the ids of the files to remove after the commit."""
    drafts.prolong(session, now)
    gone = drafts.erase_stale(session, now.astimezone(PARIS).date())
    drafts.forget_codes(session, now)
    returning.sweep_links(session, now)
    sessions.sweep(session, now)
    notifications.forget_sent(session, now - mails_kept)
    webhooks.forget_past(session, now - mails_kept)
    links.sweep_links(session, now)
    invitations.sweep_invitations(session, now)
    left = added_evidence.forget_unsent(session, now)
    return [*left, *(file_id for draft_id in gone for file_id in files.detach_all(session, draft_id))]


def orphans(session: Session, folder: Path, now: datetime) -> list[str]:
    """List the files on disk that no row names, and that are old enough."""
    before = (now - ORPHANED_AFTER).timestamp()
    old = {store.id_of(path) for path in folder.glob("*/*") if path.is_file() and path.stat().st_mtime < before}
    return sorted(old - evidence.known_ids(session, old))


def remove(folder: Path, file_ids: Iterable[str]) -> int:
    """Remove files; return how many were named."""
    count = 0
    for file_id in file_ids:
        store.remove(folder, file_id)
        count += 1
    return count
