"""« Exporter »: the whole file, the complaint alone, or data; why it was taken out stays in the history."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from app.acts.kinds.lines import EXPORTED
from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Radios
from app.base.i18n import translate
from app.base.web.pages import download
from app.conciliation.export import parts, whole_file
from app.filing.sealed.base import Sealed
from app.filing.status.case_status import TOLD_AUTHORITY
from app.intake import service
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.intake.letters import sheets, zip_stream


class As(Choices):
    """What is made."""

    WHOLE = "dossier", N_("Tout le dossier, à lire"), N_("Un seul PDF, avec un sommaire et des numéros de page.")
    ZIP = (
        "zip",
        N_("Tout le dossier"),
        N_("Une archive : ce PDF, les lettres, les preuves, les données, les empreintes."),
    )
    PDF = "pdf", N_("La plainte seule"), N_("Un PDF à lire ou à imprimer.")
    JSON = "json", N_("Les données"), N_("Pour un autre logiciel.")


class Export(Answers):
    """What is taken out, and why."""

    format: Annotated[
        As,
        Radios(
            label=N_("Que voulez-vous exporter ?"), choices=As, missing=N_("Choisissez ce que vous voulez exporter.")
        ),
    ]
    usage: Annotated[
        str,
        LongText(
            label=N_("Pour quel usage ?"),
            hint=N_("Par exemple : envoi à l'autre autorité. Votre réponse reste dans l'historique."),
            missing=N_("Écrivez pour quel usage."),
            longest=500,
            rows=2,
        ),
    ]


@dataclass(frozen=True)
class ExportRequest:
    """What is taken out, and what for."""

    usage: str
    answer: Response


class ExportPage(ActPage):
    """What is taken out, and why; it is given once the history says so."""

    kind, path, model = EXPORTED, "exporter", Export

    def letter_of(self, case: DeskCase) -> str:
        """Return the transmission, whose letter goes with what is taken out until it is done."""
        return TOLD_AUTHORITY if parts.transmission(case) else self.kind

    def prepare(self, case: DeskCase, said: Export) -> ExportRequest:
        """Make it first: what cannot be made is not said to be taken out."""
        return ExportRequest(said.usage, _made(case, said.format))

    def content(self, case: DeskCase, said: ExportRequest) -> Sealed:  # noqa: ARG002
        """Keep the reason."""
        return Sealed(words=said.usage)

    def answer(self, request: Request, case: DeskCase, said: ExportRequest) -> Response:  # noqa: ARG002
        """Return what was asked."""
        return said.answer


def _made(case: DeskCase, kind: As) -> Response:
    number, opened, portal = case.number, case.opened, case.portal
    if kind is As.JSON:
        return download(f"plainte-{number}.json", service.document_of(opened), "application/json")
    files = parts.files_of(case)
    complaint = sheets.whole_pdf(opened, files, parts.transmission(case), portal.clock()) if kind != As.WHOLE else b""
    if kind is As.PDF:
        return download(f"plainte-{number}.pdf", complaint, "application/pdf")
    listed = parts.parts_of(case, files)
    written = whole_file.documents_of(listed)
    whole = whole_file.pdf_of(case, listed, written, parts.pieces_of(case, files))
    if kind is As.WHOLE:
        return download(f"dossier-{number}.pdf", b"".join(whole), "application/pdf")
    packed = [
        *whole_file.packed(listed, written, whole),
        zip_stream.Packed("plainte.pdf", lambda: complaint),
        zip_stream.Packed("plainte.json", lambda: service.document_of(opened)),
        *sheets.originals(portal, opened, files, opened.acts),
    ]
    return zip_stream.download(f"dossier-{number}.zip", packed, translate(sheets.SORRY))
