"""The segments of a JPEG file (ITU-T T.81, annex B): what describes the photo, apart from its pixels."""

import re

START, END, SCAN = 0xD8, 0xD9, 0xDA
DESCRIBING = {0xE1, 0xED, 0xFE}
"""EXIF and XMP (APP1), Photoshop and IPTC (APP13), comments."""
ALONE = {0x01, *range(0xD0, 0xD8), START}
"""Markers without a length."""
MARKER = re.compile(rb"\xff+([^\x00\xff])", re.DOTALL)
"""Any number of fill bytes may come before a marker (B.1.1.2); decoders skip what is none."""


def without_metadata(content: bytes) -> bytes:
    """Copy a JPEG file without its descriptions; bytes that are not one are given back as they are."""
    if content[:2] != bytes((0xFF, START)):
        return content
    kept, at = [content[:2]], 2
    while (found := MARKER.search(content, at)) and found[1][0] not in {SCAN, END}:
        code, end = found[1][0], found.end()
        if code not in ALONE:
            end += max(2, int.from_bytes(content[end : end + 2]))
        if code not in DESCRIBING:
            kept.append(content[found.end() - 2 : end])
        at = end
    rest = found.end() - 2 if found else len(content)
    return b"".join((*kept, content[rest:]))
