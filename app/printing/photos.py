"""Photos of a PDF, read from where they are while it leaves: in memory, the document holds their places alone.

Each place is a small image object with a mark; the photo itself stands in an update laid after the document, which
replaces that object (ISO 32000-1, 7.5.6). As in :mod:`app.printing.merging`, libraries are loaded at their first use.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

A4 = (595, 842)
"""Points (1/72 inch)."""
MARGIN = 28
"""Points around a photo."""
COLOURS = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
OPENING = 1024 * 1024
"""Bytes among which the frame of a photo stands."""
MARK = "/SaisinePhoto"
START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
END = b"\nendstream\nendobj\n"


@dataclass(frozen=True)
class Photo:
    """A JPEG that fills a page of its own."""

    width: int
    height: int
    colours: str
    size: int
    """Its bytes."""
    give: Callable[[], Iterator[bytes]]
    """Reads it piece by piece, or raises ``OSError``."""

    @classmethod
    def seen(cls, give: Callable[[], Iterator[bytes]]) -> "Photo":
        """Look at a photo, once and to its end. Raises ``OSError``, ``ValueError``."""
        from PIL import Image  # noqa: PLC0415 - see above

        opening, size = b"", 0
        for piece in give():
            opening += piece[: max(0, OPENING - len(opening))]
            size += len(piece)
        with Image.open(BytesIO(opening), formats=["JPEG"]) as photo:
            colours = COLOURS.get(photo.mode)
            if colours is None:
                raise ValueError(photo.mode)
            return cls(*photo.size, colours, size, give)


def place_page(photo: Photo, number: int) -> bytes:
    """Lay the place of a photo on one A4 page; ``number``: which photo of the document it is."""
    import pikepdf  # noqa: PLC0415 - see above

    scale = min((A4[0] - 2 * MARGIN) / photo.width, (A4[1] - 2 * MARGIN) / photo.height)
    wide, high = photo.width * scale, photo.height * scale
    left, low = (A4[0] - wide) / 2, (A4[1] - high) / 2
    made = BytesIO()
    with pikepdf.new() as document:
        place = pikepdf.Stream(document, b"", {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image})
        place[MARK] = number
        page = document.add_blank_page(page_size=A4)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=place))
        drawn = f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {low:.2f} cm /Photo Do Q"
        page.Contents = pikepdf.Stream(document, drawn.encode())
        document.save(made, deterministic_id=True)
    return made.getvalue()


def with_photos(document: bytes, photos: Sequence[Photo]) -> Iterator[bytes]:
    """Give a document piece by piece, then the update that puts each photo in its place.

    Raises ``OSError`` at the turn of a photo that cannot be read any more.
    """
    if not photos:
        return iter((document,))
    import pikepdf  # noqa: PLC0415 - see above

    with pikepdf.open(BytesIO(document)) as made:
        marked = [one for one in made.objects if isinstance(one, pikepdf.Stream) and MARK in one]
        places = {int(one[MARK]): one.objgen[0] for one in marked}
        ids = "".join(f"<{bytes(one).hex()}>" for one in made.trailer.ID)
        said = f"/Size {made.trailer.Size}/Root {made.Root.objgen[0]} 0 R/ID[{ids}]"
    return _updated(document, {places[n]: photo for n, photo in enumerate(photos)}, said)


def _updated(document: bytes, photos: Mapping[int, Photo], said: str) -> Iterator[bytes]:
    yield document
    at, table = len(document), "xref\n"
    for number, photo in sorted(photos.items()):
        table += f"{number} 1\n{at:010} 00000 n \n"
        shown = f"/Width {photo.width}/Height {photo.height}/ColorSpace/{photo.colours}/BitsPerComponent 8"
        shown += f"/Filter/DCTDecode/Length {photo.size}"
        begins = f"{number} 0 obj\n<</Type/XObject/Subtype/Image{shown}>>\nstream\n".encode("ascii")
        yield begins
        yield from photo.give()
        yield END
        at += len(begins) + photo.size + len(END)
    before = START.search(document)
    assert before is not None  # noqa: S101 - we wrote it
    yield f"{table}trailer\n<<{said}/Prev {int(before[1])}>>\nstartxref\n{at}\n%%EOF\n".encode("ascii")
