"""C2: the complaints of an association, list by list and page by page; the person who answers for it sees all."""

from dataclasses import replace

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts import queries as accounts
from app.accounts.queries import SignedInMember
from app.accounts.rules import Role
from app.accounts.sign_in.current_user import MemberOf
from app.association_desk import csv_export, desk, filters, labels, queries
from app.association_desk.filters import MemberFilters, Offered, Tab
from app.association_desk.frame import surrounds
from app.associations.branches import branches
from app.base.cutting import PER_PAGE
from app.base.dates import local_day
from app.base.errors import N_
from app.base.forms.typed_text import one_line
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, download, render
from app.base.web.reading import FormOf
from app.filing.rules import AIGUILLAGE
from app.filing.status.state import TOLD_STATES
from app.routing import queries as routing

router = APIRouter()
NO_FILTER = N_("Un filtre de cette adresse n'existe pas : il n'est pas appliqué.")
SEARCHED = N_("Autorité pas encore trouvée")
CSV = "text/csv; charset=utf-8"
LONGEST = 200
"""Letters of a search; a name is shorter."""


@router.get("/association/plaintes", name="associations.list")
def every(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf) -> Response:
    """Show one page of what the address asks for."""
    offered = _offered(session, member, request.query_params.get("etat", ""))
    asked, is_ignored = filters.read_filters(request.query_params, offered)
    told = translate(NO_FILTER) if is_ignored else ""
    return _show(request, session, portal, member, asked, offered, told=told)


@router.get("/association/plaintes.csv", name="associations.list.table")
def table(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf) -> Response:
    """Return the whole list that the address asks for, as a table; what it does not understand is left aside."""
    offered, today = _offered(session, member, request.query_params.get("etat", "")), local_day(portal.clock())
    asked, _ = filters.read_filters(request.query_params, offered)
    listed = desk.listed(session, member, asked, today)
    names = offered.members or {member.id: member.name}
    made = csv_export.written(session, portal.keyring, member, listed, names, today)
    return download(f"plaintes-{today.isoformat()}.csv", made, CSV)


@router.post("/association/plaintes", name="associations.list.do")
def search(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, form: FormOf) -> Response:
    """Look for a number, or for words: these may be a name, and go into no address."""
    sought = one_line(form.get("q"))[:LONGEST]
    if not sought or filters.NUMBER.fullmatch(sought.upper()):
        asked = MemberFilters(q=sought.upper())
        return RedirectResponse(path_of(request.app, "associations.list") + asked.query(), 303)
    typed = {name: values[-1] for name, values in form.typed.items() if name != "q"}
    offered = _offered(session, member, Tab.SENT)  # where a search leads is not known yet
    asked, _ = filters.read_filters(typed, offered)
    return _show(request, session, portal, member, replace(asked, mots=sought), offered)


def _show(
    request: Request,
    session: Session,
    portal: Portal,
    member: SignedInMember,
    asked: MemberFilters,
    offered: Offered,
    told: str = "",
) -> Response:
    found = desk.page(session, portal.keyring, member, asked, local_day(portal.clock()))
    return render(
        request,
        "associations/list.html",
        **surrounds(request, session, portal, member),
        found=found,
        lines=[labels.line(row, offered.members) for row in found.rows],
        offered=offered,
        states=TOLD_STATES,
        former=filters.FORMER,
        tabs=filters.Tab,
        orders=filters.Order,
        per_page=PER_PAGE,
        told=told,
    )


def _offered(session: Session, member: SignedInMember, etat: str) -> Offered:
    """List what the filters of a list offer: each member, who sees what is theirs, chooses among authorities alone.

    Of drafts no authority is asked, and none is looked for.
    """
    codes = queries.authorities(session, member) if etat in set(Tab) - {Tab.TO_COMPLETE} else []
    named = {AIGUILLAGE: translate(SEARCHED)} | {
        one.code: one.name for one in routing.authorities(session, tuple(codes))
    }
    authorities = {code: named[code] for code in codes if code in named}
    if member.role != Role.RESPONSABLE_ASSOCIATION:
        return Offered(authorities=authorities)
    members = dict(accounts.members(session, member.association))
    return Offered(members, branches(session, member.association), authorities)
