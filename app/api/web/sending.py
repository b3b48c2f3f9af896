"""``/api/v1/brouillons/{b}/envoi``: sending, by what the last button of the form does."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.api import answers
from app.api.clients import ApiCaller
from app.api.problems import NOT_HERE, NOT_WHOLE, ApiProblem
from app.api.web import described
from app.api.web.access import SenderOf
from app.api.web.answering import ApiRoute
from app.api.web.one_draft import lacking, refuse
from app.api.web.reading import JsonOf
from app.base.dates import local_day
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, portal_of
from app.filing import queries
from app.filing.models import Filing
from app.filing.receipt import mandate
from app.filing.sealed.payload import Complaint
from app.filing.web import sending
from app.saisine import by_software
from app.saisine.pages import LAST, PAGES
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MandateMode

router = APIRouter(prefix="/api/v1", tags=["envoi"], route_class=ApiRoute)


@router.post(
    "/brouillons/{b}/envoi",
    name="api.draft.send",
    status_code=201,
    summary="Send a complaint",
    responses=described.answers(400, 404, 409, 413, 415, 422, s200=described.SentTold, s201=described.SentTold),
    openapi_extra=described.body(described.Declared),
)
def send(request: Request, session: ReadOf, portal: PortalOf, caller: SenderOf, b: str, body: JsonOf) -> Response:
    """Send with the declarations of the last page; sent again, the same answer is given (200)."""
    found = by_software.own(session, portal.keyring, caller.software, b)
    if found is None:
        raise ApiProblem(404, NOT_HERE)
    draft = found.open
    if draft.is_sent:
        filing = queries.filing_of_draft(session, draft.id)
        return _received(request, filing, 200)
    declared, wrong = answers.typed_of(body.value, (LAST,))
    refuse(wrong, {})
    complaint = _complaint(session, portal, replace(draft, typed={**draft.typed, **declared}))
    if caller.sandbox:
        return _tried(session, portal, caller, draft, complaint)
    session.close()
    sender = replace(draft, software=caller.label)
    filing, is_ours = sending.deposit(portal, sender, complaint, lambda _: True)
    return _received(request, filing, 201 if is_ours else 200)


def _complaint(session: Session, portal: Portal, draft: OpenDraft) -> Complaint:
    """Walk the whole way. Raises :class:`ApiProblem` (422) with all that lacks."""
    prepared = sending.prepare(session, portal, draft, draft.typed)
    if prepared.complaint is None:
        errors = lacking(session, portal, draft, PAGES)
        raise ApiProblem(422, NOT_WHOLE, errors=errors, code="incomplete")
    return prepared.complaint


def _received(request: Request, filing: Filing | None, status: int) -> Response:
    if filing is None:  # erased since
        raise ApiProblem(404, NOT_HERE)
    link = path_of(request.app, "api.complaint.receipt", numero=filing.number)
    told = {
        "numero": filing.number,
        "recue_le": filing.received_at.isoformat(),
        "recepisse": f"{portal_of(request).settings.address}{link}",
        "essai": False,
    }
    headers = {"Location": path_of(request.app, "api.complaint", numero=filing.number)}
    return JSONResponse(told, status, headers if status == 201 else {})  # noqa: PLR2004


def _tried(session: Session, portal: Portal, caller: ApiCaller, draft: OpenDraft, complaint: Complaint) -> Response:
    """Check all that sending checks, and send nothing: the number is invented, nothing keeps it.

    Nobody answers the e-mail of a trial, which never leaves: its mandate is taken as given.
    """
    said, now = complaint.answers, portal.clock()
    today, contact = local_day(now), portal.settings.operator_contact
    if said["mandat_mode"] == MandateMode.EMAIL:
        mandate.check_agreement(session, caller.association, said, contact, today, translate)
    else:
        mandate.check(session, draft, caller.association, said, contact, today, translate)
    told: dict[str, Any] = {"numero": f"ESSAI-{draft.public}", "recue_le": now.isoformat(), "recepisse": None}
    return JSONResponse({**told, "essai": True}, 201)
