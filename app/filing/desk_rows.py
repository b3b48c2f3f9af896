"""A complaint on the desks of its authorities, and of its association: what is due of it, what lists ask of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.filing.models import Filing, FilingDesk, FilingDuty
from app.filing.rules import MANDATED, NEVER, NOTHING
from app.filing.status.case_status import CaseStatus
from app.filing.status.duties import Duty, owed

LAID = 6
"""Edition of the rules that lay a complaint: desks, words of the list, words of the index.

What an earlier one laid is laid again when the service starts; until then an act leaves it the edition that it has.
"""


def copied(filing: Filing | Row[Any], state: str) -> dict[str, Any]:
    """Return what a desk repeats of a filing that stands at ``state``."""
    return {
        "state": state,
        "profession": filing.profession,
        "channel": filing.channel,
        "received_at": filing.received_at,
        "number": filing.number,
    }


def laid(now: CaseStatus, duties: Sequence[Duty]) -> set[tuple[str, str, str, date]]:
    """Return the desks: authority, role, code and day of what it owes first; ``duties``: all that is owed.

    An association owes nothing: its day is the first that any authority owes, while its mandate holds.
    """
    found = set()
    for authority, role in now.places:
        first = next((duty for duty in duties if role == MANDATED or duty.authority == authority), None)
        code = first.code if first and role != MANDATED else NOTHING
        found.add((authority, role, code, first.due_on if first else NEVER))
    return found


def lay(session: Session, filing: Filing, now: CaseStatus, due: Mapping[str, date]) -> None:
    """Lay a complaint again, with all that each authority owes: what did not change is not written.

    Who takes care of it stays, and so do the alerts told of a day that stays.
    """
    desks = session.scalars(select(FilingDesk).where(FilingDesk.filing_id == filing.id))
    duties = session.scalars(select(FilingDuty).where(FilingDuty.filing_id == filing.id))
    known = ({desk.authority: desk for desk in desks}, {duty.code: duty for duty in duties})
    wanted = owed(now, due)
    left = (*_lay_desks(session, filing, now, wanted, known[0]), *_lay_duties(session, filing, wanted, known[1]))
    for row in left:
        session.delete(row)
    session.flush()


def lay_new(session: Session, filing: Filing, now: CaseStatus, due: Mapping[str, date]) -> None:
    """Lay a complaint that lies on no desk, with all that each authority owes; see :func:`lay` for the others."""
    wanted = owed(now, due)
    _lay_desks(session, filing, now, wanted, {})
    _lay_duties(session, filing, wanted, {})
    session.flush()


def _lay_desks(
    session: Session, filing: Filing, now: CaseStatus, duties: Sequence[Duty], known: Mapping[str, FilingDesk]
) -> list[FilingDesk]:
    """Put the desks where they are; give those where it lies no more. An act leaves the edition that laid it."""
    edition = min((desk.laid_by for desk in known.values()), default=LAID)
    same = copied(filing, now.state)
    kept = set()
    for authority, role, code, due_on in sorted(laid(now, duties)):
        kept.add(authority)
        desk = known.get(authority) or FilingDesk(
            filing_id=filing.id, authority=authority, assignee="", laid_by=edition
        )
        _put(session, desk, {"role": role, "next_code": code, "next_due_on": due_on, **same})
    return [desk for authority, desk in known.items() if authority not in kept]


def _lay_duties(
    session: Session, filing: Filing, duties: Sequence[Duty], known: Mapping[str, FilingDuty]
) -> list[FilingDuty]:
    """Put the duties as they are; give those that are owed no more."""
    kept = set()
    for one in duties:
        kept.add(one.code)
        duty = known.get(one.code) or FilingDuty(filing_id=filing.id, told=0)
        is_same = (duty.authority, duty.due_on) == (one.authority, one.due_on)
        _put(session, duty, {"told": duty.told if is_same else 0, **vars(one)})
    return [duty for code, duty in known.items() if code not in kept]


def _put(session: Session, row: FilingDesk | FilingDuty, values: Mapping[str, Any]) -> None:
    """Write in a row what is not there yet."""
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
