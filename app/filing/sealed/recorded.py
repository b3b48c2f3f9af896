"""A complaint that an authority received by itself, on paper, at its counter or by e-mail, and recorded here since.

Its receipt is the day that the authority declares: the letter or its acknowledgement proves it (CSP R. 1110-11, any
means that gives the receipt a date certaine), and every delay runs from it. The instant of the recording is that of
the ledger, which proves nothing of the receipt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.base.clock import PARIS
from app.base.dates import date_text, local_day, moment_text
from app.base.errors import N_
from app.base.forms.fields import Choices

CHANNEL = "papier"
"""How such a complaint came, in lists and statistics."""
RECORDED = "recorded"
"""Where a document keeps it; absent of a complaint that the service received."""
NOON = time(12)
"""Hour of a receipt of which the day alone was declared: the same day in Paris and overseas."""


class ReceivedBy(Choices):
    """The way by which a complaint reached the authority."""

    REGISTERED = "courrier_recommande", N_("Lettre recommandée avec avis de réception")
    LETTER = "courrier", N_("Courrier simple")
    COUNTER = "guichet", N_("Au guichet")
    EMAIL = "email", N_("E-mail")


class WrittenBy(Choices):
    """Who wrote the paper: an association needs the express mandate of the person (CSP R. 1110-11)."""

    PERSON = "personne", N_("La personne elle-même")
    ANOTHER = "autre", N_("Quelqu'un pour elle : un proche, un représentant, un avocat")
    MANDATED = "association", N_("Une association, avec le mandat de la personne")
    UNMANDATED = "association_sans_mandat", N_("Une association, sans mandat dans l'envoi")


WRITTEN_BY = "ecrite_par"
"""The answer that says who wrote it."""
BY: Mapping[str, str] = {
    ReceivedBy.REGISTERED: N_("par lettre recommandée avec avis de réception"),
    ReceivedBy.LETTER: N_("par courrier simple"),
    ReceivedBy.COUNTER: N_("au guichet"),
    ReceivedBy.EMAIL: N_("par e-mail"),
}
"""The same, inside a sentence."""


@dataclass(frozen=True)
class Recorded:
    """What a clerk declares of the receipt."""

    by: str
    """Name of the clerk."""
    authority: str
    """Code of the authority that received, whose desk this is."""
    name: str
    way: ReceivedBy
    on: date
    hour: str
    """``HH:MM``, in the time of the place; empty when it is not known."""
    zone: str

    def received_at(self, now: datetime) -> datetime:
        """Return the instant from which delays run, never after ``now``; its day is the one declared."""
        hour = time.fromisoformat(self.hour) if self.hour else NOON
        return min(datetime.combine(self.on, hour, ZoneInfo(self.zone)).astimezone(now.tzinfo), now)

    def sealed(self, at: str) -> dict[str, str]:
        """Return what is sealed of it, ``at`` being the instant of the recording."""
        named = {name: getattr(self, name) for name in ("by", "authority", "name", "hour")}
        return {**named, "at": at, "way": self.way.value}


def recorded_at(document: Mapping[str, Any]) -> datetime:
    """Return the instant at which a complaint entered the ledger: that of its receipt, unless it was declared."""
    return datetime.fromisoformat(document.get(RECORDED, {}).get("at", document["received_at"]))


def told_zone(document: Mapping[str, Any]) -> ZoneInfo:
    """Return where the hour told beside that of Paris is: nowhere else, when no hour was declared."""
    is_day = document.get(RECORDED, {"hour": True})["hour"] == ""
    return PARIS if is_day else ZoneInfo(document["zone"])


def received_text(
    document: Mapping[str, Any], zone: ZoneInfo = PARIS, *, weekday: bool = True, seconds: bool = True
) -> str:
    """Write when a complaint was received: no more than what was declared, when an authority recorded it."""
    at, recorded = datetime.fromisoformat(document["received_at"]), document.get(RECORDED)
    if recorded is None:
        return moment_text(at, zone, weekday=weekday, seconds=seconds)
    if recorded["hour"]:
        return moment_text(at, zone, weekday=weekday, seconds=False)
    return date_text(local_day(at, ZoneInfo(document["zone"])), weekday=weekday)
