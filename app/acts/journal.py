"""The journal of access of one place, in words: its lines, what may be looked for, the way from page to page."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from app.accounts.audit import access_log, filters
from app.acts.kinds import past
from app.base.crypto.vault import Keyring
from app.base.dates import moment_cell, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.history import reasons

A_PAGE, MOST = 50, 10_000
LONGEST_PAGE = 5
"""Digits of the number of a page."""
HEAD = (N_("Quand"), N_("Qui"), N_("Action"), N_("Dossier"), N_("Raison donnée"))


@dataclass(frozen=True)
class ShownEntry:
    """A line as it is read."""

    at: datetime
    by: str
    what: str
    subject: str
    is_filing: bool
    why: str

    @property
    def moment(self) -> str:
        """Return when it was, as a sentence says it."""
        return moment_text(self.at, weekday=False)


@dataclass(frozen=True)
class Journal:
    """The journal of one place."""

    session: Session
    keyring: Keyring
    place: str
    """Code of the authority, or id of the association."""
    holder: str
    """Holder of keys that this place is: the reasons are read with those that it holds."""
    is_number: Callable[[str], bool]
    """Whether the subject of a line can be the number of a complaint."""

    def page(self, query: Mapping[str, str], kinds: Collection[str]) -> dict[str, Any]:
        """Return what a page shows of it, the last lines first; ``kinds``: those that may be looked for."""
        asked, number = filters.asked_of(query), _number(query.get("page", ""))
        rows, total = self._lines(asked, (number - 1) * A_PAGE, A_PAGE)
        pairs = {name: value for name, value in query.items() if name != "page" and value}
        last = max(1, -(-total // A_PAGE))

        def at(n: int) -> str | None:
            return f"?{urlencode({**pairs, 'page': n})}" if 1 <= n <= last else None

        return {
            "head": [translate(words) for words in HEAD],
            "rows": rows,
            "total": total,
            "kinds": choices(kinds),
            "asked": asked,
            "number": number,
            "last": last,
            "previous": at(number - 1),
            "next": at(number + 1),
            "searched": urlencode(pairs),
        }

    def table(self, query: Mapping[str, str]) -> bytes:
        """Write the same lines as a table, for a spreadsheet."""
        found, total = self._lines(filters.asked_of(query), 0, MOST)
        rows = [(moment_cell(row.at), row.by, row.what, row.subject, row.why) for row in found]
        return filters.table(map(translate, HEAD), rows, is_cut=total > len(rows))

    def _lines(self, asked: access_log.LogFilter, offset: int, limit: int) -> tuple[Sequence[ShownEntry], int]:
        rows, total = access_log.lines(self.session, self.place, asked, offset, limit)
        whys = reasons(self.session, self.keyring, self.holder, [(row.subject, row.why) for row in rows])
        shown = [
            ShownEntry(
                row.at,
                row.by,
                what_of(row.kind),
                row.subject,
                self.is_number(row.subject),
                why,
            )
            for row, why in zip(rows, whys, strict=True)
        ]
        return shown, total


def what_of(kind: str) -> str:
    """Return what a line notes, in words; the code of another version of the service is shown as it is."""
    return translate(access_log.WORDS.get(kind) or past(kind))


def choices(kinds: Collection[str]) -> list[tuple[str, str]]:
    """Give what may be looked for in the order of its words: code, words."""
    return sorted(((kind, what_of(kind)) for kind in kinds), key=lambda one: one[1])


def _number(typed: str) -> int:
    is_one = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_PAGE
    return max(1, int(typed)) if is_one else 1
