"""What is asked for the desk: every query names the authority, so that nothing else can be seen."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.acts.kinds.lines import RECEIVED, RECORDED
from app.base.clock import PARIS
from app.base.crypto.vault import Keyring
from app.base.cutting import pages_of
from app.filing.acts import postal_letters
from app.filing.models import Filing, FilingDesk, FilingEvent, FilingKey
from app.filing.rules import authority_holder
from app.filing.search.word_index import found_by
from app.filing.status.case_status import MOVED
from app.filing.status.state import ComplaintState
from app.intake import agenda
from app.intake.counts import are_many, counted, holding, holding_each, in_order, is_added_up, page_of, paged, told_by
from app.intake.filters import TO_FIX, VIEWS, Ahead, Attribution, Filters
from app.intake.news import mentioning
from app.intake.periods import instants, last_day
from app.intake.rows import DeskRow, rows_in
from app.intake.tags.queries import TagName, bearing, opened, sealed

EPOCH = datetime.fromtimestamp(0, UTC)
NAMED = tuple(view.filters for view in VIEWS)
ENDED = [state.value for state in ComplaintState if state.is_ended]


@dataclass(frozen=True)
class Inbox:
    """One page of the list."""

    rows: list[DeskRow]
    total: int
    filters: Filters
    """As asked, on a page that exists."""
    pages: int
    of_views: Sequence[int]
    """How many complaints each view holds."""
    to_post: int
    """How many letters of the authority wait to be posted."""
    by_beginnings: bool
    """Whether no whole word answered to what was searched: these are the complaints with a word that begins alike."""
    tags: Sequence[TagName]
    """The tags of the authority."""
    last_line: int
    """The last line of the histories when it was read: what comes after is new."""


@dataclass(frozen=True)
class Asking:
    """Who asks for the list, and when."""

    authority: str
    today: date
    me: str = ""
    """The account that asks, for « à moi »."""
    replaced: Collection[str] = ()
    """The accounts whose place it takes today."""
    zone: ZoneInfo = PARIS
    by_beginnings: bool = False
    """Whether words that begin as those searched answer too."""

    @property
    def wider(self) -> "Asking":
        """Ask for words that begin alike: where no whole word answers."""
        return replace(self, by_beginnings=True)


def inbox(
    session: Session, keyring: Keyring, asking: Asking, filters: Filters, views: Sequence[Filters] = NAMED
) -> Inbox:
    """List the complaints of an authority as they are asked, and count ``views``; only the rows shown are opened."""
    asked = filters.narrowing
    is_known = not (filters.mots or filters.codes) and is_added_up(_lying(asking, filters))
    questions = list(dict.fromkeys((asked, *views) if is_known else views))  # a view is counted once, shown or not
    desk = _counting(keyring, asking, questions)
    line = select(func.coalesce(func.max(FilingEvent.id), 0)).scalar_subquery()
    beside = (postal_letters.counted(asking.authority), sealed(asking.authority), line)
    who = {"authority": asking.authority, "me": asking.me}
    *counts, to_post, tags, last_line = session.execute(desk.add_columns(*beside), who).one()
    found = dict(zip(questions, counts, strict=True))
    total, shown, ids = _page(session, keyring, asking, filters, found)
    if filters.mots and not total:
        total, shown, ids = _page(session, keyring, asking.wider, filters, found)
        asking = asking.wider if total else asking
    rows = rows_in(session, keyring, asking.authority, ids, asking.today, asking.me)
    known, of_views = opened(keyring, asking.authority, tags), [found[one] for one in views]
    pages = pages_of(total, filters.par)
    return Inbox(rows, total, shown, pages, of_views, to_post, asking.by_beginnings, known, last_line)


def _counting(keyring: Keyring, asking: Asking, questions: Sequence[Filters]) -> Select[Any]:
    if any(one.codes for one in questions):  # found under a key of this authority alone
        return counted(asking.authority, (_narrowed(keyring, asking, one) for one in questions))
    return _written(asking.today, asking.zone, tuple(asking.replaced), tuple(questions))


@lru_cache(maxsize=16)
def _written(today: date, zone: ZoneInfo, replaced: Collection[str], questions: Sequence[Filters]) -> Select[Any]:
    """Write once a day what every clerk has counted at each page: that took a good part of its time."""
    authority: Any = bindparam("authority", type_=String)
    me: Any = bindparam("me", type_=String)
    asking = Asking(authority, today, me, replaced, zone)
    return counted(asking.authority, (_lying(asking, one) for one in questions))


def _page(
    session: Session, keyring: Keyring, asking: Asking, filters: Filters, counts: Mapping[Filters, int]
) -> tuple[int, Filters, Sequence[str]]:
    """Return how many are wanted, a page that exists and the ids on it; what ``counts`` knows is not counted again."""
    words, lying = list(_found_by(keyring, asking, filters)), _lying(asking, filters)
    total, holds = None if words else counts.get(filters.narrowing), holding
    if words and not lying:
        total = session.scalar(told_by(words)) or 0
        holds = holding_each if are_many(total, filters, counts.get(NAMED[0], total)) else holding
    wanted = _on_desk(asking).where(*lying, *([holds(words)] if words else []))
    if total is None:
        rows = session.execute(paged(wanted, filters)).all()
        total, ids = rows[0].total, [row.filing_id for row in rows if row.filing_id]
        if ids or not total:
            return total, filters if ids else filters.at(1), ids
    shown = filters.at(min(filters.page, pages_of(total, filters.par)))
    return total, shown, session.scalars(page_of(wanted, shown)).all() if total else ()


def arrived(session: Session, keyring: Keyring, asking: Asking, filters: Filters, line: int) -> int:
    """Count the complaints of a list that came on the desk after a line of the histories, in one statement.

    What this authority recorded or sent away itself is no news to it.
    """
    came = or_(
        FilingEvent.kind == RECEIVED,
        and_(FilingEvent.kind.in_((RECORDED, MOVED)), FilingEvent.authority != asking.authority),
    )
    since = select(FilingEvent.filing_id).where(FilingEvent.id > line, came)
    wanted = _asked(keyring, asking, filters).where(FilingDesk.filing_id.in_(since))
    return session.execute(wanted.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()


def _asked(keyring: Keyring, asking: Asking, filters: Filters) -> Select[Any]:
    """Keep the desk of one authority, then what the filters let through."""
    return _on_desk(asking).where(*_narrowed(keyring, asking, filters))


def _on_desk(asking: Asking) -> Select[Any]:
    return select(FilingDesk.filing_id).where(FilingDesk.authority == asking.authority)


def _narrowed(keyring: Keyring, asking: Asking, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what the filters ask of a line of the desk."""
    words = list(_found_by(keyring, asking, filters))
    return [*_lying(asking, filters), *([holding(words)] if words else [])]


