"""How many complaints of a desk answer to each of several questions, in one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Select, cast, func, select
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.sql.visitors import iterate

from app.filing.models import FilingDesk

DESK = FilingDesk.__table__
STANDING = (DESK.c.role, DESK.c.state, DESK.c.next_code, DESK.c.assignee)
"""Where a complaint stands: the largest desk has some hundred ways to, which an index of them adds up as it is read."""


def counted(authority: str, questions: Iterable[Sequence[ColumnElement[bool]]]) -> Select[Any]:
    """Count, for each question, the complaints of this authority for which all its conditions hold."""
    is_here = DESK.c.authority == authority
    ways = select(*STANDING, func.count().label("n")).where(is_here).group_by(*STANDING).subquery()
    read = ClauseAdapter(ways)

    def count(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
        if _columns(conditions) <= set(STANDING):
            there = map(read.traverse, conditions)
            return cast(func.coalesce(func.sum(ways.c.n).filter(*there), 0), Integer)
        return select(func.count()).select_from(DESK).where(is_here, *conditions).scalar_subquery()

    return select().add_columns(*map(count, questions))


def _columns(conditions: Iterable[ColumnElement[bool]]) -> set[Column[Any]]:
    """Return the columns of the desk that conditions look at."""
    parts = (part for condition in conditions for part in iterate(condition))
    return {part for part in parts if isinstance(part, Column) and DESK.c.contains_column(part)}
