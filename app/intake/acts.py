"""What a clerk does that the law counts: written in the ledger, ticked in the calendar, told to who must know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import ntranslate
from app.base.portal import Portal
from app.filing.acts import record
from app.filing.queries import OpenFiling
from app.filing.standing import ACKNOWLEDGED, DUTIES, TOLD_AUTHORITY, TOLD_PROFESSIONAL
from app.intake import letters
from app.intake.turn import take
from app.notifications import service as notifications
from app.notifications.service import Message
from app.procedure import queries as procedure

BY_EMAIL, BY_POST = N_("Par e-mail, le {day}"), N_("Par courrier, posté le {day}")
SHARED = N_("Accès ouvert dans ce service, le {day}")


@dataclass(frozen=True)
class Sending:
    """How something left and when; ``words`` say it with ``{day}``, ``more`` is kept in the act."""

    words: str
    on: date
    more: Mapping[str, Any] = field(default_factory=dict)


def due_of(session: Session, opened: OpenFiling, code: str) -> date:
    """Give the last day of a duty. Raises ``KeyError`` when the law does not ask for it."""
    return {day.code: day.due_strict for day in procedure.calendar_of(session, opened.filing.number)}[code]


def acknowledge(session: Session, portal: Portal, clerk: Clerk, number: str, sending: Sending, message: str) -> None:
    """Acknowledge receipt (CSP R. 1110-11): within eight days, and later all the same, saying by how many days.

    Raises :class:`~app.intake.turn.AlreadyDone`, here as below, when that is not possible any more.
    """
    opened = take(session, portal, clerk, number, ACKNOWLEDGED)
    letter = letters.acknowledgement(session, opened, clerk)
    sending = Sending(sending.words, sending.on, {**sending.more, "letter": [*letter.paragraphs], "message": message})
    at = _do(session, portal, clerk, opened, ACKNOWLEDGED, sending)
    if sending.more["channel"] == "email":
        told = {"number": number, "letter": "\n\n".join(letter.paragraphs), "message": message}
        told["address"] = portal.settings.address
        _mail(session, portal, [(letters.email_of(opened), "acknowledged")], number, told, at)


def tell_authority(session: Session, portal: Portal, clerk: Clerk, number: str, sending: Sending) -> None:
    """Give the complaint to the other authority (CSP R. 1110-11), by a shared access or with the bundle it was sent."""
    opened = take(session, portal, clerk, number, TOLD_AUTHORITY)
    at = _do(session, portal, clerk, opened, TOLD_AUTHORITY, sending)
    if sending.more.get("is_shared"):
        told = {
            "number": number,
            "authority": clerk.authority_name,
            "received": moment_text(opened.filing.received_at, PARIS, weekday=False, seconds=False),
            "address": portal.settings.address,
        }
        _mail(
            session,
            portal,
            [(to, "shared") for to in accounts.addresses(session, opened.filing.informed)],
            number,
            told,
            at,
        )


def tell_professional(session: Session, portal: Portal, clerk: Clerk, number: str, sending: Sending) -> None:
    """Note that the professional was sent the complaint and its date of receipt (CSP R. 1110-11)."""
    opened = take(session, portal, clerk, number, TOLD_PROFESSIONAL)
    _do(session, portal, clerk, opened, TOLD_PROFESSIONAL, sending)


def _do(session: Session, portal: Portal, clerk: Clerk, opened: OpenFiling, kind: str, sending: Sending) -> datetime:
    """Write the act; once all is told, tell the person that there is something new."""
    number = opened.filing.number
    how = sending.words.format(day=date_text(sending.on, weekday=False))
    content = {
        "by": clerk.name,
        "authority": clerk.authority,
        "words": with_lateness(how, (sending.on - due_of(session, opened, DUTIES[kind])).days),
        "on": sending.on.isoformat(),
        **sending.more,
    }
    at = record(session, portal.keyring, opened, kind, content, portal.clock).at
    session.refresh(opened.filing)
    email = letters.email_of(opened)
    if opened.filing.state == "transmise" and email:
        told = {"number": number, "address": portal.settings.address}
        _mail(session, portal, [(email, "news")], number, told, at)
    return at


def with_lateness(how: str, late: int) -> str:
    """Add by how many days an act came after its last day, if it did."""
    if late <= 0:
        return how
    return ntranslate("{how} ({n} jour après la date limite)", "{how} ({n} jours après la date limite)", late).format(
        how=how, n=late
    )


def _mail(
    session: Session,
    portal: Portal,
    to: Sequence[tuple[str, str]],
    number: str,
    told: Mapping[str, str],
    at: datetime,
) -> None:
    messages = [Message(address, kind, number, told, at.isoformat()) for address, kind in to]
    notifications.queue(session, portal.keyring, messages, portal.clock)
