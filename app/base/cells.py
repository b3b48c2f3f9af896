"""Cells of tables for spreadsheets, in which nothing that people typed is ever run: « ; » between cells (RFC 4180)."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a spreadsheet recognises a formula, full-width signs included (OWASP, CSV injection)."""

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
