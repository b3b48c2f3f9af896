"""Which complaints of an authority call for a clerk, as they stand: kept nowhere, so that no morning is missed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.acts.kinds.lines import CODE_POSTED, RENEWED
from app.base.dates import local_day
from app.filing.models import RECEIVER, Filing, FilingAct, FilingDesk, FilingDuty, FilingEvent
from app.filing.status.case_status import CONTACT_CHANGED, KEPT_ON, PERSON_WROTE, PHONE_CALL, PROOFS_ADDED, WITHDRAWING
from app.intake.alerts.rules import Alert, is_left_unread, is_unproven, is_unreached
from app.intake.news import is_unseen
from app.notifications import queries as notifications
from app.procedure.days import LegalDay

IN_TOUCH = (PHONE_CALL, CONTACT_CHANGED, PERSON_WROTE, PROOFS_ADDED, WITHDRAWING, KEPT_ON, CODE_POSTED, RENEWED)
"""Lines of the history after which a person is known to be reached, or to have said where."""


def of_complaints(
    session: Session, authority: str, owed: Mapping[str, Sequence[FilingDuty]], today: date
) -> Mapping[str, tuple[Alert, ...]]:
    """Return what calls for a clerk of some complaints, most pressing first; ``owed``: what is owed of each today."""
    among = FilingDesk.filing_id.in_(owed)
    calling = {
        Alert.MAIL: set(_unreached(session, authority, among)),
        Alert.SUMMONS: {one for one, duties in owed.items() if _is_to_summon(duties, authority, today)},
        Alert.UNREAD: set(_unread(session, authority, today, among)),
    }
    return {one: tuple(alert for alert in Alert if one in calling[alert]) for one in owed}


def _is_to_summon(duties: Sequence[FilingDuty], authority: str, today: date) -> bool:
    """Return whether a desk owes the summons of a near meeting: they are, until they are proven or it is held."""
    own = [duty for duty in duties if duty.code == LegalDay.SUMMON and duty.authority == authority]
    return any(is_unproven(duty.until, today) for duty in own)


def counted(session: Session, authority: str, owed: ColumnElement[bool], today: date) -> Mapping[Alert, int]:
    """Count the complaints that call for the clerks of an authority; ``owed``: the duties of which it is told."""
    meetings = select(FilingDuty.until).where(FilingDuty.code == LegalDay.SUMMON, FilingDuty.until >= today, owed)
    return {
        Alert.MAIL: len(set(_unreached(session, authority))),
        Alert.SUMMONS: sum(is_unproven(day, today) for day in session.scalars(meetings)),
        Alert.UNREAD: len(set(_unread(session, authority, today))),
    }


def _unreached(session: Session, authority: str, *among: ColumnElement[bool]) -> Iterable[str]:
    """List those whose person was refused a mail for good, and was not in touch since."""
    refused = notifications.refused_to_person()
    reached = (
        select(func.max(FilingEvent.at))
        .where(FilingEvent.filing_id == Filing.id, FilingEvent.kind.in_(IN_TOUCH))
        .correlate(Filing)
        .scalar_subquery()
    )
    wanted = (
        select(Filing.id, refused.c.at, reached.label("reached"))
        .join(refused, refused.c.number == Filing.number)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(FilingDesk.authority == authority, FilingDesk.role == RECEIVER, *among)
    )
    return [row.id for row in session.execute(wanted) if is_unreached(row.at, row.reached)]


def _unread(session: Session, authority: str, today: date, *among: ColumnElement[bool]) -> Iterable[str]:
    """List those in which a message of the person waits to be read by the authority that answers it."""
    wanted = (
        select(Filing.id, Filing.zone, func.min(FilingAct.at).label("at"))
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .join(FilingAct, FilingAct.filing_id == Filing.id)
        .where(FilingDesk.authority == authority, FilingDesk.role == RECEIVER, *among)
        .where(FilingAct.kind == PERSON_WROTE, is_unseen(authority))
        .group_by(Filing.id, Filing.zone)
    )
    found = session.execute(wanted)
    return [row.id for row in found if is_left_unread(local_day(row.at, ZoneInfo(row.zone)), today)]
