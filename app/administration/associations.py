"""Routes of the register of associations: list, add, correct, renew; those that ask to be added."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts.queries import Clerk, PendingInvitation
from app.accounts.rules import AccountScope
from app.accounts.service import EmailTaken
from app.accounts.sign_in.done import JustDone, after
from app.accounts.sign_in.reauthentication import expect_fresh
from app.administration import association_requests
from app.administration.forms import typed_of, typed_of_agreement, version_of, version_of_days
from app.administration.routes import AdminOf, frame
from app.associations import registry
from app.associations.described import Added, Dated, Described
from app.associations.registry import KnownAssociation, Overlap
from app.associations.rules import Agreement, AgreementLevel, Region, agreed_on
from app.base import dates
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.shown import Form
from app.base.forms.shown_version import Notice, is_past, notice
from app.base.portal import Portal
from app.base.web.pages import VERSION, PortalOf, ReadOf, make_form, render, versioned
from app.base.web.reading import FormOf

router = APIRouter()
WHOM_TO_INVITE = N_("Écrivez l'adresse e-mail de l'association : l'invitation part à cette adresse.")


@dataclass(frozen=True)
class ShownAssociation(KnownAssociation):
    """An association with its agreements, and who was invited to work for it."""

    invited: tuple[PendingInvitation, ...]


@router.get("/administration/associations", name="administration.associations")
def every(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, q: str = "") -> Response:
    """List the associations, with what holds today, and the requests that wait."""
    asked = " ".join(q.split())[:80]
    found, requests = registry.every(session, asked), registry.requests(session, portal.keyring)
    return render(
        request,
        "administration/associations.html",
        **frame(request, clerk),
        asked=asked,
        found=found,
        rows=[(one, _standing(portal, one)) for one in found],
        requests=requests,
        waiting=[(row.id, _day(row.asked_at), typed) for row, typed in requests],
        text=_text,
    )


@router.get("/administration/associations/nouvelle", name="administration.association.new")
def new(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, demande: str = "") -> Response:
    """Ask for what an association is, and for its agreement; a request fills the page."""
    asked = registry.request(session, portal.keyring, demande) or {}
    if asked:
        expect_fresh(request, portal, clerk)
    typed = {name: [value] for name, value in asked.items()}
    return _new(request, clerk, typed, {}, demande if asked else "")


@router.post("/administration/associations/nouvelle", name="administration.association.add")
def add(request: Request, portal: PortalOf, clerk: AdminOf, form: FormOf) -> Response:
    """Add an association with its agreement, both or none; who asked for it is invited to answer for it."""
    parsed, asked = parse(Added, form.typed), form.get("demande")
    if asked:
        expect_fresh(request, portal, clerk)
    if parsed.values is None:
        return _new(request, clerk, form.typed, parsed.errors, asked, 422)
    if asked and not parsed.values.courriel:
        return _new(request, clerk, form.typed, {"courriel": FieldError(WHOM_TO_INVITE)}, asked, 422)
    try:
        with portal.database.write() as session:
            row = registry.add(session, parsed.values.columns())
            said = _checked(clerk, parsed.values)
            registry.agree(session, row.id, parsed.values.agreement(), said=said)
            done = JustDone.ASSOCIATION_ADDED
            if registry.answer(session, asked, "ajoutee", portal.clock()):
                association_requests.invite(session, portal, clerk, row)
                done = JustDone.ASSOCIATION_INVITED
    except Overlap as refused:
        return _new(request, clerk, form.typed, {refused.field: refused.mistake}, asked, 422)
    except EmailTaken as taken:
        return _new(request, clerk, form.typed, {"courriel": FieldError(taken.says)}, asked, 422)
    return after(request, done, "administration.association", association=row.id)


@router.get("/administration/associations/{association}", name="administration.association")
def one(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, association: str) -> Response:
    """Show an association and its agreements."""
    found = _known(session, association)
    return _page(request, portal, clerk, found, typed_of(found.row), {}, {})


@router.post("/administration/associations/{association}", name="administration.association.save")
def save(
    request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, association: str, form: FormOf
) -> Response:
    """Keep what was corrected of an association."""
    found = _known(session, association)
    session.close()
    parsed = parse(Described, form.typed)
    if parsed.values is None:
        return _page(request, portal, clerk, found, form.typed, parsed.errors, {}, status=422)
    columns = parsed.values.columns()
    try:
        with portal.database.write() as writing:
            row = registry.row_of(writing, association, to_change=True)
            past = is_past(form.get(VERSION), version_of(row), version_of(columns))
            if not past:
                registry.describe(writing, row, columns)
    except Overlap as refused:
        wrong = {refused.field: refused.mistake}
        return _page(request, portal, clerk, found, form.typed, wrong, {}, status=422)
    if past:
        found = _known(session, association)
        return _page(request, portal, clerk, found, form.typed, {}, {}, past=Described, status=409)
    return after(request, JustDone.ASSOCIATION_KEPT, "administration.association", association=association)


@router.post("/administration/associations/{association}/agrements", name="administration.association.agree")
def agree(
    request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, association: str, form: FormOf
) -> Response:
    """Add an agreement, a renewal for instance, or correct the one that has this number."""
    found = _known(session, association)
    session.close()
    parsed = parse(Dated, form.typed)
    typed = typed_of(found.row)
    if parsed.values is None:
        return _page(request, portal, clerk, found, typed, {}, parsed.errors, form.typed, status=422)
    fresh = parsed.values.agreement()
    try:
        with portal.database.write() as writing:
            said = _checked(clerk, parsed.values)
            registry.row_of(writing, association, to_change=True)
            agreements = registry.agreements_of(writing, association)
            corrected = [one for one in agreements if one.number == fresh.number]
            past = is_past(form.get(VERSION), version_of_days(agreements)) and corrected not in ([], [fresh])
            if not past:
                number = fresh.number if corrected else ""
                registry.agree(writing, association, fresh, said=said, instead_of=number)
    except Overlap as refused:
        wrong = {refused.field: refused.mistake}
        return _page(request, portal, clerk, found, typed, {}, wrong, form.typed, status=422)
    if past:
        found = _known(session, association)
        return _page(request, portal, clerk, found, typed, {}, {}, form.typed, past=Dated, status=409)
    return after(request, JustDone.AGREEMENT_KEPT, "administration.association", association=association)


def _checked(clerk: Clerk, dated: Dated) -> dict[str, str]:
    return {"decision": dated.reference_arrete, "checked_by": clerk.name}


def _known(session: Session, association: str) -> ShownAssociation:
    found = registry.known(session, association)
    if found is None:
        raise NotFound
    invited = accounts.invitations(session, AccountScope(association=association))
    return ShownAssociation(found.row, found.agreements, tuple(invited))


def _standing(portal: Portal, one: KnownAssociation) -> Agreement | None:
    return agreed_on(one.agreements, dates.local_day(portal.clock()))


def _new(
    request: Request, clerk: Clerk, typed: Typed, mistakes: Mapping[str, FieldError], asked: str, status: int = 200
) -> Response:
    context: dict[str, Any] = {"form": make_form(request, Added, typed, mistakes), "asked": asked}
    return render(request, "administration/association_new.html", status=status, **frame(request, clerk), **context)


def _page(  # noqa: PLR0913 - two forms share the page
    request: Request,
    portal: Portal,
    clerk: Clerk,
    found: ShownAssociation,
    typed: Typed,
    wrong: Mapping[str, FieldError],
    wrong_days: Mapping[str, FieldError],
    typed_days: Typed | None = None,
    *,
    past: type[Answers] | None = None,
    status: int = 200,
) -> Response:
    """Show both forms; ``past``: the one that replaced nothing, for what it was shown has changed."""
    now, days = version_of(found.row), version_of_days(found.agreements)
    described = versioned(request, Described, typed, wrong, version=now, is_past=past is Described)
    dated = versioned(request, Dated, typed_days or {}, wrong_days, version=days, is_past=past is Dated)
    context: dict[str, Any] = {
        "invited": [(one.email, _day(one.ends_at)) for one in found.invited if one.ends_at > portal.clock()],
        "form": dated if wrong_days else described,
        "newer": _newer(found, described, dated, past),
        "row": found.row,
        "now": _standing(portal, found),
        "agreements": found.agreements,
        "described": described,
        "dated": dated,
        "levels": {one.value: one.label for one in AgreementLevel},
        "regions": {one.value: one.label for one in Region},
        "text": _text,
    }
    return render(request, "administration/association.html", status=status, **frame(request, clerk), **context)


def _newer(found: KnownAssociation, described: Form, dated: Form, past: type[Answers] | None) -> Notice | None:
    """Return what is kept of the form that is past, if one is."""
    if past is Described:
        return notice(described, typed_of(found.row))
    number = dated["numero_agrement"].value
    kept = next((one for one in found.agreements if one.number == number), None) if past else None
    return notice(dated, {**dated.typed, **typed_of_agreement(kept)}) if kept else None


def _text(day: Any) -> str:
    return dates.date_text(day, weekday=False)


def _day(at: Any) -> str:
    return _text(dates.local_day(at))
