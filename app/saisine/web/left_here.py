"""What a device remembers: the draft that was begun on it, offered where one begins or comes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request

from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.i18n import translate
from app.base.web.pages import PortalOf, VisitorOf
from app.saisine import queries

TODAY, YESTERDAY, BEFORE = N_("modifiée aujourd'hui"), N_("modifiée hier"), N_("modifiée le {day}")


@dataclass(frozen=True)
class LeftHere:
    """The draft to offer: the eight characters of its address, and when it was last changed, in words."""

    b: str
    changed: str


def changed_text(changed_at: datetime, now: datetime) -> str:
    """Say when something was last changed, from today (days of Paris)."""
    day, today = local_day(changed_at), local_day(now)
    if day == today:
        return translate(TODAY)
    return translate(YESTERDAY) if day == today - timedelta(days=1) else translate(BEFORE).format(day=date_text(day))


def left_here(request: Request, portal: PortalOf, visitor: VisitorOf) -> LeftHere | None:
    """Find what this device left; a browser without our cookie asks nothing of the database."""
    if request.state.fresh:
        return None
    now = portal.clock()
    with portal.database.read() as session:
        found = queries.left_draft(session, visitor, now)
    return LeftHere(found.public, changed_text(found.changed_at, now)) if found else None


LeftHereOf = Annotated[LeftHere | None, Depends(left_here)]
