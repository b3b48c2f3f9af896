"""The list as a table for a spreadsheet: CSV (RFC 4180), UTF-8 with its mark, « ; » between cells."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base import cells
from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.i18n import translate
from app.base.portal import Portal
from app.intake import labels, queries
from app.routing import queries as routing


class TableColumn(Choices):
    """A column that a table may have."""

    NUMBER = "numero", N_("Numéro")
    RECEIVED = "recue", N_("Reçue le")
    DUE = "echeance", N_("Échéance")
    ROLE = "role", N_("Notre rôle")
    STATE = "etat", N_("État")
    PERSON = "personne", N_("Personne")
    PROFESSIONAL = "professionnel", N_("Professionnel")
    PROFESSION = "profession", N_("Profession")
    TOWN = "ville", N_("Ville")
    ASSIGNEE = "attribuee", N_("Attribuée à")
    SIGNS = "signes", N_("Signes")
    NEXT_ACT = "acte", N_("Prochain acte")
    NEWS = "nouveau", N_("Nouveau")


USUAL = tuple(one for one in TableColumn if one not in {TableColumn.NEXT_ACT, TableColumn.NEWS})
"""What is ticked until a clerk chooses."""
AT_ONCE = 200


def lines(
    portal: Portal, clerk: Clerk, numbers: Sequence[str], today: date, columns: Sequence[TableColumn] = USUAL
) -> Iterator[str]:
    """Write the table, some complaints at a time."""
    yield cells.MARK + cells.line([translate(column.label) for column in columns])
    with portal.database.read() as session:
        professions = {row.code: row.label for row in routing.professions(session)}
        people = dict(accounts.colleagues(session, clerk.authority))
    for first in range(0, len(numbers), AT_ONCE):
        with portal.database.read() as session:
            some = numbers[first : first + AT_ONCE]
            rows = queries.rows_of(session, portal.keyring, queries.Asking(clerk.authority, today), some)
        for row in rows:
            line = labels.line(row, professions, people, today, translate)
            if line.is_open:
                told = _cells(line)
                yield cells.line([told[column] for column in columns])


def _cells(line: labels.ListRow) -> dict[TableColumn, str]:
    return {
        TableColumn.NUMBER: line.number,
        TableColumn.RECEIVED: line.received_iso,
        TableColumn.DUE: line.due.iso,
        TableColumn.ROLE: line.role,
        TableColumn.STATE: line.state,
        TableColumn.PERSON: line.person,
        TableColumn.PROFESSIONAL: line.professional,
        TableColumn.PROFESSION: line.profession,
        TableColumn.TOWN: line.town,
        TableColumn.ASSIGNEE: line.assignee,
        TableColumn.SIGNS: ", ".join(line.signs),
        TableColumn.NEXT_ACT: line.next_act,
        TableColumn.NEWS: ", ".join(line.news),
    }
