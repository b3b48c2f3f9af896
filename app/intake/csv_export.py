"""The list as a table for a spreadsheet: CSV (RFC 4180), UTF-8 with its mark, « ; » between cells."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base import cells
from app.base.i18n import translate
from app.base.portal import Portal
from app.intake import labels
from app.intake.asked import Names
from app.intake.columns import CELLS, ListColumn
from app.intake.rows import rows_of
from app.intake.tags.queries import names_of, tags_of
from app.routing import queries as routing

AT_ONCE = 200


def lines(
    portal: Portal, clerk: Clerk, numbers: Sequence[str], columns: Sequence[ListColumn], today: date
) -> Iterator[str]:
    """Write the table, some complaints at a time."""
    yield cells.MARK + cells.line([translate(column.label) for column in columns])
    with portal.database.read() as session:
        names = Names(
            {row.code: row.label for row in routing.professions(session)},
            dict(accounts.colleagues(session, clerk.authority)),
            names_of(tags_of(session, portal.keyring, clerk.authority)),
        )
    for first in range(0, len(numbers), AT_ONCE):
        with portal.database.read() as session:
            some = numbers[first : first + AT_ONCE]
            rows = rows_of(session, portal.keyring, clerk.authority, some, today)
        for row in rows:
            line = labels.line(row, names, today, translate)
            if line.is_open:
                yield cells.line([CELLS[column](line) for column in columns])
