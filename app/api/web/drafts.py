"""``/api/v1/brouillons``: drafts that an association's software begins, and that its members finish on their desk."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.api import answers
from app.api.answers import Review, Words
from app.api.idempotency import keyed, once
from app.api.problems import NO_VERSION, UNKNOWN_MEMBER, WRONG_SHAPE, ApiProblem
from app.api.web import described
from app.api.web.access import DraftReaderOf, DraftWriterOf
from app.api.web.answering import ApiRoute
from app.api.web.one_draft import REFERENCE, answer, refuse, reviewed, same_version, summary, unsent
from app.api.web.reading import JsonOf
from app.associations.own_records import LONGEST_REFERENCE
from app.base.forms.fields import FieldError, Typed
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf
from app.evidence import service as files
from app.evidence import store
from app.saisine import by_software, service
from app.saisine.web.draft_route import known_of

IfMatch = Annotated[str, Header(max_length=1000)]

router = APIRouter(prefix="/api/v1", tags=["brouillons"], route_class=ApiRoute)


@router.post(
    "/brouillons",
    name="api.drafts.begin",
    status_code=201,
    summary="Begin a draft",
    responses=described.answers(400, 409, 413, 415, 422, s201=described.WholeDraft),
    openapi_extra=described.body(described.DraftBody),
)
def begin(
    request: Request,
    portal: PortalOf,
    caller: DraftWriterOf,
    body: JsonOf,
    idempotency_key: Annotated[str, Header(max_length=1000)] = "",
) -> Response:
    """Begin a draft, complete or not; a value that the form would refuse is refused (422)."""
    asked = keyed(portal.keyring, caller.software.client, idempotency_key, request.url.path, body.raw)
    changes, reference = _read(body.value, "")
    found: Review | None = None
    with portal.database.write() as session:

        def make() -> str:
            nonlocal found
            kept, found = _checked(session, portal, changes, {})
            return by_software.begin(session, portal.keyring, caller.software, kept, reference, portal.clock)

        status, draft_id = once(session, asked, 201, portal.clock(), make)
        draft = by_software.by_id(session, portal.keyring, caller.software, draft_id)
        return answer(request, session, caller, draft, found, status)


@router.get(
    "/brouillons",
    name="api.drafts",
    summary="The drafts of this software, the oldest first",
    responses=described.answers(s200=described.DraftList),
)
def listing(request: Request, session: ReadOf, portal: PortalOf, caller: DraftReaderOf, apres: str = "") -> Response:
    """List some drafts without their answers; ``suite``: the ``apres`` of the next ones."""
    found = by_software.every(session, portal.keyring, caller.software, apres)
    rows = [summary(request, caller, one, reviewed(session, portal, one)) for one in found]
    more = found[-1].open.public if len(found) == by_software.AT_ONCE else None
    return JSONResponse({"brouillons": rows, "suite": more})


@router.get(
    "/brouillons/{b}",
    name="api.draft",
    summary="One draft, with its answers and what is left to answer",
    responses=described.answers(404, s200=described.WholeDraft),
)
def show(request: Request, session: ReadOf, portal: PortalOf, caller: DraftReaderOf, b: str) -> Response:
    """Show a draft; its ETag is what ``If-Match`` asks for."""
    return answer(request, session, caller, by_software.own(session, portal.keyring, caller.software, b))


@router.patch(
    "/brouillons/{b}",
    name="api.draft.change",
    summary="Change some answers (RFC 7396)",
    responses=described.answers(404, 409, 412, 413, 415, 422, 428, s200=described.WholeDraft),
    openapi_extra=described.body(described.DraftBody, "application/merge-patch+json"),
)
def change(
    request: Request,
    portal: PortalOf,
    caller: DraftWriterOf,
    b: str,
    body: JsonOf,
    if_match: IfMatch = "",
) -> Response:
    """Keep some answers beside the others; ``null`` takes one away."""
    with portal.database.write() as session:
        draft = unsent(by_software.own(session, portal.keyring, caller.software, b, to_change=True))
        if not if_match.strip():
            raise ApiProblem(428, NO_VERSION)
        same_version(draft, if_match)
        changes, reference = _read(body.value, draft.reference)
        kept, found = _checked(session, portal, changes, draft.open.typed)
        by_software.change(session, draft, kept, portal.clock)
        by_software.refer(session, portal.keyring, caller.software, draft, reference)
        return answer(request, session, caller, by_software.own(session, portal.keyring, caller.software, b), found)


@router.delete(
    "/brouillons/{b}",
    name="api.draft.erase",
    status_code=204,
    summary="Erase a draft and its files",
    responses=described.answers(404, 409, 412, 422),
)
def erase(portal: PortalOf, caller: DraftWriterOf, b: str, if_match: IfMatch = "") -> Response:
    """Erase everything of a draft that is not sent; with ``If-Match``, only the version that was read."""
    with portal.database.write() as session:
        draft = unsent(by_software.own(session, portal.keyring, caller.software, b, to_change=True))
        if if_match.strip():
            same_version(draft, if_match)
        gone = files.detach_all(session, draft.open.id)
        service.erase(session, draft.open.id)
    for file_id in gone:
        store.remove(portal.files, file_id)
    return Response(status_code=204)


def _read(body: Mapping[str, Any], before: str) -> tuple[Words, str]:
    """Read the members of a body. Raises :class:`ApiProblem` (422) with the errors by field."""
    given, reference = body.get("reponses", {}), body.get(REFERENCE, before)
    reference = "" if reference is None else reference
    wrong = {name[:80]: FieldError(UNKNOWN_MEMBER, name=name[:80]) for name in body.keys() - {"reponses", REFERENCE}}
    if not isinstance(given, dict):
        wrong["reponses"] = FieldError(WRONG_SHAPE, name="reponses")
    if not isinstance(reference, str) or len(reference) > LONGEST_REFERENCE or not reference.isprintable():
        wrong[REFERENCE] = FieldError(WRONG_SHAPE, name=REFERENCE)
    typed, mistakes = answers.typed_of(given if isinstance(given, dict) else {})
    refuse({**wrong, **mistakes}, {})
    return typed, reference


def _checked(session: Session, portal: Portal, changes: Words, before: Typed) -> tuple[Words, Review]:
    """Return what to keep of some answers, and what the form says of all of them.

    Raises :class:`ApiProblem` (422) when it would refuse one of these.
    """
    known = known_of(session, portal)
    kept, wrong = answers.settle(session, changes, before, known)
    found = answers.review({**before, **kept}, known)
    refuse({**found.wrong, **wrong}, found.trail)
    return kept, found
