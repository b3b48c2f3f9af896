"""The rows of the list: what a clerk must know of each complaint before opening it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.filing.models import Filing, FilingDesk, FilingDuty, FilingKey
from app.filing.queries import summary_of
from app.filing.rules import NEVER, NOTHING, authority_holder
from app.intake import agenda
from app.intake.alerts import queries as alerts
from app.intake.alerts.commissions import near_meetings, without_quorum
from app.intake.alerts.rules import Alert
from app.intake.news import News, is_mentioned, kinds_unseen, news_in
from app.intake.tags.queries import borne
from app.routing.rules.territories import short_place


@dataclass(frozen=True)
class DeskRow:
    """A complaint as the list shows it."""

    number: str
    received_at: datetime
    zone: str
    role: str
    due_on: date
    """First day that this authority must keep."""
    next_act: str
    """Code of that day, else of the first one that the other authority must keep; empty when nothing is owed."""
    awaited_on: date | None
    """Day by which the other authority must have transmitted it (D3), while this one is not told."""
    state: str
    signs: tuple[str, ...]
    """None while this authority holds no key."""
    news: tuple[News, ...]
    """What came since this authority last opened it; none while it holds no key."""
    alerts: tuple[Alert, ...]
    """What calls for a clerk of this authority."""
    profession: str
    town: str
    person: str
    """Empty while this authority holds no key."""
    professional: str
    assignee: str
    """Id of the clerk who takes care of it, or empty."""
    tags: tuple[str, ...] = ()
    """Ids of the tags that this authority put on it."""


@dataclass(frozen=True)
class DeskLine:
    """What any desk on which a complaint lies may know of it."""

    filing_id: str
    number: str
    received_at: datetime
    channel: str
    zone: str
    state: str
    profession: str
    commune: str
    town: str
    role: str
    informed: str
    receiver: str
    assignee: str


def rows_of(session: Session, keyring: Keyring, authority: str, numbers: Sequence[str], today: date) -> list[DeskRow]:
    """Open the complaints of a desk that have these numbers, in their order; see :func:`rows_in`."""
    known = session.execute(select(Filing.number, Filing.id).where(Filing.number.in_(numbers)))
    ids = {row.number: row.id for row in known}
    return rows_in(session, keyring, authority, [ids[number] for number in numbers if number in ids], today)


def rows_in(
    session: Session, keyring: Keyring, authority: str, ids: Sequence[str], today: date, me: str = ""
) -> list[DeskRow]:
    """Open the complaints of a desk, in the order of their ids; those that are not on it are left out.

    ``me``: the account that asks, for what colleagues tell it.
    """
    if not ids:
        return []
    holder = authority_holder(authority)
    owed = agenda.owed_of(session, ids, today)
    near = near_meetings([duty for duties in owed.values() for duty in duties], authority, today)
    incomplete = without_quorum(session, keyring, authority, near)
    found = {}
    asked = {"authority": authority, "holder": holder, "ids": ids, "me": me}
    for row in session.execute(_asked(), asked):
        words = summary_of(keyring, row.id, row.summary, row.wrapped, holder) if row.wrapped else {}
        duties = owed.get(row.id, [])
        own = [duty for duty in duties if duty.authority == authority]
        found[row.id] = DeskRow(
            number=row.number,
            received_at=row.received_at,
            zone=row.zone,
            role=row.role,
            due_on=own[0].due_on if own else NEVER,
            next_act=_first(own or duties),
            awaited_on=agenda.awaited_on(row.role, duties),
            state=row.state,
            signs=tuple(words.get("signs", "").split()),
            news=news_in(row.news, is_mentioned=row.is_mentioned) if row.wrapped else (),
            alerts=alerts.calling(row, duties, authority, today, incomplete),
            profession=row.profession,
            town=short_place(row.town, row.commune),
            person=words.get("person", ""),
            professional=words.get("professional", ""),
            assignee=row.assignee,
            tags=tuple((row.tags or "").split()),
        )
    return [found[filing_id] for filing_id in ids if filing_id in found]


def _first(duties: Sequence[FilingDuty]) -> str:
    return duties[0].code if duties else NOTHING


@cache
def _asked() -> Select[Any]:
    """Write the question once: putting it together took a good part of the time of a page."""
    authority: Any = bindparam("authority", type_=String)
    of_filing = (
        Filing.id,
        Filing.number,
        Filing.received_at,
        Filing.zone,
        Filing.state,
        Filing.profession,
        Filing.commune,
        Filing.town,
    )
    of_desk = (FilingDesk.role, FilingDesk.assignee, FilingKey.wrapped)
    mentioned: Any = bindparam("me", type_=String)
    news = (kinds_unseen(authority).label("news"), is_mentioned(mentioned).label("is_mentioned"))
    tags = borne(authority).label("tags")
    columns: Sequence[Any] = (*of_filing, Filing.summary, *of_desk, *news, tags, *alerts.columns(authority))
    holds = and_(FilingKey.filing_id == Filing.id, FilingKey.holder == bindparam("holder", type_=String))
    return (
        select(*columns)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .outerjoin(FilingKey, holds)
        .where(FilingDesk.authority == authority, Filing.id.in_(bindparam("ids", type_=String, expanding=True)))
    )


def desk_line(session: Session, number: str, authority: str) -> DeskLine | None:
    """Find a complaint on the desk of an authority; ``None`` for any other, or an unknown number."""
    row = session.execute(
        select(
            Filing.id.label("filing_id"),
            Filing.number,
            Filing.received_at,
            Filing.channel,
            Filing.zone,
            Filing.state,
            Filing.profession,
            Filing.commune,
            Filing.town,
            FilingDesk.role,
            Filing.informed,
            Filing.receiver,
            FilingDesk.assignee,
        )
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(Filing.number == number, FilingDesk.authority == authority)
    ).one_or_none()
    return DeskLine(**row._asdict()) if row else None