def _lying(asking: Asking, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what the filters ask of how a complaint lies on the desk, whatever its words."""
    first, after = instants(filters, asking.zone)
    day = last_day(filters.echeance, asking.today)
    named = {Attribution.MOI.value: [asking.me], Attribution.PERSONNE.value: [""]}
    named[Attribution.REMPLACE.value] = [asking.me, *asking.replaced]
    assignees = named.get(filters.attribution, [filters.attribution])
    wanted: tuple[tuple[Any, Callable[[], ColumnElement[bool]]], ...] = (  # only what is asked is written
        (day, lambda: agenda.owes_by(asking.authority, day or asking.today, asking.today)),
        (filters.role, lambda: FilingDesk.role == filters.role),
        (filters.attribution, lambda: FilingDesk.assignee.in_(assignees)),
        (filters.mention, lambda: FilingDesk.filing_id.in_(mentioning(asking.me))),
        (filters.etiquette, lambda: FilingDesk.filing_id.in_(bearing(asking.authority, filters.etiquette))),
        (filters.etat, lambda: FilingDesk.state == filters.etat),
        (filters.suite == Ahead.A_FIXER, lambda: FilingDesk.next_code == TO_FIX),
        (filters.suite == Ahead.EN_COURS, lambda: FilingDesk.state.not_in(ENDED)),
        (filters.suite == Ahead.TERMINEES, lambda: FilingDesk.state.in_(ENDED)),
        (filters.profession, lambda: FilingDesk.profession == filters.profession),
        (filters.canal, lambda: FilingDesk.channel == filters.canal),
        (first, lambda: FilingDesk.received_at >= (first or EPOCH)),
        (after, lambda: FilingDesk.received_at < (after or EPOCH)),
        (filters.q, lambda: FilingDesk.filing_id.in_(select(Filing.id).where(Filing.number == filters.q))),
    )
    return [write() for is_asked, write in wanted if is_asked]


def _found_by(keyring: Keyring, asking: Asking, filters: Filters) -> Iterator[Select[Any]]:
    return found_by(keyring, asking.authority, filters.mots, filters.codes, by_beginnings=asking.by_beginnings)


def readable(
    session: Session, keyring: Keyring, asking: Asking, filters: Filters, ticked: Sequence[str] | None = None
) -> list[str]:
    """List the numbers of the complaints that an authority may read: those that were ticked, or a whole list."""
    holder = authority_holder(asking.authority)
    wanted = in_order(
        select(Filing.number)
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .join(FilingKey, and_(FilingKey.filing_id == Filing.id, FilingKey.holder == holder))
        .where(FilingDesk.authority == asking.authority),
        filters,
    )
    if ticked is not None:
        return list(session.scalars(wanted.where(Filing.number.in_(ticked))))
    listed = _asked(keyring, asking, filters)
    if filters.mots and session.scalar(listed.limit(1)) is None:  # what the list shows, not what may be read of it
        listed = _asked(keyring, asking.wider, filters)
    return list(session.scalars(wanted.where(Filing.id.in_(listed))))


def is_opened_since(session: Session, filing_id: str, by: str, authority: str, since: datetime) -> bool:
    """Return whether this clerk already opened this complaint since an instant."""
    opened = select(FilingEvent.id).where(
        FilingEvent.filing_id == filing_id,
        FilingEvent.at >= since,
        FilingEvent.kind == "ouverte",
        FilingEvent.by == by,
        FilingEvent.authority == authority,
    )
    return session.scalar(opened.limit(1)) is not None
