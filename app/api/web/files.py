"""``/api/v1/brouillons/{b}/pieces``: the files of a draft, under the limits and the sentences of the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from app.api.clients import ApiCaller
from app.api.problems import CORRECT, NO_FILE, NOT_HERE, NOT_KEPT, TOO_HEAVY, UNKNOWN_MEMBER, WRONG_SHAPE, ApiProblem
from app.api.rules import ApiScope
from app.api.web import described
from app.api.web.access import DraftReaderOf, DraftWriterOf, expect
from app.api.web.answering import ApiRoute
from app.api.web.one_draft import unsent
from app.base.forms.fields import FieldError, FieldErrors
from app.base.forms.typed_text import one_line
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf
from app.base.web.reading import FormData, read_body
from app.base.web.refused_forms import BadForm, TooBig
from app.evidence import queries as evidence
from app.evidence import rules as limits
from app.evidence import service, store
from app.evidence.purposes import EVIDENCE, MANDAT, TITLE
from app.evidence.queries import FileRow
from app.evidence.receiving import intake_for, not_papers, read_files
from app.saisine import attached, by_software
from app.saisine.by_software import SoftwareDraft
from app.saisine.steps.mandate import MANDATE_FILE

router = APIRouter(prefix="/api/v1", tags=["pièces"], route_class=ApiRoute)
FILES, USE, SHOWS = "fichiers", "usage", "description"
USES = (EVIDENCE, TITLE, MANDAT)


@dataclass(frozen=True)
class Sent:
    """Files that came, sealed on disk and attached to nothing yet, and what was said of them."""

    files: store.Intake
    purpose: str
    description: str

    def drop(self, portal: Portal, files: Sequence[store.Received] | None = None) -> None:
        """Remove the bytes of some files, of all of them when none are named."""
        for file in self.files.done if files is None else files:
            store.remove(portal.files, file.id)


async def upload(request: Request, portal: PortalOf, caller: DraftWriterOf, b: str) -> Sent:
    """Receive the files of a form. Raises :class:`ApiProblem` (400, 403, 404, 409, 413, 422): then none is kept."""
    intake = await run_in_threadpool(_intake, portal, caller, b)
    try:
        form = await read_files(request, portal, intake, read_body)
    except BadForm:
        raise ApiProblem(400, NO_FILE) from None
    except TooBig:
        raise ApiProblem(413, TOO_HEAVY) from None
    try:
        return await run_in_threadpool(_checked, portal, caller, form, intake)
    except ApiProblem:
        await run_in_threadpool(intake.abandon)
        raise


SentOf = Annotated[Sent, Depends(upload)]


@router.post(
    "/brouillons/{b}/pieces",
    name="api.files.add",
    status_code=201,
    summary="Add files to a draft",
    responses=described.answers(400, 404, 409, 413, 422, s201=described.PieceList),
    openapi_extra=described.FILES,
)
def add(portal: PortalOf, caller: DraftWriterOf, b: str, came: SentOf) -> Response:
    """Add one file or several; what is there already is there once, so that the same request may be sent again."""
    try:
        with portal.database.write() as session:
            draft = unsent(by_software.own(session, portal.keyring, caller.software, b, to_change=True))
            added = attached.add(session, draft.open, came.files.done, portal.clock, came.purpose)
            _describe(session, draft, came)
            _keep_mandates(session, portal, draft)
            rows = _same(session, draft, came)
    except ApiProblem:
        came.drop(portal)
        raise
    came.drop(portal, added.twice)
    return JSONResponse({"pieces": [shown(row) for row in rows]}, 201)


@router.get(
    "/brouillons/{b}/pieces",
    name="api.files",
    summary="The files of a draft, the oldest first",
    responses=described.answers(404, 409, s200=described.PieceList),
)
def listing(session: ReadOf, portal: PortalOf, caller: DraftReaderOf, b: str) -> Response:
    """List them with what each is for, and what was found wrong since it came."""
    draft = unsent(by_software.own(session, portal.keyring, caller.software, b))
    return JSONResponse({"pieces": [shown(row) for row in attached.files_of(session, draft.open)]})


@router.get(
    "/brouillons/{b}/pieces/{piece}",
    name="api.file",
    summary="One file of a draft",
    responses=described.answers(404, 409, s200=described.Piece),
)
def show(session: ReadOf, portal: PortalOf, caller: DraftReaderOf, b: str, piece: str) -> Response:
    """Show one of them: what was found wrong is known a moment after it came."""
    draft = unsent(by_software.own(session, portal.keyring, caller.software, b))
    found = next((row for row in attached.files_of(session, draft.open) if row.id == piece), None)
    if found is None:
        raise ApiProblem(404, NOT_HERE)
    return JSONResponse(shown(found))


@router.delete(
    "/brouillons/{b}/pieces/{piece}",
    name="api.file.erase",
    status_code=204,
    summary="Erase a file",
    responses=described.answers(404, 409),
)
def erase(portal: PortalOf, caller: DraftWriterOf, b: str, piece: str) -> Response:
    """Erase a file of a draft that is not sent."""
    with portal.database.write() as session:
        draft = unsent(by_software.own(session, portal.keyring, caller.software, b, to_change=True))
        if not service.detach(session, draft.open.id, piece):
            raise ApiProblem(404, NOT_HERE)
        _keep_mandates(session, portal, draft)
    store.remove(portal.files, piece)
    return Response(status_code=204)


def shown(row: FileRow) -> dict[str, Any]:
    """Write a file; ``probleme``: what is wrong with it, found after it came."""
    return {
        "id": row.id,
        "nom": row.name,
        "type": row.media_type,
        "taille": row.size,
        "sha256": row.sha256,
        USE: row.purpose,
        SHOWS: row.title,
        "ajoutee_le": row.added_at.isoformat(),
        "probleme": translate(row.trouble).format(nom=row.name) if row.trouble else None,
    }


def _intake(portal: Portal, caller: ApiCaller, b: str) -> store.Intake:
    with portal.database.read() as session:
        draft = unsent(by_software.own(session, portal.keyring, caller.software, b))
        room = evidence.room_left(session, draft.open.id)
    return intake_for(portal, draft.open.key, room, EVIDENCE.value)


def _checked(portal: Portal, caller: ApiCaller, form: FormData, intake: store.Intake) -> Sent:
    """Read what is said of the files, which may come before or after them: a mandate is then read again as one."""
    purpose, description = form.get(USE) or EVIDENCE.value, one_line(form.get(SHOWS))
    wrong: dict[str, FieldError] = {
        name[:80]: FieldError(UNKNOWN_MEMBER, name=name[:80]) for name in form.typed.keys() - {USE, SHOWS}
    }
    if purpose not in USES:
        wrong[USE] = FieldError(WRONG_SHAPE, name=USE)
    if len(description) > limits.TITLE_MOST:
        wrong[SHOWS] = FieldError(limits.TITLE_TOO_LONG, n=len(description) - limits.TITLE_MOST)
    if purpose == MANDAT:
        expect(caller, ApiScope.WRITE_MANDATES)
    mistakes = [*intake.mistakes, *(not_papers(portal, intake) if purpose == MANDAT else ())]
    if wrong or mistakes:
        files = {FILES: FieldErrors(mistakes)} if mistakes else {}
        said = {name: mistake.text(translate) for name, mistake in {**wrong, **files}.items()}
        raise ApiProblem(422, NOT_KEPT if mistakes else CORRECT, errors=said)
    if not intake.done:
        raise ApiProblem(400, NO_FILE)
    return Sent(intake, purpose, description)


def _describe(session: Session, draft: SoftwareDraft, came: Sent) -> None:
    if came.description:
        rows = _same(session, draft, came)
        titles = {row.id: (came.description, row.version) for row in rows}
        service.set_titles(session, draft.open.id, draft.open.key, titles)


def _same(session: Session, draft: SoftwareDraft, came: Sent) -> list[FileRow]:
    """List the files of the draft that hold what came, in that order."""
    there = {row.sha256: row for row in attached.files_of(session, draft.open)}
    return [there[sha256] for sha256 in dict.fromkeys(file.sha256 for file in came.files.done)]


def _keep_mandates(session: Session, portal: Portal, draft: SoftwareDraft) -> None:
    """Name the signed mandates in the answers, where the form reads them."""
    by_software.change(session, draft, {MANDATE_FILE: attached.mandates_of(session, draft.open)}, portal.clock)
