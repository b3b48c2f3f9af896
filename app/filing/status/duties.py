"""What each authority owes of a complaint, by which day: pure rules on values. Lists, mails and pages all read this."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.filing.rules import NEVER
from app.filing.status.case_status import CaseStatus
from app.procedure.days import KeptBy, LegalDay

THRESHOLDS = (3, 1, -1)
"""Days left at which an alert is told, each once: at most three, at most one, none any more."""


@dataclass(frozen=True)
class Duty:
    """A day of the law that one authority, and no other, must keep."""

    authority: str
    code: str
    due_on: date
    until: date = NEVER
    """Last day on which it makes sense: a meeting that took place is neither summoned nor held any more."""


def owed(now: CaseStatus, due: Mapping[str, date]) -> tuple[Duty, ...]:
    """Return all that is owed after what was done, the nearest day first; ``due``: days of the calendar by their codes.

    The receiver owes the acknowledgement and the transmissions of the eight days (R. 1110-11). The secretariat, which
    it keeps unless both agree on the other (R. 1110-10), owes the meeting: to fix it in time for the summons (D13), or
    once it is fixed to have the parties summoned (D6) and to hold it (D7), both until that day, then to send its
    report (D8). The council, whichever of the two it is, passes a failure, or a second refusal, on to the chamber
    (D9, D10); nothing of these is owed once the parties agreed or the chamber decided. The caisse asks for each opinion
    or abandons, once it has notified facts (D19, D20). Nothing is owed of a file that is closed or withdrawn.
    """
    if not now.is_open:
        return ()
    owners = {
        KeptBy.RECEIVER: now.receiver,
        KeptBy.SECRETARIAT: now.secretariat,
        KeptBy.COUNCIL: now.ordre,
        KeptBy.CAISSE: now.caisse,
    }
    wanted = (LegalDay(code) for code in (*_of_procedure(now), *now.director.left) if code in due)
    kept = now.done
    found = [
        _duty(now, owners[day.owner], day, due[day])
        for day in wanted
        if owners[day.owner] and day not in kept and day not in now.without
    ]
    return tuple(sorted(found, key=lambda duty: (duty.due_on, LegalDay(duty.code).rank)))


def _of_procedure(now: CaseStatus) -> tuple[str, ...]:
    """List what the two authorities owe to the complaint; nothing once the parties agreed or the chamber decided."""
    conciliation = now.conciliation
    is_agreed = conciliation.issue and not conciliation.has_failed and conciliation.report_sent
    return () if is_agreed or conciliation.decision else (*now.duties, *conciliation.left, conciliation.chamber)


def _duty(now: CaseStatus, authority: str, code: str, due_on: date) -> Duty:
    held_on = now.conciliation.session_on
    if held_on is None or code not in {LegalDay.SUMMON, LegalDay.MEET}:
        return Duty(authority, code, due_on)
    return Duty(authority, code, held_on if code == LegalDay.MEET else due_on, held_on)


def owed_on(duties: Iterable[Duty], day: date, authority: str = "") -> tuple[Duty, ...]:
    """Keep what is still owed on a day, by one authority or by all."""
    return tuple(duty for duty in duties if duty.until >= day and authority in {"", duty.authority})


def threshold(due_on: date, today: date) -> int:
    """Return which alert a day calls for: 1 at most three days before, 2 at most one, 3 once it is past, else 0."""
    left = (due_on - today).days
    return sum(left <= limit for limit in THRESHOLDS)
