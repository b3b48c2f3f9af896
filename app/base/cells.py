"""Cells of tables for spreadsheets, in which nothing that people typed is ever run: « ; » between cells (RFC 4180)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a spreadsheet recognises a formula, full-width signs included (OWASP, CSV injection)."""

REWRITTEN = re.compile(
    r"0[\d ]+|\d{16,}|\d+([.,]\d+)?e[+-]?\d+|\d{1,2}[-/.]\d{1,2}([-/.]\d{2,4})?|\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2}",
    re.IGNORECASE,
)
"""What a spreadsheet writes otherwise: a first zero is lost, digits after the fifteenth too; dates are guessed."""

MARK = "\ufeff"
"""What a table in UTF-8 begins with: without it, spreadsheets read accents wrong."""


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table, its head first."""
    return (MARK + "".join(map(line, rows))).encode()


def line(cells: Sequence[str]) -> str:
    """Write a line of a table, each cell made safe."""
    sink = io.StringIO()
    csv.writer(sink, delimiter=";").writerow([safe(cell) for cell in cells])
    return sink.getvalue()


def safe(cell: str) -> str:
    """Make a text of what a spreadsheet would run: an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_typed(cell: str) -> str:
    """Keep a reference as somebody typed it: an apostrophe before what a spreadsheet would write otherwise."""
    return f"'{cell}" if REWRITTEN.fullmatch(cell) else cell
