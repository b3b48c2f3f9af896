"""« Logiciels »: whoever answers for an association gives its software access, another secret, and cuts it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import rights
from app.accounts.queries import SignedInMember
from app.accounts.rules import ASSOCIATION
from app.accounts.service import shown_once
from app.accounts.sign_in.current_user import MemberOf, NotYours
from app.accounts.sign_in.done import JustDone, after
from app.accounts.sign_in.reauthentication import expect_fresh
from app.api import clients
from app.api.models import ApiClient
from app.api.rules import ApiScope, SecretOverlap, is_open
from app.association_desk.frame import surrounds
from app.base import dates
from app.base.errors import N_, NotFound
from app.base.forms.fields import Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Checkboxes, Radios, Text, Tick
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, make_form, portal_of, render, see
from app.base.web.reading import FormOf

router = APIRouter()
HOME, SHOWN = "/association/logiciels", "api.software.shown"


class NewSoftware(Answers):
    """What is asked of an access to open."""

    libelle: Annotated[
        str,
        Text(
            label=N_("Nom de l'antenne et du logiciel"),
            hint=N_("Par exemple : Antenne de Lille, logiciel de suivi"),
            missing=N_("Écrivez le nom de l'antenne et du logiciel."),
            longest=80,
            autocomplete="off",
        ),
    ]
    droits: Annotated[
        tuple[ApiScope, ...],
        Checkboxes(
            label=N_("Ce que ce logiciel pourra faire"), choices=ApiScope, missing=N_("Cochez au moins un droit.")
        ),
    ]
    essai: Annotated[
        bool,
        Tick(
            label=N_("C'est un accès d'essai"),
            hint=N_("Rien n'est envoyé, et personne ne voit ses brouillons."),
            optional=False,
        ),
    ]


class NewSecret(Answers):
    """How long the former secret still opens."""

    duree: Annotated[
        SecretOverlap,
        Radios(
            label=N_("Combien de temps l'ancien secret marche-t-il encore ?"),
            choices=SecretOverlap,
            missing=N_("Choisissez une durée."),
        ),
    ]


def manager(request: Request, portal: PortalOf, member: MemberOf) -> SignedInMember:
    """Return the one who answers for an association, with a proof of the last minutes. Raises :class:`NotYours`."""
    if not rights.may(member.role, rights.Right.MANAGE):
        raise NotYours
    expect_fresh(request, portal, member)
    return member


ManagerOf = Annotated[SignedInMember, Depends(manager)]


def own(session: Session, member: SignedInMember, client_id: str, *, to_change: bool = False) -> ApiClient:
    """Find an access of the association that is not cut. Raises :class:`~app.base.errors.NotFound`."""
    found = clients.own(session, member.association, client_id, to_change=to_change)
    if found is None or found.revoked_at is not None:
        raise NotFound
    return found


@router.get(HOME, name="api.software")
def listing(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf) -> Response:
    """List the accesses of the association."""
    now = portal.clock()
    rows = [
        (row, is_open(row.ends_at, row.revoked_at, now)) for row in clients.of_association(session, member.association)
    ]
    around = surrounds(request, session, portal, member)
    return render(request, "associations/software.html", **around, rows=rows, day=_day)


@router.get(f"{HOME}/nouveau", name="api.software.new")
def ask(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf) -> Response:
    """Ask for what an access is."""
    return _new(request, surrounds(request, session, portal, member), {})


@router.post(f"{HOME}/nouveau", name="api.software.open")
def open_one(
    request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, member: ManagerOf, form: FormOf
) -> Response:
    """Open an access, and lead to the page of its secret."""
    read = parse(NewSoftware, form.typed)
    if read.values is None:
        around = surrounds(request, session, portal, member)
        return _new(request, around, form.typed, read.errors, 422)
    said = read.values
    session.close()
    with portal.database.write() as writing:
        row, secret = clients.open_client(
            writing, member, said.libelle, said.droits, portal.clock(), sandbox=said.essai
        )
        return _lead(request, writing, visitor, row, secret)


@router.get(f"{HOME}/{{logiciel}}/secret", name="api.software.secret")
def ask_secret(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf, logiciel: str) -> Response:
    """Ask how long the former secret still opens."""
    row = own(session, member, logiciel)
    return _secret(request, surrounds(request, session, portal, member), row, {"duree": [SecretOverlap.DAY]})


@router.post(f"{HOME}/{{logiciel}}/secret", name="api.software.secret.do")
def change_secret(
    request: Request,
    session: ReadOf,
    portal: PortalOf,
    visitor: VisitorOf,
    member: ManagerOf,
    logiciel: str,
    form: FormOf,
) -> Response:
    """Draw another secret, and lead to its page."""
    read = parse(NewSecret, form.typed)
    if read.values is None:
        around = surrounds(request, session, portal, member)
        return _secret(request, around, own(session, member, logiciel), form.typed, read.errors, 422)
    session.close()
    with portal.database.write() as writing:
        row = own(writing, member, logiciel, to_change=True)
        secret = clients.change_secret(writing, member, row, read.values.duree, portal.clock())
        return _lead(request, writing, visitor, row, secret)


@router.get(f"{HOME}/{{logiciel}}/secret-choisi", name=SHOWN)
def shown(
    request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, member: ManagerOf, logiciel: str
) -> Response:
    """Show the secret that was just drawn in this browser, for half an hour."""
    row, held = own(session, member, logiciel), shown_once.kept(session, portal, visitor, ASSOCIATION, SHOWN)
    if held is None or held["id"] != row.id:
        return see(request, "api.software")
    around = surrounds(request, session, portal, member)
    return render(request, "associations/software_shown.html", **around, row=row, secret=held["secret"], day=_day)


@router.get(f"{HOME}/{{logiciel}}/couper", name="api.software.cut")
def ask_cut(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf, logiciel: str) -> Response:
    """Say what cutting does, and ask."""
    row = own(session, member, logiciel)
    around = surrounds(request, session, portal, member)
    return render(request, "associations/software_cut.html", **around, row=row, form=make_form(request, Answers, {}))


@router.post(f"{HOME}/{{logiciel}}/couper", name="api.software.cut.do")
def cut(request: Request, portal: PortalOf, member: ManagerOf, logiciel: str, form: FormOf) -> Response:
    """Cut an access."""
    del form
    with portal.database.write() as session:
        clients.cut(session, member, own(session, member, logiciel, to_change=True), portal.clock())
    return after(request, JustDone.SOFTWARE_CUT, "api.software")


def _new(request: Request, around: dict[str, Any], typed: Typed, mistakes: Any = None, status: int = 200) -> Response:
    form = make_form(request, NewSoftware, typed, mistakes)
    return render(request, "associations/software_new.html", status=status, **around, form=form)


def _secret(
    request: Request, around: dict[str, Any], row: ApiClient, typed: Typed, mistakes: Any = None, status: int = 200
) -> Response:
    form = make_form(request, NewSecret, typed, mistakes)
    return render(request, "associations/software_secret.html", status=status, **around, row=row, form=form)


def _lead(request: Request, session: Session, visitor: str, row: ApiClient, secret: str) -> Response:
    shown_once.keep(session, portal_of(request), visitor, ASSOCIATION, SHOWN, {"id": row.id, "secret": secret})
    return see(request, SHOWN, logiciel=row.id)


def _day(at: Any) -> str:
    return dates.date_text(dates.local_day(at), weekday=False)
