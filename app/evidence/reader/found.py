"""What reading a file gives."""

from collections.abc import Sequence
from dataclasses import dataclass

FINE, UNREADABLE, LOCKED, UNSAFE, TOO_LONG = "fine", "unreadable", "locked", "unsafe", "too_long"
FILM, VAST = "film", "vast"
CUT, POOR = "cut", "poor"
"""What is remarked of a file that was read all the same: its end did not come; its copy shows less than it does."""
PDF_PAGES_MOST, STACK_PAGES_MOST = 200, 30
"""Pages of a document; and of one of which each page is taken apart."""

Area = Sequence[int]
"""Of a picture: its page (0 for a photo), left, top, width and height, in percents of its sides."""


class FileRefused(Exception):
    """This file is not taken; the verdict is one of the words above."""

    def __init__(self, verdict: str) -> None:
        """Keep the verdict."""
        super().__init__(verdict)
        self.verdict = verdict


@dataclass(frozen=True)
class FileReading:
    """What a file turned out to be."""

    verdict: str = FINE
    seconds: int = 0
    """How long a sound lasts."""
    copy_type: str = ""
    """The type of the copy; empty when there is none."""
    copy: bytes = b""
    """The same content without metadata, scripts or hidden files."""
    pages: Sequence[bytes] = ()
    """The first pages of a document, as JPEG pictures; of a stack of papers, each page as a file of its own."""
    squares: Sequence[Sequence[str]] = ()
    """Of a stack: what the squares of each page say."""
    turns: Sequence[int] = ()
    """Of a stack: by how many degrees each page was turned, clockwise; of a photo, should be."""
    left: int = 0
    """Of a stack: pages that took too long, and were not read."""
    remark: str = ""
    """One of the remarks above, or nothing."""
