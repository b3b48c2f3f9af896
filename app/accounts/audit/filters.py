"""What is looked for in the journal of access, and its table for a spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.accounts.audit.access_log import LogFilter
from app.base import cells
from app.base.errors import N_
from app.base.i18n import translate

CSV = "text/csv; charset=utf-8"
CUT = N_("Seules les %(n)s premières lignes sont montrées.")
NARROW = N_("Affinez votre recherche pour voir les autres.")


def asked_of(given: Mapping[str, str]) -> LogFilter:
    """Read what is looked for; a day that is none asks for nothing."""
    return LogFilter(
        who=" ".join(given.get("qui", "").split())[:80],
        subject=given.get("numero", "").strip().upper()[:32],
        kind=given.get("action", "")[:32],
        since=_day(given.get("du", "")),
        until=_day(given.get("au", "")),
    )


def table(head: Iterable[str], rows: Sequence[Iterable[str]], *, is_cut: bool) -> bytes:
    """Write a table, one line a row; the last one says that there were more."""
    last = [[translate(CUT) % {"n": len(rows)}, translate(NARROW)]] if is_cut else []
    return cells.table(map(tuple, (head, *rows, *last)))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
