"""The calendar that the law gives to a complaint, computed from the instant of its receipt."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.base.clock import PARIS
from app.base.dates import (
    Holidays,
    add_days,
    add_working_days,
    aware,
    date_text,
    local_day,
    next_working_day,
    place_of_zone,
)
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.procedure.days import LegalDay
from app.procedure.law import OPENING, PRUDENT_ACKNOWLEDGE, Procedure, Rule, Trigger, rule_of, rules_on

LAST_YEAR = 2199
SOON = 3
"""Days left when a clerk's list turns to « soon »."""


@dataclass(frozen=True)
class Deadline:
    """A day the law sets, with its article."""

    code: str
    due_strict: date
    """No move for a weekend or a holiday: drives alarms and lists."""
    due_postponed: date
    """Next working day; for clerks, never for the person."""
    basis: str
    rule: Rule
    """The version of the rule that was in force on the day of receipt."""
    start: date
    """The day of the event that it runs from, which is not counted."""


def deadlines(
    received_at: datetime,
    *,
    zone: ZoneInfo = PARIS,
    holidays: Container[date] | None = None,
    session_on: date | None = None,
    recidive: bool = False,
    others: Mapping[Trigger, date] | None = None,
) -> list[Deadline]:
    """Compute every day that follows from a receipt, in the order of the codes.

    The date is the local one of ``zone``; its public holidays are used when none are given. ``session_on`` adds what
    runs from the conciliation session. With ``recidive`` there is no conciliation (CSP R. 1110-14), so a session that
    was fixed before falls. ``others`` adds what runs from the acts of the director (CSS R. 147-2). Raises
    ``ValueError``: no offset, a date outside the procedure, a session before receipt.
    """
    received_on = _received_on(received_at, zone)
    off = Holidays(place_of_zone(zone)) if holidays is None else holidays
    rules = rules_on(received_on, Procedure.RECIDIVE if recidive else Procedure.CONCILIATION)
    starts = {**(others or {}), Trigger.RECEPTION: received_on}
    if LegalDay.MEET in rules:
        starts[Trigger.CONCILIATION] = rules[LegalDay.MEET].delay.after(received_on)
    if session_on:
        starts[Trigger.SESSION] = _checked_session(session_on, received_on)
    return [
        _deadline(rule, starts[rule.trigger], off)
        for rule in sorted(rules.values(), key=lambda rule: rule.code.rank)
        if rule.trigger in starts
    ]


def with_text(day: Deadline, without: Container[str]) -> Deadline:
    """Name the text of the acknowledgement where the professional is not told: CSP R. 1110-11 orders neither then."""
    is_ours = day.code == LegalDay.ACKNOWLEDGE and LegalDay.TELL_PROFESSIONAL in without
    return replace(day, basis=PRUDENT_ACKNOWLEDGE) if is_ours else day


def _received_on(received_at: datetime, zone: ZoneInfo) -> date:
    if not OPENING.year - 1 <= aware(received_at).year <= LAST_YEAR:
        raise ValueError(f"the year of receipt must be between {OPENING.year} and {LAST_YEAR}")
    received_on = local_day(received_at, zone)
    if received_on < OPENING:
        raise ValueError(f"this procedure applies to complaints received from {OPENING} on (décret n° 2020-1215)")
    return received_on


def _checked_session(session_on: date, received_on: date) -> date:
    if not received_on <= session_on <= date(LAST_YEAR, 12, 31):
        raise ValueError(f"the session cannot be held before the complaint is received ({received_on})")
    return session_on


def _deadline(rule: Rule, start: date, off: Container[date]) -> Deadline:
    due = rule.delay.before(start) if rule.backwards else rule.delay.after(start, off)
    return Deadline(rule.code, due, _postponed(rule, due, off), rule.delay.source, rule, start)


def _postponed(rule: Rule, due: date, off: Container[date]) -> date:
    """Move to the next working day, except backwards: that would take days from those the parties must have."""
    if rule.backwards:
        return due
    return add_working_days(due, 1, off) if rule.delay.is_immediate else next_working_day(due, off)


