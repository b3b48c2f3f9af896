"""Sounds that are a row of frames or of chunks: how long they last, and the same sound with nothing beside it.

Each function returns the length in seconds and the bare sound; one in which no frame is found lasts 0 second.
"""

from collections.abc import Callable

from app.evidence.reader.found import UNREADABLE, FileRefused

FRAMES_MOST = 600_000
"""Frames of one sound: three hours of a telephone's voice, which is read in a third of a second."""
_CHUNK = 8
_HEARD = {b"fmt ", b"fact", b"data"}
_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_AAC_HEAD, _AAC_SAMPLES = 7, 1024
_NARROW = (12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0)
_WIDE = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0)
_AMR_A_SECOND, _AMR_ZERO = 50, 0x83
"""Frames in a second; bits of the first byte of a frame that are zero (RFC 4867, 5.3)."""
VOICES = {b"#!AMR-WB\n": _WIDE, b"#!AMR\n": _NARROW}
"""How an AMR file begins, with the bytes of a frame after its first one (RFC 4867, 5; 3GPP TS 26.101 and 26.201)."""


def aac(content: bytes) -> tuple[float, bytes]:
    """Read AAC in ADTS frames (ISO/IEC 13818-7, 6.2). Raises :class:`FileRefused` for too many."""

    def size(at: int) -> int:
        head = content[at : at + _AAC_HEAD]
        if len(head) < _AAC_HEAD or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:  # noqa: PLR2004
            return 0
        told = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        return told if told >= _AAC_HEAD else 0

    count, end = _row(len(content), 0, size)
    rate = content[2] >> 2 & 0xF if count else len(_RATES)
    return (count * _AAC_SAMPLES / _RATES[rate] if rate < len(_RATES) else 0), content[:end]


def amr(content: bytes) -> tuple[float, bytes]:
    """Read the voice of a telephone. Raises :class:`FileRefused` for too many frames."""
    start = next((start for start in VOICES if content.startswith(start)), b"")
    sizes = VOICES.get(start, ())

    def size(at: int) -> int:
        return 0 if not sizes or content[at] & _AMR_ZERO else 1 + sizes[content[at] >> 3 & 0xF]

    count, end = _row(len(content), len(start), size)
    return count / _AMR_A_SECOND, content[:end]


def _row(length: int, at: int, size: Callable[[int], int]) -> tuple[int, int]:
    """Count the frames that are whole; return where the last one ends."""
    count = 0
    while at < length and (step := size(at)) and at + step <= length:
        count, at = count + 1, at + step
        if count > FRAMES_MOST:
            raise FileRefused(UNREADABLE)
    return count, at


def wav(content: bytes) -> tuple[float, bytes]:
    """Read the chunks of a WAVE file (RIFF): what is heard is kept; a recorder that was cut left a size of 0."""
    at, kept, rate, heard = 12, list[bytes](), 0, 0
    while at + _CHUNK <= len(content) and not heard:
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + _CHUNK], "little")
        if kind == b"data":
            size = size or len(content)
        body = content[at + _CHUNK : at + _CHUNK + size]
        if kind == b"fmt ":
            rate = int.from_bytes(body[8:12], "little")
        heard = len(body) if kind == b"data" else 0
        if kind in _HEARD:
            kept.append(kind + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2))
        at += _CHUNK + size + size % 2
    bare = b"WAVE" + b"".join(kept)
    return (heard / rate if rate else 0), b"RIFF" + len(bare).to_bytes(4, "little") + bare
