"""The road of a complaint once all were told: to the conciliation and after it, or without one. Pure rules on values.

Two roads exist (CSP R. 1110-11 to R. 1110-14): the parties meet before the commission, and a failure goes to the
disciplinary chamber; or, after a first sanction within six years, the complaint goes there without a meeting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.base.dates import local_day

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
ROAD = (HEARD, FIXED, SUMMONED, SUMMONS_CAME, ANSWERED, REPORT, REPORT_SENT, OPINION, DECISION, AGAIN, INACTION, CLOSED)
"""Kinds of acts of the road, as the ledger names them."""
PERSON, PROFESSIONAL = "personne", "professionnel"
PARTIES = (PERSON, PROFESSIONAL)
WITHDREW, DISAGREED, ABSENT = "retrait", "desaccord", "absence"
"""Ends of a meeting (CSP R. 1110-12): the complaint is withdrawn, or not, or a party did not answer or come."""
OUT_OF_SCOPE = "hors_champ"


@dataclass(frozen=True)
class Kept:
    """When a duty was kept: the day that the act bears, and the instant of its entry."""

    on: date
    at: datetime

    def instant(self, zone: ZoneInfo) -> datetime:
        """Give the instant to tick: that of the entry when it is the same day, else noon of that day and place."""
        return self.at if local_day(self.at, zone) == self.on else datetime.combine(self.on, time(12), zone)


@dataclass(frozen=True)
class Summons:
    """A summons to the meeting, as one party has it."""

    sent_on: date
    came_on: date | None = None
    """Day of its reception, once proven."""
    came_at: datetime | None = None


@dataclass(frozen=True)
class Road:
    """What was done so far of the meeting, and of what follows it."""

    is_recidive: bool = False
    """Whether a sanction within six years excludes the conciliation (CSP R. 1110-14)."""
    heard: Kept | None = None
    meeting: Mapping[str, Any] = field(default_factory=dict)
    """The last act that fixed the meeting; empty before."""
    summons: Mapping[str, Summons] = field(default_factory=dict)
    """By party; emptied when the meeting is moved."""
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What each party answered to the summons."""
    report: Mapping[str, Any] = field(default_factory=dict)
    """The act that says how the meeting ended."""
    report_sent: Kept | None = None
    passed_on: Kept | None = None
    """Transmission to the disciplinary chamber, with the reasoned opinion."""
    decision: Mapping[str, Any] = field(default_factory=dict)
    inaction: Mapping[str, Any] = field(default_factory=dict)
    """What the director did when the council had not acted."""
    closed: Mapping[str, Any] = field(default_factory=dict)
    """How and when the file was closed."""

    @property
    def session_on(self) -> date | None:
        """The day of the meeting, when one is fixed and the law asks for it."""
        return date.fromisoformat(self.meeting["on"]) if self.meeting and not self.is_recidive else None

    @property
    def issue(self) -> str:
        """How the meeting ended, or nothing."""
        return str(self.report.get("issue", ""))

    @property
    def has_failed(self) -> bool:
        """Whether the meeting ended without conciliation (CSP R. 1110-12)."""
        return self.issue in {DISAGREED, ABSENT}

    @property
    def are_summoned(self) -> bool:
        """Whether both parties have their summons in hand."""
        return all(party in self.summons and self.summons[party].came_on for party in PARTIES)

    @property
    def done(self) -> dict[str, Kept]:
        """Give the days of the calendar that were kept, by code."""
        found: dict[str, Kept | None] = {"D5": self.heard, "D8": self.report_sent}
        found["D10" if self.is_recidive else "D9"] = self.passed_on
        if self.session_on and self.are_summoned:
            last = max(self.summons.values(), key=lambda one: (one.came_on or date.min, one.came_at))
            if last.came_on and last.came_at:
                found["D6"] = Kept(last.came_on, last.came_at)
        if self.report:
            found["D7"] = Kept(date.fromisoformat(self.report["on"]), datetime.fromisoformat(self.report["at"]))
        return {code: kept for code, kept in found.items() if kept}

    @property
    def state(self) -> str:
        """Code of the state that the road gives; empty before it begins."""
        if self.closed:
            return "close"
        if self.is_recidive:
            return "sans_conciliation"
        if self.report_sent:
            return "sans_accord" if self.has_failed else "accord"
        return "conciliation_faite" if self.report else "conciliation_fixee" if self.meeting else ""

    @property
    def left(self) -> tuple[str, ...]:
        """Codes of what the authority that holds the complaint must still do, in order, the chamber apart.

        What a later act has overtaken is not asked any more: once its report is written, a meeting is not summoned.
        """
        if self.is_recidive or self.closed:
            return ()
        if self.report:
            return () if self.report_sent else ("D8",)
        return ("D6", "D7", "D8") if self.meeting else ("D13", "D7")

    @property
    def chamber(self) -> str:
        """Code of the transmission that the president of the council owes; empty when none is owed.

        Three months run from the session itself, whether its report has left or not (CSP R. 1110-13).
        """
        if self.closed or self.passed_on:
            return ""
        if self.is_recidive:
            return "D10"
        return "D9" if self.has_failed else ""


_DATED = {HEARD: "heard", REPORT_SENT: "report_sent", OPINION: "passed_on"}
"""Acts of which the day alone counts here."""
_WHOLE = {REPORT: "report", DECISION: "decision", INACTION: "inaction", CLOSED: "closed"}
"""Acts that are kept as they are; the last one counts."""


def further(road: Road, act: Mapping[str, Any]) -> Road:
    """Give the road after one more act; an act of another kind changes nothing."""
    changes: dict[str, Any] = _changes(road, act)
    return replace(road, **changes)


def _changes(road: Road, act: Mapping[str, Any]) -> dict[str, Any]:
    kind = act["kind"]
    if kind in _DATED:
        return {_DATED[kind]: Kept(date.fromisoformat(act["on"]), datetime.fromisoformat(act["at"]))}
    if kind in _WHOLE:
        return {_WHOLE[kind]: act}
    if kind in {SUMMONED, SUMMONS_CAME}:
        return {"summons": {**road.summons, act["party"]: _summons(road, act)}}
    changes: dict[str, dict[str, Any]] = {
        FIXED: {"meeting": act, "summons": {}, "answers": {}},
        ANSWERED: {"answers": {**road.answers, act.get("party", ""): act}},
        AGAIN: {"is_recidive": act.get("answer") == "oui"},
    }
    return changes.get(kind, {})


def _summons(road: Road, act: Mapping[str, Any]) -> Summons:
    on = date.fromisoformat(act["on"])
    if act["kind"] == SUMMONED:
        return Summons(on)
    return replace(road.summons[act["party"]], came_on=on, came_at=datetime.fromisoformat(act["at"]))
