"""A figure as a table for a spreadsheet."""

from app.base import cells
from app.statistics.figure import Figure

CSV = "text/csv; charset=utf-8"


def written(figure: Figure) -> bytes:
    """Write the columns of the page."""
    return cells.table([(figure.head, figure.unit), *((line.label, line.plain) for line in figure.lines)])
