"""« Ajouter des preuves »: files sent after the complaint; chosen and described first, then sent at once by one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.acts import added_evidence
from app.base.errors import N_, Refusal
from app.base.forms.fields import FieldError, FieldErrors
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormData
from app.evidence import queries as evidence
from app.evidence import rules as limits
from app.evidence import service as files
from app.evidence import store
from app.evidence.purposes import EVIDENCE
from app.evidence.queries import FileRow
from app.evidence.receiving import intake_for, read_files
from app.filing.queries import OpenFiling, open_for_person
from app.followup.dependencies import FollowedOf
from app.saisine.web.current_draft import titles

router = APIRouter()
NOTHING = N_("Choisissez au moins un fichier.")
TOO_MANY = N_("Vous avez déjà envoyé des preuves 20 fois aujourd'hui. Continuez demain.")
PAST_TITLE = N_(
    "Depuis que cette page est ouverte, un fichier a été décrit autrement. Rien n'a été remplacé."
    " Pour garder ce que vous venez d'écrire, appuyez encore une fois sur le même bouton."
)


class NotOpen(Refusal):
    """The complaint was withdrawn, or its file is closed."""

    code, status, way_out = "dossier_termine", 409, "followup.home"
    says = N_("Ce dossier est terminé : vous ne pouvez plus rien y ajouter.")


class AddedProofs(Answers):
    """A14, after the receipt."""

    fichiers: Annotated[
        tuple[()],
        Files(
            label=N_("Choisir des fichiers"),
            hint=N_("Photos, PDF ou sons. 15 Mo par fichier, 20 fichiers à la fois."),
            accept=limits.ACCEPT,
            optional=False,
        ),
    ]


@dataclass(frozen=True)
class EvidenceUpload:
    """A form that came with files."""

    opened: OpenFiling
    form: FormData
    files: store.Intake


def _intake(session: ReadOf, portal: PortalOf, filing: FollowedOf) -> tuple[OpenFiling, store.Intake]:
    opened = open_for_person(session, portal.keyring, filing)
    if not opened.now.is_open:
        raise NotOpen
    room = added_evidence.room_left(session, opened)
    session.close()  # files may be long to come
    intake = intake_for(portal, opened.key, room, EVIDENCE.value)
    return opened, intake


async def upload(
    request: Request, portal: PortalOf, ready: Annotated[tuple[OpenFiling, store.Intake], Depends(_intake)]
) -> EvidenceUpload:
    """Receive a form with its files, sealed while they arrive. Raises :class:`NotOpen`."""
    opened, intake = ready
    return EvidenceUpload(opened, await read_files(request, portal, intake), intake)


UploadOf = Annotated[EvidenceUpload, Depends(upload)]


@router.get("/suivi/preuves", name="followup.proofs")
def read(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Show what was sent, what is ready to be sent, and a place to choose files."""
    opened = open_for_person(session, portal.keyring, filing)
    return _show(request, session, opened, is_sent=request.query_params.get("envoye") == "oui")


@router.post("/suivi/preuves", name="followup.proofs.do")
def receive(request: Request, session: ReadOf, portal: PortalOf, got: UploadOf) -> Response:
    """Keep the files that came, then do what the button said."""
    (trouble, past), form = _keep(portal, got), got.form
    if form.get("retirer"):
        added_evidence.take_back(portal, got.opened, form.get("retirer"))
    if past:
        return _show(request, session, got.opened, {"fichiers": FieldError(PAST_TITLE)}, titles=past, status=409)
    if trouble:
        return _show(request, session, got.opened, {"fichiers": FieldErrors(trouble)}, status=422)
    here = path_of(request.app, "followup.proofs")
    if form.get("retirer") or form.get("ajouter"):
        return RedirectResponse(f"{here}#fichiers-ajoutes", 303)
    told = added_evidence.send(portal, got.opened)
    if told is not added_evidence.AddOutcome.SENT:
        wrong = {"fichiers": FieldError(NOTHING if told is added_evidence.AddOutcome.NOTHING else TOO_MANY)}
        return _show(request, session, got.opened, wrong, status=422)
    return RedirectResponse(f"{here}?envoye=oui", 303)


def _keep(portal: Portal, got: EvidenceUpload) -> tuple[Sequence[FieldError], Mapping[str, str]]:
    """Keep the files and what is said of them; return what to tell of those that could not be kept, and past titles."""
    filing, key = got.opened.filing, got.opened.key
    with portal.database.write() as session:
        twice, told = files.attach(session, filing.id, key, got.files.done, portal.clock, beside=filing.draft_id)
        titled = files.set_titles(session, filing.id, key, titles(got.form))
    for file in twice:
        store.remove(portal.files, file.id)
    return [*got.files.mistakes, *told, *titled.told], titled.past


def _show(
    request: Request,
    session: Session,
    opened: OpenFiling,
    mistakes: Mapping[str, Any] | None = None,
    *,
    is_sent: bool = False,
    titles: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    ready: list[FileRow] = evidence.retitled(evidence.files_of(session, opened.filing.id, opened.key), titles or {})
    sent = added_evidence.sent_by_person(session, opened)
    return render(
        request,
        "followup/proofs.html",
        status=status,
        form=make_form(request, AddedProofs, {}, mistakes),
        number=opened.filing.number,
        ready=ready,
        sent=sent,
        is_sent=is_sent,
        is_open=opened.now.is_open,
        room=added_evidence.room_left(session, opened),
        is_full=len(sent) + len(ready) >= added_evidence.FILES_MOST,
    )
