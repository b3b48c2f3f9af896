"""What the person adds after the receipt: files wait until they are sent, then one act names them all.

Until then they belong to the filing and not to its complaint: nobody else sees them, and they go after a week.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.acts.turn import take_own
from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.portal import Portal
from app.evidence import queries as evidence
from app.evidence import service, store
from app.evidence.purposes import SENT_LIST, may_go
from app.evidence.queries import FileRow
from app.evidence.rules import Room, size_text
from app.filing.acts.attachments import named, of_person, purposes
from app.filing.acts.read_receipts import by_authority, seen_of
from app.filing.models import Filing
from app.filing.queries import OpenFiling
from app.filing.sealed.act import Act, of_kind
from app.filing.sealed.person import ProofsAdded
from app.filing.status.case_status import PROOFS_ADDED
from app.notifications.kinds import Mail

FILES_MOST = 100
"""Files of one complaint, those of its receipt with those that came later."""
MOST_A_DAY = 20
"""Times that a person may send files in a day."""
WAITS = timedelta(days=7)
"""How long a file that was chosen waits to be sent."""


class AddOutcome(Enum):
    """What became of a press on « Envoyer »."""

    SENT = auto()
    NOTHING = auto()
    TOO_MANY = auto()


@dataclass(frozen=True)
class SentFile:
    """A file that the person sent, as the person reads it."""

    name: str
    title: str
    size: str
    added_on: str
    """Day when it was added; empty for a file that came with the complaint."""
    seen: str
    """When the authority first saw it, for a file that was added."""
    row: FileRow | None
    """What is known of it; nothing once it is erased."""


def sent_by_person(session: Session, opened: OpenFiling) -> list[SentFile]:
    """List what the person sent, the oldest first."""
    acts = opened.acts
    seen = seen_of(session, opened.filing.id)
    found = []
    known = purposes(opened.payload, acts)
    rows = {row.id: row for row in evidence.files_of(session, opened.filing.draft_id, opened.key)}
    for file, at in of_person(opened.payload, acts):
        if not may_go(known[file["id"]], SENT_LIST):
            continue
        seen_at = by_authority(seen, at) if at else None
        found.append(
            SentFile(
                file["name"],
                file.get("title", ""),
                size_text(file["size"]),
                date_text(at.astimezone(PARIS).date(), weekday=False) if at else "",
                moment_text(seen_at, PARIS, weekday=False, seconds=False) if seen_at else "",
                rows.get(file["id"]),
            )
        )
    return found


def own_files(session: Session, opened: OpenFiling) -> list[FileRow]:
    """List the files that the person sent, then those that wait to be sent."""
    sent = [file.row for file in sent_by_person(session, opened) if file.row]
    return [*sent, *evidence.files_of(session, opened.filing.id, opened.key)]


def room_left(session: Session, opened: OpenFiling) -> Room:
    """Tell what may still be chosen, before it is sent."""
    count, size = evidence.count_and_size(session, opened.filing.id)
    sent, _ = evidence.count_and_size(session, opened.filing.draft_id)
    room = Room.beside(count, size)
    return replace(room, files=min(room.files, FILES_MOST - sent - count))


def take_back(portal: Portal, opened: OpenFiling, file_id: str) -> None:
    """Take away a file that was chosen and not sent; one that was sent stays."""
    with portal.database.write() as session:
        is_gone = service.detach(session, opened.filing.id, file_id)
    if is_gone:
        store.remove(portal.files, file_id)


def send(portal: Portal, opened: OpenFiling) -> AddOutcome:
    """Send the files that wait, by one act, and tell the authorities that there is something new.

    Raises :class:`~app.acts.refusals.NotNow`.
    """
    filing = opened.filing
    with portal.database.write() as session:
        case = take_own(session, portal, filing, PROOFS_ADDED, shown=opened)
        ready = evidence.files_of(session, filing.id, opened.key)
        if not ready:
            return AddOutcome.NOTHING
        if _sendings(case.opened.acts, portal.clock()) >= MOST_A_DAY:
            return AddOutcome.TOO_MANY
        twice = service.hand_over(session, filing.id, filing.draft_id)
        files = [named(row) for row in ready if row.id not in twice]
        if files:
            done = case.write(PROOFS_ADDED, ProofsAdded(files=files))
            done.tell((one, Mail.EVIDENCE_ADDED) for one in done.addresses(*done.now.readers))
    for file_id in twice:
        store.remove(portal.files, file_id)
    return AddOutcome.SENT


def forget_unsent(session: Session, now: datetime) -> list[str]:
    """Take away the files that were chosen a week ago and never sent; the caller removes the bytes of these ids."""
    return service.detach_older(session, select(Filing.id), now - WAITS)


def _sendings(acts: Iterable[Act], now: datetime) -> int:
    return sum(act.at > now - timedelta(days=1) for act in of_kind(acts, ProofsAdded))
