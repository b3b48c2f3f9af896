"""Sounds: their length, and the same sound without what was written beside it (names, places, pictures)."""

from io import BytesIO

from tinytag import TinyTag

from app.evidence.reader import boxes, frames
from app.evidence.reader.found import FILM, UNREADABLE, FileReading, FileRefused

NAMES = {"audio/mpeg": "x.mp3", "audio/mp4": "x.m4a", "audio/ogg": "x.ogg"}
FRAMED = {"audio/aac": frames.aac, "audio/amr": frames.amr, "audio/wav": frames.wav}
KINDS = (*NAMES, *FRAMED)
_ID3_HEAD, _ID3_TAIL = 10, 128


def check(content: bytes, media_type: str) -> FileReading:
    """Measure a sound. Raises :class:`FileRefused`."""
    return _measured(_seconds(content, media_type))


def read(content: bytes, media_type: str) -> FileReading:
    """Measure a sound and copy it bare; a kind whose words cannot be taken out has no copy.

    Raises :class:`FileRefused`.
    """
    if media_type in FRAMED:
        length, copy = FRAMED[media_type](content)
        return FileReading(seconds=_measured(length).seconds, copy_type=media_type, copy=copy)
    seconds = check(content, media_type).seconds
    if media_type == "audio/mpeg":
        return FileReading(seconds=seconds, copy_type=media_type, copy=_without_id3(content))
    if media_type == "audio/mp4":
        return FileReading(seconds=seconds, copy_type=media_type, copy=boxes.without_told(content))
    return FileReading(seconds=seconds)


def _seconds(content: bytes, media_type: str) -> float:
    """Return how long a sound lasts. Raises :class:`FileRefused` for a film: the brand of an MP4 file says nothing."""
    if media_type in FRAMED:
        return FRAMED[media_type](content)[0]
    if media_type == "audio/mp4" and boxes.has_film(content):
        raise FileRefused(FILM)
    return TinyTag.get(file_obj=BytesIO(content), filename=NAMES[media_type], tags=False).duration or 0


def _measured(seconds: float) -> FileReading:
    if seconds <= 0:
        raise FileRefused(UNREADABLE)
    return FileReading(seconds=max(1, round(seconds)))


def _without_id3(content: bytes) -> bytes:
    """Cut the tags before and after the sound (ID3v2.4 §3.1: its size has 7 bits a byte; ID3v1)."""
    while content[:3] == b"ID3" and len(content) > _ID3_HEAD:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[_ID3_HEAD + size + (_ID3_HEAD if content[5] & 0x10 else 0) :]
    return content[:-_ID3_TAIL] if content[-_ID3_TAIL : -_ID3_TAIL + 3] == b"TAG" else content
