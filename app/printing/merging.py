"""Several documents as one PDF, with a bookmark for each. Pure rules on bytes.

What comes here was written by this service: its own papers, and the copies without metadata that the reader of files
made apart. A file as it came is never opened here. The library that joins is loaded at its first use: pages
that join nothing do without its 8 MB.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from io import BytesIO

from app.printing.photos import Photo, place_page, with_photos

Document = bytes | Photo
"""A PDF, or a photo that makes one page."""


class UnreadablePdf(ValueError):
    """A copy that is altered."""


def pages_of(content: Document) -> int:
    """Count the pages of a document. Raises :class:`UnreadablePdf`."""
    if isinstance(content, Photo):
        return 1
    import pikepdf  # noqa: PLC0415 - see above

    try:
        with pikepdf.open(BytesIO(content)) as document:
            return len(document.pages)
    except pikepdf.PdfError as altered:
        raise UnreadablePdf from altered


def size_of(content: Document) -> int:
    """Return the bytes of a document."""
    return content.size if isinstance(content, Photo) else len(content)


def merged(documents: Iterable[tuple[str, Document]], over: bytes = b"") -> Iterator[bytes]:
    """Join documents, each under its bookmark, in their order, and give the whole piece by piece.

    ``over``: a PDF of as many pages, each laid over the same page of the whole. The photos are read at their turn.
    Raises ``pikepdf.PdfError``, at once.
    """
    import pikepdf  # noqa: PLC0415 - see above

    made, marks, photos = BytesIO(), list[tuple[str, int]](), list[Photo]()
    with ExitStack() as open_until_saved:
        whole = open_until_saved.enter_context(pikepdf.new())
        for title, document in documents:
            marks.append((title, len(whole.pages)))
            if isinstance(document, Photo):
                photos.append(document)
            content = place_page(document, len(photos) - 1) if isinstance(document, Photo) else document
            whole.pages.extend(open_until_saved.enter_context(pikepdf.open(BytesIO(content))).pages)
        if over:
            marked = open_until_saved.enter_context(pikepdf.open(BytesIO(over)))
            for page, mark in zip(whole.pages, marked.pages, strict=True):
                page.add_overlay(mark, None)
        with whole.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in marks)
        whole.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return with_photos(made.getvalue(), photos)
