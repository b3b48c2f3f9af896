"""The procedure once all were told: to the conciliation and after it, or without one. Pure rules on values.

Two procedures exist (CSP R. 1110-11 to R. 1110-14): the parties meet before the commission, and a failure goes to the
disciplinary chamber; or, after a first sanction within six years, the complaint goes there without a meeting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.base.dates import local_day
from app.filing.sealed.act import Act, Done
from app.filing.sealed.conciliation import (
    Answered,
    Closed,
    CommissionChanged,
    Decided,
    DirectorDecided,
    Fixed,
    Heard,
    PassedOn,
    RecidiveChecked,
    Reported,
    ReportSent,
    SecretariatGiven,
    Summoned,
    SummonsCame,
)
from app.filing.status.state import ComplaintState
from app.procedure.days import LegalDay

HEARD, FIXED, SUMMONED, SUMMONS_CAME, ANSWERED = (
    "audition",
    "seance",
    "convocation",
    "convocation_recue",
    "reponse_reunion",
)
REPORT, REPORT_SENT = "releve", "releve_envoye"
OPINION, DECISION = "avis_motive", "decision_chambre"
AGAIN, INACTION, CLOSED = "recidive", "carence", "cloture"
SECRETARIAT, COMMISSION_CHANGED = "secretariat", "commission"
PROCEDURE_ACTS = (
    HEARD,
    SECRETARIAT,
    FIXED,
    COMMISSION_CHANGED,
    SUMMONED,
    SUMMONS_CAME,
    ANSWERED,
    REPORT,
    REPORT_SENT,
    OPINION,
    DECISION,
    AGAIN,
    INACTION,
    CLOSED,
)
"""Kinds of acts of the procedure, as the ledger names them."""
PERSON, PROFESSIONAL = "personne", "professionnel"
PARTIES = (PERSON, PROFESSIONAL)
WITHDREW, DISAGREED, ABSENT = "retrait", "desaccord", "absence"
"""Ends of a meeting (CSP R. 1110-12): the complaint is withdrawn, or not, or a party did not answer its summons."""
OUT_OF_SCOPE = "hors_champ"


@dataclass(frozen=True)
class Milestone:
    """When a duty was kept: the day that the act bears, and the instant of its entry."""

    on: date
    at: datetime

    def instant(self, zone: ZoneInfo) -> datetime:
        """Return the instant to tick: that of the entry when it is the same day, else noon of that day and place."""
        return self.at if local_day(self.at, zone) == self.on else datetime.combine(self.on, time(12), zone)


@dataclass(frozen=True)
class Summons:
    """A summons to the meeting, as one party has it."""

    sent_on: date
    came_on: date | None = None
    """Day of its reception, once proven."""
    came_at: datetime | None = None
    reference: str = ""
    """Under which it left."""


@dataclass(frozen=True)
class ConciliationState:
    """What was done so far of the meeting, and of what follows it."""

    is_recidive: bool = False
    """Whether a sanction within six years excludes the conciliation (CSP R. 1110-14)."""
    heard: Milestone | None = None
    secretariat: str = ""
    """Code of the authority to which both agreed to give the secretariat (CSP R. 1110-10); empty for the receiver."""
    meeting: Done[Fixed] | None = None
    """The last act that fixed the meeting."""
    summons: Mapping[str, Summons] = field(default_factory=dict)
    """By party; emptied when the meeting is moved."""
    answers: Mapping[str, Answered] = field(default_factory=dict)
    """What each party answered to the summons."""
    report: Done[Reported] | None = None
    """The act that says how the meeting ended."""
    report_sent: Milestone | None = None
    passed_on: Milestone | None = None
    """Transmission to the disciplinary chamber, with the reasoned opinion."""
    decision: Decided | None = None
    inaction: DirectorDecided | None = None
    """What the director did when the council had not acted."""
    closed: Done[Closed] | None = None
    """How and when the file was closed."""

    @property
    def fixed(self) -> Fixed:
        """When, where and before whom the meeting is. Raises ``LookupError`` before one is fixed."""
        if self.meeting is None:
            raise LookupError
        return self.meeting.sealed

    @property
    def session_on(self) -> date | None:
        """The day of the meeting, when one is fixed and the law asks for it."""
        return self.meeting.sealed.on if self.meeting and not self.is_recidive else None

    @property
    def issue(self) -> str:
        """How the meeting ended, or nothing."""
        return self.report.sealed.issue if self.report else ""

    @property
    def has_failed(self) -> bool:
        """Whether the meeting ended without conciliation (CSP R. 1110-12)."""
        return self.issue in {DISAGREED, ABSENT}

    @property
    def are_summoned(self) -> bool:
        """Whether both parties have their summons in hand."""
        return all(party in self.summons and self.summons[party].came_on for party in PARTIES)

    @property
    def done(self) -> dict[str, Milestone]:
        """Return the days of the calendar that were kept, by code."""
        found: dict[str, Milestone | None] = {LegalDay.HEAR: self.heard, LegalDay.SEND_REPORT: self.report_sent}
        found[LegalDay.PASS_ON_REPEAT if self.is_recidive else LegalDay.PASS_ON] = self.passed_on
        if self.session_on and self.are_summoned:
            last = max(self.summons.values(), key=lambda one: (one.came_on or date.min, one.came_at))
            if last.came_on and last.came_at:
                found[LegalDay.SUMMON] = Milestone(last.came_on, last.came_at)
        if self.report:
            found[LegalDay.MEET] = Milestone(self.report.sealed.on, self.report.at)
        return {code: kept for code, kept in found.items() if kept}

    @property
    def state(self) -> ComplaintState | None:
        """The state that it gives the complaint; none before it begins."""
        if self.closed:
            return ComplaintState.CLOSED
        if self.is_recidive:
            return ComplaintState.NO_CONCILIATION
        if self.report_sent:
            return ComplaintState.NOT_AGREED if self.has_failed else ComplaintState.AGREED
        if self.report:
            return ComplaintState.MEETING_HELD
        return ComplaintState.MEETING_FIXED if self.meeting else None

    @property
    def left(self) -> tuple[str, ...]:
        """Codes of what the authority that holds the complaint must still do, in order, the chamber apart.

        What a later act has overtaken is not asked any more: once its report is written, a meeting is not summoned.
        """
        if self.is_recidive or self.closed:
            return ()
        if self.report:
            return () if self.report_sent else (LegalDay.SEND_REPORT,)
        return (
            (LegalDay.SUMMON, LegalDay.MEET, LegalDay.SEND_REPORT)
            if self.meeting
            else (LegalDay.LAST_SUMMONS, LegalDay.MEET)
        )

    @property
    def chamber(self) -> str:
        """Code of the transmission that the president of the council owes; empty when none is owed.

        Three months run from the session itself, whether its report has left or not (CSP R. 1110-13).
        """
        if self.closed or self.passed_on:
            return ""
        if self.is_recidive:
            return LegalDay.PASS_ON_REPEAT
        return LegalDay.PASS_ON if self.has_failed else ""


def _meeting(state: ConciliationState, act: Act, change: Fixed | CommissionChanged) -> ConciliationState:
    """Fix the meeting, or another commission for the one that is fixed: its summons then stay."""
    if isinstance(change, Fixed):
        return replace(state, meeting=act.holding(change), summons={}, answers={})
    if state.meeting is None:
        return state
    return replace(state, meeting=replace(state.meeting, sealed=replace(state.fixed, members=change.members)))


def advance(state: ConciliationState, act: Act) -> ConciliationState:
    """Return the state after one more act; an act of another kind changes nothing."""
    match act.sealed:
        case Heard(on=on):
            state = replace(state, heard=Milestone(on, act.at))
        case SecretariatGiven(to=to):
            state = replace(state, secretariat=to)
        case Fixed() | CommissionChanged() as change:
            state = _meeting(state, act, change)
        case Summoned(party=party, on=on, reference=reference):
            state = replace(state, summons={**state.summons, party: Summons(on, reference=reference)})
        case SummonsCame(party=party, on=on):
            came = replace(state.summons[party], came_on=on, came_at=act.at)
            state = replace(state, summons={**state.summons, party: came})
        case Answered() as answer:
            state = replace(state, answers={**state.answers, answer.party: answer})
        case RecidiveChecked(answer=answer):
            state = replace(state, is_recidive=answer == "oui")
        case _:
            state = _from_report(state, act)
    return state


def _from_report(state: ConciliationState, act: Act) -> ConciliationState:
    """Go on once the meeting was held, or when none is."""
    match act.sealed:
        case Reported() as report:
            state = replace(state, report=act.holding(report))
        case ReportSent(on=on):
            state = replace(state, report_sent=Milestone(on, act.at))
        case PassedOn(on=on):
            state = replace(state, passed_on=Milestone(on, act.at))
        case Decided() as decision:
            state = replace(state, decision=decision)
        case DirectorDecided() as inaction:
            state = replace(state, inaction=inaction)
        case Closed() as closed:
            state = replace(state, closed=act.holding(closed))
    return state
