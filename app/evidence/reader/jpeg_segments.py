"""The segments of a JPEG file (ITU-T T.81, annex B): what describes the photo, apart from its pixels."""

START, SCAN = 0xD8, 0xDA
DESCRIBING = {0xE1, 0xED, 0xFE}
"""EXIF and XMP (APP1), Photoshop and IPTC (APP13), comments."""


def without_metadata(content: bytes) -> bytes:
    """Copy a JPEG file without its descriptions; bytes that are not one are given back as they are."""
    if content[:2] != bytes((0xFF, START)):
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != SCAN:  # noqa: PLR2004
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if content[at + 1] not in DESCRIBING:
            kept.append(content[at:end])
        at = end
    return b"".join((*kept, content[at:]))
