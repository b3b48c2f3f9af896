"""A figure as a table for a spreadsheet."""

import csv
import io

from app.statistics.figure import Figure

CSV = "text/csv; charset=utf-8"


def written(figure: Figure) -> bytes:
    """Write a table for a spreadsheet: UTF-8 with its mark, « ; », the columns of the page (RFC 4180)."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow([figure.head, figure.unit])
    rows.writerows([line.label, line.plain] for line in figure.lines)
    return out.getvalue().encode("utf-8-sig")
