"""« Fiche du service »: how the authority is named and reached in its letters; its manager keeps it."""

from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries
from app.accounts.queries import Clerk
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.base import dates
from app.base.errors import NotFound
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import parse
from app.base.forms.shown_version import is_past, notice
from app.base.web.pages import VERSION, PortalOf, ReadOf, render, versioned
from app.base.web.reading import FormData
from app.intake.desk.page import DeskOf, frame
from app.intake.web import card_logo
from app.intake.web.card_logo import CardForm, ServiceCard
from app.routing.card import columns_of, contact_of, version_of
from app.routing.models import Authority
from app.routing.queries import logos
from app.routing.service import keep_contact, keep_logo

router = APIRouter()
CONFLICT = 409


@router.get("/agent/fiche", name="intake.card")
def ask(request: Request, session: ReadOf, clerk: DeskOf) -> Response:
    """Show what is known of the service."""
    return _show(request, session, clerk, contact_of(_row_of(session, clerk)))


@router.post("/agent/fiche", name="intake.card.do")
def save(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, came: CardForm) -> Response:
    """Keep the card; refused when it changed since it was shown."""
    form, file = came
    _row_of(session, clerk)
    logo = None if form.get("geste") == card_logo.REMOVE else card_logo.read(portal, file)
    parsed = parse(ServiceCard, form.typed)
    wrong = {card_logo.LOGO: logo} if isinstance(logo, FieldError) else {}
    if parsed.values is None or wrong:
        return _show(request, session, clerk, form.typed, {**parsed.errors, **wrong}, 422)
    session.close()
    sent = {name: [value] for name, value in parsed.values if name in ServiceCard.columns}
    with portal.database.write() as writing:
        row = writing.get_one(Authority, clerk.authority, with_for_update=True)
        past = is_past(form.get(VERSION), version_of(contact_of(row)), version_of(sent))
        if not past:
            kept = columns_of(parsed.values) | _logo_of(writing, form, logo)
            keep_contact(writing, clerk.authority, kept, dates.local_day(portal.clock()))
            access.note(writing, access.Access(clerk.name, clerk.authority, "fiche_changee", ""), portal.clock())
    if past:
        return _show(request, session, clerk, form.typed, status=CONFLICT)
    return after(request, JustDone.CARD_KEPT, "intake.card")


def _logo_of(session: Session, form: FormData, logo: bytes | FieldError | None) -> dict[str, str]:
    """Return what changes of the logo: a new one, or none any more."""
    if form.get("geste") == card_logo.REMOVE:
        return {"logo": ""}
    return {"logo": keep_logo(session, logo)} if isinstance(logo, bytes) else {}


def _row_of(session: Session, clerk: Clerk) -> Authority:
    """Return the authority of a clerk. Raises :class:`NotFound` for the box of « aiguillage »."""
    row = session.get(Authority, clerk.authority)
    if row is None:
        raise NotFound
    return row


def _show(
    request: Request, session: Session, clerk: Clerk, typed: Typed, mistakes: Any = None, status: int = 200
) -> Response:
    row, past = _row_of(session, clerk), status == CONFLICT
    kept = contact_of(row)
    form = versioned(request, ServiceCard, typed, mistakes, version=version_of(kept), is_past=past)
    return render(
        request,
        "intake/card.html",
        status=status,
        **frame(request, clerk),
        form=form,
        newer=notice(form, kept) if past else None,
        logo=logos.picture(session, row.logo),
        remove=card_logo.REMOVE,
        people=queries.qualities(session, clerk.authority),
    )
