"""What is sealed of the acts of the conciliation, and of what follows it (CSP R. 1110-9 to R. 1110-15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.filing.sealed.base import Brings, NoDay, Sealed
from app.filing.sealed.to_person import ToPerson


@dataclass(frozen=True, kw_only=True)
class Heard(Brings):
    """The professional heard, with the record (CSP R. 1110-11)."""

    on: date


@dataclass(frozen=True, kw_only=True)
class SecretariatGiven(Sealed):
    """The secretariat of the commission given to an authority, as both agreed (CSP R. 1110-10)."""

    to: str
    """Code of the authority that keeps it from now on."""
    on: date
    """Day of the agreement."""


@dataclass(frozen=True, kw_only=True)
class SittingMember:
    """A member who sits: for which authority (its code, then its name), and the name."""

    side: str
    authority: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Fixed(ToPerson):
    """The meeting: when, where, before whom (CSP R. 1110-9 to R. 1110-12)."""

    on: date
    hour: str
    """``14:30``, where the authority is."""
    place: str
    mode: str
    why_remote: str
    why_late: str
    members: Sequence[SittingMember]
    needs: str
    """How the needs of the person are met: what is translated of it."""
    is_place_agreed: bool | None = None
    """Whether both authorities agreed on the place; else it is the receiver's (CSP R. 1110-12)."""
    ends: str | None = None
    """``16:00``, once that was said; else an hour after it begins."""
    experts: Sequence[str] | None = None
    """Who enlightens the commission, without part in the conciliation (CSP R. 1110-10): name and quality, if any."""


@dataclass(frozen=True, kw_only=True)
class CommissionChanged(Sealed):
    """Others who sit, at a meeting whose day stays (CSP R. 1110-9: each member has a substitute)."""

    members: Sequence[SittingMember]


@dataclass(frozen=True, kw_only=True)
class Summoned(Sealed):
    """A summons that left for a party (CSP R. 1110-11 al. 5)."""

    party: str
    mode: str
    on: date
    reference: str
    letter: Sequence[str]
    """Its paragraphs."""


@dataclass(frozen=True, kw_only=True)
class SummonsCame(Brings):
    """A summons that its party has in hand, with the proof."""

    party: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Answered(Brings):
    """What a party answers to the summons, with its mandate (CSP R. 1110-12)."""

    party: str
    presence: str
    represented_by: str
    why_absent: str
    observations: str
    """What the party wrote to the commission."""
    agrees_remote: bool


def party_of(sealed: Sealed) -> str:
    """Return the code of the party that an act is of; empty when it is of none."""
    match sealed:
        case Summoned(party=party) | SummonsCame(party=party) | Answered(party=party):
            return party
    return ""


@dataclass(frozen=True, kw_only=True)
class Reported(Brings):
    """Who came to the meeting and how it ended, with the signed report (CSP R. 1110-12)."""

    on: date
    presents: Sequence[str]
    issue: str
    points: str
    absent: str
    """The party that did not answer its summons; empty when that is not how it ended."""
    warnings: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ReportSent(Sealed):
    """The report sent to all (CSP R. 1110-12)."""

    on: date
    reference: str


@dataclass(frozen=True, kw_only=True)
class PassedOn(Brings):
    """The complaint passed on to the chamber, with the reasoned opinion (CSP R. 1110-13, R. 1110-14)."""

    on: date
    court: str
    joins: str
    """Whether the council joins the complaint: ``oui`` or ``non``."""
    director_told_on: date | None = None
    """Day when the director was told of it (CSP R. 1110-13), once that was asked."""


@dataclass(frozen=True, kw_only=True)
class Decided(Sealed):
    """What the chamber decided; whether it is a sanction and since when it is final, once that was asked."""

    on: date
    decision: str
    is_sanction: bool | None = None
    final_on: date | None = None
    director_told_on: date | None = None
    """Day when the director was told of it (CSP R. 1110-13), once that was asked."""


@dataclass(frozen=True, kw_only=True)
class DirectorDecided(Sealed):
    """What the director does when the council did not act (CSP R. 1110-15)."""

    follow: str
    on: date
    told_on: date | NoDay
    """Day when the council was told of a sanction (CSS R. 147-17)."""


@dataclass(frozen=True, kw_only=True)
class RecidiveChecked(Sealed):
    """Whether a first sanction exists (CSP R. 1110-14); its day, its author and the source, when one does."""

    answer: str
    sanction_on: date | None = None
    sanction_by: str | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Closed(ToPerson):
    """From which end the file is closed, and what the person is told."""

    reason: str
    explanation: str
