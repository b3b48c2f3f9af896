"""What every page of the desk begins with: the clerk, the complaint on the clerk's desk, the trace of its reading."""

from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from app.accounts.door import ClerkOf
from app.accounts.queries import Clerk
from app.accounts.rules import Role
from app.base.dates import local_day
from app.base.errors import N_, NotFound
from app.base.i18n import translate
from app.base.portal import Portal
from app.intake import queries, rules, service


def at_the_desk(clerk: ClerkOf) -> Clerk:
    """Give a clerk who reads complaints; an administrator reads none."""
    if clerk.role == Role.ADMIN:
        raise NotFound
    return clerk


DeskOf = Annotated[Clerk, Depends(at_the_desk)]


def line_of(portal: Portal, clerk: Clerk, numero: str) -> queries.DeskLine:
    """Find a complaint on this clerk's desk. Raises :class:`NotFound` for any other, or a number that cannot be one."""
    with portal.database.read() as session:
        line = queries.desk_line(session, numero, clerk.authority) if rules.is_number(numero) else None
    if line is None:
        raise NotFound
    return line


def leave_trace(portal: Portal, clerk: Clerk, line: queries.DeskLine) -> None:
    """Leave a line in the history, once for each clerk and day."""
    with portal.database.read() as session:
        is_known = service.is_traced(session, line.filing_id, clerk, portal.clock())
    if not is_known:
        with portal.database.write() as session:
            service.opened(session, line.filing_id, clerk, portal.clock)


def today_of(portal: Portal, clerk: Clerk) -> date:
    """Give the day it is where the authority sits."""
    return local_day(portal.clock(), ZoneInfo(clerk.zone))


def frame(request: Request, clerk: Clerk) -> dict[str, Any]:
    """Give what surrounds every page of the desk."""
    to_list = str(request.app.url_path_for("intake.list"))
    return {
        "agent": {"name": clerk.name, "authority": clerk.authority_name},
        "nav": [(to_list, translate(N_("Plaintes")), request.url.path == to_list)],
        "signout_url": str(request.app.url_path_for("accounts.signout")),
    }
