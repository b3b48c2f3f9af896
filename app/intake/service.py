"""What a clerk does at the desk."""

import json
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base.clock import PARIS, Clock
from app.base.dates import date_text, local_day, moment_text
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.vault import seal
from app.filing import acts, contact
from app.filing import service as filings
from app.filing.competence import contact_of
from app.filing.queries import WHY, OpenFiling
from app.filing.rules import AIGUILLAGE, days_not_asked
from app.filing.standing import MOVED, WITHDRAWING, other_authority
from app.intake.queries import is_opened_since
from app.intake.rules import EventKind
from app.intake.turn import NOT_ASKED, AlreadyDone, take
from app.notifications import service as notifications
from app.notifications.service import Message
from app.procedure import queries as procedure
from app.routing import queries as routing
from app.routing.service import remember_caisse


def is_traced(session: Session, filing_id: str, clerk: Clerk, now: datetime) -> bool:
    """Tell whether the history already says that this clerk read this complaint today."""
    zone = ZoneInfo(clerk.zone)
    start = datetime.combine(local_day(now, zone), time(), zone)
    return is_opened_since(session, filing_id, clerk.name, clerk.authority, start)


def opened(session: Session, filing_id: str, clerk: Clerk, clock: Clock) -> None:
    """Leave a line in the history: this clerk read this complaint, once for each day."""
    now = clock()
    if not is_traced(session, filing_id, clerk, now):
        filings.record_event(session, filing_id, EventKind.OUVERTE, by=clerk.name, authority=clerk.authority, at=now)


CONFIDED = {"reason", "is_pressed"}
"""What the person says of a withdrawal to the authority that holds the complaint, and to nobody else."""


@dataclass(frozen=True)
class Wish:
    """To whom a complaint is sent, why, and whether the caisse of the town is kept."""

    to: str
    reason: str
    words: str
    remember: bool


def move(session: Session, portal: Portal, clerk: Clerk, number: str, wish: Wish) -> None:
    """Send a complaint to the competent authority and tell everybody (CRPA L. 114-2); its date of receipt stays.

    Raises :class:`~app.intake.turn.AlreadyDone` when that is not possible any more.
    """
    opened = take(session, portal, clerk, number, MOVED)
    new = routing.authority(session, wish.to)
    if new is None or new.code == opened.filing.receiver:
        raise AlreadyDone(translate(NOT_ASKED), number)
    informed = _informed(session, opened, new)
    content = {
        "by": clerk.name,
        "authority": clerk.authority,
        "reason": wish.reason,
        "words": wish.words,
        "receiver": contact_of(new),
        "informed": contact_of(informed),
    }
    at = acts.record(session, portal.keyring, opened, MOVED, content, portal.clock).at
    if wish.remember and opened.filing.commune and not new.is_ordre:
        place = routing.place(session, opened.filing.commune)
        if place and place.commune:
            remember_caisse(session, place.commune, new.code, clerk.name, portal.clock)
    _tell_of_move(session, portal, opened, clerk.authority, new, at)


def _informed(session: Session, opened: OpenFiling, new: routing.AuthorityRow) -> routing.AuthorityRow | None:
    """Find the other authority; none where the calendar asks for no transmission (D3)."""
    filing = opened.filing
    if "D3" in days_not_asked(filing.outcome):
        return None
    named = tuple(dict.fromkeys((filing.receiver, filing.informed, *filing.candidates.split())))
    known = [(one.code, one.is_ordre) for one in routing.authorities(session, named)]
    code = other_authority(new.code, known, is_ordre=new.is_ordre)
    return routing.authority(session, code) if code else None


def _tell_of_move(
    session: Session, portal: Portal, opened: OpenFiling, former: str, new: routing.AuthorityRow, at: datetime
) -> None:
    """Tell the person, the authority that holds it now and the one that held it: facts and dates, never the story."""
    filing = opened.filing
    due = {day.code: day.due_strict for day in procedure.calendar_of(session, filing.number)}
    told = {
        "number": filing.number,
        "authority": new.name,
        "received": moment_text(filing.received_at, PARIS, weekday=False, seconds=False),
        "due": date_text(due["D2"]),
        "address": portal.settings.address,
        "contact": "\n".join(filter(None, [*contact_of(new)["address"], new.phone])),
    }
    email = contact.email_of(opened.contact)
    letters = [(email, "moved")] if email else []
    letters += [(to, "arrived") for to in accounts.addresses(session, new.code)]
    if former != AIGUILLAGE:
        letters += [(to, "left") for to in accounts.addresses(session, former)]
    matter = at.isoformat()
    messages = [Message(to, kind, filing.number, told, matter) for to, kind in letters]
    notifications.queue(session, portal.keyring, messages, portal.clock)


def trace(session: Session, opened: OpenFiling, clerk: Clerk, kind: EventKind, why: str, clock: Clock) -> None:
    """Leave a line in the history, with its reason: a dangerous file was saved, the complaint was taken out."""
    sealed = seal(opened.key, why.encode(), WHY)
    filings.record_event(
        session, opened.filing.id, kind, by=clerk.name, authority=clerk.authority, at=clock(), why=sealed
    )


def document_of(opened: OpenFiling) -> bytes:
    """Write the complaint and its acts for another program: JSON, UTF-8; it may go to the other authority."""
    acted = [_told(act) for act in opened.acts]
    return json.dumps({"complaint": opened.payload, "acts": acted}, ensure_ascii=False, indent=1).encode()


def _told(act: dict[str, Any]) -> dict[str, Any]:
    """Leave out of an act what the person confided to the authority that holds the complaint."""
    if act["kind"] != WITHDRAWING:
        return act
    return {name: value for name, value in act.items() if name not in CONFIDED}
