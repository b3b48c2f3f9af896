"""The scan of a complaint that a clerk is recording, beside the fields that are copied from it."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from app.base.crypto.vault import DecryptionError
from app.base.errors import NotFound
from app.base.portal import Portal
from app.base.web.pages import PortalOf
from app.evidence import drawing, store
from app.evidence.giving import HEADERS
from app.filing.web.uploads import Papers
from app.intake.rules import is_id
from app.intake.web.recording.sheet import PaperSheet, RecorderOf

router = APIRouter()


@dataclass(frozen=True)
class ScanPage:
    """One picture of the scan."""

    file: str
    name: str
    page: int
    """From 1 on; 0 for a photo."""


def pages_of(portal: Portal, sheet: PaperSheet, papers: Papers) -> list[ScanPage]:
    """Draw the scan that came; return its pictures in their order."""
    return [
        ScanPage(file.id, file.name, page) for file in papers.files for page in drawing.draw(portal, sheet.key, file)
    ]


@router.get("/agent/saisir/scan/{page}", name="intake.record.scan")
def picture(portal: PortalOf, clerk: RecorderOf, page: int, feuille: str = "", fichier: str = "") -> Response:
    """Return one picture of a scan to the clerk who gave it. Raises :class:`~app.base.errors.NotFound` for all else."""
    if not is_id(fichier) or not 0 <= page <= drawing.PAGES_MOST:
        raise NotFound
    sheet = PaperSheet.of(portal, clerk, feuille)
    try:
        drawn = store.read_part(portal.files, sheet.key, fichier, drawing.part_of(page))
    except (OSError, DecryptionError) as trouble:
        raise NotFound from trouble
    return Response(drawn, media_type="image/jpeg", headers=HEADERS)
