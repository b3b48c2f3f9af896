"""A list of approved associations in CSV, as ministry and regional agencies can be asked to give it.

The whole file is read and compared before anything is written: a mistake on one line changes nothing. What each cell
may hold is what an administrator may write.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from sqlalchemy.orm import Session

from app.associations import registry
from app.associations.described import Decision, Described, Number
from app.associations.models import Agrement, Association
from app.associations.rules import Agreement, AgreementLevel, Region, usual_end
from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.form import parse
from app.base.forms.widgets import Radios, Select, Text
from app.base.i18n import translate

COLUMNS = ("numero_agrement", "niveau", "nom", "rna", "region", "date_agrement", "date_fin")
"""Those without which nothing can be read."""
OF_DAYS = {"debut": "date_agrement", "fin": "date_fin"}
"""What the register calls the days of an agreement, and their columns."""
ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
"""How a file may be written, in the order in which it is tried, and how that is said; Excel writes all three."""
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""Without one of them, most texts could be taken for UTF-16."""
MARKS = ";\t,"
NO_COLUMN = N_("il manque la colonne {name}")
NOT_TEXT = N_("ce n'est pas du texte en UTF-8, UTF-16 ou Windows-1252")
NOT_CSV = N_("ce n'est pas un fichier CSV")
WRONG = N_("ligne {n}, colonne {column} : {sentence}")
WRONG_LINE = N_("ligne {n} : {sentence}")
TOO_WIDE = N_("Cette ligne a plus de cases que la première.")
TWICE = N_("Ce numéro est déjà à la ligne {line}.")
BAD_DAY = N_("Écrivez la date comme ceci : 2026-03-31.")
BAD_LEVEL = N_("Écrivez national ou regional.")
BAD_REGION = N_("Écrivez le code de la région dans le Code officiel géographique, par exemple 32.")


class UnreadableList(Exception):
    """A file that is not a list of associations; says what is wrong."""


class ListMistake(NamedTuple):
    """A mistake of the file: its line as a spreadsheet counts them, its column if it is in one, and what to correct."""

    n: int
    column: str
    sentence: str

    def text(self) -> str:
        """Say it."""
        return translate(WRONG if self.column else WRONG_LINE).format(**self._asdict())


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


@dataclass(frozen=True)
class ReadList:
    """A file that was read: its lines by their numbers, what is wrong, and how it was written."""

    lines: dict[int, Line]
    errors: list[ListMistake]
    encoding: str


def read(path: Path) -> ReadList:
    """Read a file. Raises :class:`UnreadableList`, ``OSError``."""
    text, encoding = _decoded(path.read_bytes())
    head = text.partition("\n")[0]
    try:
        names, *rows = csv.reader(StringIO(text, newline=""), delimiter=max(MARKS, key=head.count))
    except (csv.Error, ValueError) as wrong:
        raise UnreadableList(translate(NOT_CSV)) from wrong
    names = [name.strip() for name in names]
    if missing := [name for name in COLUMNS if name not in names]:
        raise UnreadableList(translate(NO_COLUMN).format(name=missing[0]))
    return ReadList(*_lines(names, rows), encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    for codec, name in ENCODINGS.items():
        if codec == "utf-16" and not content.startswith(UTF_16_MARKS):
            continue
        try:
            return content.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise UnreadableList(translate(NOT_TEXT))


def _lines(names: list[str], rows: list[list[str]]) -> tuple[dict[int, Line], list[ListMistake]]:
    lines: dict[int, Line] = {}
    errors: list[ListMistake] = []
    seen: dict[str, int] = {}
    for n, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        read_line = parse(Line, {name: [cell] for name, cell in zip(names, row, strict=False)})
        wrong = [ListMistake(n, column, mistake.text(translate)) for column, mistake in read_line.errors.items()]
        wrong += _around(n, names, row, seen)
        errors += wrong
        if read_line.values and not wrong:
            lines[n] = read_line.values
    return lines, errors


def _around(n: int, names: list[str], row: list[str], seen: dict[str, int]) -> Iterator[ListMistake]:
    """Check what a line alone does not show: a cell without a column, a number that an earlier line has."""
    if any(cell.strip() for cell in row[len(names) :]):
        yield ListMistake(n, "", translate(TOO_WIDE))
    at = names.index("numero_agrement")
    number = row[at].strip() if at < len(row) else ""
    if number and seen.setdefault(number, n) != n:
        yield ListMistake(n, "numero_agrement", translate(TWICE).format(line=seen[number]))


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
