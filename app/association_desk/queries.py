"""What is asked of the complaints of an association, as questions in SQL: the right to see is in each of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import SignedInMember
from app.association_desk.filters import FORMER, MemberFilters, Order, Tab
from app.association_desk.reminders.alarms import ALARMS
from app.associations.branches import in_branch
from app.associations.own_records import found_by
from app.base.crypto.vault import Keyring
from app.directory.rules import asked_words
from app.filing.models import Filing, FilingAct, FilingDesk, FilingDuty, FilingKey
from app.filing.queries import OpenFiling
from app.filing.rules import association_holder
from app.filing.search import word_index
from app.filing.status.annotations import named
from app.filing.status.state import ComplaintState
from app.procedure.models import CalendarDay
from app.saisine.models import Draft
from app.saisine.queries import own_drafts

HELD = FilingKey.holder.is_not(None)
ENDED = and_(HELD, Filing.state.in_([state.value for state in ComplaintState if state.is_ended]))
"""What stands ended for an association that may still read it."""
DAY_OF_DUTY = and_(CalendarDay.filing_number == Filing.number, CalendarDay.code == FilingDuty.code)


def late(today: date) -> ColumnElement[bool]:
    """Keep what an alarm is raised of (:func:`~app.association_desk.reminders.alarms.raised`), while mandated."""
    strict = FilingDuty.due_on < today  # the postponed day, which counts, is never before it
    raised = exists().where(FilingDuty.filing_id == Filing.id, FilingDuty.code.in_(list(ALARMS)), strict, DAY_OF_DUTY)
    return and_(HELD, raised.where(CalendarDay.due_postponed < today))


def missed_days(session: Session, association: str, since: date, today: date) -> list[tuple[str, str, str, date]]:
    """List the days of :func:`late` from ``since`` on, whoever the member: number, zone, code, last day that counted.

    ``today``: in Paris; where the complaint lies it may be the day before.
    """
    held = and_(FilingKey.filing_id == Filing.id, FilingKey.holder == association_holder(association))
    wanted = (
        select(Filing.number, Filing.zone, CalendarDay.code, CalendarDay.due_postponed)
        .join(FilingKey, held)
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
        yield and_(HELD, Filing.state == asked.statut)
    if asked.autorite:
        yield and_(HELD, or_(Filing.receiver == asked.autorite, Filing.informed == asked.autorite))


def authorities(session: Session, member: SignedInMember) -> list[str]:
    """List the codes of the authorities of the complaints that a member may read."""
    held = and_(FilingKey.filing_id == Filing.id, FilingKey.holder == association_holder(member.association))
    read = select(Filing.receiver, Filing.informed).join(Draft, Draft.id == Filing.draft_id).join(FilingKey, held)
    found = session.execute(read.where(own_drafts(member)).distinct())
    return sorted({code for row in found for code in row if code})


def found(keyring: Keyring, member: SignedInMember, words: str) -> Iterator[ColumnElement[bool]]:
    """Ask that each word names somebody of the complaint, or stands in what the association keeps of it."""
    holder = association_holder(member.association)
    for word in asked_words(words):
        (worded,), (own,) = word_index.found_by(keyring, holder, word), found_by(keyring, holder, word)
        yield and_(HELD, or_(Filing.id.in_(worded), Draft.id.in_(own)))


def sent(member: SignedInMember, owned: Sequence[ColumnElement[bool]]) -> Select[str]:
    """Choose what was sent, with the key of the association if it has one; what was erased lies on no desk."""
    lies = exists().where(FilingDesk.filing_id == Filing.id, FilingDesk.authority == Filing.receiver)
    held = and_(FilingKey.filing_id == Filing.id, FilingKey.holder == association_holder(member.association))
    joined = select(Filing.id).join(Draft, Draft.id == Filing.draft_id)
    return joined.outerjoin(FilingKey, held).where(*owned, or_(HELD, lies))


def held_numbers(member: SignedInMember) -> Select[str]:
    """Choose the numbers of the complaints that a member may read: their mandate holds."""
    return sent(member, [own_drafts(member)]).where(HELD).with_only_columns(Filing.number)


def about_same_professional(
    session: Session, keyring: Keyring, member: SignedInMember, opened: OpenFiling
) -> list[str]:
    """List the other complaints about the professional of one, among those that a member may read, the last first."""
    holder, document = association_holder(member.association), named(opened.payload, opened.acts)
    about = word_index.about_professional(keyring, holder, document, opened.filing)
    return list(session.scalars(held_numbers(member).where(about).order_by(Filing.received_at.desc())))


def order_of_drafts(asked: MemberFilters) -> Sequence[Any]:
    """Put first what is kept the least long, or what changed last."""
    changed = Draft.changed_at.desc()
    return (changed, Draft.id) if asked.tri == Order.LAST_CHANGE else (Draft.expires_on, changed, Draft.id)


def order_of_sent(asked: MemberFilters) -> Sequence[Any]:
    """Put last what is not read any more: its place would tell what became of it."""
    nearest = select(func.min(FilingDesk.next_due_on)).where(FilingDesk.filing_id == Filing.id)
    last = select(func.max(FilingAct.at)).where(FilingAct.filing_id == Filing.id)
    if asked.tri == Order.LAST_CHANGE:
        changed = func.coalesce(last.correlate(Filing).scalar_subquery(), Filing.received_at)
        return (~HELD, case((HELD, changed)).desc(), Filing.received_at.desc(), Filing.id)
    due = nearest.correlate(Filing).scalar_subquery()
    return (~HELD, case((HELD, due)), Filing.received_at.desc(), Filing.id)
