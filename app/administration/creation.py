"""« Créer une autorité »: a caisse or a council that the reference does not bring, and from which day it receives."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.accounts.rules import AccountScope
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.accounts.sign_in.reauthentication import expect_fresh
from app.acts import succession
from app.administration.new_authority import NewAuthority
from app.administration.routes import AdminOf, frame
from app.base.dates import local_day
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import parse
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.routing import openings
from app.routing import queries as routing
from app.routing.card import columns_of
from app.routing.openings import CodeTaken, Created, OpeningInUse, TerritoryHeld
from app.routing.queries import AuthorityRow
from app.routing.rules.holding import may_receive, section_of

router = APIRouter()
PAST = N_("Cette date est passée. Choisissez aujourd'hui ou un jour à venir.")
NO_SUCH_PLACE = N_("Aucun département n'a ce numéro : {codes}.")
NOT_THERE = N_("D'après la loi, une autorité de ce type n'y reçoit pas de plainte : {codes}.")


@router.get("/administration/autorites/nouvelle", name="administration.authority.new")
def ask(request: Request, portal: PortalOf, clerk: AdminOf) -> Response:
    """Ask what it is, where and from when it receives."""
    expect_fresh(request, portal, clerk)
    return _page(request, clerk, {})


@router.post("/administration/autorites/nouvelle", name="administration.authority.create")
def create(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, form: FormOf) -> Response:
    """Keep it; it opens at once when its day is today."""
    expect_fresh(request, portal, clerk)
    parsed, now = parse(NewAuthority, form.typed), portal.clock()
    errors = dict(parsed.errors) if parsed.values is None else _wrong(session, parsed.values, now)
    if parsed.values is None or errors:
        return _page(request, clerk, form.typed, errors)
    said = _created(parsed.values)
    session.close()
    try:
        with portal.database.write() as writing:
            openings.create(writing, said, clerk.name, now)
            access.note(writing, access.Access(clerk.name, said.code, "autorite_creee", ""), now)
            succession.open_new(writing, now)
    except CodeTaken as taken:
        return _page(request, clerk, form.typed, {"code": FieldError(taken.says)})
    except TerritoryHeld as held:
        with portal.database.read() as reading:
            found = routing.authorities(reading, held.codes)
        mistake = FieldError(held.says, names=", ".join(one.name for one in found))
        return _page(request, clerk, form.typed, {"departements": mistake}, found)
    return after(request, JustDone.AUTHORITY_CREATED, "administration.authority", autorite=said.code)


@router.post("/administration/autorites/{autorite}/annuler-la-creation", name="administration.authority.cancel")
def cancel(request: Request, portal: PortalOf, clerk: AdminOf, autorite: str, form: FormOf) -> Response:
    """Forget one that is not open yet, and that nobody counts on."""
    del form
    with portal.database.write() as session:
        openings.cancel(session, autorite)
        scope = AccountScope(authority=autorite)
        if accounts.people(session, "", scope)[1] or accounts.invitations(session, scope):
            raise OpeningInUse(autorite)
        access.note(session, access.Access(clerk.name, autorite, "autorite_annulee", ""), portal.clock())
    return after(request, JustDone.CREATION_CANCELLED, "administration.authorities")


def _wrong(session: Session, said: NewAuthority, now: datetime) -> dict[str, FieldError]:
    """Return what the calendar, the map and the law do not allow."""
    wrong = {}
    unknown = set(said.departements) - {one.code for one in routing.departements(session)}
    closed = [code for code in said.departements if not may_receive(said.ordre, code)]
    if unknown:
        wrong["departements"] = FieldError(NO_SUCH_PLACE, codes=", ".join(sorted(unknown)))
    elif closed:
        wrong["departements"] = FieldError(NOT_THERE, codes=", ".join(closed))
    zone = openings.zone_of(said.departements, said.code_postal)
    if said.ouverture < local_day(now, ZoneInfo(zone)):
        wrong["ouverture_jour"] = FieldError(PAST)
    return wrong


def _created(said: NewAuthority) -> Created:
    return Created(
        code=said.code,
        kind=said.type,
        name=said.nom,
        profession=said.ordre,
        section=section_of(said.ordre),
        departements=said.departements,
        opens_on=said.ouverture,
        reason=said.motif,
        contact=columns_of(said),
    )


def _page(
    request: Request,
    clerk: Clerk,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    held: Sequence[AuthorityRow] = (),
) -> Response:
    shown: dict[str, Any] = {"form": make_form(request, NewAuthority, typed, mistakes), "held": held}
    status = 422 if mistakes else 200
    return render(request, "administration/authority_new.html", status=status, **frame(request, clerk), **shown)
