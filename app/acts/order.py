"""The order of days: each act bears a day that is not before the act it follows. Pure rules on values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.filing.status.case_status import CaseStatus
from app.filing.status.conciliation import DECISION, HEARD, OPINION, REPORT_SENT, SUMMONED, SUMMONS_CAME, Milestone
from app.filing.status.director import (
    COMMISSION,
    CONCLUDED,
    FOLLOWED,
    OBSERVED,
    OPINION_ASKED,
    OPINION_GIVEN,
)
from app.procedure.days import LegalDay

RECEIPT = N_("Cette date est avant la réception, le {day}.")
TOLD = N_("Cette date est avant la transmission au professionnel, le {day}.")
FIXED = N_("Cette date est avant le jour où la réunion a été fixée, le {day}.")
SENT = N_("Cette date est avant l'envoi de la convocation, le {day}.")
MET = N_("Cette date est avant la réunion, le {day}.")
PASSED_ON = N_("Cette date est avant la transmission à la chambre disciplinaire, le {day}.")
NOTIFIED = N_("Cette date est avant la réception de la notification, le {day}.")
REFERRED = N_(
    "La commission est saisie à partir du {day} : le professionnel a d'abord un mois pour répondre (CSS R. 147-2)."
)
ASKED = N_("Cette date est avant la demande d'avis, le {day}.")
ADVISED = N_("Cette date est avant l'avis rendu, le {day}.")
BEGUN = N_("Cette date est avant la notification des griefs, le {day}.")
SANCTION = N_("Cette date est avant la notification de la sanction, le {day}.")


@dataclass(frozen=True)
class First:
    """The first day that an act may bear, and what to say of an earlier one."""

    on: date
    says: str

    def mistake(self, day: date) -> FieldError | None:
        """Return what is wrong with a day before the first one; nothing otherwise."""
        return FieldError(self.says, day=date_text(self.on, weekday=False)) if day < self.on else None


def first_day(now: CaseStatus, kind: str, received_on: date, zone: ZoneInfo, party: str = "") -> First:
    """Return the first day of an act of this kind, for a party when it is a summons; that of the receipt by default."""
    follows = _FOLLOWS.get(kind)
    return (follows(now, zone, party) if follows else None) or First(received_on, RECEIPT)


def _kept(kept: Milestone | None, says: str) -> First | None:
    return First(kept.on, says) if kept else None


def _fixed(now: CaseStatus, zone: ZoneInfo, _party: str) -> First | None:
    """Summons follow the day on which their meeting was fixed; one written down after it was held had them before."""
    fixed_on = local_day(now.conciliation.meeting.at, zone) if now.conciliation.meeting else None
    if fixed_on is None or now.conciliation.session_on is None or now.conciliation.session_on < fixed_on:
        return None
    return First(fixed_on, FIXED)


def _summoned(now: CaseStatus, _zone: ZoneInfo, party: str) -> First | None:
    sent = now.conciliation.summons.get(party)
    return First(sent.sent_on, SENT) if sent else None


def _met(now: CaseStatus, _zone: ZoneInfo, _party: str) -> First | None:
    """The day of the report is that of its meeting (CSP R. 1110-12)."""
    return _kept(now.done.get(LegalDay.MEET), MET)


def _asked(now: CaseStatus, _zone: ZoneInfo, _party: str) -> First | None:
    """The commission is seized once the month of the professional is over; the UNCAM, after the commission."""
    director = now.director
    if opinion := director.given.get(COMMISSION):
        return First(opinion.on, ADVISED)
    return First(director.first_to_refer, REFERRED) if director.first_to_refer else None


def _concluded(now: CaseStatus, _zone: ZoneInfo, _party: str) -> First | None:
    """A decision follows the last opinion that was given, else the notification of the facts."""
    director = now.director
    if director.given:
        return First(max(one.on for one in director.given.values()), ADVISED)
    return First(director.facts.on, BEGUN) if director.facts else None


def _day(on: date | None, says: str) -> First | None:
    return First(on, says) if on else None


_FOLLOWS: Mapping[str, Callable[[CaseStatus, ZoneInfo, str], First | None]] = {
    HEARD: lambda now, _zone, _party: _kept(now.told.get(LegalDay.TELL_PROFESSIONAL), TOLD),
    SUMMONED: _fixed,
    SUMMONS_CAME: _summoned,
    REPORT_SENT: _met,
    OPINION: _met,
    DECISION: lambda now, _zone, _party: _kept(now.conciliation.passed_on, PASSED_ON),
    OBSERVED: lambda now, _zone, _party: _day(now.director.came_on, NOTIFIED),
    OPINION_ASKED: _asked,
    OPINION_GIVEN: lambda now, _zone, _party: _kept(now.director.asked.get(now.director.awaited), ASKED),
    CONCLUDED: _concluded,
    FOLLOWED: lambda now, _zone, _party: _day(now.director.ended_on, SANCTION),
}
"""The act that each one follows; all the others follow the receipt."""
