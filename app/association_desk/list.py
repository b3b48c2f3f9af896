"""C2: the complaints of an association, list by list and page by page; the person who answers for it sees all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts import queries as accounts
from app.accounts.queries import SignedInMember
from app.accounts.rules import Role
from app.accounts.sign_in.current_user import MemberOf
from app.association_desk import desk, filters
from app.association_desk.filters import MemberFilters
from app.association_desk.frame import surrounds
from app.associations.branches import branches
from app.base.cutting import PER_PAGE
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.forms.fields import one_line
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, render
from app.base.web.reading import FormOf
from app.filing.status.state import ComplaintState

router = APIRouter()
DRAFT, OVER = N_("À compléter"), N_("Mandat terminé : vous ne lisez plus cette plainte.")
NO_FILTER = N_("Un filtre de cette adresse n'existe pas : il n'est pas appliqué.")
LONGEST = 200
"""Letters of a search; a name is shorter."""
_STATES = {state.value: state.label for state in ComplaintState}
KEPT, FORMER = N_("Gardée jusqu'au {day}"), N_("Ancien membre")


@dataclass(frozen=True)
class MemberListRow:
    """A row ready to be shown."""

    b: str
    number: str
    person: str
    professional: str
    state: str
    due: str
    member: str
    reference: str
    tags: str
    is_open: bool
    """Whether its page opens: its mandate holds."""


@router.get("/association/plaintes", name="associations.list")
def every(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf) -> Response:
    """Show one page of what the address asks for."""
    asked, is_ignored = filters.read_filters(
        request.query_params, _members(session, member), _branches(session, member)
    )
    told = translate(NO_FILTER) if is_ignored else ""
    return _show(request, session, portal, member, asked, told=told)


@router.post("/association/plaintes", name="associations.list.do")
def search(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, form: FormOf) -> Response:
    """Look for a number, or for words: these may be a name, and go into no address."""
    sought = one_line(form.get("q"))[:LONGEST]
    if not sought or filters.NUMBER.fullmatch(sought.upper()):
        asked = MemberFilters(q=sought.upper())
        return RedirectResponse(path_of(request.app, "associations.list") + asked.query(), 303)
    typed = {name: values[-1] for name, values in form.typed.items() if name != "q"}
    asked, _ = filters.read_filters(typed, _members(session, member), _branches(session, member))
    return _show(request, session, portal, member, replace(asked, mots=sought), told="")


def _show(
    request: Request,
    session: Session,
    portal: Portal,
    member: SignedInMember,
    asked: MemberFilters,
    *,
    told: str,
) -> Response:
    members = _members(session, member)
    found = desk.page(session, portal.keyring, member, asked, local_day(portal.clock()))
    return render(
        request,
        "associations/list.html",
        **surrounds(request, session, portal, member),
        found=found,
        lines=[_line(row, members) for row in found.rows],
        members=members,
        branches=_branches(session, member),
        former=filters.FORMER,
        tabs=filters.Tab,
        orders=filters.Order,
        per_page=PER_PAGE,
        told=told,
    )


def _members(session: Session, member: SignedInMember) -> Mapping[str, str]:
    """List those who work for the association, for who answers for it; each of the others sees what is theirs."""
    found = accounts.members(session, member.association) if member.role == Role.RESPONSABLE_ASSOCIATION else []
    return dict(found)


def _branches(session: Session, member: SignedInMember) -> Mapping[str, str]:
    """List the branches, for who answers for the association."""
    return branches(session, member.association) if member.role == Role.RESPONSABLE_ASSOCIATION else {}


def _line(row: desk.MemberComplaint, members: Mapping[str, str]) -> MemberListRow:
    day = date_text(row.due_on, weekday=False) if row.due_on else ""
    return MemberListRow(
        row.b,
        row.number,
        row.person,
        row.professional,
        translate(DRAFT if not row.number else _STATES.get(row.state, row.state) if row.state else OVER),
        day if row.number else translate(KEPT).format(day=day),
        members.get(row.member, translate(FORMER)),
        row.own.reference,
        ", ".join(row.own.tags),
        is_open=bool(row.state),
    )
