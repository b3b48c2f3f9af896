"""Sounds: their length, and the same sound without what was written beside it (names, places, pictures)."""

from io import BytesIO

from tinytag import TinyTag

from app.evidence.reader.found import UNREADABLE, FileReading, FileRefused

NAMES = {"audio/mpeg": "x.mp3", "audio/mp4": "x.m4a", "audio/ogg": "x.ogg"}
_ID3_HEAD, _ID3_TAIL = 10, 128
_BOX = 8
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf"}
_TOLD = {b"udta", b"meta", b"uuid"}
"""Boxes of an MP4 file that tell about the sound (ISO/IEC 14496-12, 8.10 and 8.11)."""


def check(content: bytes, media_type: str) -> FileReading:
    """Measure a sound. Raises :class:`FileRefused`."""
    tag = TinyTag.get(file_obj=BytesIO(content), filename=NAMES[media_type], tags=False)
    if not tag.duration or tag.duration < 0:
        raise FileRefused(UNREADABLE)
    return FileReading(seconds=max(1, round(tag.duration)))


def read(content: bytes, media_type: str) -> FileReading:
    """Measure a sound and copy it bare; a kind whose words cannot be taken out has no copy."""
    seconds = check(content, media_type).seconds
    if media_type == "audio/mpeg":
        return FileReading(seconds=seconds, copy_type=media_type, copy=_without_id3(content))
    if media_type == "audio/mp4":
        return FileReading(seconds=seconds, copy_type=media_type, copy=_without_told(content))
    return FileReading(seconds=seconds)


def _without_id3(content: bytes) -> bytes:
    """Cut the tags before and after the sound (ID3v2.4 §3.1: its size has 7 bits a byte; ID3v1)."""
    while content[:3] == b"ID3" and len(content) > _ID3_HEAD:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[_ID3_HEAD + size + (_ID3_HEAD if content[5] & 0x10 else 0) :]
    return content[:-_ID3_TAIL] if content[-_ID3_TAIL : -_ID3_TAIL + 3] == b"TAG" else content


def _without_told(content: bytes) -> bytes:
    """Blank the boxes that tell, in their place: the sound itself is found by its distance from the start."""
    made = bytearray(content)
    _blank(made, 0, len(made))
    return bytes(made)


def _blank(made: bytearray, at: int, end: int) -> None:
    while at + _BOX <= end:
        size, kind = int.from_bytes(made[at : at + 4]), bytes(made[at + 4 : at + _BOX])
        if size == 0:
            size = end - at
        if size == 1:
            size = int.from_bytes(made[at + _BOX : at + 2 * _BOX])
        if size < _BOX or at + size > end:
            return
        if kind in _TOLD:
            made[at + 4 : at + size] = b"free" + bytes(size - _BOX)
        elif kind in _HOLDERS:
            _blank(made, at + _BOX, at + size)
        at += size
