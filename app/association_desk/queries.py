"""What is asked of the complaints of an association, as questions in SQL: the right to see is in each of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts import queries as accounts
from app.accounts.queries import SignedInMember
from app.accounts.rules import Role
from app.association_desk.filters import FORMER, MemberFilters, Order, Tab
from app.associations.branches import in_branch
from app.associations.own_records import found_by
from app.base.crypto.vault import Keyring
from app.directory.rules import asked_words
from app.filing.documents.missed_days import ALARMS
from app.filing.models import Filing, FilingAct, FilingDesk, FilingDuty
from app.filing.queries import OpenFiling
from app.filing.rules import INFORMED, MANDATED, RECEIVER, association_holder
from app.filing.search import word_index
from app.filing.status.annotations import named
from app.filing.status.state import ComplaintState
from app.procedure.models import CalendarDay
from app.saisine.models import Draft
from app.saisine.queries import own_drafts

HELD = FilingDesk.role == MANDATED
"""The association still has the key: its mandate holds."""
ENDED = and_(HELD, FilingDesk.state.in_([state.value for state in ComplaintState if state.is_ended]))
"""What stands ended for an association that may still read it."""
AUTHORITIES = (RECEIVER, INFORMED)
"""Roles of the authorities on whose desks a complaint lies too."""
_OTHER = aliased(FilingDesk)
DAY_OF_DUTY = and_(CalendarDay.filing_number == Filing.number, CalendarDay.code == FilingDuty.code)


def late(today: date) -> ColumnElement[bool]:
    """Keep what an alarm is raised of (:func:`~app.filing.documents.missed_days.raised`), while mandated."""
    missed = and_(FilingDuty.filing_id == FilingDesk.filing_id, FilingDuty.code.in_(list(ALARMS)))
    raised = exists().where(Filing.id == FilingDesk.filing_id, missed, DAY_OF_DUTY, CalendarDay.due_postponed < today)
    return and_(HELD, FilingDesk.next_due_on < today, raised)  # the postponed day, which counts, is never before


def missed_days(session: Session, association: str, since: date, today: date) -> list[tuple[str, str, str, date]]:
    """List the days of :func:`late` from ``since`` on, whoever the member: number, zone, code, last day that counted.

    ``today``: in Paris; where the complaint lies it may be the day before.
    """
    held = and_(FilingDesk.filing_id == Filing.id, FilingDesk.authority == association_holder(association), HELD)
    wanted = (
        select(Filing.number, Filing.zone, CalendarDay.code, CalendarDay.due_postponed)
        .join(FilingDesk, held)
        .join(FilingDuty, FilingDuty.filing_id == Filing.id)
        .join(CalendarDay, DAY_OF_DUTY)
        .where(FilingDuty.code.in_(list(ALARMS)), CalendarDay.due_postponed.between(since, today))
    )
    return [(row.number, row.zone, row.code, row.due_postponed) for row in session.execute(wanted)]


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


def of_complaint(asked: MemberFilters) -> Iterator[ColumnElement[bool]]:
    """Ask for the state and the authority that a filter names: of what is read, as the rest became another's."""
    if asked.statut:
        told = [state.value for state in ComplaintState if state.as_told == asked.statut]
        yield and_(HELD, FilingDesk.state.in_(told))
    if asked.autorite:
        there = exists().where(_OTHER.filing_id == FilingDesk.filing_id, _OTHER.authority == asked.autorite)
        yield and_(HELD, there.where(_OTHER.role.in_(AUTHORITIES)))


def authorities(session: Session, member: SignedInMember) -> list[str]:
    """List the codes of the authorities of the complaints that a member may read."""
    there = (_OTHER.filing_id.in_(sent(member).where(HELD)), _OTHER.role.in_(AUTHORITIES))
    return sorted(session.scalars(select(_OTHER.authority).where(*there).distinct()))


def found(keyring: Keyring, member: SignedInMember, words: str) -> Iterator[ColumnElement[bool]]:
    """Ask that each word names somebody of the complaint, or stands in what the association keeps of it."""
    holder = association_holder(member.association)
    for word in asked_words(words):
        (worded,), (own,) = word_index.found_by(keyring, holder, word), found_by(keyring, holder, word)
        kept = select(Filing.id).where(Filing.draft_id.in_(own))
        yield and_(HELD, or_(FilingDesk.filing_id.in_(worded), FilingDesk.filing_id.in_(kept)))


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


def about_same_professional(
    session: Session, keyring: Keyring, member: SignedInMember, opened: OpenFiling
) -> list[str]:
    """List the other complaints about the professional of one, among those that a member may read, the last first."""
    holder, document = association_holder(member.association), named(opened.payload, opened.acts)
    about = word_index.about_professional(keyring, [holder], document, opened.filing)
    return list(session.scalars(held_numbers(member).where(about).order_by(Filing.received_at.desc())))


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
