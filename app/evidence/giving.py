"""A file given back to whoever gave it: its copy without metadata, or a small picture; never the bytes that came."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from starlette.responses import Response

from app.base.crypto.vault import DecryptionError
from app.base.errors import N_, NotFound, Refusal
from app.base.portal import Portal
from app.base.web.pages import download
from app.evidence import store
from app.evidence.queries import FileRow, download_name
from app.evidence.reader.found import FINE

log = logging.getLogger("saisine.evidence")
HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "Accept-Ranges": "none"}
"""A file of a stranger, even drawn again by us, can do nothing."""


class NotReady(Refusal):
    """The file has just come, and its copy is not made yet."""

    code, status = "fichier_en_preparation", 409
    says = N_("Ce fichier vient d'arriver : il n'est pas encore prêt à être montré. Réessayez dans quelques secondes.")


class CannotBeShown(Refusal):
    """There is no copy of the file that could be shown, or it cannot be read."""

    code, status = "fichier_non_montre", 409
    says = N_("Ce fichier ne peut pas être montré ici. S'il est dans votre liste, il est bien reçu.")


@dataclass(frozen=True)
class OwnFile:
    """A file of those that its person may see, with the key that opens it, and its place in their list (from 1)."""

    row: FileRow
    key: bytes
    position: int


def among(rows: Sequence[FileRow], key: bytes, file_id: str) -> OwnFile:
    """Find a file among those that a person may see. Raises :class:`~app.base.errors.NotFound`."""
    found = next((OwnFile(row, key, place) for place, row in enumerate(rows, 1) if row.id == file_id), None)
    if found is None:
        raise NotFound
    return found


def copy_of(portal: Portal, own: OwnFile) -> Response:
    """Return the copy of a file, to be saved: the page it is asked from stays open, with what was typed in it.

    Raises :class:`NotReady`, :class:`CannotBeShown`.
    """
    kind = own.row.copy_type
    if not own.row.may_open:
        raise CannotBeShown
    if not kind:
        raise NotReady
    content = _read(own, lambda: store.read_part(portal.files, own.key, own.row.id, store.COPY))
    answer = download(download_name(own.position, kind), content, kind)
    answer.headers.update(HEADERS)
    return answer


def thumbnail_of(portal: Portal, own: OwnFile) -> Response:
    """Return a photo as a very small JPEG, drawn the first time. Raises ``NotFound``, :class:`CannotBeShown`."""
    if not own.row.has_thumbnail:
        raise NotFound
    with suppress(OSError, DecryptionError):
        return _thumbnail(store.read_part(portal.files, own.key, own.row.id, store.THUMBNAIL))
    content = _read(own, lambda: store.read(portal.files, own.key, own.row.id))
    found = portal.read_thumbnail(own.row.media_type, lambda: content)
    if found.verdict != FINE or not found.copy:
        raise NotFound
    with suppress(OSError):  # a full disk only means that it is drawn again
        store.write_part(portal.files, own.key, own.row.id, store.THUMBNAIL, found.copy)
    return _thumbnail(found.copy)


def _thumbnail(picture: bytes) -> Response:
    return Response(picture, media_type="image/jpeg", headers={**HEADERS, "Content-Disposition": "inline"})


def _read(own: OwnFile, give: Callable[[], bytes]) -> bytes:
    """Open what is sealed. Raises :class:`CannotBeShown`, which the journal tells."""
    try:
        return give()
    except (OSError, DecryptionError) as trouble:
        log.exception("a sealed file cannot be read", extra={"file": own.row.id})
        raise CannotBeShown from trouble
