"""« Exporter »: the complaint as a PDF, an archive or data; why it was taken out stays in the history."""

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Choices, Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, download, make_form, render
from app.base.web.reading import FormOf
from app.base.widgets import LongText, Radios
from app.evidence import queries as evidence
from app.evidence.purposes import EXPORT
from app.filing.documents import going_to
from app.filing.queries import OpenFiling
from app.filing.standing import TOLD_AUTHORITY
from app.intake import letters, packing, papers, service
from app.intake.acting import held
from app.intake.desk import DeskOf, frame
from app.intake.rules import EventKind
from app.intake.turn import take

router = APIRouter()


class As(Choices):
    """What is made."""

    ZIP = "zip", N_("Tout le dossier"), N_("Une archive : le PDF, les preuves, leurs empreintes et les données.")
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


@router.get("/agent/plaintes/{numero}/exporter", name="intake.export")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask what is taken out, and why."""
    return _show(request, clerk, held(portal, clerk, numero), {})


@router.post("/agent/plaintes/{numero}/exporter", name="intake.export.do")
def export(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Give it, once the history says why."""
    opened = held(portal, clerk, numero)
    parsed = parse(Export, form.typed)
    if parsed.values is None:
        return _show(request, clerk, opened, form.typed, dict(parsed.errors), 422)
    answer = _made(portal, clerk, opened, parsed.values.format)
    with portal.database.write() as session:
        opened = take(session, portal, clerk, numero, EventKind.EXPORTEE)
        service.trace(session, opened, clerk, EventKind.EXPORTEE, parsed.values.usage, portal.clock)
    return answer


def _made(portal: Portal, clerk: Clerk, opened: OpenFiling, kind: As) -> Response:
    number = opened.filing.number
    with portal.database.read() as session:
        acts = opened.acts
        rows = evidence.files_of(session, opened.filing.draft_id, opened.key)
        files = going_to(EXPORT, opened.payload, acts, rows)
        is_told = any(act["kind"] == TOLD_AUTHORITY for act in acts)
        letter = None if is_told or not opened.filing.informed else letters.to_authority(session, opened, clerk)
        data = service.document_of(opened)
    if kind is As.JSON:
        return download(f"plainte-{number}.json", data, "application/json")
    pdf = papers.whole_pdf(opened, files, letter, portal.clock())
    if kind is As.PDF:
        return download(f"plainte-{number}.pdf", pdf, "application/pdf")
    packed = [
        packing.Packed("plainte.pdf", lambda: pdf),
        packing.Packed("plainte.json", lambda: data),
        *papers.originals(portal, opened, files, acts),
    ]
    return packing.download(f"dossier-{number}.zip", packed, translate(papers.SORRY))


def _show(
    request: Request,
    clerk: Clerk,
    opened: OpenFiling,
    typed: Typed,
    mistakes: dict[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    form = make_form(request, Export, typed, mistakes)
    number = opened.filing.number
    return render(request, "intake/export.html", status=status, **frame(request, clerk), form=form, number=number)
