"""``/api/v1/plaintes``: where the complaints of a piece of software stand, as its association reads them."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.acts.kinds import past
from app.api import complaints
from app.api.clients import ApiCaller
from app.api.problems import NOT_HERE, WRONG_SHAPE, ApiProblem
from app.api.web import described
from app.api.web.access import ComplaintReaderOf
from app.api.web.answering import ApiRoute
from app.base import dates
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, download, portal_of
from app.filing import queries
from app.filing.acts.messages import Exchange, exchanges
from app.filing.documents import confirmation, receipt_file
from app.filing.documents.wording import of_the_person
from app.filing.history import history_of
from app.filing.models import Filing
from app.filing.queries import OpenFiling
from app.filing.sealed.receipt import Acknowledged
from app.filing.sealed.to_person import ToPerson
from app.filing.status.duties import owed, owed_on
from app.filing.status.mandate_powers import receives_letters
from app.procedure.law import rule_of

router = APIRouter(prefix="/api/v1", tags=["plaintes"], route_class=ApiRoute)


@router.get(
    "/plaintes",
    name="api.complaints",
    summary="The complaints of this software, by their last change",
    responses=described.answers(400, s200=described.ComplaintList),
)
def listing(
    request: Request, session: ReadOf, portal: PortalOf, caller: ComplaintReaderOf, depuis: str = "", apres: str = ""
) -> Response:
    """List those that changed since an instant; ``suite``: the ``apres`` of the next ones."""
    since = _read("depuis", depuis, complaints.instant_of)
    found = complaints.every(session, caller.software, since, _read("apres", apres, complaints.place_of))
    holder = caller.software.association
    rows = [
        {**_summary(request, session, portal, opened), "modifiee_le": one.at.isoformat()}
        for one in found
        if (opened := queries.open_for_association(session, portal.keyring, one.filing, holder))
    ]
    more = found[-1].place if len(found) == complaints.AT_ONCE else None
    return JSONResponse({"plaintes": rows, "suite": more})


@router.get(
    "/plaintes/{numero}",
    name="api.complaint",
    summary="Where one complaint stands",
    responses=described.answers(404, s200=described.WholeComplaint),
)
def show(request: Request, session: ReadOf, portal: PortalOf, caller: ComplaintReaderOf, numero: str) -> Response:
    """Show what is owed and what was done; what was written, under the power ``recevoir`` alone."""
    _, opened = _opened(session, portal, caller, numero)
    shown = confirmation.of(session, portal, opened, of_the_person)
    today = dates.local_day(portal.clock(), ZoneInfo(opened.filing.zone))
    told = {
        **_summary(request, session, portal, opened),
        "destinataire": shown.receiver,
        "informee": shown.informed,
        "echeances": [
            {"code": one.code, "quoi": translate(rule_of(one.code).label), "au_plus_tard": one.due_on.isoformat()}
            for one in owed_on(owed(opened.now, shown.due), today)
        ],
        "historique": [
            {"code": one.kind, "le": one.at.isoformat(), "quoi": translate(past(one.kind))}
            for one in history_of(session, opened.filing.id)
            if one.kind in complaints.READ
        ],
        "courriers": _written(opened),
    }
    return JSONResponse(told)


@router.get(
    "/plaintes/{numero}/recepisse",
    name="api.complaint.receipt",
    summary="The receipt as PDF",
    responses=described.answers(404),
)
def receipt(session: ReadOf, portal: PortalOf, caller: ComplaintReaderOf, numero: str) -> Response:
    """Give the same file as the desk does."""
    filing, _ = _opened(session, portal, caller, numero)
    made = receipt_file.recepisse(session, portal, filing)
    return download(f"recepisse-{filing.number}.pdf", made, "application/pdf")


def _opened(session: Session, portal: Portal, caller: ApiCaller, number: str) -> tuple[Filing, OpenFiling]:
    """Open a complaint of the caller. Raises :class:`ApiProblem` (404), also once the mandate ended."""
    filing = complaints.own(session, caller.software, number)
    holder = caller.software.association
    opened = queries.open_for_association(session, portal.keyring, filing, holder) if filing else None
    if filing is None or opened is None:
        raise ApiProblem(404, NOT_HERE)
    return filing, opened


def _summary(request: Request, session: Session, portal: Portal, opened: OpenFiling) -> dict[str, Any]:
    shown = confirmation.of(session, portal, opened, of_the_person)
    link = path_of(request.app, "api.complaint.receipt", numero=opened.number)
    return {
        "numero": opened.number,
        "recue_le": opened.filing.received_at.isoformat(),
        "etat": shown.state.as_told.value,
        "phrase": " ".join(filter(None, (shown.state_sentence, shown.lateness))),
        "recepisse": f"{portal_of(request).settings.address}{link}",
    }


def _written(opened: OpenFiling) -> Mapping[str, Any] | None:
    """Write what the authority and the person wrote; ``None`` without the power to receive the letters."""
    if not receives_letters(opened.now):
        return None
    letters = [(act.at, act.sealed) for act in opened.acts if isinstance(act.sealed, Acknowledged)]
    return {
        "accuses": [
            {"le": at.isoformat(), "texte": list(letter.letter), "message": letter.message, **_translated(letter)}
            for at, letter in letters
        ],
        "messages": [_message(one) for one in exchanges(opened.acts)],
        "explication": opened.now.explanation,
        **_translated(opened.now.explained),
    }


def _message(one: Exchange) -> Mapping[str, Any]:
    return {"le": one.at.isoformat(), "code": one.kind, "texte": one.text, **_translated(one)}


def _translated(said: ToPerson | Exchange | None) -> Mapping[str, Any]:
    own = said.translation if said else None
    return {"traduction": {"langue": own.language, "texte": own.text}} if own else {}


def _read(name: str, text: str, reader: Any) -> Any:
    """Read what an address says, when it does. Raises :class:`ApiProblem` (400)."""
    try:
        return reader(text) if text else None
    except ValueError:
        raise ApiProblem(400, WRONG_SHAPE, name=name) from None
