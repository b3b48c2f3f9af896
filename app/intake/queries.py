"""What is asked for the desk: every query names the authority, so that nothing else can be seen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from app.base.vault import Keyring
from app.filing.models import Filing, FilingDesk, FilingEvent, FilingKey
from app.filing.queries import holder_of, summary_of
from app.intake.filters import Filters, last_day, pages_of
from app.intake.rules import Sign


@dataclass(frozen=True)
class DeskRow:
    """A complaint as the list shows it."""

    number: str
    received_at: datetime
    zone: str
    role: str
    due_on: date
    state: str
    signs: tuple[str, ...]
    profession: str
    town: str
    person: str
    """Empty while this authority holds no key."""
    professional: str
    assignee: str
    """Id of the clerk who takes care of it, or empty."""


@dataclass(frozen=True)
class Inbox:
    """One page of the list."""

    rows: list[DeskRow]
    total: int
    filters: Filters
    """As asked, on a page that exists."""
    pages: int


@dataclass(frozen=True)
class DeskLine:
    """What any desk on which a complaint lies may know of it."""

    filing_id: str
    number: str
    received_at: datetime
    zone: str
    state: str
    profession: str
    town: str
    role: str
    next_code: str
    next_due_on: date
    informed: str
    receiver: str
    assignee: str


def inbox(session: Session, keyring: Keyring, authority: str, filters: Filters, today: date, me: str = "") -> Inbox:
    """List the complaints of an authority, nearest date first; only the rows shown are opened.

    ``me``: the account that asks, for « les miennes ».
    """
    total = session.scalar(_asked(select(func.count()), authority, filters, today, me)) or 0
    pages = pages_of(total, filters.par)
    shown = filters.at(min(filters.page, pages))
    ids = (
        _asked(select(FilingDesk.filing_id), authority, filters, today, me)
        .order_by(FilingDesk.next_due_on, FilingDesk.filing_id)
        .limit(shown.par)
        .offset((shown.page - 1) * shown.par)
    )
    return Inbox(_rows(session, keyring, authority, list(session.scalars(ids))), total, shown, pages)


def _asked(asked: Select[Any], authority: str, filters: Filters, today: date, me: str) -> Select[Any]:
    """Keep the desk of one authority, then what the filters let through; the index of the desk carries it."""
    asked = asked.select_from(FilingDesk).where(FilingDesk.authority == authority)
    if (day := last_day(filters.echeance, today)) is not None:
        asked = asked.where(FilingDesk.next_due_on <= day)
    if filters.role:
        asked = asked.where(FilingDesk.role == filters.role)
    if filters.attribution:
        asked = asked.where(FilingDesk.assignee == {"moi": me, "personne": ""}.get(filters.attribution))
    wanted = (
        (filters.etat, Filing.state == filters.etat),
        (filters.profession, Filing.profession == filters.profession),
        (filters.canal, Filing.channel == filters.canal),
        (filters.besoin, Filing.signs.contains(Sign.BESOINS.value)),
        (filters.q, Filing.number == filters.q),
    )
    if kept := [condition for is_asked, condition in wanted if is_asked]:
        asked = asked.join(Filing, Filing.id == FilingDesk.filing_id).where(*kept)
    return asked


def _rows(session: Session, keyring: Keyring, authority: str, ids: list[str]) -> list[DeskRow]:
    holder = holder_of(authority)
    found = session.execute(
        select(
            Filing.id,
            Filing.number,
            Filing.received_at,
            Filing.zone,
            Filing.state,
            Filing.signs,
            Filing.profession,
            Filing.town,
            Filing.summary,
            FilingDesk.role,
            FilingDesk.next_due_on,
            FilingDesk.assignee,
            FilingKey.wrapped,
        )
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .outerjoin(FilingKey, and_(FilingKey.filing_id == Filing.id, FilingKey.holder == holder))
        .where(FilingDesk.authority == authority, Filing.id.in_(ids))
        .order_by(FilingDesk.next_due_on, Filing.id)
    )
    rows = []
    for row in found:
        words = summary_of(keyring, row.id, row.summary, row.wrapped, holder) if row.wrapped else {}
        rows.append(
            DeskRow(
                number=row.number,
                received_at=row.received_at,
                zone=row.zone,
                role=row.role,
                due_on=row.next_due_on,
                state=row.state,
                signs=tuple(row.signs.split()),
                profession=row.profession,
                town=row.town,
                person=words.get("person", ""),
                professional=words.get("professional", ""),
                assignee=row.assignee,
            )
        )
    return rows


def desk_line(session: Session, number: str, authority: str) -> DeskLine | None:
    """Find a complaint on the desk of an authority; ``None`` for any other, or an unknown number."""
    row = session.execute(
        select(
            Filing.id.label("filing_id"),
            Filing.number,
            Filing.received_at,
            Filing.zone,
            Filing.state,
            Filing.profession,
            Filing.town,
            FilingDesk.role,
            FilingDesk.next_code,
            FilingDesk.next_due_on,
            Filing.informed,
            Filing.receiver,
            FilingDesk.assignee,
        )
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(Filing.number == number, FilingDesk.authority == authority)
    ).one_or_none()
    return DeskLine(**row._asdict()) if row else None


def is_opened_since(session: Session, filing_id: str, by: str, authority: str, since: datetime) -> bool:
    """Tell whether this clerk already opened this complaint since an instant."""
    opened = select(FilingEvent.id).where(
        FilingEvent.filing_id == filing_id,
        FilingEvent.at >= since,
        FilingEvent.kind == "ouverte",
        FilingEvent.by == by,
        FilingEvent.authority == authority,
    )
    return session.scalar(opened.limit(1)) is not None
