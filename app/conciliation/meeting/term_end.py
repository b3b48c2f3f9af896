"""« Mettre fin au mandat » of a member of the commission: asked on a page of its own, for it is not undone."""

from datetime import date

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.base.dates import date_text
from app.base.errors import NotFound
from app.base.forms.form import Answers
from app.base.web.pages import PortalOf, ReadOf, make_form, render, see
from app.base.web.reading import FormOf
from app.commission import queries, rules, service
from app.commission.models import Member
from app.intake.desk.page import DeskOf, frame, today_of
from app.intake.rules import is_id

router = APIRouter()
ENDED = "mandat_membre_fini"


@router.get("/agent/commission/{membre}/fin", name="conciliation.members.ending")
def ask(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, membre: str) -> Response:
    """Say what it stops, and from which day."""
    member = _member(session, clerk, membre)
    last = rules.last_day(member.appointed_on, member.until, today_of(portal, clerk))
    if last == member.until:  # it is over, or ends today
        return see(request, "conciliation.members")
    return render(
        request,
        "conciliation/term_end.html",
        **frame(request, clerk),
        form=make_form(request, Answers, {}),
        member=member,
        last=_day(last),
        planned=_day(member.until),
    )


@router.post("/agent/commission/{membre}/fin", name="conciliation.members.end")
def end(request: Request, portal: PortalOf, clerk: DeskOf, membre: str, form: FormOf) -> Response:
    """End a term today; one that is over stays as it was."""
    del form
    with portal.database.write() as session:
        member = _member(session, clerk, membre)
        if service.end_term(member, today_of(portal, clerk)):
            access.note(session, access.Access(clerk.name, clerk.authority, ENDED, member.id), portal.clock())
    return after(request, JustDone.TERM_ENDED, "conciliation.members")


def _member(session: Session, clerk: Clerk, code: str) -> Member:
    """Return a member of this authority. Raises :class:`NotFound`."""
    member = queries.member(session, clerk.authority, code) if is_id(code) else None
    if member is None:
        raise NotFound
    return member


def _day(day: date) -> str:
    return date_text(day, weekday=False)
