"""A press on a page of a draft, which several tabs or several members of an association may hold open. Pure.

Beside the answers of a page, the draft keeps who wrote them last, and from which showing of the page: what this very
page saved before (by itself, or by a press whose answer was lost, or before « Back ») is never new to it. A script
says in which order a showing sends: what it sent earlier and arrives late, on another connection, replaces nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.base.forms.fields import Typed
from app.base.forms.form import widgets
from app.base.forms.shown_version import digest, is_past
from app.base.i18n import FRENCH, LANGUAGES
from app.saisine.journey import Page

MARK = "="
"""Begins the name under which a draft keeps the mark of a page; no field begins so."""
READ_IN = f"{MARK}lire_en"
"""Under which it keeps the language in which its last page was read."""
LONGEST_ORDER = 15
"""Digits: milliseconds since 1970 have 13 of them."""


def digest_of(page: Page, typed: Typed) -> str:
    """Sum up the answers of a page; its files are added one by one, and replace nothing."""
    fields = widgets(page.answers).items()
    return digest(typed, [one for name, widget in fields if widget.kind != "files" for one in widget.inputs(name)])


def digest_of_all(typed: Typed) -> str:
    """Sum up every answer of a draft."""
    return digest(typed, [name for name in typed if not name.startswith(MARK)])


def version_of(page: Page, kept: Typed) -> str:
    """Return what a form says of itself: its page, what is kept, and a name drawn for this showing."""
    return ".".join((page.name, digest_of(page, kept), secrets.token_urlsafe(6)))


def order_of(said: str = "") -> int:
    """Return the order that a form says; 0 when it says none: without a script, a page sends its last press alone."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_ORDER else 0


@dataclass(frozen=True)
class PagePress:
    """A press on a page: which one, the version that its form says, who pressed."""

    page: Page
    version: str = ""
    by: str = ""
    """Name of the member of an association; empty for a person."""
    read_in: str = FRENCH
    """Code of the language of the page."""

    def is_late(self, kept: Typed) -> bool:
        """Return whether the same showing of the page was kept with what it sent after this press."""
        last = mark_on(self.page, kept)
        return last is not None and self.is_again(kept) and 0 < self._order < last.order

    def is_again(self, kept: Typed) -> bool:
        """Return whether the same showing of the page was the last to write its answers."""
        last = mark_on(self.page, kept)
        return last is not None and last.showing == self._showing

    def is_past(self, kept: Typed, sent: Typed) -> bool:
        """Return whether it would replace answers that its page neither showed nor wrote.

        The button of a page that answers another one showed nothing of it, and is accepted.
        """
        name, seen = self._parts[:2]
        if name != self.page.name or self.is_again(kept):
            return False
        return is_past(seen, digest_of(self.page, kept), digest_of(self.page, sent))

    @property
    def _parts(self) -> list[str]:
        """Page, digest of what it showed, name of the showing, order of the press; empty when the form says less."""
        return [*self.version.split("."), "", "", "", ""][:4]

    @property
    def _showing(self) -> str:
        return self._parts[2]

    @property
    def _order(self) -> int:
        return order_of(self._parts[3])

    def mark(self, sent: Typed, at: datetime) -> Mapping[str, list[str]]:
        """Return what the draft keeps of this press beside its answers."""
        own = [self._showing, digest_of(self.page, sent), at.isoformat(), self.by, str(self._order)]
        return {MARK + self.page.name: own, READ_IN: [self.read_in]}


def read_in(kept: Typed) -> str:
    """Return the code of the language in which a draft was last read; French when it is released no more."""
    code = (*kept.get(READ_IN, ()), FRENCH)[0]
    return code if code in LANGUAGES else FRENCH


@dataclass(frozen=True)
class LastWrite:
    """Who wrote the answers of a page last, when, from which showing of it, and in which order it sent them."""

    showing: str
    at: datetime
    by: str
    order: int = 0


def mark_on(page: Page, kept: Typed) -> LastWrite | None:
    """Return the mark of a page; ``None`` when another page, or an earlier release, wrote its answers last."""
    marked = kept.get(MARK + page.name)
    if not marked:
        return None
    showing, written, at, by, *order = marked  # an earlier release kept no order
    if written != digest_of(page, kept):
        return None
    return LastWrite(showing, datetime.fromisoformat(at), by, order_of(*order))
