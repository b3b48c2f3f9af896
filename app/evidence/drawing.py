"""What a file shows, drawn again by us before anything names it: the scan of a paper that a clerk copies from."""

from collections.abc import Sequence
from contextlib import suppress

from app.base.crypto.vault import DecryptionError
from app.base.portal import Portal
from app.evidence import store
from app.evidence.reader.found import FINE
from app.evidence.store import Received

PHOTO = 0
"""The picture of a file that is a photo; those of a document are its pages, from 1 on."""
PAGES_MOST = 12


def part_of(page: int) -> str:
    """Return the part of a sealed file that holds one of its pictures."""
    return store.page_part(page) if page else store.COPY


def draw(portal: Portal, key: bytes, file: Received) -> Sequence[int]:
    """Draw the pictures of a file that has just come, once; return their numbers. Nothing for what cannot be drawn."""
    drawn = [page for page in range(PAGES_MOST + 1) if store.path_of(portal.files, file.id, part_of(page)).exists()]
    if drawn:
        return drawn
    try:
        found = portal.read_file(file.media_type, lambda: store.read(portal.files, key, file.id))
    except (OSError, DecryptionError):
        return []
    if found is None or found.verdict != FINE:
        return []
    pictures = dict(enumerate(found.pages[:PAGES_MOST], 1))
    if not pictures and found.copy_type == "image/jpeg":
        pictures = {PHOTO: found.copy}
    with suppress(OSError):  # a full disk only means that the scan is not beside the fields
        for page, picture in pictures.items():
            store.write_part(portal.files, key, file.id, part_of(page), picture)
    return list(pictures)
