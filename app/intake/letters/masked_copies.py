"""The copies that leave with areas painted over: made from the copy without metadata each time, and kept nowhere."""

from collections.abc import Sequence

from app.base.crypto.vault import DecryptionError
from app.base.portal import Portal
from app.evidence import store
from app.evidence.queries import FileRow
from app.evidence.reader.found import FINE
from app.filing.queries import OpenFiling
from app.filing.status.masks import Area, areas_of


def masked_copy(portal: Portal, opened: OpenFiling, file: FileRow) -> bytes:
    """Paint over the areas of a file that are masked. Raises ``OSError`` when no copy without them can be made."""
    return _painted(portal, opened, file, store.COPY, file.copy_type, areas_of(opened.acts, file.id))


def masked_page(portal: Portal, opened: OpenFiling, file: FileRow, page: int) -> bytes:
    """Give one picture of a file as it leaves: 0 for a photo, from 1 on for the pages. Raises ``OSError``."""
    part = store.page_part(page) if page else store.COPY
    areas = [area for area in areas_of(opened.acts, file.id) if area[0] == page]
    return _painted(portal, opened, file, part, "image/jpeg", areas)


def can_be_made(portal: Portal, opened: OpenFiling, file: FileRow, areas: Sequence[Area]) -> bool:
    """Return whether a copy without these areas can be made."""
    try:
        return bool(_painted(portal, opened, file, store.COPY, file.copy_type, areas))
    except OSError:
        return False


def _painted(
    portal: Portal, opened: OpenFiling, file: FileRow, part: str, media_type: str, areas: Sequence[Area]
) -> bytes:
    try:
        content = store.read_part(portal.files, opened.key, file.id, part)
    except DecryptionError as trouble:
        raise OSError(file.id) from trouble
    if not areas:
        return content
    found = portal.mask(media_type, lambda: content, areas)
    if found.verdict != FINE or not found.copy:
        raise OSError(file.id)
    return bytes(found.copy)
