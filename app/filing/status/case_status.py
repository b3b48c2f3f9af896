"""Where a complaint stands: who holds it, what was done of it, what is owed next. Pure rules on values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.base.crypto.vault import PORTAL
from app.filing.rules import (
    AIGUILLAGE,
    INFORMED,
    MANDATED,
    NO_MORE_MANDATED,
    RECEIVER,
    association_holder,
    authority_holder,
)
from app.filing.sealed.conciliation import Closed
from app.filing.sealed.director import DirectorConcluded, NoActionDecided
from app.filing.status.conciliation import ConciliationState, Milestone
from app.filing.status.director import NO_ACTION, DirectorState
from app.filing.status.state import ComplaintState
from app.procedure.days import LegalDay

MOVED = "reorientation"
"""Transmission to the competent authority (CRPA L. 114-2)."""
CONFIRMED = "confirmation_ordre"
"""Who the other authority is, or that there is none, said by a person when the service could not tell."""
ACKNOWLEDGED = "accuse_reception"
"""The authority's own acknowledgement, within eight days (CSP R. 1110-11)."""
TOLD_AUTHORITY = "transmise_autorite"
"""The complaint given to the other authority, within eight days (CSP R. 1110-11)."""
TOLD_PROFESSIONAL = "transmise_professionnel"
"""The professional told of the complaint and of its date of receipt, within eight days (CSP R. 1110-11)."""
PERSON_WROTE, AUTHORITY_WROTE, ASKED = "message_personne", "message_autorite", "demande_piece"
"""What the person and the authority wrote to each other; it changes nothing of where the complaint stands."""
PROOFS_ADDED, CONTACT_CHANGED = "preuves_ajoutees", "coordonnees"
"""What the person adds or corrects after the receipt (CRPA L. 114-5); nothing of where the complaint stands changes."""
PHONE_CALL = "appel"
"""A call with the person, told by who made or took it."""
WITHDRAWING, KEPT_ON, WITHDRAWN = "retrait_demande", "retrait_annule", "retrait"
"""The person asks to withdraw the complaint, changes their mind, or a day has passed since."""
HELD = "conservation"
"""An authority keeps the complaint a year more than its time, for a pending case."""
CHANGE_OF_MIND = timedelta(hours=24)
"""Time to cancel a withdrawal, counted from its instant."""
EXCHANGES = (PERSON_WROTE, AUTHORITY_WROTE, ASKED)
DUTIES = {
    ACKNOWLEDGED: LegalDay.ACKNOWLEDGE,
    TOLD_AUTHORITY: LegalDay.TRANSMIT,
    TOLD_PROFESSIONAL: LegalDay.TELL_PROFESSIONAL,
}
"""The day of the calendar that each act keeps."""


