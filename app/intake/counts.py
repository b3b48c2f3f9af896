"""How many complaints of a desk answer to each of several questions, in one statement; which a page shows, in order."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Select, and_, cast, func, intersect, select, true
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.sql.visitors import iterate

from app.filing.models import FilingDesk, FilingWord
from app.intake.filters import Column as Head
from app.intake.filters import Filters

DESK = FilingDesk.__table__
STANDING = (DESK.c.role, DESK.c.state, DESK.c.next_code, DESK.c.assignee)
"""Where a complaint stands: the largest desk has some hundred ways to, which an index of them adds up as it is read."""
QUICKER = 5
"""A line met in the order of the desk costs this many times less than one found by its words: the order of measure."""
SORTED_BY: dict[Head, InstrumentedAttribute[Any]] = {
    Head.DUE: FilingDesk.next_due_on,
    Head.RECEIVED: FilingDesk.received_at,
    Head.NUMBER: FilingDesk.number,
}


def counted(authority: str, questions: Iterable[Sequence[ColumnElement[bool]]]) -> Select[Any]:
    """Count, for each question, the complaints of this authority for which all its conditions hold."""
    is_here = DESK.c.authority == authority
    ways = select(*STANDING, func.count().label("n")).where(is_here).group_by(*STANDING).subquery()
    read = ClauseAdapter(ways)

    def count(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
        if is_added_up(conditions):
            there = map(read.traverse, conditions)
            return cast(func.coalesce(func.sum(ways.c.n).filter(*there), 0), Integer)
        return select(func.count()).select_from(DESK).where(is_here, *conditions).scalar_subquery()

    return select().add_columns(*map(count, questions))


def is_added_up(conditions: Iterable[ColumnElement[bool]]) -> bool:
    """Tell whether where complaints stand is all that these conditions look at."""
    return _columns(conditions) <= set(STANDING)


def paged(asked: Select[Any], filters: Filters) -> Select[Any]:
    """Count what is asked of the desk and list the ids of one page of it: it is looked for once.

    A page beyond the last one is a row without an id.
    """
    found = asked.add_columns(SORTED_BY[filters.column].label("key")).cte("found").prefix_with("MATERIALIZED")
    ids = select(found.c.key, found.c.filing_id).order_by(*_order(found.c.key, found.c.filing_id, filters))
    page = _cut(ids, filters).subquery()
    total = select(func.count().label("total")).select_from(found).subquery()
    rows = select(total.c.total, page.c.filing_id).select_from(total.outerjoin(page, true()))
    return rows.order_by(*_order(page.c.key, page.c.filing_id, filters))


def told_by(words: Sequence[Select[Any]]) -> Select[Any]:
    """Count the complaints that answer to each of these questions of words, and nothing else is asked.

    The index of words alone is read: what it holds for an authority lies on its desk. Each word is read once: a join
    would be in an order that PostgreSQL guesses, and it knows nothing of which word is whose.
    """
    return select(func.count()).select_from((words[0] if len(words) == 1 else intersect(*words)).subquery())


def holding(words: Sequence[Select[Any]]) -> ColumnElement[bool]:
    """Ask that a complaint of the desk answer to each of these questions of words: what answers is listed first."""
    return FilingDesk.filing_id.in_(intersect(*words))


def holding_each(words: Sequence[Select[Any]]) -> ColumnElement[bool]:
    """Ask the same of one complaint after the other, in the order of the desk: quick where many answer."""
    own = (word.where(FilingWord.filing_id == FilingDesk.filing_id).limit(1).correlate(FilingDesk) for word in words)
    return and_(*(one.scalar_subquery().is_not(None) for one in own))


def are_many(total: int, filters: Filters, size: int) -> bool:
    """Tell whether a page is sooner filled in the order of the desk, of ``size``, than by all that answers.

    ``filters.page * filters.par * size / total`` lines are then met, each some times quicker than words are crossed.
    """
    return QUICKER * total * total > filters.page * filters.par * size


def page_of(asked: Select[Any], filters: Filters) -> Select[Any]:
    """List one page of what is asked of the desk."""
    return _cut(in_order(asked, filters), filters)


def in_order(asked: Select[Any], filters: Filters) -> Select[Any]:
    """Sort what is asked of the desk, then by what no two complaints share."""
    return asked.order_by(*_order(SORTED_BY[filters.column], FilingDesk.filing_id, filters))


def _order(key: Any, filing_id: Any, filters: Filters) -> list[ColumnElement[Any]]:
    return [key.desc(), filing_id.desc()] if filters.is_last_first else [key, filing_id]


def _cut(ids: Select[Any], filters: Filters) -> Select[Any]:
    return ids.limit(filters.par).offset((filters.page - 1) * filters.par)


def _columns(conditions: Iterable[ColumnElement[bool]]) -> set[Column[Any]]:
    """Return the columns of the desk that conditions look at."""
    parts = (part for condition in conditions for part in iterate(condition))
    return {part for part in parts if isinstance(part, Column) and DESK.c.contains_column(part)}
