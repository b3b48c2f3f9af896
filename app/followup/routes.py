"""The doors of the follow-up."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.service import sessions
from app.base.errors import N_, NotFound
from app.base.fields import Mistake
from app.base.forms import parse
from app.base.i18n import translate
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.secrets import new_token
from app.base.web.pages import AddressOf, PortalOf, VisitorOf, download, make_form, render, see
from app.base.web.reading import FormOf
from app.filing import confirmation, queries
from app.filing.acts import salted_of
from app.filing.bundle import make_zip
from app.filing.codes import FOLLOWING, POSTED, RENEWED
from app.filing.proof import proof_of
from app.filing.remarks import APART, IDENTIFIED, TWIN
from app.filing.road import ANSWERED, CLOSED, DECISION, FIXED, HEARD, OPINION, REPORT, REPORT_SENT, SUMMONED
from app.filing.standing import (
    ACKNOWLEDGED,
    ASKED,
    AUTHORITY_WROTE,
    CONFIRMED,
    CONTACT_CHANGED,
    KEPT_ON,
    MOVED,
    PERSON_WROTE,
    PROOFS_ADDED,
    TOLD_AUTHORITY,
    TOLD_PROFESSIONAL,
    WITHDRAWING,
    WITHDRAWN,
)
from app.followup import code, contact, meeting, messages, proofs, withdrawing
from app.followup.door import FollowedOf, enter
from app.followup.pages import ALREADY_SENT, ON_A_DESK, WRONG_CODE, Resume
from app.saisine import returning
from app.stamping.trust import trust_of

router = APIRouter()

TRIES = 10
PUBLIC_EVENTS = {
    "recue": N_("Plainte reçue"),
    MOVED: N_("Envoyée à l'autorité compétente"),
    CONFIRMED: N_("Autre autorité confirmée"),
    ACKNOWLEDGED: N_("Accusé de réception envoyé"),
    TOLD_AUTHORITY: N_("Transmise à l'autre autorité"),
    TOLD_PROFESSIONAL: N_("Transmise au professionnel"),
    PERSON_WROTE: N_("Vous avez écrit un message"),
    AUTHORITY_WROTE: N_("Message de l'autorité"),
    ASKED: N_("Question de l'autorité"),
    RENEWED: N_("Nouveau code personnel"),
    POSTED: N_("Nouveau code envoyé par la poste"),
    CONTACT_CHANGED: N_("Vous avez changé vos coordonnées"),
    PROOFS_ADDED: N_("Vous avez ajouté des preuves"),
    WITHDRAWING: N_("Vous avez demandé le retrait"),
    KEPT_ON: N_("Vous avez annulé le retrait"),
    WITHDRAWN: N_("Plainte retirée"),
    HEARD: N_("Professionnel entendu"),
    FIXED: N_("Réunion de conciliation fixée"),
    SUMMONED: N_("Convocation envoyée"),
    ANSWERED: N_("Réponse à la convocation"),
    REPORT: N_("Réunion de conciliation tenue"),
    REPORT_SENT: N_("Compte rendu envoyé"),
    OPINION: N_("Plainte transmise à la chambre disciplinaire"),
    DECISION: N_("Décision de la chambre disciplinaire"),
    CLOSED: N_("Dossier terminé"),
    TWIN: N_("Vos deux plaintes sont suivies ensemble"),
    APART: N_("Vos deux plaintes sont suivies séparément"),
    IDENTIFIED: N_("Professionnel identifié"),
}
"""What the person reads of the history, in words of public use; what is not here stays with the authority."""


@router.get("/reprendre", name="followup.resume")
def resume(request: Request) -> Response:
    """Ask for the personal code."""
    return render(request, "followup/resume.html", form=make_form(request, Resume, {}))


@router.post("/reprendre", name="followup.open")
def open_with_code(
    request: Request, portal: PortalOf, visitor: VisitorOf, address: AddressOf, form: FormOf
) -> Response:
    """Open a complaint with its code; wrong codes are counted, and answered in the same time."""
    parsed = parse(Resume, form.typed)
    if parsed.values is None:
        return _again(request, form.typed, parsed.errors)
    tries = Limit("code", address, TRIES)
    portal.limits.take(tries)
    code_hash = portal.keyring.code_hash(parsed.values.code)
    with portal.database.read() as session:
        filing = queries.filing_by_code(session, code_hash)
        draft = returning.draft_by_code(session, code_hash)
    if filing is not None:
        portal.limits.give_back(tries)
        enter(request, portal, visitor, filing.id)
        return see(request, "followup.home")
    if draft is not None and returning.opens(draft):
        portal.limits.give_back(tries)
        return open_draft(request, portal, visitor, draft)
    return _again(request, form.typed, {"code": Mistake(_why_closed(draft))})


def _why_closed(draft: returning.Found | None) -> str:
    if draft is None:
        return WRONG_CODE
    return ALREADY_SENT if draft.is_sent else ON_A_DESK


def open_draft(request: Request, portal: Portal, visitor: str, draft: returning.Found) -> Response:
    """Open a draft on this device, at the page to answer."""
    token = new_token()
    with portal.database.write() as session:
        sessions.move(session, visitor, token)
        returning.reopen(session, token, draft, portal.clock(), shared_device=draft.shared_device)
    request.state.visitor, request.state.keep_visitor, request.state.shared = token, True, draft.shared_device
    return see(request, "saisine.resume", b=draft.public)


def _again(request: Request, typed: dict[str, list[str]], mistakes: Mapping[str, Mistake]) -> Response:
    form = make_form(request, Resume, typed, mistakes)
    return render(request, "followup/resume.html", status=422, form=form)


@router.get("/suivi", name="followup.home")
def home(request: Request, portal: PortalOf, filing: FollowedOf) -> Response:
    """Show the state, the next date, and what was done.

    Earlier releases showed the first code to the association that filed; any code since was the person's alone.
    """
    with portal.database.read() as session:
        shown = confirmation.of(session, portal, filing)
        history = queries.history_of(session, filing.id)
        received = messages.received(session, portal, filing)
    lines = [event for event in history if event.kind in PUBLIC_EVENTS]
    return render(
        request,
        "followup/home.html",
        shown=shown,
        history=lines,
        words=PUBLIC_EVENTS,
        association_knows_code=bool(shown.association) and not any(one.kind in {RENEWED, POSTED} for one in history),
        n_received=len(received),
        n_new=sum(one.is_new for one in received),
        is_open=shown.state not in {"retiree", "close"},
    )


@router.get("/suivi/recepisse", name="followup.recepisse")
def recepisse(portal: PortalOf, filing: FollowedOf) -> Response:
    """Give the récépissé again, byte for byte the same."""
    with portal.database.read() as session:
        return download(
            f"recepisse-{filing.number}.pdf", confirmation.recepisse(session, portal, filing), "application/pdf"
        )


@router.get("/suivi/preuve", name="followup.proof")
def proof(portal: PortalOf, filing: FollowedOf) -> Response:
    """Give all that proves the receipt without us, the complaint included."""
    with portal.database.read() as session:
        held = proof_of(session, portal.keyring, filing.number)
        content = queries.content_for_person(session, portal.keyring, filing)
        key = queries.open_for_person(session, portal.keyring, filing).key
        added = salted_of(session, filing.id, key, PROOFS_ADDED)
    if held is None:
        raise NotFound
    made = make_zip(held, content, trust_of(portal.settings, portal.keyring), translate, added)
    return download(f"preuve-{filing.number}.zip", made, "application/zip")


@router.post("/suivi/fermer", name="followup.close")
def close(request: Request, portal: PortalOf, visitor: VisitorOf, form: FormOf) -> Response:
    """End the follow-up on this device."""
    del form
    with portal.database.write() as session:
        sessions.close_session(session, visitor, FOLLOWING)
    return see(request, "home")


router.include_router(code.router)
router.include_router(contact.router)
router.include_router(messages.router)
router.include_router(proofs.router)
router.include_router(meeting.router)
router.include_router(withdrawing.router)
