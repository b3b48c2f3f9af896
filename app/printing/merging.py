"""Several documents as one PDF, with a bookmark for each. Pure rules on bytes.

What comes here was written by this service: its own papers, and the copies without metadata that the reader of files
made apart. A file as it came is never opened here.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from io import BytesIO

import pikepdf
from PIL import Image

A4 = (595, 842)
"""Points (1/72 inch)."""
MARGIN = 28
"""Points around a photo."""
COLOURS = {"L": pikepdf.Name.DeviceGray, "RGB": pikepdf.Name.DeviceRGB, "CMYK": pikepdf.Name.DeviceCMYK}
UNREADABLE = (pikepdf.PdfError, OSError, ValueError)
"""What a copy that is altered raises."""


def pages_of(content: bytes) -> int:
    """Count the pages of a PDF. Raises ``pikepdf.PdfError``."""
    with pikepdf.open(BytesIO(content)) as document:
        return len(document.pages)


def photo_page(content: bytes) -> bytes:
    """Lay a JPEG on one A4 page, its bytes as they are (ISO 32000-1, 7.4.8). Raises ``OSError``, ``ValueError``."""
    with Image.open(BytesIO(content), formats=["JPEG"]) as photo:
        (width, height), colours = photo.size, COLOURS.get(photo.mode)
    if colours is None:
        raise ValueError(photo.mode)
    scale = min((A4[0] - 2 * MARGIN) / width, (A4[1] - 2 * MARGIN) / height)
    wide, high = width * scale, height * scale
    left, low = (A4[0] - wide) / 2, (A4[1] - high) / 2
    made = BytesIO()
    with pikepdf.new() as document:
        said = {"Width": width, "Height": height, "ColorSpace": colours, "BitsPerComponent": 8}
        image = pikepdf.Stream(document, content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, **said)
        image.write(content, filter=pikepdf.Name.DCTDecode)
        page = document.add_blank_page(page_size=A4)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=image))
        drawn = f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {low:.2f} cm /Photo Do Q"
        page.Contents = pikepdf.Stream(document, drawn.encode())
        document.save(made, deterministic_id=True)
    return made.getvalue()


def merged(documents: Iterable[tuple[str, bytes]], over: bytes = b"") -> bytes:
    """Join PDF documents, each under its bookmark, in their order. Raises ``pikepdf.PdfError``.

    ``over``: a PDF of as many pages, each laid over the same page of the whole.
    """
    made, marks = BytesIO(), list[tuple[str, int]]()
    with ExitStack() as open_until_saved:
        whole = open_until_saved.enter_context(pikepdf.new())
        for title, content in documents:
            marks.append((title, len(whole.pages)))
            whole.pages.extend(open_until_saved.enter_context(pikepdf.open(BytesIO(content))).pages)
        if over:
            marked = open_until_saved.enter_context(pikepdf.open(BytesIO(over)))
            for page, mark in zip(whole.pages, marked.pages, strict=True):
                page.add_overlay(mark, None)
        with whole.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in marks)
        whole.save(made, deterministic_id=True)
    return made.getvalue()
