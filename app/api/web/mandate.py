"""``/api/v1/brouillons/{b}/mandat``: the mandate of the person, asked for by e-mail or signed on paper."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.api import answers
from app.api.problems import NOT_AUTOMATIC, NOT_BY_MAIL, NOT_WHOLE, NOTHING_ASKED, ON_PAPER, ApiProblem
from app.api.rules import ApiScope
from app.api.web import described
from app.api.web.access import DraftReaderOf, MandateWriterOf, expect
from app.api.web.answering import ApiRoute
from app.api.web.one_draft import lacking, refuse, unsent
from app.api.web.reading import JsonOrNothingOf
from app.associations import registry
from app.base.forms.fields import FieldError, Typed
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf
from app.filing.receipt.mandate import NotAgreed
from app.filing.web import ask_mandate, automatic_sending
from app.saisine import attached, by_software, mandate_requests
from app.saisine.journey import Route
from app.saisine.pages import LAST, PAGES
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MandateMode
from app.saisine.web.draft_route import way_of

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
    responses=described.answers(400, 404, 409, 413, 422, s201=described.MandateAsked),
    openapi_extra=described.body(described.Declared, required=False),
)
def ask(session: ReadOf, portal: PortalOf, caller: MandateWriterOf, b: str, body: JsonOrNothingOf) -> Response:
    """Send the link to the person; ``code`` is to be told by voice, and is given this once.

    With ``envoi_auto``, the declarations of the last page come now, and the yes of the person sends. Asked again,
    another link and another code take their place. Nothing leaves in a trial.
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
    if automatic_sending.is_wanted(route):
        expect(caller, ApiScope.SEND)
    said = _declared(session, portal, draft, route, body.value)
    asker = registry.row_of(session, caller.association).name
    session.close()
    if caller.sandbox:
        code = mandate_requests.new_code()
    else:
        code = ask_mandate.send(portal, draft, str(route.trail["email"]), asker, said)
    told = {"code": code, "envoi_auto": bool(said), "essai": caller.sandbox}
    return JSONResponse(told, 201, {"Cache-Control": "no-store"})


def _declared(session: Session, portal: Portal, draft: OpenDraft, route: Route, body: Mapping[str, Any]) -> Typed:
    """Read the declarations of the last page, asked when the yes of the person is to send, and then alone.

    Raises :class:`ApiProblem` (422).
    """
    said, wrong = answers.typed_of(body, (LAST,))
    if not automatic_sending.is_wanted(route):
        wrong |= {name: FieldError(NOT_AUTOMATIC) for name in said}
    refuse(wrong, {})
    if automatic_sending.is_wanted(route):
        declared = replace(draft, typed={**draft.typed, **said})
        if way_of(session, portal, declared.typed, declared, skipping=True).pending:
            raise ApiProblem(422, NOT_WHOLE, errors=lacking(session, portal, declared, PAGES), code="incomplete")
    return said


def _state(session: Session, portal: Portal, draft: OpenDraft) -> dict[str, Any]:
    row, now = mandate_requests.of_draft(session, draft.id), portal.clock()
    if MandateMode.EMAIL not in draft.typed.get("mandat_mode", ()):
        papers = attached.mandates_of(session, draft)
        return {"etat": SIGNED if papers else NONE, "phrase": translate(ON_PAPER if papers else NOTHING_ASKED)}
    if row is None:
        return {"etat": NONE, "phrase": translate(NOTHING_ASKED)}
    state = mandate_requests.state_of(session, draft, row, now)
    return {"etat": state.value, "phrase": mandate_requests.said_of(session, draft, now, translate)}
