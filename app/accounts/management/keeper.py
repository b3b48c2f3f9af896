"""« Utilisateurs »: the accounts of a place, kept by those who answer for it; one set of pages for three keepers.

An administrator keeps every account; a manager, those of the authority; a manager of an association, those of the
association. Each desk builds its pages with ``keeping_routes.pages``; :class:`Keeper` says who keeps what.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.accounts import queries
from app.accounts.queries import AccountHolder
from app.accounts.rules import OF_ASSOCIATIONS, AccountScope, Role
from app.accounts.service import Membership, access
from app.base.errors import NotFound
from app.base.forms.fields import Option
from app.base.portal import Portal
from app.base.web.pages import ReadOf, let_go


class HandOver(Protocol):
    """What a desk does of the complaints of someone who leaves."""

    def held(self, session: Session, account: AccountHolder) -> str:
        """Say how many complaints this account takes care of; empty for none."""

    def give(self, session: Session, portal: Portal, account: AccountHolder, to: str, by: str) -> None:
        """Give them to another account, or to nobody (empty), and leave a trace of it."""


@dataclass(frozen=True)
class Keeper:
    """Who keeps accounts, which ones, and what surrounds the pages."""

    id: str
    name: str
    base: str
    """Beginning of the names of the addresses: ``administration.people``…"""
    roles: Sequence[Role]
    """Those that may be given."""
    authority: str = ""
    association: str = ""
    is_admin: bool = False
    frame: Mapping[str, Any] = field(default_factory=dict)
    hand_over: HandOver | None = None
    places: Callable[[Session], Sequence[Option]] | None = None
    """The authorities and associations that an administrator chooses from (``autorite:595``, ``association:…``)."""

    @property
    def scope(self) -> AccountScope:
        """Which accounts they are."""
        return AccountScope(self.authority, self.association, everything=self.is_admin)

    def note(self, session: Session, kind: str, person: AccountHolder | Membership, at: datetime) -> None:
        """Note in the journal what was done with an account; its own place reads it."""
        subject = person.id if isinstance(person, AccountHolder) else ""
        place = person.authority or person.association
        access.note(session, access.Access(self.name, place, kind, subject), at)

    def keeps(self, person: AccountHolder) -> bool:
        """Return whether this account is one of those kept."""
        return self.is_admin or (person.authority, person.association) == (self.authority, self.association)

    def roles_of(self, person: AccountHolder) -> list[Role]:
        """List the roles that this account may be given: those of its own kind of place."""
        if not person.authority and not person.association:
            return [Role.ADMIN]
        is_member = bool(person.association)
        return [role for role in Role if role != Role.ADMIN and (role in OF_ASSOCIATIONS) is is_member]


def keeper_of(request: Request) -> Keeper:
    """Return the keeper that the desk found."""
    keeper: Keeper = request.state.keeper
    return keeper


KeeperOf = Annotated[Keeper, Depends(keeper_of)]


def person_of(request: Request, session: ReadOf, keeper: KeeperOf, compte: str) -> AccountHolder:
    """Return one of the accounts kept. Raises :class:`NotFound` for any other."""
    found = queries.person(session, compte)
    if found is None or not keeper.keeps(found):
        raise NotFound
    let_go(request, session)
    return found


PersonOf = Annotated[AccountHolder, Depends(person_of)]
