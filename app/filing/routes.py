"""The doors of receipt: the short form, which fills and sends on one page; the confirmation; the récépissé."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.accounts.service import sessions
from app.base.errors import NotFound, StorageTrouble
from app.base.fields import Mistake, Several, Typed
from app.base.portal import Portal
from app.base.web.errors import NOT_SENT
from app.base.web.pages import PortalOf, VisitorOf, download, render, see
from app.base.web.reading import FormData, FormOf, read_form
from app.evidence import queries as evidence
from app.evidence import rules as limits
from app.evidence import service as files
from app.evidence import store
from app.filing import competence, confirmation, queries, service
from app.filing.short_page import short_page
from app.saisine import queries as drafts
from app.saisine import service as drafting
from app.saisine.queries import OpenDraft
from app.saisine.short import COURT

router = APIRouter()


@dataclass(frozen=True)
class Upload:
    """A form that came with files: the draft it belongs to, what was typed, what was received."""

    draft: OpenDraft
    form: FormData
    files: store.Intake


def open_draft(b: str, portal: PortalOf, visitor: VisitorOf) -> OpenDraft:
    """Open the draft of this address for this device. Raises :class:`NotFound`."""
    with portal.database.read() as session:
        draft = drafts.open_draft(session, portal.keyring, b, visitor, portal.clock())
    if draft is None:
        raise NotFound
    return draft


DraftOf = Annotated[OpenDraft, Depends(open_draft)]


async def upload(request: Request, portal: PortalOf, draft: DraftOf) -> Upload:
    """Receive a form with its files, sealed while they arrive under the key of the draft."""
    intake = await run_in_threadpool(_intake, portal, draft)
    try:
        form = await read_form(request, None if draft.is_sent else intake)
    except BaseException:
        intake.abandon()
        raise
    return Upload(draft, form, intake)


UploadOf = Annotated[Upload, Depends(upload)]


def _intake(portal: Portal, draft: OpenDraft) -> store.Intake:
    with portal.database.read() as session:
        count, size = evidence.count_and_size(session, draft.id)
    return store.Intake(portal.files, draft.key, limits.FILES_MOST - count, limits.TOTAL_MOST - size)


@router.get("/saisine/{b}/court", name="filing.short")
def short(request: Request, portal: PortalOf, draft: DraftOf) -> Response:
    """A21: the short form, with what was typed before."""
    if draft.is_sent:
        return render(request, "filing/already.html", b=draft.public)
    return short_page(request, portal, draft, draft.typed)


@router.post("/saisine/{b}/court", name="filing.short.send")
def send_short(request: Request, portal: PortalOf, visitor: VisitorOf, got: UploadOf) -> Response:
    """Keep what was typed and the files; send when everything is there and nothing else was asked."""
    if got.draft.is_sent:
        return see(request, "filing.confirmation", b=got.draft.public)
    try:
        trouble = _keep(portal, visitor, got)
        removing, adding = got.form.get("retirer"), got.form.get("ajouter")
        if removing:
            _remove(portal, got.draft, removing)
        if (removing or adding) and not trouble:
            return see(request, "filing.short", b=got.draft.public)
        return _send(request, portal, got.draft, got.form.typed, trouble, checking=not adding)
    except StorageTrouble:
        return short_page(request, portal, got.draft, got.form.typed, banner=NOT_SENT, status=503)


@router.post("/saisine/{b}/envoyer", name="filing.send")
def send(request: Request, portal: PortalOf, draft: DraftOf, form: FormOf) -> Response:
    """Send a draft that was filled before; the declarations come with the press."""
    if draft.is_sent:
        return see(request, "filing.confirmation", b=draft.public)
    typed = {**draft.typed, **form.typed}
    try:
        return _send(request, portal, draft, typed)
    except StorageTrouble:
        return short_page(request, portal, draft, typed, banner=NOT_SENT, status=503)


@router.get("/saisine/{b}/envoyer", name="filing.send.read")
def send_read(request: Request, draft: DraftOf) -> Response:
    """Bring back whoever reloads the address of the last button."""
    return see(request, "filing.confirmation" if draft.is_sent else "filing.short", b=draft.public)


def _send(
    request: Request,
    portal: Portal,
    draft: OpenDraft,
    typed: Typed,
    trouble: Sequence[Mistake] = (),
    *,
    checking: bool = True,
) -> Response:
    """Check, then receive in one transaction; the answer leaves once it is on disk."""
    parsed = COURT.parse(typed)
    with portal.database.read() as session:
        settled = competence.settle(session, typed, parsed.values)
    mistakes = {**parsed.errors, **settled.mistakes} if checking else {}
    if trouble:
        mistakes["fichiers"] = Several(trouble)
    if mistakes or settled.complaint is None:
        return short_page(
            request, portal, draft, typed, mistakes, settled.offered, out_of_scope=settled.out_of_scope, status=422
        )
    code = service.PersonalCode.draw(portal.keyring)
    with portal.database.write() as session:
        service.receive(
            session, portal.keyring, draft, settled.complaint, code, portal.clock, confirmation.words(portal)
        )
    return see(request, "filing.confirmation", b=draft.public)  # only here is the filing on disk


def _keep(portal: Portal, visitor: str, got: Upload) -> list[Mistake]:
    """Keep the words and the files that were received; tell which files were not."""
    with portal.database.write() as session:
        sessions.touch(session, visitor, drafts.DRAFT, portal.clock())
        typed = {name: values for name, values in got.form.typed.items() if name in COURT.answers.model_fields}
        drafting.save(session, got.draft.id, got.draft.key, typed, portal.clock)
        twice, told = files.attach(session, got.draft.id, got.draft.key, got.files.done, portal.clock)
    for file in twice:
        store.remove(portal.files, file.id)
    return [*got.files.mistakes, *(told if got.form.get("ajouter") else ())]


def _remove(portal: Portal, draft: OpenDraft, file_id: str) -> None:
    with portal.database.write() as session:
        is_gone = files.detach(session, draft.id, file_id)
    if is_gone:
        store.remove(portal.files, file_id)


@router.get("/saisine/{b}/confirmation", name="filing.confirmation")
def confirm(request: Request, portal: PortalOf, draft: DraftOf) -> Response:
    """A20: the number, the hour, the code, what comes next."""
    with portal.database.read() as session:
        filing = queries.filing_of_draft(session, draft.id)
        if filing is None:
            return see(request, "filing.short", b=draft.public)
        shown = confirmation.of(session, portal, filing)
        code = confirmation.code_still_shown(session, portal, draft, filing)
    return render(request, "filing/confirmation.html", b=draft.public, shown=shown, code=code)


@router.get("/saisine/{b}/recepisse", name="filing.recepisse")
def recepisse(portal: PortalOf, draft: DraftOf) -> Response:
    """Give the récépissé on the device that sent."""
    with portal.database.read() as session:
        filing = queries.filing_of_draft(session, draft.id)
        if filing is None:
            raise NotFound
        return download(
            f"recepisse-{filing.number}.pdf", confirmation.recepisse(session, portal, filing), "application/pdf"
        )
