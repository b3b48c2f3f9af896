"""Cells of tables for spreadsheets, in which nothing that people typed is ever run."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a spreadsheet recognises a formula, full-width signs included (OWASP, CSV injection)."""


def safe(cell: str) -> str:
    """Make a text of what a spreadsheet would run: an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
