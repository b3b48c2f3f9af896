"""Of whom figures are: an authority for its clerks, the whole country for the administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request

from app.accounts.queries import Clerk
from app.administration.routes import frame as administration_frame
from app.base.dates import local_day
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.counters.rules import ALL
from app.intake.desk.page import frame as desk_frame
from app.intake.desk.page import today_of


@dataclass(frozen=True)
class StatisticsScope:
    """Of whom the figures are, and where their pages stand."""

    authority: str
    today: date
    name: str
    """Beginning of the names of its addresses."""
    frame: Mapping[str, Any]
    is_exact: bool = False
    """Whether numbers are told as they are: an authority reads each of its complaints by name."""

    def url(self, request: Request, what: str, **ids: str) -> str:
        """Return the address of a page of this place."""
        return path_of(request.app, f"{self.name}.{what}", **ids)


def of_desk(request: Request, portal: Portal, clerk: Clerk) -> StatisticsScope:
    """Return the place of a clerk's authority."""
    today = today_of(portal, clerk)
    return StatisticsScope(clerk.authority, today, "statistics", desk_frame(request, clerk), is_exact=True)


def of_country(request: Request, portal: Portal, clerk: Clerk) -> StatisticsScope:
    """Return the whole country."""
    today = local_day(portal.clock())
    frame = administration_frame(request, clerk)
    return StatisticsScope(ALL, today, "statistics.national", frame)
