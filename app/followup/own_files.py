"""The files that the person sent, or is about to send, shown to them again."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.acts import added_evidence
from app.base.web.pages import PortalOf, ReadOf
from app.evidence import giving
from app.evidence.giving import OwnFile
from app.filing.queries import open_for_person
from app.followup.dependencies import FollowedOf

router = APIRouter()


def own_file(session: ReadOf, portal: PortalOf, filing: FollowedOf, preuve: str) -> OwnFile:
    """Find a file of this complaint that is the person's. Raises :class:`~app.base.errors.NotFound`."""
    opened = open_for_person(session, portal.keyring, filing)
    found = giving.among(added_evidence.own_files(session, opened), opened.key, preuve)
    session.close()  # the bytes of a file may be long to read
    return found


OwnFileOf = Annotated[OwnFile, Depends(own_file)]


@router.get("/suivi/fichiers/{preuve}", name="followup.file")
def show(portal: PortalOf, own: OwnFileOf) -> Response:
    """Return the copy of a file."""
    return giving.copy_of(portal, own)


@router.get("/suivi/fichiers/{preuve}/vignette", name="followup.file.thumbnail")
def thumbnail(portal: PortalOf, own: OwnFileOf) -> Response:
    """Return a photo, very small."""
    return giving.thumbnail_of(portal, own)
