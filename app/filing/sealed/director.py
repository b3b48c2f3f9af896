"""What is sealed of the procedure of the director (CSS L. 162-1-14-1, R. 147-2, R. 147-13 to R. 147-17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.filing.sealed.base import NoDay, Sealed
from app.filing.sealed.to_person import ToPerson


@dataclass(frozen=True, kw_only=True)
class SentLetter:
    """A letter of the director as it left: to whom, about what, and its words down to the signature."""

    to: Sequence[str]
    """Name and address, line by line."""
    subject: str
    lines: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class FactsNotified(Sealed):
    """The facts notified to the professional, by a way that proves the day of its reception (CSS R. 147-2 I)."""

    on: date
    mode: str
    reference: str
    came_on: date | NoDay
    """Day when the professional received it: the month of the observations runs from it."""
    letter: SentLetter | None = None
    """The letter, when this service wrote it."""
    announced: Sequence[str] | None = None
    """Codes of the sanctions that the letter announces, the publication among them (CSS R. 147-14); nothing is known of
    a letter that was written elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Observed(Sealed):
    """What the professional answered: written observations, or a hearing (CSS R. 147-2 I)."""

    on: date
    form: str


@dataclass(frozen=True, kw_only=True)
class OpinionAsked(Sealed):
    """An opinion asked, of the commission, then of the director general of the UNCAM (CSS R. 147-2, R. 147-14)."""

    on: date
    body: str


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(Sealed):
    """That opinion, or that its time passed without one."""

    on: date
    body: str
    sense: str


@dataclass(frozen=True, kw_only=True)
class NoActionDecided(ToPerson):
    """The director begins no procedure, with what the person is told of it."""

    on: date
    explanation: str


@dataclass(frozen=True, kw_only=True)
class DirectorConcluded(ToPerson):
    """The procedure abandoned, or a sanction notified with its remedies (CSS R. 147-14 to R. 147-17)."""

    on: date
    decision: str
    explanation: str
    """What the clerk chose to tell the person; often nothing."""
    sanctions: Sequence[str]
    is_repeat: bool | None = None
    """Whether an earlier sanction is final, for the sanctions that need one."""
    amount: str | None = None
    """Of the penalty, in euros: ``45`` or ``45,50``."""
    ceiling: str | None = None
    """The highest amount that the text allows here, in euros, as the clerk worked it out (CSS R. 147-15)."""
    fees_months: int | None = None
    """Months without the right to charge more than the tariff."""
    contributions_months: int | None = None
    """Months without the part that the caisse takes of the contributions."""
    display_months: int | None = None
    """Months of display where the caisse receives the public (CSS R. 147-16)."""
    letter: SentLetter | None = None
    """The letter to the professional, when this service wrote it."""


@dataclass(frozen=True, kw_only=True)
class SanctionFollowed(Sealed):
    """What became of the sanction, as known that day: the copy to the council, the remedy, the day it became final."""

    told_on: date | NoDay
    """Day of the copy to the council (CSS R. 147-17)."""
    appeal: str
    appealed_on: date | NoDay
    final_on: date | NoDay
    """Day since which a repeat is counted (CSP R. 1110-14)."""
    published_on: date | NoDay
