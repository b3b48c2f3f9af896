"""The boxes of an MP4 file (ISO/IEC 14496-12): whether one is a film, and those that tell about the sound."""

from collections.abc import Iterator

_BOX = 8
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf"}
_TOLD = {b"udta", b"meta", b"uuid"}
"""Boxes that tell about the sound (8.10 and 8.11)."""
_HANDLER = slice(2 * _BOX, 2 * _BOX + 4)
"""Where a box « hdlr » says what its track holds (8.4.3)."""


def has_film(content: bytes) -> bool:
    """Return whether a track holds moving pictures, whatever the brand of the file says."""
    found = _boxes(content, 0, len(content))
    return any(kind == b"hdlr" and content[at:end][_HANDLER] == b"vide" for kind, at, end in found)


def without_told(content: bytes) -> bytes:
    """Blank the boxes that tell, in their place: the sound itself is found by its distance from the start."""
    made = bytearray(content)
    for kind, at, end in _boxes(content, 0, len(content)):
        if kind in _TOLD:
            made[at + 4 : end] = b"free" + bytes(end - at - _BOX)
    return bytes(made)


def _boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """List the boxes and those inside them: kind, start and end; stop at the first that does not fit."""
    while at + _BOX <= end:
        size, kind, head = int.from_bytes(content[at : at + 4]), content[at + 4 : at + _BOX], _BOX
        if size == 0:
            size = end - at
        if size == 1:
            size, head = int.from_bytes(content[at + _BOX : at + 2 * _BOX]), 2 * _BOX
        if size < head or at + size > end:
            return
        yield kind, at, at + size
        if kind in _HOLDERS:
            yield from _boxes(content, at + head, at + size)
        at += size
