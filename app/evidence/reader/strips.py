"""How large the copy of a picture is, so that what is written on it stays legible; a tall one is cut in pages."""

import math
from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf
from PIL import Image, ImageOps

from app.evidence.reader.colours import plain

SIDE_MOST, SHORT_LEAST, LONG_MOST = 3000, 1240, 12_000
"""Sides of a copy, in pixels: the longest one is reduced to the first, never so far that the shortest goes below the
second (a page at 150 dots an inch); the last one bounds all."""
TALL, PAGE, OVERLAP, PAGES_MOST = 3, math.sqrt(2), 1 / 12, 30
"""Times its width from which a picture is cut; height of a page of it, in widths, as paper; what two pages share of a
page, so that a line cut by one is whole on the other; and pages of one picture."""
BAND = 4_000_000
"""Pixels that are changed at once: the memory holds one whole picture, not two."""
EXIF_TURN, SIDEWAYS, BACKWARDS = 0x0112, {5, 6, 7, 8}, {3, 4, 7, 8}
"""How a camera was held (EXIF 2.32, 4.6.4): pictures that lie, and those whose last row or column is seen first."""
A4_WIDTH, PAGE_SIDE_LEAST, PAGE_SIDE_MOST = 595, 3, 14_400
"""Points: of a sheet, and of any page of a document (ISO 32000-1, annex C)."""
Box = tuple[int, int, int, int]


def scale_of(size: tuple[int, int]) -> float:
    """Return by how much a picture is reduced: 1 when it is not."""
    return min(1, max(SIDE_MOST / max(size), SHORT_LEAST / min(size)))


def boxes(size: tuple[int, int], turn: int) -> list[Box]:
    """Return the parts of a picture, as it lies, that are its pages, from the top one down; one when it is not tall."""
    wide, high = reversed(size) if turn in SIDEWAYS else size
    if high <= TALL * wide:
        return [(0, 0, *size)]
    page = wide * PAGE
    count = min(PAGES_MOST, math.ceil(high / (page * (1 - OVERLAP))))
    step, shared = math.ceil(high / count), math.ceil(page * OVERLAP)
    cuts = [(start, min(high, start + step + shared)) for start in range(0, high, step)]
    if turn in BACKWARDS:
        cuts = [(high - end, high - start) for start, end in cuts]
    return [(start, 0, end, wide) if turn in SIDEWAYS else (0, start, wide, end) for start, end in cuts]


def pieces(picture: Image.Image) -> Iterator[Image.Image]:
    """Draw the pages of a picture upright, in red, green and blue: one when it is not tall."""
    scale = scale_of(picture.size)
    for box in boxes(picture.size, picture.getexif().get(EXIF_TURN, 1)):
        yield _upright(picture, box, min(scale, LONG_MOST / max(box[2] - box[0], box[3] - box[1])))


def whole(picture: Image.Image) -> Image.Image:
    """Draw a picture upright and in one piece, however small it becomes."""
    return _upright(picture, (0, 0, *picture.size), min(1, SIDE_MOST / max(picture.size)))


def _upright(picture: Image.Image, box: Box, scale: float) -> Image.Image:
    drawn, turned = _reduced(picture, box, scale), picture.getexif()
    drawn.info = {"exif": turned.tobytes()} if turned else {}
    return ImageOps.exif_transpose(drawn)


def _reduced(picture: Image.Image, box: Box, scale: float) -> Image.Image:
    """Draw a part of a picture smaller, band by band."""
    left, top, right, bottom = box
    made = Image.new("RGB", (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))))
    count = max(1, min(made.height, math.ceil((right - left) * (bottom - top) / BAND)))
    for band in range(count):
        rows = [top + (bottom - top) * n // count for n in (band, band + 1)]
        drawn = [made.height * n // count for n in (band, band + 1)]
        part = plain(picture.crop((left, rows[0], right, rows[1])))
        size = made.width, drawn[1] - drawn[0]
        made.paste(part.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0), (0, drawn[0]))
    return made


def bound(pages: Sequence[bytes]) -> bytes:
    """Bind JPEG pictures as a document, each a page as wide as A4 paper."""
    made = BytesIO()
    with pikepdf.new() as document:
        for number, page in enumerate(pages):
            with Image.open(BytesIO(page), formats=["JPEG"]) as seen:
                wide, high = seen.size
            photo = pikepdf.Stream(document, page, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
            photo.Width, photo.Height, photo.BitsPerComponent = wide, high, 8
            photo.ColorSpace, photo.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
            scale = min(A4_WIDTH / wide, PAGE_SIDE_MOST / high)
            across, down = max(PAGE_SIDE_LEAST, round(wide * scale)), round(high * scale)
            document.add_blank_page(page_size=(across, down))
            document.pages[number].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=photo))
            document.pages[number].Contents = document.make_stream(b"%d 0 0 %d 0 0 cm /P Do" % (across, down))
        document.save(made, deterministic_id=True)
    return made.getvalue()
