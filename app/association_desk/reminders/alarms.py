"""The two days of the law of which an association is warned once they are missed: pure rules on values.

A day is missed once even the postponed one is past: the texts do not settle which one counts (``docs/droit.md``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.base.errors import N_
from app.filing.status.duties import Duty
from app.procedure.days import LegalDay
from app.procedure.queries import DueRow
from app.procedure.rules import is_late

ALARMS = {
    LegalDay.ACKNOWLEDGE: N_("Pas d'accusé de réception au 8e jour"),
    LegalDay.LAST_SUMMONS: N_("Pas de convocation au 75e jour"),
}
"""What is said of each day: eight days for the acknowledgement (CSP R. 1110-11 al. 3); for the summons, the day that is
fifteen days before the end of the three months (al. 5), the last on which a meeting may be summoned in time."""


@dataclass(frozen=True)
class MissedDay:
    """A day that was missed, and which authority owed it."""

    code: LegalDay
    authority: str
    due_on: date
    """The strict day."""
    source: str
    """The article that sets it."""

    @property
    def sentence(self) -> str:
        """Its words, to be translated."""
        return ALARMS[self.code]


def raised(duties: Iterable[Duty], days: Mapping[str, DueRow], today: date) -> tuple[MissedDay, ...]:
    """Return what is owed and was missed, of what an association is warned; ``days``: the calendar by its codes."""
    return tuple(
        MissedDay(LegalDay(duty.code), duty.authority, duty.due_on, days[duty.code].basis)
        for duty in duties
        if duty.code in ALARMS and is_late(days[duty.code].due_postponed, None, today)
    )
