"""The views that an authority keeps of its list: shared by its clerks, each may open the list on one of them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.intake.filters import Filters, read_filters
from app.intake.models import ListDisplay, SavedView

MOST = 20
"""Views of one authority: beyond, nobody finds the one that is looked for."""
TAKEN = N_("Une vue porte déjà ce nom. Choisissez un autre nom.")
FULL = N_("Votre service a déjà {most} vues. Supprimez-en une d'abord.")


@dataclass(frozen=True)
class NamedView:
    """A saved view as it is read: what its filters no longer mean is left aside."""

    id: str
    name: str
    filters: Filters


@dataclass(frozen=True)
class Display:
    """How a clerk reads the list."""

    columns: tuple[str, ...] = ()
    """Codes of the columns; none: those that everybody reads first."""
    view: str = ""
    """Id of the view that is shown on arrival."""


def reading_of(
    session: Session, clerk: str, authority: str, professions: Collection[str]
) -> tuple[list[NamedView], Display]:
    """Return the views of an authority, in the order of their names, and how a clerk reads the list."""
    rows = session.execute(
        select(SavedView.id, SavedView.name, SavedView.asked, ListDisplay.columns, ListDisplay.view)
        .select_from(Account)
        .outerjoin(ListDisplay, ListDisplay.account == Account.id)
        .outerjoin(SavedView, SavedView.authority == authority)
        .where(Account.id == clerk)
        .order_by(SavedView.name, SavedView.id)
    ).all()
    own = next((Display(tuple(row.columns.split()), row.view) for row in rows if row.columns is not None), Display())
    return [_named(row, professions) for row in rows if row.id], own


def views_of(session: Session, authority: str, professions: Collection[str]) -> list[NamedView]:
    """List the views of an authority, in the order of their names."""
    rows = session.execute(
        select(SavedView.id, SavedView.name, SavedView.asked)
        .where(SavedView.authority == authority)
        .order_by(SavedView.name, SavedView.id)
    )
    return [_named(row, professions) for row in rows]


def _named(row: Any, professions: Collection[str]) -> NamedView:
    return NamedView(row.id, row.name, read_filters(dict(parse_qsl(row.asked)), professions)[0])


def view_of(session: Session, authority: str, view: str, professions: Collection[str]) -> NamedView | None:
    """Return a view of an authority; ``None`` for that of another, or when it is gone."""
    return next((one for one in views_of(session, authority, professions) if one.id == view), None)


def save(session: Session, authority: str, name: str, asked: Filters) -> None:
    """Keep a list under a name, its words and number left out. Raises :class:`FieldError`."""
    names = _names(session, authority)
    _expect_free(names.values(), name)
    if len(names) >= MOST:
        raise FieldError(FULL, most=MOST)
    session.add(SavedView(id=uuid.uuid4().hex, authority=authority, name=name, asked=asked.kept.query().lstrip("?")))


def rename(session: Session, authority: str, view: str, name: str) -> None:
    """Give a view another name; nothing happens to one that is gone. Raises :class:`FieldError`."""
    names = _names(session, authority)
    _expect_free([kept for one, kept in names.items() if one != view], name)
    if view in names:
        session.get_one(SavedView, view).name = name


def remove(session: Session, authority: str, view: str) -> None:
    """Take a view away; who opened the list on it opens it whole."""
    session.execute(delete(SavedView).where(SavedView.authority == authority, SavedView.id == view))


def display_of(session: Session, account: str) -> Display:
    """Return how a clerk reads the list."""
    row = session.get(ListDisplay, account)
    return Display(tuple(row.columns.split()), row.view) if row else Display()


def keep_display(session: Session, account: str, columns: Sequence[str], view: str) -> None:
    """Keep how a clerk reads the list."""
    row = session.get(ListDisplay, account) or ListDisplay(account=account)
    row.columns, row.view = " ".join(columns), view
    session.add(row)


def _names(session: Session, authority: str) -> dict[str, str]:
    wanted = select(SavedView.id, SavedView.name).where(SavedView.authority == authority)
    return {row.id: row.name for row in session.execute(wanted)}


def _expect_free(names: Collection[str], name: str) -> None:
    if name.casefold() in {kept.casefold() for kept in names}:
        raise FieldError(TAKEN)
