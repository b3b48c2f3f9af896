"""« Abonnement »: a link under which a clerk's own calendar reads the dates of the desk, numbers and acts only."""

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import rights
from app.accounts.queries import Clerk
from app.accounts.rights import Right
from app.accounts.rules import CLERKS
from app.accounts.service import access, calendar_links, shown_once
from app.accounts.service.access import Access
from app.accounts.sign_in.current_user import token_of
from app.accounts.sign_in.done import JustDone, after
from app.base.dates import date_text, local_day
from app.base.errors import NotFound
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import AddressOf, PortalOf, ReadOf, render
from app.base.web.reading import FormOf
from app.intake.desk.page import DeskOf, frame
from app.intake.web.calendars import desk_file

router = APIRouter()
PAGE = "intake.agenda.link"
MOST = 60
"""Readings from one network in a quarter of an hour: a calendar asks once an hour, an office has many."""


@router.get("/agent/agenda/abonnement", name=PAGE)
def look(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Say whether there is a link; show it to who has just made it."""
    made_at = calendar_links.made_at(session, clerk.id)
    shown = shown_once.kept(session, portal, token_of(request, portal.settings), CLERKS.kind, PAGE) or {}
    token = shown.get("token", "") if made_at else ""
    return render(
        request,
        "intake/subscription.html",
        **frame(request, clerk),
        made_on=date_text(local_day(made_at), weekday=False) if made_at else "",
        address=f"{portal.settings.address}{path_of(request.app, 'intake.feed', jeton=token)}" if token else "",
    )


@router.post("/agent/agenda/abonnement", name="intake.agenda.link.make")
def make(request: Request, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Draw a link; the one before serves no more."""
    del form
    with portal.database.write() as session:
        token = calendar_links.make(session, clerk.id, portal.clock())
        shown_once.keep(session, portal, token_of(request, portal.settings), CLERKS.kind, PAGE, {"token": token})
        _note(session, portal, clerk, "agenda_lien")
    return after(request, JustDone.LINK_MADE, PAGE)


@router.post("/agent/agenda/abonnement/fin", name="intake.agenda.link.cut")
def cut(request: Request, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Cut the link at once."""
    del form
    with portal.database.write() as session:
        if calendar_links.cut(session, clerk.id):
            _note(session, portal, clerk, "agenda_lien_coupe")
    return after(request, JustDone.LINK_REMOVED, PAGE)


@router.get("/calendrier/{jeton}", name="intake.feed")
def feed(request: Request, session: ReadOf, portal: PortalOf, address: AddressOf, jeton: str) -> Response:
    """Give the calendar of the desk to who has the link; noted once a day. Raises :class:`NotFound`."""
    portal.limits.take(Limit("agenda", address, MOST))
    clerk = calendar_links.clerk_of(session, jeton)
    if clerk is None or not rights.may(clerk.role, Right.READ):
        raise NotFound
    line = Access(clerk.name, clerk.authority, "agenda_lu", clerk.id)
    access.note_once(session, portal.database, line, portal.clock())
    return desk_file(request, session, portal, clerk)


def _note(session: Session, portal: Portal, clerk: Clerk, kind: str) -> None:
    access.note(session, Access(clerk.name, clerk.authority, kind, clerk.id), portal.clock())