@dataclass(frozen=True)
class CaseStatus:
    """Who holds a complaint, what was done of it, and what each authority must do next."""

    receiver: str
    informed: str
    without: frozenset[str] = frozenset()
    """Codes of the days that the law does not ask for this complaint."""
    told: Mapping[str, Milestone] = field(default_factory=dict)
    """Codes of the duties of the eight days that are done."""
    ordres: frozenset[str] = frozenset()
    """Codes of the authorities met so far that are the council of an ordre."""
    association: str = ""
    """Id of the association that filed for the person, under an express mandate; empty when there is none."""
    powers: frozenset[str] = frozenset()
    """What the person let it do (codes of :class:`~app.saisine.steps.mandate.MandateScope`), when she gave it."""
    mandate_ended_at: datetime | None = None
    """When this mandate ended, whoever ended it."""
    conciliation: ConciliationState = field(default_factory=ConciliationState)
    director: DirectorState = field(default_factory=DirectorState)
    is_alone: bool = False
    """Whether a person found that there is no other authority to tell."""
    is_shared: bool = False
    """Whether the informed authority was given access here."""
    withdrawing_since: datetime | None = None
    """When the person asked to withdraw the complaint, while that can still be cancelled."""
    withdrawn_at: datetime | None = None
    kept_until: date | None = None
    """Day until which it is kept beyond its time: a pending case, or a sanction that counts for a récidive."""

    @property
    def duties(self) -> tuple[str, ...]:
        """Codes of what the receiver owes within eight days (CSP R. 1110-11 al. 3), in the order of the law.

        The other authority must be told whether the service knew it or not: a person then says which one it is.
        """
        without = self.without | ({LegalDay.TRANSMIT} if self.is_alone else frozenset())
        return tuple(code for code in DUTIES.values() if code not in without)

    @property
    def done(self) -> Mapping[str, Milestone]:
        """Codes of the days of the calendar that were kept, each with when."""
        return {**self.told, **self.conciliation.done, **self.director.done}

    @property
    def owed(self) -> tuple[str, ...]:
        """Codes of what the receiver has not done yet of the eight days, in the order of the law."""
        return tuple(code for code in self.duties if code not in self.told)

    @property
    def are_told(self) -> bool:
        """Whether the acknowledgement and the transmissions of the eight days are done."""
        return not self.owed

    @property
    def is_open(self) -> bool:
        """Whether the file is neither withdrawn nor closed."""
        return not (self.withdrawn_at or self.conciliation.closed)

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether the person may still withdraw the complaint: not twice, nor once an agreement ended the procedure."""
        return self.is_open and self.state is not ComplaintState.AGREED

    @property
    def is_before_chamber(self) -> bool:
        """Whether a disciplinary chamber was seized and has not decided: what is done here does not stop it."""
        return bool(self.conciliation.passed_on and not self.conciliation.decision)

    @property
    def ordre(self) -> str:
        """Code of the council whose president passes a failure on; empty when there is none."""
        return next((code for code in (self.receiver, self.informed) if code in self.ordres), "")

    @property
    def tells_professional(self) -> bool:
        """Whether the professional must be told of the complaint: not of fees alone, received since that is sealed."""
        return LegalDay.TELL_PROFESSIONAL not in self.without

    @property
    def is_without_meeting(self) -> bool:
        """Whether the law plans no meeting: fees, or a profession without ordre (CSP R. 1110-9)."""
        return LegalDay.MEET in self.without

    @property
    def explained(self) -> Closed | NoActionDecided | DirectorConcluded | None:
        """The act that tells the person in its own words how it ended: the closing of the file, else the director's."""
        closed = self.conciliation.closed
        ends = (closed.sealed if closed else None, self.director.told)
        return next((one for one in ends if one and one.explanation), None)

    @property
    def explanation(self) -> str:
        """Those words; empty when there are none."""
        return self.explained.explanation if self.explained else ""

    @property
    def caisse(self) -> str:
        """Code of the caisse whose director may sanction (CSS L. 162-1-14-1); empty when there is none."""
        none = self.ordres | {"", AIGUILLAGE}
        return next((code for code in (self.receiver, self.informed) if code not in none), "")

    @property
    def state(self) -> ComplaintState:
        """The state, as people read it."""
        if self.conciliation.closed:
            return ComplaintState.CLOSED
        if self.withdrawn_at:
            return ComplaintState.WITHDRAWN
        if self.withdrawing_since:
            return ComplaintState.WITHDRAWAL_ASKED
        return self.conciliation.state or self._of_director or self._of_duties

    @property
    def _of_director(self) -> ComplaintState | None:
        """Where the director is, when he decides alone and once what was due within eight days is done."""
        if not (self.is_without_meeting and self.caisse):
            return None
        if self.director.end:
            is_begun = self.director.end != NO_ACTION
            return ComplaintState.DIRECTOR_DECIDED if is_begun else ComplaintState.NOT_BEGUN
        if not self.are_told:
            return None
        return ComplaintState.FACTS_NOTIFIED if self.director.facts else ComplaintState.WITH_DIRECTOR

    @property
    def _of_duties(self) -> ComplaintState:
        """Which of the acts of the eight days are done."""
        if self.are_told and LegalDay.TELL_PROFESSIONAL in self.told:
            return ComplaintState.TRANSMITTED
        return ComplaintState.ACKNOWLEDGED if LegalDay.ACKNOWLEDGE in self.told else ComplaintState.RECEIVED

    @property
    def readers(self) -> tuple[str, ...]:
        """Codes of the authorities that may read the complaint now."""
        return (self.receiver, self.informed) if self.is_shared else (self.receiver,)

    @property
    def secretariat(self) -> str:
        """Code of the authority that keeps the secretariat of the commission (CSP R. 1110-10)."""
        agreed = self.conciliation.secretariat
        return agreed if agreed in self.readers else self.receiver

    @property
    def finders(self) -> tuple[str, ...]:
        """Who finds the complaint by its words: its readers, and the association that acts for the person."""
        return (*self.readers, association_holder(self.association)) if self.is_mandated else self.readers

    @property
    def holders(self) -> frozenset[str]:
        """Who holds the key of the complaint now, and nobody else: the one rule of who may read.

        The person, through the portal; the authority that received it; the other one from the legal transmission on
        (CSP R. 1110-11); the association that filed for the person, until its mandate ends.
        """
        association = {association_holder(self.association)} if self.is_mandated else set()
        return frozenset({PORTAL, *map(authority_holder, self.readers), *association})

    @property
    def is_mandated(self) -> bool:
        """Whether an association acts for the person today."""
        return bool(self.association) and self.mandate_ended_at is None

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Each authority on whose desk the complaint lies, with its role; then the association that filed it."""
        both = ((self.receiver, RECEIVER), (self.informed, INFORMED))
        filer = (association_holder(self.association), MANDATED if self.is_mandated else NO_MORE_MANDATED)
        return (*(place for place in both if place[0]), *([filer] if self.association else []))
