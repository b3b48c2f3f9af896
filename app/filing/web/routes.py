"""Routes of receipt: the short form, which fills and sends on one page; the check of the detailed one, its sending."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.service import handover
from app.associations import registry
from app.base import dates
from app.base.errors import NotFound, StorageTrouble
from app.base.forms.fields import FieldError, FieldErrors, Typed
from app.base.forms.shown_version import is_past
from app.base.i18n import FRENCH, in_language, translate
from app.base.web.addresses import path_of
from app.base.web.errors import NOT_SENT
from app.base.web.pages import VERSION, PortalOf, ReadOf, VisitorOf, download, network, portal_of, see
from app.filing.documents import mandate_paper
from app.filing.receipt import competence
from app.filing.receipt.mandate import NotMandated
from app.filing.receipt.mandate_object import mandate_of
from app.filing.sealed.payload import Complaint
from app.filing.upkeep import flood
from app.filing.web import sending
from app.filing.web.check_answers import CHANGED, check_page
from app.filing.web.short_form import short_page
from app.saisine.pages import BY_NAME, LAST
from app.saisine.press import digest_of_all
from app.saisine.queries import OpenDraft
from app.saisine.short_form import COURT, with_questions
from app.saisine.steps.mandate import MandateScope
from app.saisine.web.common_page import address_of
from app.saisine.web.current_draft import (
    SHOWN_AGAIN,
    DraftOf,
    DraftUpload,
    PressOf,
    UploadOf,
    already_sent,
    keep,
    remove,
)
from app.saisine.web.draft_route import route_of
from app.saisine.web.form import SEND, leaving, saved_alone

router = APIRouter()
BEGINS_WITH = "besoin_soins"
"""An answer that the detailed form alone asks, of all: it tells which of the two forms was filled."""


@router.get("/saisine/{b}/court", name="filing.short")
def short(request: Request, session: ReadOf, draft: DraftOf) -> Response:
    """A21: the short form, with what was typed before."""
    if draft.is_sent:
        return already_sent(request, draft)
    if draft.association:
        raise NotFound
    return short_page(request, session, draft, draft.typed)


@router.post("/saisine/{b}/court", name="filing.short.send")
def send_short(request: Request, session: ReadOf, visitor: VisitorOf, got: UploadOf) -> Response:
    """Keep what was typed and the files; send when everything is there and nothing else was asked."""
    if got.draft.is_sent:
        return see(request, "filing.confirmation", b=got.draft.public)
    if got.draft.association:
        raise NotFound
    version = got.form.get(VERSION)
    if got.is_expired:
        wrong = {"fichiers": FieldErrors(got.lost)} if got.lost else {}
        again = SHOWN_AGAIN
        return short_page(request, session, got.draft, got.form.typed, wrong, banner=again, version=version, status=403)
    try:
        return _send_short(request, session, visitor, got)
    except StorageTrouble:
        return short_page(request, session, got.draft, got.form.typed, banner=NOT_SENT, version=version, status=503)


def _send_short(request: Request, session: Session, visitor: str, got: DraftUpload) -> Response:
    """Keep, then do what the button said. Raises :class:`~app.base.errors.StorageTrouble`."""
    portal, form = portal_of(request), got.form
    typed = {name: form.typed.get(name, []) for name in COURT.names}
    kept = keep(portal, visitor, got, typed, COURT)
    draft, trouble = replace(got.draft, typed=kept.typed), kept.trouble
    if form.get("retirer"):
        remove(portal, draft, form.get("retirer"))
    if form.get("enregistrement"):
        return saved_alone(portal, kept, SEND)
    if kept.is_past:
        mistakes = {"fichiers": FieldErrors(trouble)} if trouble else {}
        return short_page(request, session, draft, typed, mistakes, is_past=True, status=409)
    if not trouble and (away := leaving(request, form, COURT, draft.public)):
        return away
    if not trouble and (form.get("retirer") or form.get("ajouter")):
        return RedirectResponse(f"{path_of(request.app, 'filing.short', b=draft.public)}#fichiers-ajoutes", 303)
    return _send(request, session, draft, form.typed, trouble, checking=not form.get("ajouter"))


@router.get("/saisine/{b}/mandat/imprimer", name="filing.mandate")
@in_language(FRENCH)
def mandate_to_sign(request: Request, session: ReadOf, portal: PortalOf, draft: DraftOf) -> Response:
    """Return the mandate to sign, with what the draft of an association knows (CSP R. 1110-11), ticked as last kept."""
    if not draft.association:
        raise NotFound
    if draft.is_sent:
        return already_sent(request, draft)
    named = {name: draft.typed[name][-1] for name in ("prenom", "nom") if draft.typed.get(name)}  # asked at the start
    answers, now = {**named, **route_of(request, session, draft.typed, draft).trail}, portal.clock()
    ticked = frozenset(draft.typed.get("mandat_portee", ())) & {str(one) for one in MandateScope}
    known = registry.known(session, draft.association)
    mandate = mandate_of(session, known, answers, ticked, dates.local_day(now), translate)
    link = portal.settings.address + address_of(BY_NAME["mandat"], draft.public)
    made = mandate_paper.make_pdf(mandate_paper.MandatePaper(mandate, draft.public, link), now)
    return download(f"mandat-{draft.public}.pdf", made, "application/pdf")


@router.get("/saisine/{b}/verifier", name="saisine.verifier")
def check(request: Request, session: ReadOf, draft: DraftOf) -> Response:
    """A19: check every answer before sending."""
    if draft.is_sent:
        return already_sent(request, draft)
    return check_page(request, session, draft, draft.typed)


@router.post("/saisine/{b}/envoyer", name="filing.send")
def send(request: Request, session: ReadOf, draft: DraftOf, form: PressOf) -> Response:
    """Send a draft that was filled before; the declarations, and nothing else, come with the press."""
    if draft.is_sent:
        return see(request, "filing.confirmation", b=draft.public)
    is_detailed = BEGINS_WITH in draft.typed or bool(draft.association)
    declared = {name: form.typed.get(name, []) for name in LAST.names} if is_detailed else form.typed
    typed = {**draft.typed, **declared}
    page = check_page if is_detailed else short_page
    if is_detailed and is_past(form.get(VERSION), digest_of_all(draft.typed)):
        return check_page(request, session, draft, typed, banner=CHANGED, status=409)
    try:
        return _send_detailed(request, session, draft, typed) if is_detailed else _send(request, session, draft, typed)
    except StorageTrouble:
        return page(request, session, draft, typed, banner=NOT_SENT, status=503)
    except NotMandated as refused:
        return page(request, session, draft, typed, banner=refused.says, status=refused.status)


@router.get("/saisine/{b}/envoyer", name="filing.send.read")
def send_read(request: Request, draft: DraftOf) -> Response:
    """Bring back whoever reloads the address of the last button."""
    if draft.is_sent:
        return see(request, "filing.confirmation", b=draft.public)
    return see(
        request,
        "saisine.verifier" if BEGINS_WITH in draft.typed or draft.association else "filing.short",
        b=draft.public,
    )


def _send_detailed(request: Request, session: Session, draft: OpenDraft, typed: Typed) -> Response:
    """Walk the whole way again, then receive."""
    prepared = sending.prepare(session, portal_of(request), draft, typed)
    if prepared.complaint is None:
        return check_page(request, session, draft, typed, route=prepared.route, status=422)
    session.close()
    return _deposit(request, draft, prepared.complaint)


def _send(
    request: Request,
    session: Session,
    draft: OpenDraft,
    typed: Typed,
    trouble: Sequence[FieldError] = (),
    *,
    checking: bool = True,
) -> Response:
    """Check the short form, then receive."""
    parsed = COURT.parse(typed, is_sent_now=True)
    settled = competence.settle(session, typed, parsed.values, portal_of(request).cache)
    mistakes: Mapping[str, FieldError] = {"fichiers": FieldErrors(trouble)} if trouble else {}
    if checking:
        mistakes = with_questions(typed, {**parsed.errors, **settled.mistakes, **mistakes})
    if mistakes or settled.complaint is None:
        return short_page(
            request, session, draft, typed, mistakes, settled.offered, out_of_scope=settled.out_of_scope, status=422
        )
    session.close()
    return _deposit(request, draft, settled.complaint)


def _deposit(request: Request, draft: OpenDraft, complaint: Complaint) -> Response:
    """Receive; the answer leaves once it is on disk, with a new id for the browser of a person.

    Another press may have received it before, and had the new id. Raises what :func:`sending.deposit` raises.
    """
    portal = portal_of(request)

    def hand_over(session: Session) -> str | None:
        return handover.hand_over(session, request.state.visitor, draft.id, portal.clock())

    _, token = sending.deposit(portal, draft, complaint, hand_over)
    if token:
        request.state.visitor, request.state.keep_visitor, request.state.shared = token, True, draft.shared_device
    flood.note(portal.limits, network(request))
    return see(request, "filing.confirmation", b=draft.public)  # only here is the filing on disk
