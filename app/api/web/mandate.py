"""``/api/v1/brouillons/{b}/mandat``: the mandate of the person, asked for by e-mail or signed on paper."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.api.clients import ApiCaller
from app.api.problems import NOT_BY_MAIL, NOT_WHOLE, NOTHING_ASKED, ON_PAPER, ApiProblem
from app.api.web import described
from app.api.web.access import DraftReaderOf, MandateWriterOf
from app.api.web.answering import ApiRoute
from app.api.web.one_draft import lacking, unsent
from app.associations import registry
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf
from app.filing.receipt.mandate import NotAgreed
from app.filing.web import ask_mandate
from app.saisine import attached, by_software, mandate_requests
from app.saisine.pages import LAST
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MandateMode
from app.saisine.web.form import way_of

router = APIRouter(prefix="/api/v1", tags=["mandat"], route_class=ApiRoute)
NONE, ALREADY, SIGNED = "aucun", "mandat_donne", "papier"


@router.get(
    "/brouillons/{b}/mandat",
    name="api.mandate",
    summary="Where the mandate of a draft is",
    responses=described.answers(404, 409, s200=described.MandateTold),
)
def show(session: ReadOf, portal: PortalOf, caller: DraftReaderOf, b: str) -> Response:
    """Show its code and its sentence, the one that members read."""
    draft = unsent(by_software.own(session, portal.keyring, caller.software, b))
    return JSONResponse(_state(session, portal, draft.open))


@router.post(
    "/brouillons/{b}/mandat/demande",
    name="api.mandate.ask",
    status_code=201,
    summary="Ask for the mandate",
    responses=described.answers(404, 409, 422, s201=described.MandateAsked),
)
def ask(session: ReadOf, portal: PortalOf, caller: MandateWriterOf, b: str) -> Response:
    """Send the link to the person; ``code`` is to be told by voice, and is given this once.

    Asked again, another link and another code take their place. Nothing leaves in a trial.
    """
    draft = unsent(by_software.own(session, portal.keyring, caller.software, b)).open
    route = way_of(session, portal, draft.typed, draft, skipping=True)
    if route.pending is not None and route.pending.name != LAST.name:
        raise ApiProblem(422, NOT_WHOLE, errors=lacking(session, portal, draft), code="incomplete")
    if route.trail["mandat_mode"] != MandateMode.EMAIL:
        raise ApiProblem(409, NOT_BY_MAIL, code="mandat_papier")
    if mandate_requests.holds(session, draft):
        raise ApiProblem(409, mandate_requests.said_of(session, draft, portal.clock(), translate), code=ALREADY)
    if refused := ask_mandate.refusal(session, portal, caller.association):
        raise NotAgreed(refused)
    name = registry.row_of(session, caller.association).name
    session.close()
    code = _asked(portal, caller, draft, str(route.trail["email"]), name)
    return JSONResponse({"code": code, "essai": caller.sandbox}, 201, {"Cache-Control": "no-store"})


def _asked(portal: Portal, caller: ApiCaller, draft: OpenDraft, to: str, name: str) -> str:
    return mandate_requests.new_code() if caller.sandbox else ask_mandate.send(portal, draft, to, name)


def _state(session: Session, portal: Portal, draft: OpenDraft) -> dict[str, Any]:
    row, now = mandate_requests.of_draft(session, draft.id), portal.clock()
    if MandateMode.EMAIL not in draft.typed.get("mandat_mode", ()):
        papers = attached.mandates_of(session, draft)
        return {"etat": SIGNED if papers else NONE, "phrase": translate(ON_PAPER if papers else NOTHING_ASKED)}
    if row is None:
        return {"etat": NONE, "phrase": translate(NOTHING_ASKED)}
    state = mandate_requests.state_of(session, draft, row, now)
    return {"etat": state.value, "phrase": mandate_requests.said_of(session, draft, now, translate)}
