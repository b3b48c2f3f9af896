"""A complaint on the desks of its authorities: what each must do of it, and what lists ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from app.filing.duties import owed
from app.filing.models import Filing, FilingDesk, FilingDuty
from app.filing.rules import NEVER, NOTHING
from app.filing.standing import Standing

LAID = 2
"""Edition of the rules that lay a complaint: desks, words of the list, words of the index.

What an earlier one laid is laid again when the service starts; until then an act leaves it the edition that it has.
"""


def copied(filing: Filing | Row[Any], state: str) -> dict[str, Any]:
    """Give what a desk repeats of a filing that stands at ``state``."""
    return {
        "state": state,
        "profession": filing.profession,
        "channel": filing.channel,
        "received_at": filing.received_at,
    }


def laid(now: Standing, due: Mapping[str, date]) -> set[tuple[str, str, str, date]]:
    """Give the desks: authority, role, code and day of what it owes first; ``due``: the calendar, by codes."""
    duties = owed(now, due)
    found = set()
    for authority, role in now.places:
        first = next((duty for duty in duties if duty.authority == authority), None)
        found.add((authority, role, first.code if first else NOTHING, first.due_on if first else NEVER))
    return found


@dataclass(frozen=True)
class Before:
    """What stays of a complaint that is laid again."""

    assignees: Mapping[str, str] = field(default_factory=dict)
    """Who takes care of it, by authority."""
    told: Mapping[tuple[str, str, date], int] = field(default_factory=dict)
    """Alerts that left, by authority, code and day."""
    edition: int = LAID
    """The edition that laid it: an act lays again, and reseals no summary."""


def lay(session: Session, filing: Filing, now: Standing, due: Mapping[str, date]) -> None:
    """Lay a complaint again, with all that each authority owes; who takes care of it and alerts told stay."""
    desk, duty = FilingDesk, FilingDuty
    own = session.execute(select(desk.authority, desk.assignee, desk.laid_by).where(desk.filing_id == filing.id)).all()
    known = session.execute(
        select(duty.authority, duty.code, duty.due_on, duty.told).where(duty.filing_id == filing.id)
    )
    before = Before(
        {row.authority: row.assignee for row in own},
        {(row.authority, row.code, row.due_on): row.told for row in known},
        min((row.laid_by for row in own), default=LAID),
    )
    for table in (desk, duty):
        session.execute(delete(table).where(table.filing_id == filing.id))
    lay_new(session, filing, now, due, before)


def lay_new(
    session: Session, filing: Filing, now: Standing, due: Mapping[str, date], before: Before | None = None
) -> None:
    """Lay a complaint that lies on no desk, with all that each authority owes; see :func:`lay` for the others."""
    before = before or Before()
    session.add_all(
        FilingDesk(
            filing_id=filing.id,
            authority=authority,
            role=role,
            next_code=code,
            next_due_on=due_on,
            assignee=before.assignees.get(authority, ""),
            laid_by=before.edition,
            **copied(filing, now.state),
        )
        for authority, role, code, due_on in sorted(laid(now, due))
    )
    session.add_all(
        FilingDuty(filing_id=filing.id, told=before.told.get((one.authority, one.code, one.due_on), 0), **vars(one))
        for one in owed(now, due)
    )
    session.flush()
