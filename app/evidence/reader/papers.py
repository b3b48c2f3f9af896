"""PDF documents: opened to be checked, drawn page by page, and copied without what does not show."""

import time
from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf.sanitize import Sanitizer
from PIL import Image
from pypdfium2.raw import FPDF_ERR_PASSWORD

from app.evidence.reader import strips
from app.evidence.reader.areas import painted
from app.evidence.reader.found import (
    LOCKED,
    PDF_PAGES_MOST,
    STACK_PAGES_MOST,
    TOO_LONG,
    UNREADABLE,
    UNSAFE,
    Area,
    FileReading,
    FileRefused,
)
from app.evidence.reader.jpeg_segments import without_metadata
from app.evidence.reader.pictures import jpeg
from app.evidence.reader.squares import Squares
from app.evidence.reader.squares import of as squares_of

DRAWN_MOST, WIDTH, HEIGHT_MOST, QUALITY = 20, 1240, 4000, 75
"""Pages drawn, their width (pixels: an A4 page at 150 dots an inch), and the quality of the pictures."""
END = 1024
"""Last bytes among which a document says that it ends."""
DRAWING_SECONDS = 6.0
"""Time of the processor after which no other page is begun."""
STACK_SECONDS, STACK_BYTES = 8.0, 45 * 1024 * 1024
"""Of a stack of papers: time of the processor after which no other page is begun, and bytes of all its pages."""
CLEANER = (
    Sanitizer()
    .remove_javascript()
    .remove_attachments()
    .remove_external_access()
    .remove_multimedia()
    .remove_private_app_data()
    .remove_thumbnails()
    .remove_web_capture()
    .remove_collection()
)

pikepdf.new().save(BytesIO(), encryption=pikepdf.Encryption(user="", owner="x"))
"""Opens the source of random numbers, which a child may not open any more and asks for with documents under a key."""


def check(content: bytes, media_type: str) -> FileReading:
    """Open a document. Raises :class:`FileRefused`."""
    del media_type
    with _opened(content):
        return FileReading()


def whole(content: bytes, media_type: str) -> FileReading:
    """Open a document that has its end (ISO 32000-1, 7.5.5): one that was cut has none. Raises :class:`FileRefused`."""
    if b"%%EOF" not in content[-END:]:
        raise FileRefused(UNREADABLE)
    return check(content, media_type)


def read(content: bytes, media_type: str) -> FileReading:
    """Draw the first pages, and copy the document."""
    del media_type
    with _opened(content) as document:
        pages = _drawn(document)
    copy = _copied(content)
    return FileReading(copy_type="application/pdf" if copy else "", copy=copy, pages=pages)


def mask(content: bytes, media_type: str, areas: Sequence[Area]) -> FileReading:
    """Draw each page, paint over its areas, and bind the pictures: no word of the document is left to be searched.

    Raises :class:`FileRefused` when not every page can be drawn.
    """
    del media_type
    with _opened(content) as document:
        if len(document) > DRAWN_MOST:
            raise FileRefused(TOO_LONG)
        drawn = [
            jpeg(painted(_picture(document, n), [one for one in areas if one[0] == n + 1]), QUALITY)
            for n in range(len(document))
        ]
    return FileReading(copy_type="application/pdf", copy=strips.bound(drawn))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as refused:
        raise FileRefused(LOCKED if refused.err_code == FPDF_ERR_PASSWORD else UNREADABLE) from refused
    if len(document) > PDF_PAGES_MOST:
        raise FileRefused(TOO_LONG)
    if not len(document):
        raise FileRefused(UNREADABLE)
    return document


def _drawn(document: pypdfium2.PdfDocument) -> list[bytes]:
    pages: list[bytes] = []
    begun = time.process_time()
    for number in range(min(DRAWN_MOST, len(document))):
        if time.process_time() - begun > DRAWING_SECONDS:
            break
        try:
            pages.append(jpeg(_picture(document, number), QUALITY))
        except pypdfium2.PdfiumError:
            break
    return pages


def _picture(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    """Draw one page. Raises ``PdfiumError``."""
    page = document[number]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), HEIGHT_MOST / max(height, 1))
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn


def stack(content: bytes, media_type: str) -> FileReading:
    """Take the pages of a scan apart, each upright, with what its squares say; those that take too long are left.

    Raises :class:`FileRefused`, or whatever the parser raises.
    """
    del media_type
    begun, pages, found = time.process_time(), list[bytes](), list[Squares]()
    with _opened(content) as document, pikepdf.open(BytesIO(content)) as whole:
        if len(document) > STACK_PAGES_MOST:
            raise FileRefused(TOO_LONG)
        for number in range(len(document)):
            if time.process_time() - begun > STACK_SECONDS:
                break
            squares = _squares(document, number)
            is_alone = len(document) == 1 and not squares.turn
            found.append(squares)
            pages.append(content if is_alone else _alone(whole, number, squares.turn))
            if sum(map(len, pages)) > STACK_BYTES:
                raise FileRefused(UNSAFE)
        left = len(document) - len(pages)
    return FileReading(pages=pages, squares=[one.says for one in found], turns=[one.turn for one in found], left=left)


def _squares(document: pypdfium2.PdfDocument, number: int) -> Squares:
    try:
        return squares_of(_picture(document, number))
    except pypdfium2.PdfiumError:
        return Squares()


def _alone(whole: pikepdf.Pdf, number: int, turn: int) -> bytes:
    """Write one page as a document, upright: the same bytes for the same scan."""
    made = BytesIO()
    with pikepdf.new() as alone:
        alone.pages.append(whole.pages[number])
        if turn:
            alone.pages[0].rotate(turn, relative=True)
        alone.save(made, deterministic_id=True)
    return made.getvalue()


def _copied(content: bytes) -> bytes:
    """Copy the pages without scripts, hidden files, links to other places, or words about who wrote it and where."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            CLEANER.apply(document)
            for holder in (document.Root, *(page.obj for page in document.pages)):
                if "/Metadata" in holder:
                    del holder["/Metadata"]
            if "/Info" in document.trailer:
                del document.trailer["/Info"]
            for one in document.objects:
                if isinstance(one, pikepdf.Stream):
                    _forget_the_camera(one)
            made = BytesIO()
            document.save(made, encryption=False, deterministic_id=True)
            return made.getvalue()
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError):
        return b""


def _forget_the_camera(stream: pikepdf.Stream) -> None:
    """Take the words of the camera out of a photo that lies in the document."""
    if "/Metadata" in stream:
        del stream["/Metadata"]
    if stream.get("/Filter") == "/DCTDecode":
        stream.write(without_metadata(stream.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
