"""The procedure of the director of the caisse, a power of its own beside the conciliation: pure rules on values.

The facts are notified, the professional answers within a month, the commission then the UNCAM give an opinion, and the
director abandons or sanctions (CSS L. 162-1-14-1, R. 147-2, R. 147-13 to R. 147-17); or no procedure is begun.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.base.dates import add_days
from app.filing.sealed.act import Act, Done
from app.filing.sealed.director import (
    DirectorConcluded,
    FactsNotified,
    NoActionDecided,
    Observed,
    OpinionAsked,
    OpinionGiven,
    SanctionFollowed,
)
from app.filing.status.conciliation import Milestone
from app.procedure.days import LegalDay
from app.procedure.law import Trigger, rule_of

FACTS, OBSERVED = "griefs_notifies", "griefs_observations"
OPINION_ASKED, OPINION_GIVEN = "avis_demande", "avis_rendu"
NO_ACTION, CONCLUDED, FOLLOWED = "sans_suite", "decision_directeur", "suites_sanction"
DIRECTOR_ACTS = (FACTS, OBSERVED, OPINION_ASKED, OPINION_GIVEN, NO_ACTION, CONCLUDED, FOLLOWED)
"""Kinds of acts of this procedure, as the ledger names them."""
COMMISSION, UNCAM = "commission", "uncam"
BODIES = {COMMISSION: LegalDay.REFER, UNCAM: LegalDay.CONSULT}
"""Who gives an opinion, in the order of the law, and the day that asking it keeps."""
SILENCE = {COMMISSION: LegalDay.COMMISSION_SILENT, UNCAM: LegalDay.UNCAM_SILENT}
"""The time that each has to give it; it is deemed given once that has passed (CSS R. 147-2 II and III)."""
ABANDONED, SANCTIONED = "abandon", "sanction"
HEARING, AGAINST = "audition", "defavorable"


@dataclass(frozen=True)
class DirectorState:
    """What the director did so far."""

    facts: FactsNotified | None = None
    """The notification, as it was last said."""
    observed: Milestone | None = None
    """The first answer of the professional."""
    heard_on: date | None = None
    asked: Mapping[str, Milestone] = field(default_factory=dict)
    """When each opinion was asked, by who gives it."""
    given: Mapping[str, OpinionGiven] = field(default_factory=dict)
    no_action: Done[NoActionDecided] | None = None
    conclusion: Done[DirectorConcluded] | None = None
    followed: SanctionFollowed | None = None
    """What became of the sanction, as it was last said."""

    @property
    def end(self) -> str:
        """How it ended: no action, abandoned or a sanction; empty before."""
        if self.conclusion:
            return self.conclusion.sealed.decision
        return NO_ACTION if self.no_action else ""

    @property
    def told(self) -> NoActionDecided | DirectorConcluded | None:
        """What was decided at this end, with what the person is told of it."""
        ended = self.conclusion or self.no_action
        return ended.sealed if ended else None

    @property
    def ended_on(self) -> date | None:
        """The day of this end."""
        ended = self.conclusion or self.no_action
        return ended.sealed.on if ended else None

    @property
    def is_running(self) -> bool:
        """Whether the professional was notified of facts that nothing was decided of yet."""
        return bool(self.facts) and not self.end

    @property
    def came_on(self) -> date | None:
        """The day when the professional received the notification, once known."""
        return (self.facts.came_on or None) if self.facts else None

    @property
    def awaited(self) -> str:
        """Who must still give the opinion that was asked; empty when nobody."""
        return next((body for body in self.asked if body not in self.given), "")

    @property
    def silent_on(self) -> date | None:
        """The last day of the time of the opinion that is awaited (CSS R. 147-2); ``None`` when none is."""
        if not self.awaited:
            return None
        return rule_of(SILENCE[self.awaited]).delay.after(self.asked[self.awaited].on)

    @property
    def next_body(self) -> str:
        """Whose opinion can be asked now; empty when none."""
        left = [body for body in BODIES if body not in self.asked]
        return left[0] if left and not self.awaited else ""

    @property
    def may_sanction(self) -> bool:
        """Whether both opinions are known, and that of the UNCAM, which binds, is not against."""
        return set(BODIES) <= set(self.given) and self.given[UNCAM].sense != AGAINST

    @property
    def observations_end(self) -> date | None:
        """The last day of the month of the professional, or that of a hearing that came later (CSS R. 147-2 I)."""
        if self.came_on is None:
            return None
        last = rule_of(LegalDay.OBSERVE).delay.after(self.came_on)
        return max(last, self.heard_on or last)

    @property
    def first_to_refer(self) -> date | None:
        """The first day on which the commission may be seized."""
        return add_days(self.observations_end, 1) if self.observations_end else None

    @property
    def starts(self) -> tuple[tuple[Trigger, date], ...]:
        """What the days of this procedure run from; none once it has ended."""
        opinion, assent = self.given.get(COMMISSION), self.given.get(UNCAM)
        found = {
            Trigger.NOTIFICATION: self.came_on,
            Trigger.OBSERVATIONS: self.observations_end,
            Trigger.OPINION: opinion.on if opinion else None,
            Trigger.ASSENT: assent.on if assent and self.may_sanction else None,
        }
        return () if self.end else tuple((what, on) for what, on in found.items() if on)

    @property
    def done(self) -> dict[str, Milestone]:
        """Return the days of the calendar that were kept, by code."""
        found: dict[str, Milestone | None] = {code: self.asked.get(body) for body, code in BODIES.items()}
        found[LegalDay.OBSERVE] = self.observed
        return {code: kept for code, kept in found.items() if kept}

    @property
    def left(self) -> tuple[str, ...]:
        """Codes of what the caisse must still do, or abandon; none once it has decided."""
        return (*BODIES.values(), LegalDay.NOTIFY_SANCTION) if self.is_running else ()


def advance(state: DirectorState, act: Act) -> DirectorState:
    """Return the state after one more act; an act of another kind changes nothing."""
    match act.sealed:
        case FactsNotified() as facts:
            state = replace(state, facts=facts)
        case Observed(on=on, form=form):
            heard_on = max(on, state.heard_on or on) if form == HEARING else state.heard_on
            state = replace(state, observed=state.observed or Milestone(on, act.at), heard_on=heard_on)
        case OpinionAsked(body=body, on=on):
            state = replace(state, asked={**state.asked, body: Milestone(on, act.at)})
        case OpinionGiven(body=body) as opinion:
            state = replace(state, given={**state.given, body: opinion})
        case NoActionDecided() as decided:
            state = replace(state, no_action=act.holding(decided))
        case DirectorConcluded() as decided:
            state = replace(state, conclusion=act.holding(decided))
        case SanctionFollowed() as followed:
            state = replace(state, followed=followed)
    return state
