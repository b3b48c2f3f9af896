"""What the variables of a template stand for: of one complaint, or of an invented one that shows how it reads."""

from collections.abc import Mapping
from datetime import date, timedelta

from app.accounts.queries import Clerk
from app.acts.summons_answer import is_ahead
from app.base.dates import date_text
from app.filing.documents.wording import meeting_moment
from app.filing.status.state import BEFORE_MEETING
from app.intake.desk.case import DeskCase
from app.intake.message_templates.rules import Variable
from app.procedure.days import LegalDay

EXAMPLE_NUMBER = "SA-2026-7KM4-Q9TR"
EXAMPLE_AGE, EXAMPLE_AHEAD = timedelta(days=5), timedelta(days=85)


def values_of(case: DeskCase) -> Mapping[str, str]:
    """Return what each variable stands for; an empty string when nothing is known of it."""
    return _values(case.clerk, case.number, case.received_on, _next_date(case))


def example(clerk: Clerk, today: date) -> Mapping[str, str]:
    """Return what each variable would stand for, of a complaint received five days ago."""
    return _values(clerk, EXAMPLE_NUMBER, today - EXAMPLE_AGE, date_text(today + EXAMPLE_AHEAD, weekday=False))


def _values(clerk: Clerk, number: str, received_on: date, next_date: str) -> Mapping[str, str]:
    card = clerk.place
    return {
        Variable.NUMBER.value: number,
        Variable.RECEIVED.value: date_text(received_on, weekday=False),
        Variable.NEXT_DATE.value: next_date,
        Variable.AUTHORITY.value: clerk.authority_name,
        Variable.CONTACT.value: ", ".join(filter(None, [card.phone, card.email])) if card else "",
    }


def _next_date(case: DeskCase) -> str:
    """Return when the parties meet, or the day before the end of which they do; nothing of what is past."""
    if is_ahead(case.now, case.today):
        fixed = case.now.conciliation.fixed
        return meeting_moment(fixed.on, fixed.hour)
    day = case.due.get(LegalDay.MEET)
    waits = case.opened.filing.state in BEFORE_MEETING
    return date_text(day, weekday=False) if waits and day and day >= case.today else ""
