"""The three duties of the eight days (CSP R. 1110-11): acknowledge, tell the other authority, tell the professional."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.filing.standing import ACKNOWLEDGED, DUTIES, TOLD_AUTHORITY, TOLD_PROFESSIONAL
from app.intake import letters
from app.intake.act_dates import with_lateness
from app.intake.case import DeskCase

BY_EMAIL, BY_POST = N_("Par e-mail, le {day}"), N_("Par courrier, posté le {day}")
SHARED = N_("Accès ouvert dans ce service, le {day}")


@dataclass(frozen=True)
class Sending:
    """How something left and when; ``words`` say it with ``{day}``, ``more`` is kept in the act."""

    words: str
    on: date
    more: Mapping[str, Any] = field(default_factory=dict)


def acknowledge(case: DeskCase, sending: Sending, message: str) -> None:
    """Acknowledge receipt: within eight days, and later all the same, saying by how many days."""
    paragraphs = letters.acknowledgement(case).paragraphs
    sending = Sending(sending.words, sending.on, {**sending.more, "letter": [*paragraphs], "message": message})
    done = _do(case, ACKNOWLEDGED, sending)
    if sending.more["channel"] == "email":
        done.tell([(done.email, "acknowledged")], letter="\n\n".join(paragraphs), message=message)


def tell_authority(case: DeskCase, sending: Sending) -> None:
    """Give the complaint to the other authority, by a shared access or with the bundle it was sent."""
    done = _do(case, TOLD_AUTHORITY, sending)
    if sending.more.get("is_shared"):
        received = moment_text(case.opened.filing.received_at, PARIS, weekday=False, seconds=False)
        shared = [(to, "shared") for to in done.addresses(case.now.informed)]
        done.tell(shared, authority=case.clerk.authority_name, received=received)


def tell_professional(case: DeskCase, sending: Sending) -> None:
    """Note that the professional was sent the complaint and its date of receipt."""
    _do(case, TOLD_PROFESSIONAL, sending)


def _do(case: DeskCase, kind: str, sending: Sending) -> DeskCase:
    """Write the act; once all is told, tell the person that there is something new."""
    how = sending.words.format(day=date_text(sending.on, weekday=False))
    words = with_lateness(how, (sending.on - case.due[DUTIES[kind]]).days)
    done = case.write(kind, {"words": words, "on": sending.on.isoformat(), **sending.more})
    if done.now.state == "transmise":
        done.tell([(done.email, "news")])
    return done
