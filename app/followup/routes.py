"""Routes of the follow-up."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.service import sessions
from app.acts.kinds import TOLD, is_of_association, told_of
from app.acts.kinds.lines import CODE_POSTED, RENEWED
from app.base import rights_defender
from app.base.dates import date_text, local_day
from app.base.errors import NotFound
from app.base.forms.fields import FieldError
from app.base.forms.form import parse
from app.base.i18n import FRENCH, in_language, translate
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.secrets import new_token
from app.base.web.pages import AddressOf, PortalOf, ReadOf, VisitorOf, download, make_form, render, see
from app.base.web.reading import FormOf
from app.evidence import queries as evidence
from app.filing import queries
from app.filing.acts.act_store import salted_of
from app.filing.acts.renew_code import FOLLOWING
from app.filing.documents import confirmation, mandate_wording, receipt_file
from app.filing.documents.mask_wording import mask_lines
from app.filing.history import history_of
from app.filing.ledger.proof import proof_of
from app.filing.ledger.proof_archive import make_zip
from app.filing.models import Filing
from app.filing.sealed import payload
from app.filing.status.case_status import PROOFS_ADDED
from app.filing.status.state import ComplaintState
from app.followup import (
    after_sending,
    code,
    contact,
    mandate,
    meeting,
    messages,
    own_files,
    proofs,
    reminder,
    withdrawal,
)
from app.followup.dependencies import FollowedOf, enter
from app.followup.next_date import next_of
from app.followup.pages import ALREADY_SENT, ON_A_DESK, WRONG_CODE, Resume
from app.procedure.days import LegalDay
from app.saisine import returning
from app.saisine.web.left_here import LeftHereOf
from app.stamping.trust import trust_of

router = APIRouter()

TRIES = 10


@router.get("/reprendre", name="followup.resume")
def resume(request: Request, left: LeftHereOf) -> Response:
    """Ask for the personal code; offer what this device remembers."""
    return render(request, "followup/resume.html", form=make_form(request, Resume, {}), left=left)


@router.post("/reprendre", name="followup.open")
def open_with_code(
    request: Request, portal: PortalOf, visitor: VisitorOf, address: AddressOf, form: FormOf
) -> Response:
    """Open a complaint or a draft with its code; wrong codes are counted."""
    parsed = parse(Resume, form.typed)
    if parsed.values is None:
        return _again(request, form.typed, parsed.errors)
    tries = Limit("code", address, TRIES)
    portal.limits.take(tries)
    filing, draft = _by_code(portal, parsed.values.code)
    if filing is not None:
        portal.limits.give_back(tries)
        enter(request, portal, visitor, filing.id)
        return see(request, "followup.home")
    if draft is not None and returning.opens(draft):
        portal.limits.give_back(tries)
        return open_draft(request, portal, visitor, draft)
    return _again(request, form.typed, {"code": FieldError(_why_closed(draft))})


def _by_code(portal: Portal, code: str) -> tuple[Filing | None, returning.FoundDraft | None]:
    """Find the complaint or the draft of a code; no connection is held while a hash is made."""
    for code_hash in portal.keyring.code_hashes(code):
        with portal.database.read() as session:
            filing = queries.filing_by_code(session, code_hash)
            draft = returning.draft_by_code(session, code_hash)
        if filing or draft:
            return filing, draft
    return None, None


def _why_closed(draft: returning.FoundDraft | None) -> str:
    if draft is None:
        return WRONG_CODE
    return ALREADY_SENT if draft.is_sent else ON_A_DESK


def open_draft(request: Request, portal: Portal, visitor: str, draft: returning.FoundDraft) -> Response:
    """Open a draft on this device, at the page to answer."""
    token = new_token()
    with portal.database.write() as session:
        sessions.move(session, visitor, token)
        returning.reopen(session, token, draft, portal.clock(), shared_device=draft.shared_device)
    request.state.visitor, request.state.keep_visitor, request.state.shared = token, True, draft.shared_device
    return see(request, "saisine.resume", b=draft.public)


def _again(request: Request, typed: dict[str, list[str]], mistakes: Mapping[str, FieldError]) -> Response:
    form = make_form(request, Resume, typed, mistakes)
    return render(request, "followup/resume.html", status=422, form=form)


@router.get("/suivi", name="followup.home")
def home(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Show the state, the next date, and what was done.

    Earlier releases showed the first code to the association that filed; any code since was the person's alone.
    """
    opened = queries.open_for_person(session, portal.keyring, filing)
    shown = confirmation.of(session, portal, opened)
    history = history_of(session, filing.id)
    received = messages.received(session, opened)
    lines = [event for event in history if event.kind in TOLD]
    is_professional_told = LegalDay.TELL_PROFESSIONAL in opened.now.told
    return render(
        request,
        "followup/home.html",
        shown=shown,
        mandate=mandate_wording.text(opened.payload, translate),
        states=ComplaintState,
        masks=mask_lines(opened.payload, opened.acts, translate) if is_professional_told else [],
        history=[
            (shown.moment(one.at), translate(told_of(one)), one.by if is_of_association(one) else "") for one in lines
        ],
        association_knows_code=bool(shown.association)
        and not any(one.kind in {RENEWED, CODE_POSTED} for one in history),
        n_received=len(received),
        n_new=sum(one.is_new for one in received),
        n_waiting=evidence.count_and_size(session, filing.id)[0] if shown.state.is_open else 0,
        is_open=shown.state.is_open,
        is_kept=request.query_params.get("garde") == "oui",
        late=reminder.late_authorities(session, opened, shown.days, portal.clock()),
        day=date_text,
        defender_phone=rights_defender.GENERAL_PHONE,
        defender_address=rights_defender.ADDRESS,
        next_date=next_of(opened, shown, local_day(portal.clock(), ZoneInfo(filing.zone))),
    )


