"""Photos: opened to be checked, decoded and encoded again to be shown and handed on."""

import math
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO

import pi_heif
from PIL import Image, ImageFile

from app.evidence.reader import strips
from app.evidence.reader.areas import painted
from app.evidence.reader.found import CUT, POOR, UNSAFE, VAST, Area, FileReading, FileRefused
from app.evidence.reader.squares import of as squares_of

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
READS_MOST = 20_000
"""Times that a decoder may ask for bytes before it knows the frame of a photo: a camera's takes less than a thousand,
a file of nothing but empty segments or chunks would take millions."""
LOGO_MOST = 600, 300
"""Pixels of a logo: 60 mm on paper at 250 dots an inch."""
THUMBNAILS = ((160, 70), (160, 45), (120, 40), (80, 30))
"""Longest side (pixels) and quality of a very small picture, from the best on; the last one always fits."""
THUMBNAIL_MOST = 6 * 1024
"""Bytes of a very small picture: a page shows twenty of them, on a telephone's line."""
QUALITY = 85
"""Of a copy: small print of a photographed page stays legible."""
PIXELS_MOST = {"JPEG": 200_000_000, "PNG": 80_000_000}
PIXELS_ELSE = 50_000_000
"""Pixels that a photo may have: only a JPEG can be decoded already reduced, and one that is drawn in several passes is
held whole all the same; other decoders than PNG's hold them twice."""
HELD_MOST = 80_000_000
"""Pixels, once reduced by the decoder, that the memory holds with what is drawn from them."""
LEGIBLE, CONTRASTED, FLAT = 1000, 32, 4
"""Shortest side (pixels) at which a page can be read; differences of light, out of 255, of a picture that shows
something, and of one that shows nothing."""

pi_heif.register_heif_opener(thumbnails=False)
Image.init()
Image.MAX_IMAGE_PIXELS = max(PIXELS_MOST.values())
ImageFile.LOAD_TRUNCATED_IMAGES = True  # half a photo still shows something


class Patient(BytesIO):
    """The bytes of a photo, asked for a bounded number of times until its frame is known."""

    left = READS_MOST

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes. Raises :class:`FileRefused`."""
        self.left -= 1
        if self.left < 0:
            raise FileRefused(UNSAFE)
        return super().read(size)


def check(content: bytes, media_type: str) -> FileReading:
    """Read the frame of a photo. Raises :class:`FileRefused`, or whatever the decoder raises."""
    with _opened(content, media_type):
        return FileReading()


def whole(content: bytes, media_type: str) -> FileReading:
    """Decode a photo to its last byte, small. Raises ``OSError`` when it was cut, or whatever the decoder raises."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # in a child that answers this alone
    with _opened(content, media_type) as picture:
        picture.load()
        return FileReading()


def read(content: bytes, media_type: str) -> FileReading:
    """Decode a photo and encode it again, upright, without any metadata; a tall one as a document, page by page.

    Raises :class:`FileRefused`, or whatever the decoder raises.
    """
    picture, remark = _decoded(content, media_type)
    drawn, sizes, contrast = list[bytes](), list[tuple[int, int]](), 0.0
    for piece in strips.pieces(picture):
        drawn.append(jpeg(piece, QUALITY))
        sizes.append(piece.size)
        contrast = max(contrast, contrast_of(piece))
    if not is_legible(sizes, contrast, picture):
        remark = remark or POOR
    if len(drawn) == 1:
        return FileReading(copy_type="image/jpeg", copy=drawn[0], remark=remark)
    return FileReading(copy_type="application/pdf", copy=strips.bound(drawn), pages=drawn, remark=remark)


