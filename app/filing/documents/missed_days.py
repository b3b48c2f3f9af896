"""The days of the law that an authority missed, and of which somebody is warned: pure rules on values.

A day is missed once even the postponed one is past: the texts do not settle which one counts (``docs/droit.md``).
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.base.errors import N_
from app.filing.status.case_status import CaseStatus
from app.filing.status.duties import Duty, owed, owed_on
from app.procedure.days import LegalDay
from app.procedure.queries import DueRow
from app.procedure.rules import is_late

ALARMS = {
    LegalDay.ACKNOWLEDGE: N_("Pas d'accusé de réception au 8e jour"),
    LegalDay.LAST_SUMMONS: N_("Pas de convocation au 75e jour"),
}
"""What is said of each day: eight days for the acknowledgement (CSP R. 1110-11 al. 3); for the summons, the day that is
fifteen days before the end of the three months (al. 5), the last on which a meeting may be summoned in time. An
association is warned of these two."""
TOLD_TO_PERSON = {
    **ALARMS,
    LegalDay.TRANSMIT: N_("Pas de transmission à l'autre autorité au 8e jour"),
    LegalDay.TELL_PROFESSIONAL: N_("Le professionnel n'est pas informé au 8e jour"),
    LegalDay.MEET: N_("Pas de réunion au bout de trois mois"),
    LegalDay.SEND_REPORT: N_("Pas de compte rendu huit jours après la réunion"),
    LegalDay.PASS_ON: N_("Pas de transmission à la chambre disciplinaire trois mois après la réunion"),
}
"""What is said of each day to whom it is owed: the eight days and the three months (CSP R. 1110-11), the report of the
meeting (R. 1110-12), the failure passed on (R. 1110-13). What tells a former sanction (R. 1110-14) is not among them.
"""
OF_RECIDIVE = "CSP R. 1110-14"


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
        return TOLD_TO_PERSON[self.code]


def raised(
    duties: Iterable[Duty], days: Mapping[str, DueRow], today: date, told: Container[str] = ALARMS
) -> tuple[MissedDay, ...]:
    """Return what is owed and was missed; ``days``: the calendar by its codes, ``told``: the codes that are told."""
    return tuple(
        MissedDay(LegalDay(duty.code), duty.authority, duty.due_on, days[duty.code].basis)
        for duty in duties
        if duty.code in told and is_late(days[duty.code].due_postponed, None, today)
    )


def missed_of_person(now: CaseStatus, days: Mapping[str, DueRow], today: date) -> tuple[MissedDay, ...]:
    """Return what was missed of a complaint, as its person is told; nothing while it is being withdrawn.

    Once three months are over without a meeting, the last day to summon one says nothing more; once a meeting is fixed,
    its day is known. The article of a récidive would tell a sanction of the professional.
    """
    if now.withdrawing_since:
        return ()
    duties = owed_on(owed(now, {code: row.due_strict for code, row in days.items()}), today)
    missed = raised(duties, days, today, TOLD_TO_PERSON)
    out = {LegalDay.MEET} if now.conciliation.meeting else set[LegalDay]()
    if any(one.code == LegalDay.MEET for one in missed):
        out |= {LegalDay.LAST_SUMMONS}
    return tuple(one for one in missed if one.code not in out and one.source != OF_RECIDIVE)
