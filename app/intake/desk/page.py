"""What every page of the desk begins with: the clerk, the complaint on the clerk's desk, the trace of its reading."""

from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.accounts import rights
from app.accounts.queries import Clerk
from app.accounts.rules import Role
from app.accounts.sign_in.current_user import ClerkOf, NotYours, StillSignedIn
from app.accounts.sign_in.done import done_of
from app.accounts.sign_in.reauthentication import expect_fresh
from app.acts.kinds import BY_PAGE, KINDS
from app.acts.refusals import gone
from app.base.dates import local_day
from app.base.errors import N_, NotFound
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf
from app.intake import rules, service
from app.intake.rows import DeskLine, desk_line


def at_the_desk(request: Request, portal: PortalOf, clerk: ClerkOf) -> Clerk:
    """Return a clerk whose role opens this page; an administrator reads no complaint.

    Raises :class:`NotFound`, :class:`NotYours`, :class:`~app.accounts.sign_in.reauthentication.ProveAgain`.
    """
    return _allowed(request, portal, clerk)


def still_at_the_desk(request: Request, portal: PortalOf, clerk: StillSignedIn) -> Clerk:
    """Return the same clerk for a page that asks by itself: it keeps no session alive. Raises the same."""
    return _allowed(request, portal, clerk)


def _allowed(request: Request, portal: Portal, clerk: Clerk) -> Clerk:
    if clerk.role == Role.ADMIN:
        raise NotFound
    right = needed(request.scope["route"].name)
    if not rights.may(clerk.role, right):
        raise NotYours
    if right in rights.FRESH:
        expect_fresh(request, portal, clerk)
    return clerk


def needed(name: str) -> rights.Right:
    """Return the right that an address asks for: that of its act, or what :mod:`app.accounts.rights` says of it."""
    act = BY_PAGE.get(name) or BY_PAGE.get(name.removesuffix(".do"))
    return KINDS[act].right if act else rights.needed(name)


DeskOf = Annotated[Clerk, Depends(at_the_desk)]
"""Who is at the desk, once :mod:`app.accounts.rights` opened the page by its name."""
StillAtDesk = Annotated[Clerk, Depends(still_at_the_desk)]


def line_of(session: Session, clerk: Clerk, numero: str) -> DeskLine:
    """Find a complaint on this clerk's desk. Raises :class:`NotFound` for any other, or a number that cannot be one."""
    line = desk_line(session, numero, clerk.authority) if rules.is_number(numero) else None
    if line is None:
        raise gone(session, numero, clerk.authority) if rules.is_number(numero) else NotFound
    return line


def leave_trace(session: Session, portal: Portal, clerk: Clerk, line: DeskLine) -> None:
    """Leave a line in the history, once for each clerk and day; what is read afterwards in the session sees it."""
    if not service.is_traced(session, line.filing_id, clerk, portal.clock()):
        session.commit()  # nothing was written: the snapshot ends
        with portal.database.write() as writing:
            service.opened(writing, line.filing_id, clerk, portal.clock)


def today_of(portal: Portal, clerk: Clerk) -> date:
    """Return the day it is where the authority sits."""
    return local_day(portal.clock(), ZoneInfo(clerk.zone))


RECORD = "intake.record"
PAGES = (
    ("intake.list", N_("Plaintes")),
    ("intake.agenda", N_("Agenda")),
    (RECORD, N_("Enregistrer")),
    ("intake.posting", N_("À poster")),
    ("conciliation.members", N_("Commission")),
    ("statistics.show", N_("Statistiques")),
    ("intake.people", N_("Utilisateurs")),
    ("intake.card", N_("Fiche du service")),
    ("intake.journal", N_("Journal")),
)
"""What the menu of the desk leads to, for who may."""


def _leads_to(clerk: Clerk, name: str) -> bool:
    """Return whether the menu shows a page to a clerk: the box of « aiguillage » records no letter."""
    return rights.may(clerk.role, needed(name)) and not (name == RECORD and clerk.place is None)


def frame(request: Request, clerk: Clerk) -> dict[str, Any]:
    """Return what surrounds every page of the desk."""
    nav = [(path_of(request.app, name), translate(words)) for name, words in PAGES if _leads_to(clerk, name)]
    return {
        "agent": {"name": clerk.name, "authority": clerk.authority_name},
        "nav": [(where, words, request.url.path == where) for where, words in nav],
        "done": done_of(request),
        "may": lambda name: rights.may(clerk.role, needed(name)),
        "signout_url": path_of(request.app, "accounts.signout"),
    }
