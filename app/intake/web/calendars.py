"""Calendar files of the desk (RFC 5545): numbers, dates and places only, for others may see where they go."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.i18n import translate
from app.base.ics import MEDIA_TYPE, Entry, calendar_file
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, download
from app.filing.queries import OpenFiling, read_for
from app.filing.status.case_status import CaseStatus
from app.filing.status.duties import owed, owed_on
from app.filing.status.meeting_hours import hours_of
from app.intake import agenda
from app.intake.desk.case import DeskCase
from app.intake.desk.page import DeskOf, today_of
from app.procedure.law import rule_of

router = APIRouter()
MEETING = N_("Réunion de conciliation")
BOUNDS = N_("Les {dates} prochaines échéances, retards de plus de {late} jours exclus, et {meetings} réunions au plus.")


@router.get("/agent/calendrier.ics", name="intake.calendar")
def of_desk(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Download what the authority owes next, and the meetings that it may know; bounded, as the calendar says."""
    return desk_file(request, session, portal, clerk)


def desk_file(request: Request, session: Session, portal: Portal, clerk: Clerk) -> Response:
    """Write the calendar of the desk of a clerk."""
    found = agenda.ahead(session, clerk.authority, today_of(portal, clerk))
    entries = [_due(request, portal, one.number, one.code, one.due_on) for one in found]
    for number in agenda.to_meet(session, clerk.authority):
        opened = read_for(session, portal.keyring, number, clerk.authority)
        if opened is not None:
            entries += _meeting(request, portal, opened, opened.now)
    bounds = translate(BOUNDS).format(dates=agenda.DATES, late=agenda.LATE.days, meetings=agenda.MEETINGS)
    title = translate(N_("Plaintes, {authority}")).format(authority=clerk.authority_name)
    return _file(portal, "saisine-calendrier.ics", entries, title, bounds)


@router.get("/agent/plaintes/{numero}/calendrier.ics", name="intake.filing.calendar")
def of_filing(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Download the days that the law still sets for one complaint, and its meeting. Raises :class:`NotFound`."""
    case = DeskCase.open(session, portal, clerk, numero)
    opened, now = case.opened, case.now
    days = owed_on(owed(now, case.due), case.today)
    entries = [_due(request, portal, numero, day.code, day.due_on) for day in days]
    entries += _meeting(request, portal, opened, now)
    return _file(portal, f"saisine-{numero}.ics", entries)


def _due(request: Request, portal: Portal, number: str, code: str, on: date) -> Entry:
    """Write a day to keep, with its article."""
    rule = rule_of(code)
    return _entry(request, portal, number, code.lower(), on, translate(rule.label), rule.delay.source)


def _meeting(request: Request, portal: Portal, opened: OpenFiling, now: CaseStatus) -> Iterator[Entry]:
    """Write the meeting that is still to be held, at its hour where the complaint was received."""
    if now.is_open and now.conciliation.session_on and not now.conciliation.report:
        begins, ends = hours_of(now.conciliation.fixed, ZoneInfo(opened.filing.zone))
        entry = _entry(request, portal, opened.filing.number, "reunion", begins, translate(MEETING))
        yield replace(entry, place=" ".join(now.conciliation.fixed.place.split()), until=ends)


def _entry(
    request: Request, portal: Portal, number: str, code: str, when: date, words: str, description: str = ""
) -> Entry:
    page = f"{portal.settings.address}{path_of(request.app, 'intake.filing', numero=number)}"
    return Entry(f"{number}-{code}@saisine", when, f"{words} ({number})", description, page)


def _file(portal: Portal, name: str, entries: list[Entry], title: str = "", description: str = "") -> Response:
    return download(name, calendar_file(title, entries, portal.clock(), description), MEDIA_TYPE)
