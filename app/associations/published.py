"""A list of approved associations in CSV, as ministry and regional agencies can be asked to give it.

The whole file is read and compared before anything is written: a mistake on one line changes nothing. What each cell
may hold is what an administrator may write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy.orm import Session

from app.associations import registry
from app.associations.described import Decision, Described, Number
from app.associations.models import Agrement, Association
from app.associations.rules import Agreement, AgreementLevel, Region, usual_end
from app.base.errors import N_
from app.base.forms import csv_list
from app.base.forms.csv_list import ListMistake, ReadList
from app.base.forms.fields import FieldError
from app.base.forms.widgets import Radios, Select, Text
from app.base.i18n import translate

COLUMNS = ("numero_agrement", "niveau", "nom", "rna", "region", "date_agrement", "date_fin")
"""Those without which nothing can be read."""
OF_DAYS = {"debut": "date_agrement", "fin": "date_fin"}
"""What the register calls the days of an agreement, and their columns."""
TWICE = N_("Ce numéro est déjà à la ligne {line}.")
BAD_DAY = N_("Écrivez la date comme ceci : 2026-03-31.")
BAD_LEVEL = N_("Écrivez national ou regional.")
BAD_REGION = N_("Écrivez le code de la région dans le Code officiel géographique, par exemple 32.")


@dataclass(frozen=True, kw_only=True)
class IsoDay(Text):
    """A date written as ISO 8601 writes it; none when it is left out."""

    def read(self, typed: Sequence[str]) -> date | None:  # type: ignore[override]
        """Read ``2026-03-31``. Raises :class:`FieldError`."""
        value = super().read(typed)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError as wrong:
            raise FieldError(BAD_DAY) from wrong


class Line(Described):
    """One line of the file; each field is a column."""

    numero_agrement: Number
    niveau: Annotated[AgreementLevel, Radios(label="", choices=AgreementLevel, missing=BAD_LEVEL)]
    region: Annotated[
        Region | str,
        Select(label="", choices=Region, only_if=("niveau", AgreementLevel.REGIONAL), missing=BAD_REGION),
    ]
    date_agrement: Annotated[date, IsoDay(label="", missing=BAD_DAY)]
    date_fin: Annotated[date | None, IsoDay(label="")]
    reference_arrete: Decision
    source: Annotated[str, Text(label="")]

    def agreement(self) -> Agreement:
        """Return the agreement; five years when no end is written (D18)."""
        region = self.region.value if isinstance(self.region, Region) else ""
        last = self.date_fin or usual_end(self.date_agrement)
        return Agreement(self.numero_agrement, self.niveau.value, region, self.date_agrement, last)


@dataclass
class Changes:
    """What a file would change."""

    errors: list[ListMistake] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    """Numbers of agreements that are new."""
    changed: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    """Number → what changes, before and after."""
    unchanged: int = 0

    def as_json(self) -> dict[str, Any]:
        """Tell it to a program; a file with a mistake changes nothing, and nothing else is told of it."""
        if self.errors:
            return {"errors": [one.text() for one in sorted(self.errors)], "added": [], "changed": {}, "unchanged": 0}
        return {"errors": [], "added": self.added, "changed": self.changed, "unchanged": self.unchanged}


def read(path: Path) -> ReadList[Line]:
    """Read a file. Raises :class:`~app.base.forms.csv_list.UnreadableList`, ``OSError``."""
    return csv_list.read(path, Line, COLUMNS, csv_list.Unique(("numero_agrement",), TWICE))


def bring(session: Session, lines: Mapping[int, Line]) -> Changes:
    """Write the lines in the caller's transaction, and tell what changed; with errors, the caller must roll back."""
    found = Changes()
    for n, line in lines.items():
        try:
            _bring_one(session, line, found)
        except registry.Overlap as refused:
            column = OF_DAYS.get(refused.field, refused.field)
            found.errors.append(ListMistake(n, column, refused.mistake.text(translate)))
    return found


def _bring_one(session: Session, line: Line, found: Changes) -> None:
    agreement, columns = line.agreement(), line.columns()
    row = _association(session, agreement, columns)
    described = {name: value for name, value in columns.items() if value}
    before = {name: str(getattr(row, name) or "") for name in described} if row else {}
    changes = {name: (before[name], value) for name, value in described.items() if row and before[name] != value}
    if row is None:
        row = registry.add(session, described)
    elif changes:
        kept = {name: getattr(row, name) for name in registry.DESCRIBED}
        registry.describe(session, row, {**kept, **described})
    old = session.get(Agrement, agreement.number)
    for name in ("level", "region", "starts_on", "ends_on"):
        if old and getattr(old, name) != getattr(agreement, name):
            changes[name] = (str(getattr(old, name)), str(getattr(agreement, name)))
    if old is None:
        found.added.append(agreement.number)
    elif changes:
        found.changed[agreement.number] = changes
    else:
        found.unchanged += 1
    if old is None or changes:
        said = {"decision": line.reference_arrete, "source": line.source}
        registry.agree(session, row.id, agreement, said=said, instead_of=agreement.number if old else "")


def _association(session: Session, agreement: Agreement, columns: Mapping[str, str]) -> Association | None:
    """Find the association that a line speaks of: by its agreement, else by its numbers."""
    if old := session.get(Agrement, agreement.number):
        return session.get(Association, old.association)
    return registry.by_numbers(session, columns["rna"], columns["siren"])