def to_json(found: Iterable[Deadline]) -> list[dict[str, str]]:
    """Write the public form of a calendar: ``code``, ``due_strict``, ``due_postponed``, ``basis``."""
    return [
        {
            "code": one.code,
            "due_strict": one.due_strict.isoformat(),
            "due_postponed": one.due_postponed.isoformat(),
            "basis": one.basis,
        }
        for one in found
    ]


def to_watch(found: Iterable[Deadline], *, failed: bool = False) -> list[Deadline]:
    """Keep the days that clerks watch in a filing.

    D14 stands behind D2 and is left out. Once a session is fixed, D6 takes the place of D13. D9 waits for a failure.
    """
    kept = {
        one.code: one
        for one in found
        if one.code != LegalDay.GENERAL_ACKNOWLEDGE and (failed or one.code != LegalDay.PASS_ON)
    }
    if LegalDay.SUMMON in kept:
        kept.pop(LegalDay.LAST_SUMMONS, None)
    return list(kept.values())


def is_optional(code: str) -> bool:
    """Return whether the authority may act without having to: it is then never late."""
    return rule_of(code).optional


def recidive_since(received_on: date) -> date:
    """Return the first day of the six years before receipt (CSP R. 1110-14)."""
    return rule_of(LegalDay.REPEAT_SINCE).delay.before(received_on)


def is_recidive(final_on: date, received_on: date) -> bool:
    """Return whether a sanction that became final that day excludes the conciliation."""
    return recidive_since(received_on) <= final_on < received_on


def is_late(deadline: date, done_on: date | None, today: date) -> bool:
    """Return whether an act was, or would be today, done after its day."""
    return (done_on or today) > deadline


class Tone(StrEnum):
    """How loud a deadline is shown."""

    OK = "ok"
    SOON = "soon"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True)
class DeadlineWording:
    """How a deadline is told to clerks: a French sentence with its number, a tone, and the day."""

    tone: Tone
    message: str
    n: int = 0
    on: date | None = None
    year: bool = False

    def text(self, translate: Translate) -> str:
        """Return how long is left: « Dans 3 jours », « Aujourd'hui », « En retard de 2 jours », « Fait le 9 mars »."""
        done = date_text(self.on, weekday=False, year=self.year) if self.on else ""
        return translate(self.message).format(n=self.n, jour=done)

    @property
    def day(self) -> str:
        """Format the day, ``mercredi 11 mars``, unless the sentence has said it."""
        return date_text(self.on, year=self.year) if self.on and self.n else ""

    def whole(self, translate: Translate) -> str:
        """Say both: « Dans 3 jours — mercredi 11 mars »."""
        return " — ".join(filter(None, (self.text(translate), self.day)))


_LEFT = (N_("Dans 1 jour"), N_("Dans {n} jours"))
_LATE = (N_("En retard de 1 jour"), N_("En retard de {n} jours"))
_TODAY, _DONE = N_("Aujourd'hui"), N_("Fait le {jour}")


def wording(due_on: date, done_on: date | None, today: date) -> DeadlineWording:
    """Choose the words of a deadline; the year is said when it is not this one."""
    if done_on:
        return DeadlineWording(Tone.DONE, _DONE, 0, done_on, done_on.year != today.year)
    left = (due_on - today).days
    if left == 0:
        return DeadlineWording(Tone.SOON, _TODAY)
    words, tone = (_LATE, Tone.LATE) if left < 0 else (_LEFT, Tone.SOON if left <= SOON else Tone.OK)
    return DeadlineWording(tone, words[abs(left) > 1], abs(left), due_on, due_on.year != today.year)


def last_day_to_receive(session_on: date) -> date:
    """Return the last day a summons may arrive before a session (D6)."""
    return add_days(session_on, -rule_of(LegalDay.SUMMON).delay.days)
