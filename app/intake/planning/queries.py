"""What is asked for the agenda of an authority, bounded: its meetings, and the first day that it owes of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.base.crypto.vault import Keyring
from app.filing.models import Filing, FilingDesk, FilingDuty, FilingKey
from app.filing.queries import OpenFiling, read_several
from app.filing.rules import NEVER, authority_holder
from app.filing.status.meeting_hours import hours_of
from app.intake.planning.rules import Sitting
from app.procedure.days import LegalDay
from app.procedure.queries import numbers_due_between
from app.procedure.rules import last_day_to_receive

MEETINGS, DATES = 200, 500
"""Most meetings and dates of a view: a meeting is sealed, and each complaint is opened to read it."""
Row = TypeVar("Row")


@dataclass(frozen=True)
class Some(Generic[Row]):
    """The first rows of a list, and how many more there are."""

    rows: Sequence[Row]
    more: int


@dataclass(frozen=True)
class DueDay:
    """The first day that an authority owes of a complaint."""

    number: str
    code: str
    on: date


def sittings(session: Session, keyring: Keyring, authority: str, first: date, last: date) -> Some[Sitting]:
    """List the meetings between two days that an authority may read, in the order of their hours.

    They are found by the last day of their summons, which is in clear; the hour and the place are sealed.
    """
    numbers = numbers_due_between(LegalDay.SUMMON, last_day_to_receive(first), last_day_to_receive(last))
    wanted = (
        select(Filing.id)
        .join(numbers, numbers.c.number == Filing.number)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .join(FilingKey, and_(FilingKey.filing_id == Filing.id, FilingKey.holder == authority_holder(authority)))
        .where(FilingDesk.authority == authority)
    )
    ids, more = _first(session, wanted.order_by(numbers.c.due, Filing.id), MEETINGS)
    opened = read_several(session, keyring, [row.id for row in ids], authority).values()
    found = [sitting for one in opened if (sitting := _sitting(one)) and first <= sitting.on <= last]
    return Some(sorted(found, key=lambda one: (one.begins, one.number)), more)


def _sitting(opened: OpenFiling) -> Sitting | None:
    """Read the meeting of a complaint; none when it was withdrawn or closed before it was held."""
    conciliation = opened.now.conciliation
    if conciliation.session_on is None or not (opened.now.is_open or conciliation.report):
        return None
    fixed = conciliation.fixed
    begins, ends = hours_of(fixed, ZoneInfo(opened.filing.zone))
    members = tuple(member.name for member in fixed.members)
    return Sitting(opened.number, begins, ends, fixed.place, members, bool(conciliation.report))


def due_days(session: Session, authority: str, today: date, first: date, last: date) -> Some[DueDay]:
    """List the complaints whose first day owed by an authority is between two days; a meeting is no date to keep."""
    duty, other = FilingDuty, aliased(FilingDuty)
    is_before = or_(other.due_on < duty.due_on, and_(other.due_on == duty.due_on, other.code < duty.code))
    before = select(other.code).where(
        other.filing_id == duty.filing_id, other.authority == authority, other.until >= today, is_before
    )
    wanted = (
        select(Filing.number, duty.code, duty.due_on)
        .join(Filing, Filing.id == duty.filing_id)
        .where(duty.authority == authority, duty.until >= today, duty.due_on.between(first, last), ~before.exists())
        .where(or_(duty.code != LegalDay.MEET, duty.until == NEVER))
    )
    rows, more = _first(session, wanted.order_by(duty.due_on, duty.code, duty.filing_id), DATES)
    return Some([DueDay(row.number, row.code, row.due_on) for row in rows], more)


def _first(session: Session, wanted: Select[*tuple[Any, ...]], most: int) -> tuple[Sequence[Any], int]:
    """Read the first rows, and count those that follow."""
    total = session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    return session.execute(wanted.limit(most)).all(), max(0, total - most)
