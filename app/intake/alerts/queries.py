"""Which complaints of an authority call for a clerk, as they stand: kept nowhere, so that no morning is missed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from app.acts.kinds.lines import CODE_POSTED, RENEWED
from app.base.crypto.vault import Keyring
from app.base.dates import local_day
from app.filing.models import Filing, FilingAct, FilingDesk, FilingDuty, FilingEvent
from app.filing.rules import RECEIVER
from app.filing.status.case_status import CONTACT_CHANGED, KEPT_ON, PERSON_WROTE, PHONE_CALL, PROOFS_ADDED, WITHDRAWING
from app.intake.alerts.commissions import near_meetings, without_quorum
from app.intake.alerts.rules import QUORATE_BEFORE, Alert, is_left_unread, is_unproven, is_unreached
from app.intake.news import is_unseen
from app.notifications import queries as notifications
from app.procedure.days import LegalDay

IN_TOUCH = (PHONE_CALL, CONTACT_CHANGED, PERSON_WROTE, PROOFS_ADDED, WITHDRAWING, KEPT_ON, CODE_POSTED, RENEWED)
"""Lines of the history after which a person is known to be reached, or to have said where."""


def columns(authority: str) -> Sequence[ColumnElement[Any]]:
    """Ask, beside a :class:`~app.filing.models.Filing`, for the instants that :func:`calling` reads."""
    refused = notifications.refused_to_person(Filing.number).correlate(Filing).scalar_subquery()
    unread = (
        select(func.min(FilingAct.at))
        .where(FilingAct.filing_id == Filing.id, FilingAct.kind == PERSON_WROTE, is_unseen(authority))
        .correlate(Filing)
        .scalar_subquery()
    )
    return refused.label("refused_at"), _reached().label("reached_at"), unread.label("unread_since")


def calling(
    row: Any, duties: Sequence[FilingDuty], authority: str, today: date, incomplete: Collection[str]
) -> tuple[Alert, ...]:
    """Return what calls for a clerk of a complaint, most pressing first.

    ``row``: its zone, the role of the desk, and :func:`columns`; ``duties``: what is owed of it today;
    ``incomplete``: ids of those whose commission cannot sit, by :func:`without_quorum`.
    """
    answers = row.role == RECEIVER
    unread_since, zone = row.unread_since, ZoneInfo(row.zone)
    found = {
        Alert.MAIL: answers and row.refused_at is not None and is_unreached(row.refused_at, row.reached_at),
        Alert.SUMMONS: _is_to_summon(duties, authority, today),
        Alert.QUORUM: row.id in incomplete,
        Alert.UNREAD: answers and unread_since is not None and is_left_unread(local_day(unread_since, zone), today),
    }
    return tuple(alert for alert in Alert if found[alert])


def of_complaint(
    session: Session, keyring: Keyring, authority: str, filing_id: str, duties: Sequence[FilingDuty], today: date
) -> tuple[Alert, ...]:
    """Return what calls for a clerk of one complaint of a desk."""
    row = session.execute(
        select(Filing.id, Filing.zone, FilingDesk.role, *columns(authority))
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(Filing.id == filing_id, FilingDesk.authority == authority)
    ).one_or_none()
    incomplete = without_quorum(session, keyring, authority, near_meetings(duties, authority, today))
    return calling(row, duties, authority, today, incomplete) if row else ()


def _is_to_summon(duties: Sequence[FilingDuty], authority: str, today: date) -> bool:
    """Return whether a desk owes the summons of a near meeting: they are, until they are proven or it is held."""
    own = [duty for duty in duties if duty.code == LegalDay.SUMMON and duty.authority == authority]
    return any(is_unproven(duty.until, today) for duty in own)


def _reached() -> ScalarSelect[Any]:
    """Ask, beside a complaint, when its person was last in touch."""
    wanted = select(func.max(FilingEvent.at)).where(FilingEvent.filing_id == Filing.id, FilingEvent.kind.in_(IN_TOUCH))
    return wanted.correlate(Filing).scalar_subquery()


def counted(
    session: Session, keyring: Keyring, authority: str, owed: ColumnElement[bool], today: date
) -> Mapping[Alert, int]:
    """Count the complaints that call for the clerks of an authority; ``owed``: the duties of which it is told."""
    meetings = select(FilingDuty.until).where(FilingDuty.code == LegalDay.SUMMON, FilingDuty.until >= today, owed)
    return {
        Alert.MAIL: len(set(_unreached(session, authority))),
        Alert.SUMMONS: sum(is_unproven(day, today) for day in session.scalars(meetings)),
        Alert.QUORUM: len(without_quorum(session, keyring, authority, _meetings_of_the_week(session, owed, today))),
        Alert.UNREAD: len(set(_unread(session, authority, today))),
    }


def _unreached(session: Session, authority: str) -> Iterable[str]:
    """List those whose person was refused a mail for good, and was not in touch since."""
    refused = notifications.refused_to_persons()
    wanted = (
        select(Filing.id, refused.c.at, _reached().label("reached"))
        .join(refused, refused.c.number == Filing.number)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(FilingDesk.authority == authority, FilingDesk.role == RECEIVER)
    )
    return [row.id for row in session.execute(wanted) if is_unreached(row.at, row.reached)]


def _unread(session: Session, authority: str, today: date) -> Iterable[str]:
    """List those in which a message of the person waits to be read by the authority that answers it."""
    wanted = (
        select(Filing.id, Filing.zone, func.min(FilingAct.at).label("at"))
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .join(FilingAct, FilingAct.filing_id == Filing.id)
        .where(FilingDesk.authority == authority, FilingDesk.role == RECEIVER)
        .where(FilingAct.kind == PERSON_WROTE, is_unseen(authority))
        .group_by(Filing.id, Filing.zone)
    )
    found = session.execute(wanted)
    return [row.id for row in found if is_left_unread(local_day(row.at, ZoneInfo(row.zone)), today)]


def _meetings_of_the_week(session: Session, owed: ColumnElement[bool], today: date) -> set[str]:
    """Ask for the complaints whose meeting is held within the week; ``owed``: the duties of which a desk is told."""
    of_week = FilingDuty.until.between(today, today + QUORATE_BEFORE)
    return set(session.scalars(select(FilingDuty.filing_id).where(FilingDuty.code == LegalDay.MEET, of_week, owed)))
