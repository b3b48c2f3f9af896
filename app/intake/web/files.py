"""Routes of the files of a complaint: seen in the page as pictures of ours, saved as they came."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts import rights
from app.accounts.queries import Clerk
from app.accounts.service import access
from app.acts.kinds.lines import DANGEROUS
from app.acts.turn import ActPress, take
from app.base.crypto.vault import DecryptionError
from app.base.errors import N_, NotFound, Refusal
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import LongText
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.evidence import queries as evidence
from app.evidence import store
from app.evidence.antivirus import Scan
from app.evidence.giving import HEADERS
from app.evidence.queries import FileRow, download_name
from app.filing.acts.attachments import all_files
from app.filing.queries import OpenFiling, read_for
from app.filing.sealed.base import Sealed
from app.intake import rules
from app.intake.desk.case import actor_of
from app.intake.desk.page import DeskOf, frame, leave_trace, line_of
from app.intake.letters.masked_copies import masked_page
from app.intake.rows import DeskLine

log = logging.getLogger("saisine.intake")
router = APIRouter()


class FileUnreadable(Refusal):
    """The sealed file is missing or altered; told to the operator, and to the clerk."""

    code, status, way_out = "preuve_illisible", 503, "intake.list"
    says = N_("Cette preuve ne peut pas être lue. Prévenez l'administrateur du service.")


class Reason(Answers):
    """Why a file that the antivirus found dangerous is saved all the same."""

    motif: Annotated[
        str,
        LongText(
            label=N_("Pourquoi faut-il enregistrer ce fichier ?"),
            hint=N_("Votre réponse reste dans l'historique du dossier."),
            missing=N_("Écrivez pourquoi il faut enregistrer ce fichier."),
            longest=500,
            rows=3,
        ),
    ]


@dataclass(frozen=True)
class OpenedFile:
    """One file of a complaint, opened for a clerk who may read it."""

    line: DeskLine
    opened: OpenFiling
    file: FileRow
    given_name: str
    """The name under which it is saved: ours."""


def _piece(session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str, preuve: str) -> OpenedFile:
    """Find a file. Raises :class:`NotFound` for one of another complaint, or of one that this clerk does not read."""
    line = line_of(session, clerk, numero)
    opened = read_for(session, portal.keyring, numero, clerk.authority) if rules.is_id(preuve) else None
    rows = evidence.files_of(session, opened.filing.draft_id, opened.key) if opened else []
    sent = [file["id"] for file in all_files(opened.payload, opened.acts)] if opened else []
    file = next((row for row in rows if row.id == preuve), None)
    if opened is None or file is None or preuve not in sent:
        raise NotFound
    leave_trace(session, portal, clerk, line)
    session.close()  # the bytes of a file may be long to read, and a line may be written
    return OpenedFile(line, opened, file, download_name(sent.index(preuve) + 1, file.media_type))


PieceOf = Annotated[OpenedFile, Depends(_piece)]


@router.get("/agent/plaintes/{numero}/preuves/{preuve}", name="intake.evidence")
def save(request: Request, portal: PortalOf, clerk: DeskOf, piece: PieceOf) -> Response:
    """Return one file as it came, to be saved; one that no antivirus cleared asks for a second press first."""
    confirmed = request.query_params.get("confirme") == "oui"
    if piece.file.scan == Scan.CLEAN or (piece.file.scan == Scan.NOT_YET and confirmed):
        answer = _original(portal, piece)
        saved = access.Access(clerk.name, clerk.authority, "preuve_enregistree", piece.line.number)
        with portal.database.write() as session:
            access.note(session, saved, portal.clock())
        return answer
    return _ask(request, clerk, piece, make_form(request, Reason, {}))


@router.post("/agent/plaintes/{numero}/preuves/{preuve}", name="intake.evidence.force")
def save_all_the_same(request: Request, portal: PortalOf, clerk: DeskOf, form: FormOf, piece: PieceOf) -> Response:
    """Send a dangerous file to the manager who says why; the reason enters the history."""
    parsed = parse(Reason, form.typed)
    if parsed.values is None:
        return _ask(request, clerk, piece, make_form(request, Reason, form.typed, parsed.errors), status=422)
    answer = _original(portal, piece)
    with portal.database.write() as session:
        case = take(session, portal, actor_of(clerk), ActPress(piece.line.number, DANGEROUS, shown=piece.opened))
        case.write(DANGEROUS, Sealed(words=parsed.values.motif))
    return answer


@router.get("/agent/plaintes/{numero}/preuves/{preuve}/apercu", name="intake.preview")
def preview(request: Request, portal: PortalOf, clerk: DeskOf, piece: PieceOf) -> Response:
    """Show what a file holds, in pictures or words made again by us."""
    file, words = piece.file, ""
    if file.copy_type == "text/plain":
        words = _read(piece, lambda: _part(portal, piece, store.COPY)).decode()
    pages = range(1, file.pages + 1) if file.pages else range(file.copy_type == "image/jpeg")
    return render(request, "intake/preview.html", **_about(request, clerk, piece), pages=list(pages), words=words)


@router.get("/agent/plaintes/{numero}/preuves/{preuve}/apercu/{page}", name="intake.preview.page")
def preview_page(portal: PortalOf, piece: PieceOf, page: int) -> Response:
    """Return one picture: 0 for the copy of a photo, from 1 on for the pages of a document."""
    _pictured(piece, page)
    picture = _read(piece, lambda: _part(portal, piece, store.page_part(page) if page else store.COPY))
    return Response(picture, media_type="image/jpeg", headers=HEADERS)


@router.get("/agent/plaintes/{numero}/preuves/{preuve}/envoi/{page}", name="intake.preview.sent")
def sent_page(portal: PortalOf, piece: PieceOf, page: int) -> Response:
    """Return one picture as the professional receives it, its masked areas painted over."""
    picture = _read(piece, lambda: masked_page(portal, piece.opened, _pictured(piece, page), page))
    return Response(picture, media_type="image/jpeg", headers=HEADERS)


def _pictured(piece: OpenedFile, page: int) -> FileRow:
    """Return a file that has this picture. Raises :class:`NotFound`."""
    file = piece.file
    if not (1 <= page <= file.pages or (page == 0 and file.copy_type == "image/jpeg")):
        raise NotFound
    return file


def _ask(request: Request, clerk: Clerk, piece: OpenedFile, form: Any, status: int = 200) -> Response:
    """Say what is known of the danger, before a file is saved."""
    may_force = rights.may(clerk.role, rights.Right.FORCE)
    return render(
        request, "intake/save.html", status=status, **_about(request, clerk, piece), form=form, may_force=may_force
    )


def _about(request: Request, clerk: Clerk, piece: OpenedFile) -> dict[str, Any]:
    number = piece.opened.filing.number
    return frame(request, clerk) | {
        "number": number,
        "file": piece.file,
        "given_name": piece.given_name,
        "is_suspect": piece.file.scan == Scan.SUSPECT,
    }


def _original(portal: Portal, piece: OpenedFile) -> Response:
    content = _read(piece, lambda: store.read(portal.files, piece.opened.key, piece.file.id))
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{piece.given_name}"'}
    return Response(content, headers=headers | {"Content-Type": piece.file.media_type})


def _part(portal: Portal, piece: OpenedFile, part: str) -> bytes:
    return store.read_part(portal.files, piece.opened.key, piece.file.id, part)


def _read(piece: OpenedFile, give: Callable[[], bytes]) -> bytes:
    """Open what is sealed. Raises :class:`FileUnreadable`, which the journal tells."""
    try:
        return give()
    except (OSError, DecryptionError) as trouble:
        log.exception("a sealed file cannot be read", extra={"number": piece.line.number, "file": piece.file.id})
        raise FileUnreadable from trouble
