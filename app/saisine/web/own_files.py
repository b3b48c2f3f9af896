"""The files of a draft that is not sent, shown again to whoever fills it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.base.errors import NotFound
from app.base.web.pages import PortalOf, ReadOf
from app.evidence import giving
from app.evidence.giving import OwnFile
from app.saisine import attached
from app.saisine.web.current_draft import DraftOf

router = APIRouter()


def own_file(session: ReadOf, draft: DraftOf, preuve: str) -> OwnFile:
    """Find a file of this draft. Raises ``NotFound``; once it is sent, the follow-up shows it."""
    if draft.is_sent:
        raise NotFound
    found = giving.among(attached.files_of(session, draft), draft.key, preuve)
    session.close()  # the bytes of a file may be long to read
    return found


OwnFileOf = Annotated[OwnFile, Depends(own_file)]


@router.get("/saisine/{b}/fichiers/{preuve}", name="saisine.file")
def show(portal: PortalOf, own: OwnFileOf) -> Response:
    """Return the copy of a file."""
    return giving.copy_of(portal, own)


@router.get("/saisine/{b}/fichiers/{preuve}/vignette", name="saisine.file.thumbnail")
def thumbnail(portal: PortalOf, own: OwnFileOf) -> Response:
    """Return a photo, very small."""
    return giving.thumbnail_of(portal, own)
