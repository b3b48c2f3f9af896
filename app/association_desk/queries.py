"""What is asked of the complaints of an association, as questions in SQL: the right to see is in each of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import SignedInMember
from app.accounts.rules import Role
from app.association_desk.filters import FORMER, MemberFilters, Order, Tab
from app.association_desk.reminders.alarms import ALARMS
from app.associations.branches import in_branch
from app.associations.own_records import found_by
from app.base.crypto.vault import Keyring
from app.directory.rules import asked_words
from app.filing.models import Filing, FilingAct, FilingDesk, FilingDuty
from app.filing.rules import MANDATED, association_holder
from app.filing.search import word_index
from app.filing.status.state import ComplaintState
from app.procedure.models import CalendarDay
from app.saisine.models import Draft
from app.saisine.queries import own_drafts

HELD = FilingDesk.role == MANDATED
"""The association still has the key: its mandate holds."""
ENDED = and_(HELD, FilingDesk.state.in_([state.value for state in ComplaintState if state.is_ended]))
"""What stands ended for an association that may still read it."""


def late(today: date) -> ColumnElement[bool]:
    """Keep what an alarm is raised of (:func:`~app.association_desk.reminders.alarms.raised`), while mandated."""
    day = and_(CalendarDay.filing_number == Filing.number, CalendarDay.code == FilingDuty.code)
    missed = and_(FilingDuty.filing_id == FilingDesk.filing_id, FilingDuty.code.in_(list(ALARMS)))
    raised = exists().where(Filing.id == FilingDesk.filing_id, missed, day, CalendarDay.due_postponed < today)
    return and_(HELD, FilingDesk.next_due_on < today, raised)  # the postponed day, which counts, is never before


def in_tab(tab: str, today: date) -> ColumnElement[bool]:
    """Keep what a list of complaints that were sent holds; an alarm is raised of some of those that go on."""
    if tab == Tab.LATE:
        return late(today)
    return ENDED if tab == Tab.ENDED else ~ENDED


def counts(session: Session, drafts: Select[str], sent: Select[str], today: date) -> dict[str, int]:
    """Count each list, by its code; the caller has narrowed both questions."""
    waiting = session.scalar(drafts.with_only_columns(func.count())) or 0
    parts = (func.count(), func.count(case((late(today), 1))), func.count(case((ENDED, 1))))
    every, missed, ended = session.execute(sent.with_only_columns(*parts)).one()
    found = {Tab.TO_COMPLETE: waiting, Tab.SENT: every - ended, Tab.LATE: missed, Tab.ENDED: ended}
    return {tab.value: n for tab, n in found.items()}


def of_member(session: Session, member: SignedInMember, asked: MemberFilters) -> Iterator[ColumnElement[bool]]:
    """Ask for the branch and the member that a filter names."""
    if asked.antenne:
        yield Draft.member.in_(in_branch(asked.antenne))
    if asked.membre == FORMER:
        yield Draft.member.not_in([code for code, _ in accounts.members(session, member.association)])
    elif asked.membre:
        yield Draft.member == asked.membre


def found(keyring: Keyring, member: SignedInMember, words: str) -> Iterator[ColumnElement[bool]]:
    """Ask that each word names somebody of the complaint, or stands in what the association keeps of it."""
    holder = association_holder(member.association)
    for word in asked_words(words):
        (named,), (own,) = word_index.found_by(keyring, holder, word), found_by(keyring, holder, word)
        kept = select(Filing.id).where(Filing.draft_id.in_(own))
        yield and_(HELD, or_(FilingDesk.filing_id.in_(named), FilingDesk.filing_id.in_(kept)))


def sent(member: SignedInMember, narrowed: Sequence[ColumnElement[bool]] = ()) -> Select[str]:
    """Choose what was sent and a member may see, on the desk of the association; what was erased lies on none.

    Who answers for the association sees the whole desk: then its index alone is read.
    """
    lies = select(FilingDesk.filing_id).where(FilingDesk.authority == association_holder(member.association))
    if member.role == Role.RESPONSABLE_ASSOCIATION and not narrowed:
        return lies
    seen = select(Filing.id).join(Draft, Draft.id == Filing.draft_id).where(own_drafts(member), *narrowed)
    return lies.where(FilingDesk.filing_id.in_(seen))


def numbered(number: str) -> ColumnElement[bool]:
    """Keep the complaint of a number."""
    return FilingDesk.filing_id.in_(select(Filing.id).where(Filing.number == number))


def held_numbers(member: SignedInMember) -> Select[str]:
    """Choose the numbers of the complaints that a member may read: their mandate holds."""
    return select(Filing.number).where(Filing.id.in_(sent(member).where(HELD)))


def order_of_drafts(asked: MemberFilters) -> Sequence[Any]:
    """Put first what is kept the least long, or what changed last."""
    changed = Draft.changed_at.desc()
    return (changed, Draft.id) if asked.tri == Order.LAST_CHANGE else (Draft.expires_on, changed, Draft.id)


def order_of_sent(asked: MemberFilters) -> Sequence[Any]:
    """Put last what is not read any more: its place would tell what became of it."""
    same = (FilingDesk.received_at.desc(), FilingDesk.filing_id)
    if asked.tri != Order.LAST_CHANGE:
        return (~HELD, FilingDesk.next_due_on, *same)
    last = select(func.max(FilingAct.at)).where(FilingAct.filing_id == FilingDesk.filing_id)
    changed = func.coalesce(last.correlate(FilingDesk).scalar_subquery(), FilingDesk.received_at)
    return (~HELD, case((HELD, changed)).desc(), *same)