@router.get("/suivi/plainte", name="followup.complaint")
def complaint(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Show what was sent, as it was sent."""
    sent = queries.open_for_person(session, portal.keyring, filing).payload["complaint"]
    return render(request, "followup/complaint.html", number=filing.number, sent=sent)


@router.get("/suivi/recepisse", name="followup.recepisse")
@in_language(FRENCH)
def recepisse(session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Return the récépissé again, byte for byte the same."""
    made = receipt_file.recepisse(session, portal, filing)
    return download(f"recepisse-{filing.number}.pdf", made, "application/pdf")


@router.get("/suivi/recepisse/lire", name="followup.recepisse.read")
def read_recepisse(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Show the récépissé as a page, in the reader's language beside the French."""
    said = receipt_file.in_both_languages(session, portal, filing)
    return render(request, "filing/recepisse.html", said=said)


@router.get("/suivi/preuve", name="followup.proof")
@in_language(FRENCH)
def proof(session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Return all that proves the receipt without us, the complaint included."""
    held = proof_of(session, portal.keyring, filing.number)
    key = queries.key_of(session, portal.keyring, filing.id)
    if held is None or key is None:
        raise NotFound
    added = salted_of(session, filing.id, key, PROOFS_ADDED)
    content = payload.opened(key, filing.id, filing.payload)
    made = make_zip(held, content, trust_of(portal.settings, portal.keyring), translate, added)
    return download(f"preuve-{filing.number}.zip", made, "application/zip")


@router.post("/suivi/fermer", name="followup.close")
def close(request: Request, portal: PortalOf, visitor: VisitorOf, form: FormOf) -> Response:
    """End the follow-up on this device."""
    del form
    with portal.database.write() as session:
        sessions.close_session(session, visitor, FOLLOWING)
    return see(request, "home")


router.include_router(after_sending.router)
router.include_router(code.router)
router.include_router(contact.router)
router.include_router(messages.router)
router.include_router(proofs.router)
router.include_router(own_files.router)
router.include_router(meeting.router)
router.include_router(reminder.router)
router.include_router(withdrawal.router)
router.include_router(mandate.router)
