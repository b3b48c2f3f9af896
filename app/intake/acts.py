"""What a clerk does that the law counts: written in the ledger, ticked in the calendar, told to the person."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.accounts.queries import Clerk
from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.base.portal import Portal
from app.filing import ledger
from app.filing.acts import record
from app.filing.queries import open_for
from app.filing.standing import ACKNOWLEDGED
from app.intake import letters
from app.notifications import service as notifications
from app.notifications.service import Message
from app.procedure import service as procedure

BY_EMAIL, BY_POST = N_("Par e-mail, le {day}"), N_("Par courrier, posté le {day}")
LATE = N_("{how} ({n} jours après la date limite)")


@dataclass(frozen=True)
class Sending:
    """How a letter leaves, when, and what the clerk adds."""

    channel: str
    """``email`` or ``courrier``."""
    on: date
    message: str


def acknowledge(session: Session, portal: Portal, clerk: Clerk, number: str, sending: Sending) -> bool:
    """Acknowledge receipt (CSP R. 1110-11): within eight days, and later all the same, saying by how many days.

    ``False`` when this desk does not hold the complaint any more, or it is done already.
    """
    ledger.take_turn(session)
    opened = open_for(session, portal.keyring, number, clerk.authority)
    if opened is None or opened.filing.state != "recue":
        return False
    letter = letters.acknowledgement(session, opened, clerk)
    how = translate(BY_EMAIL if sending.channel == "email" else BY_POST).format(
        day=date_text(sending.on, weekday=False)
    )
    late = (sending.on - letter.due).days
    content = {
        "by": clerk.name,
        "authority": clerk.authority,
        "words": translate(LATE).format(how=how, n=late) if late > 0 else how,
        "channel": sending.channel,
        "on": sending.on.isoformat(),
        "letter": list(letter.paragraphs),
        "message": sending.message,
    }
    at = record(session, portal.keyring, opened, ACKNOWLEDGED, content, portal.clock)
    procedure.mark_done(session, number, "D2", at)
    if sending.channel == "email":
        told = {"number": number, "letter": "\n\n".join(letter.paragraphs), "message": sending.message}
        told["address"] = portal.settings.address
        message = Message(letters.email_of(opened), "acknowledged", number, told, at.isoformat())
        notifications.queue(session, portal.keyring, [message], portal.clock)
    return True
