"""All that a handler may need, put together once by the composition root."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Template
from markupsafe import Markup

from app.base.clock import Clock
from app.base.crypto.row_binding import KEYRING
from app.base.crypto.vault import Keyring
from app.base.heartbeat import Heartbeats
from app.base.limits import Limits
from app.base.settings import Settings
from app.base.storage.database import Database
from app.base.storage.readiness import Readiness
from app.base.traces import Traces
from app.base.ttl_cache import TtlCache


class PageTemplates(Protocol):
    """The templates of the pages, in the language of the moment."""

    def get_template(self, name: str) -> Template:
        """Return one by its path. Raises :class:`jinja2.TemplateNotFound`."""

    @property
    def once(self) -> Callable[[Hashable, Callable[[], Markup]], Markup]:
        """Draws a whole page once for all those who see the same."""


@dataclass(frozen=True)
class Portal:
    """One running instance: a test builds its own, with a stopped clock."""

    settings: Settings
    database: Database
    clock: Clock
    keyring: Keyring
    files: Path
    """Folder of the evidence, sealed."""
    pages: PageTemplates
    check_file: Callable[[str, Callable[[], bytes]], str] = field(default=lambda _type, _content: "fine")
    """Tells whether a file of this type is what it claims; see :class:`app.evidence.examiner.Examiner`."""
    check_paper: Callable[[str, Callable[[], bytes]], str] = field(default=lambda _type, _content: "fine")
    """Tells whether all of a photo or a PDF can be read, for a paper that counts by its words and its signature."""
    read_file: Callable[[str, Callable[[], bytes]], Any] = field(default=lambda _type, _content: None)
    """Draws a file again: its copy and its pages (``FileReading`` of :mod:`app.evidence`)."""
    read_stack: Callable[[str, Callable[[], bytes]], Any] = field(default=lambda _type, _content: None)
    """Takes the pages of a scan apart, with what their squares say (``FileReading`` of :mod:`app.evidence`)."""
    read_logo: Callable[[str, Callable[[], bytes]], Any] = field(default=lambda _type, _content: None)
    """Draws a logo again as a small PNG (``FileReading`` of :mod:`app.evidence`)."""
    read_thumbnail: Callable[[str, Callable[[], bytes]], Any] = field(default=lambda _type, _content: None)
    """Draws a photo again as a very small JPEG (``FileReading`` of :mod:`app.evidence`)."""
    mask: Callable[[str, Callable[[], bytes], Any], Any] = field(default=lambda _type, _content, _areas: None)
    """Paints over areas of a photo or of a PDF (``FileReading`` of :mod:`app.evidence`)."""
    limits: Limits = field(default_factory=Limits)
    traces: Traces = field(default_factory=Traces)
    cache: TtlCache = field(default_factory=TtlCache)
    readiness: Readiness = field(default_factory=Readiness)
    heartbeats: Heartbeats = field(default_factory=Heartbeats)

    def __post_init__(self) -> None:
        """Let each session bind its rows with the keyring of this instance."""
        self.database.info[KEYRING] = self.keyring
