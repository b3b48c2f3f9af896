"""The way of a draft through the form, as far as its answers lead today."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session

from app.base import dates
from app.base.forms.fields import Typed
from app.base.portal import Portal
from app.base.web.pages import portal_of
from app.directory import queries as directory
from app.routing import queries as routing
from app.saisine.journey import Route, walk
from app.saisine.pages import PAGES
from app.saisine.queries import OpenDraft
from app.saisine.steps.asked import BY_MEMBER, PROCEDURES
from app.saisine.steps.facts import TODAY
from app.saisine.steps.found import DIRECTORY


def known_of(session: Session, portal: Portal) -> dict[str, Any]:
    """Return what the walk must know beside the answers: the day, the procedure of each profession, the directory."""

    def read() -> dict[str, Any]:
        return {PROCEDURES: routing.procedures(session), DIRECTORY: directory.taken_on(session)}

    return {TODAY: dates.local_day(portal.clock()), **portal.cache.get(PROCEDURES, read)}


def route_of(request: Request, session: Session, typed: Typed, draft: OpenDraft, *, skipping: bool = False) -> Route:
    """Follow the way of a draft, with what was typed since."""
    return way_of(session, portal_of(request), typed, draft, skipping=skipping)


def way_of(session: Session, portal: Portal, typed: Typed, draft: OpenDraft, *, skipping: bool = False) -> Route:
    """Follow the way of a draft, for whoever comes without a page; see :func:`route_of`."""
    known = {**known_of(session, portal), BY_MEMBER: bool(draft.association)}
    return walk(PAGES, typed, known, skipping=skipping)