def _decoded(content: bytes, media_type: str) -> tuple[Image.Image, str]:
    """Decode a photo; one that was cut shows what came of it, and is told."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with suppress(OSError, SyntaxError):
        picture = _opened(content, media_type)
        picture.load()
        return picture, ""
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # half a photo still shows something
    picture = _opened(content, media_type)  # which lets go of the first one, before anything is decoded
    picture.load()
    return picture, CUT


def is_legible(sizes: Sequence[tuple[int, int]], contrast: float, original: Image.Image) -> bool:
    """Return whether a copy, of pages of these sizes, shows what the original does."""
    shortest = min(min(size) if len(sizes) == 1 else size[0] for size in sizes)
    is_blank = contrast <= FLAT and contrast_of(original) >= CONTRASTED
    return shortest >= min(LEGIBLE, *original.size) and not is_blank


def contrast_of(picture: Image.Image) -> float:
    """Return the widest difference within one channel of a picture: 0 for one colour."""
    found = picture.getextrema()
    channels = found if isinstance(found[0], tuple) else (found,)
    return max(float(most) - float(least) for least, most in channels)


def mask(content: bytes, media_type: str, areas: Sequence[Area]) -> FileReading:
    """Paint over areas of a photo, and encode what is left: nothing of what they held can be had again.

    Raises :class:`FileRefused`, or whatever the decoder raises.
    """
    picture, _remark = _decoded(content, media_type)
    return FileReading(copy_type="image/jpeg", copy=jpeg(painted(strips.whole(picture), areas), QUALITY))


def stack(content: bytes, media_type: str) -> FileReading:
    """Read the squares of a photo, as it is seen. Raises :class:`FileRefused`, or whatever the decoder raises."""
    with _opened(content, media_type) as picture:
        found = squares_of(strips.whole(picture))
    return FileReading(pages=[content], squares=[found.says], turns=[found.turn])


def logo(content: bytes, media_type: str) -> FileReading:
    """Decode a logo to its last byte, and write it as a small PNG with nothing but its pixels, on white.

    Raises ``OSError`` when it was cut, or whatever the decoder raises.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # in a child that answers this alone
    with _opened(content, media_type) as picture:
        upright = strips.whole(picture)
    upright.thumbnail(LOGO_MOST)
    bare, made = Image.new("RGB", upright.size, "white"), BytesIO()
    bare.paste(upright)
    bare.save(made, "PNG", optimize=True)
    return FileReading(copy_type="image/png", copy=made.getvalue())


def thumbnail(content: bytes, media_type: str) -> FileReading:
    """Decode a photo, whole or cut, and write it as a very small JPEG. Raises whatever the decoder raises."""
    with _opened(content, media_type) as picture:
        upright = strips.whole(picture)
    drawn = b""
    for side, quality in THUMBNAILS:
        upright.thumbnail((side, side))
        drawn = jpeg(upright, quality)
        if len(drawn) <= THUMBNAIL_MOST:
            break
    return FileReading(copy_type="image/jpeg", copy=drawn)


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """Write a picture as JPEG, with nothing but its pixels."""
    bare = Image.new("RGB", picture.size, "white")
    bare.paste(picture)
    made = BytesIO()
    bare.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()


def _opened(content: bytes, media_type: str) -> Image.Image:
    """Open a photo, to be decoded no larger than it will be drawn. Raises :class:`FileRefused` for one too vast."""
    held, kind = Patient(content), FORMATS[media_type]
    try:
        picture = Image.open(held, formats=[kind])
    except Image.DecompressionBombError as vast:
        raise FileRefused(VAST) from vast
    most = PIXELS_ELSE if picture.info.get("progressive") else PIXELS_MOST.get(kind, PIXELS_ELSE)
    if math.prod(picture.size) > most:
        raise FileRefused(VAST)
    scale = strips.scale_of(picture.size)
    picture.draft("RGB", (math.ceil(picture.width * scale), math.ceil(picture.height * scale)))
    if math.prod(picture.size) > HELD_MOST:
        raise FileRefused(VAST)
    held.left = len(content)  # from here on, what is asked for is pixels
    return picture
