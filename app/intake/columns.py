"""The columns of the list: which are shown, in what order, what stands under them; the table for a spreadsheet too."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.base.errors import N_
from app.base.forms.fields import Choices, Translate
from app.intake.labels import ListRow


class ListColumn(Choices):
    """What may be read of each complaint without opening it, in the order of the table for a spreadsheet."""

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
    TAGS = "etiquettes", N_("Étiquettes")
    SIGNS = "signes", N_("Signes")
    NEXT = "a_faire", N_("À faire")


C = ListColumn
CHOSEN = (
    C.DUE,
    C.RECEIVED,
    C.PERSON,
    C.PROFESSIONAL,
    C.PROFESSION,
    C.TOWN,
    C.ROLE,
    C.STATE,
    C.ASSIGNEE,
    C.NEXT,
    C.TAGS,
    C.SIGNS,
)
"""What a clerk ticks: the number leads to the complaint, and is always there."""
FIRST = (C.DUE, C.RECEIVED, C.PERSON, C.PROFESSIONAL, C.NEXT, C.SIGNS)
"""What is shown to who chose nothing."""
ORDER = (C.DUE, C.NUMBER, *CHOSEN[1:])
"""From the left to the right of the list."""
DETAILS: Mapping[ListColumn, tuple[ListColumn, ...]] = {
    C.NUMBER: (C.ROLE,),
    C.PERSON: (C.TAGS,),
    C.PROFESSIONAL: (C.PROFESSION, C.TOWN),
    C.NEXT: (C.STATE, C.ASSIGNEE),
}
"""What is written small under a column, unless it has a column of its own."""
NOTHING_TO_DO, AWAITED = N_("Rien à faire"), N_("Transmission attendue")
TO_NOBODY, BY_THE_OTHER = N_("à personne"), N_("par l'autre autorité")

CELLS: Mapping[ListColumn, Callable[[ListRow], str]] = {
    C.NUMBER: lambda line: line.number,
    C.RECEIVED: lambda line: line.received_iso,
    C.DUE: lambda line: line.due.iso,
    C.ROLE: lambda line: line.role,
    C.STATE: lambda line: line.state,
    C.PERSON: lambda line: line.person,
    C.PROFESSIONAL: lambda line: line.professional,
    C.PROFESSION: lambda line: line.profession,
    C.TOWN: lambda line: line.town,
    C.ASSIGNEE: lambda line: line.assignee,
    C.TAGS: lambda line: ", ".join(line.tags),
    C.SIGNS: lambda line: ", ".join(line.signs),
    C.NEXT: lambda line: line.next_act,
}
"""What the table for a spreadsheet says in each column."""


@dataclass(frozen=True)
class ListCell:
    """One cell of the list."""

    column: ListColumn
    text: str
    under: str


def shown(chosen: Iterable[str]) -> tuple[ListColumn, ...]:
    """Return the columns of the list from what a clerk ticked, the number among them; codes of before are left out."""
    ticked = {*chosen} & {column.value for column in CHOSEN} or {*FIRST}
    return tuple(column for column in ORDER if column is C.NUMBER or column in ticked)


def exported(columns: Sequence[ListColumn]) -> tuple[ListColumn, ...]:
    """Return the columns of a table that says what a list shows, what is under its columns too."""
    said = {*columns, *(detail for column in columns for detail in DETAILS.get(column, ()))}
    return tuple(column for column in ListColumn if column in said)


def cells(line: ListRow, columns: Sequence[ListColumn], t: Translate) -> list[ListCell]:
    """Write one row of the list."""
    return [ListCell(column, _text(line, column, t), _under(line, column, columns, t)) for column in columns]


def _under(line: ListRow, column: ListColumn, columns: Sequence[ListColumn], t: Translate) -> str:
    said = (_text(line, one, t) for one in DETAILS.get(column, ()) if one not in columns)
    return ", ".join(filter(None, said))


def _text(line: ListRow, column: ListColumn, t: Translate) -> str:
    """Return what the list says in a column; a row that is not open says why it is empty."""
    said = CELLS[column](line)
    if column is C.PERSON and not line.is_open:
        return t(AWAITED)
    if column is C.NEXT:
        return said or t(NOTHING_TO_DO)
    if column is C.ASSIGNEE:
        return (said or t(TO_NOBODY)) if line.is_ours or not line.next_act else t(BY_THE_OTHER)
    return said
