"""The list of an association as a table for a spreadsheet."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.accounts.queries import SignedInMember
from app.association_desk import desk, labels
from app.association_desk.desk import DeskListing
from app.base import cells
from app.base.crypto.vault import Keyring
from app.base.errors import N_
from app.base.i18n import translate

HEAD = (
    *(N_("Numéro"), N_("Personne"), N_("Référence de votre association"), N_("Étiquettes"), N_("Professionnel")),
    *(N_("État"), N_("Prochaine date"), N_("Suivie par")),
)
AT_ONCE = 200


def written(
    session: Session,
    keyring: Keyring,
    member: SignedInMember,
    listed: DeskListing,
    names: Mapping[str, str],
    today: date,
) -> bytes:
    """Write the table; complaints are opened some at a time. ``names``: of members, by their accounts."""
    table = [[translate(title) for title in HEAD]]
    for first in range(0, len(listed.ids), AT_ONCE):
        some = replace(listed, ids=listed.ids[first : first + AT_ONCE])
        rows = desk.opened(session, keyring, member, some, today)
        table += [_cells(labels.line(row, names)) for row in rows]
    return cells.table(table)


def _cells(row: labels.MemberListRow) -> list[str]:
    return [
        *(row.number, row.person, cells.as_typed(row.reference), row.tags, row.professional),
        *(row.state, row.due_iso, row.member),
    ]
