"""A list of approved associations in CSV, as ministry and regional agencies can be asked to give it.

The whole file is read and compared before anything is written: a mistake on one line changes nothing.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.associations import registry
from app.associations.models import Agrement, Association
from app.associations.rules import RNA, SIREN, Agreement, AgreementLevel, Region, plain_number, usual_end

COLUMNS = ("numero_agrement", "niveau", "nom", "rna", "region", "date_agrement", "date_fin")
"""Those without which nothing can be read."""
DESCRIBED = {
    "nom": "name",
    "sigle": "acronym",
    "rna": "rna",
    "siren": "siren",
    "courriel": "email",
    "telephone": "phone",
    "adresse": "address",
    "site": "site",
}
"""What may be written of an association: a column of the file, and what the register keeps."""


class UnreadableList(Exception):
    """A file that is not a list of associations; says what is wrong."""


@dataclass(frozen=True)
class AgreementLine:
    """One agreement of the file, with its association."""

    n: int
    described: Mapping[str, str]
    agreement: Agreement
    decision: str
    source: str


@dataclass
class Changes:
    """What a file would change."""

    errors: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    """Numbers of agreements that are new."""
    changed: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    """Number → what changes, before and after."""
    unchanged: int = 0

    def as_json(self) -> dict[str, Any]:
        """Tell it to a program."""
        return {
            "errors": self.errors, "added": self.added, "changed": self.changed, "unchanged": self.unchanged
        }  # fmt: skip


def read(path: Path) -> tuple[list[AgreementLine], list[str]]:
    """Read a file: its lines, and what is wrong by line. Raises :class:`UnreadableList`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            rows = csv.DictReader(file, next(csv.reader([head], delimiter=_mark(head))), delimiter=_mark(head))
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise UnreadableList(f"column {missing[0]} is missing")
            return _lines(rows)
    except UnicodeDecodeError as wrong:
        raise UnreadableList("it is not UTF-8") from wrong
    except (csv.Error, StopIteration) as wrong:
        raise UnreadableList(f"it is not CSV: {wrong}") from wrong


def _mark(head: str) -> str:
    return ";" if head.count(";") > head.count(",") else ","


def _lines(rows: Any) -> tuple[list[AgreementLine], list[str]]:
    lines: list[AgreementLine] = []
    errors: list[str] = []
    seen: dict[str, int] = {}
    for n, row in enumerate(rows, 2):
        cells = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        wrong = list(_wrong(cells))
        number = cells["numero_agrement"]
        if number in seen:
            wrong.append(f"numero_agrement {number} is already on line {seen[number]}")
        seen.setdefault(number, n)
        errors += [f"line {n}: {one}" for one in wrong]
        if not wrong:
            lines.append(_line(n, cells))
    return lines, errors


def _wrong(cells: Mapping[str, str]) -> Iterator[str]:
    for name in ("numero_agrement", "nom"):
        if not cells[name]:
            yield f"{name} is empty"
    if cells["niveau"] not in set(AgreementLevel):
        yield f"niveau {cells['niveau']!r}: national or regional"
    if cells["niveau"] == AgreementLevel.REGIONAL and cells["region"] not in set(Region):
        yield f"region {cells['region']!r} is not a code of the Code officiel géographique"
    rna, siren = plain_number(cells["rna"]), plain_number(cells.get("siren", ""))
    if rna and not RNA.fullmatch(rna):
        yield f"rna {rna!r}: W and nine characters"
    if siren and not SIREN.fullmatch(siren):
        yield f"siren {siren!r}: nine digits"
    if not rna and not siren:
        yield "rna and siren are both empty"
    yield from _wrong_days(cells)


def _wrong_days(cells: Mapping[str, str]) -> Iterator[str]:
    days = {}
    for name in ("date_agrement", "date_fin"):
        try:
            days[name] = date.fromisoformat(cells[name]) if cells[name] or name == "date_agrement" else None
        except ValueError:
            yield f"{name} {cells[name]!r}: write it as YYYY-MM-DD"
    first, last = days.get("date_agrement"), days.get("date_fin")
    if first and last and not first < last <= usual_end(first):
        yield f"date_fin {last}: after {first}, and by {usual_end(first)} (five years)"


def _line(n: int, cells: Mapping[str, str]) -> AgreementLine:
    described = {column: cells.get(name, "") for name, column in DESCRIBED.items()}
    described |= {"rna": plain_number(described["rna"]), "siren": plain_number(described["siren"])}
    first = date.fromisoformat(cells["date_agrement"])
    last = date.fromisoformat(cells["date_fin"]) if cells["date_fin"] else usual_end(first)
    region = cells["region"] if cells["niveau"] == AgreementLevel.REGIONAL else ""
    agreement = Agreement(cells["numero_agrement"], cells["niveau"], region, first, last)
    return AgreementLine(n, described, agreement, cells.get("reference_arrete", ""), cells.get("source", ""))


def bring(session: Session, lines: list[AgreementLine]) -> Changes:
    """Write the lines in the caller's transaction, and tell what changed; with errors, the caller must roll back."""
    found = Changes()
    for line in lines:
        try:
            _bring_one(session, line, found)
        except registry.Overlap as refused:
            found.errors.append(f"line {line.n}: {refused.mistake.text(str)}")
    return found


def _bring_one(session: Session, line: AgreementLine, found: Changes) -> None:
    row = _association(session, line)
    described = {name: value for name, value in line.described.items() if value}
    before = {name: str(getattr(row, name) or "") for name in described} if row else {}
    changes = {name: (before[name], value) for name, value in described.items() if row and before[name] != value}
    if row is None:
        row = registry.add(session, described)
    elif changes:
        kept = {name: getattr(row, name) for name in registry.DESCRIBED}
        registry.describe(session, row, {**kept, **described})
    agreement = line.agreement
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
        said = {"decision": line.decision, "source": line.source}
        registry.agree(session, row.id, agreement, said=said, instead_of=agreement.number if old else "")


def _association(session: Session, line: AgreementLine) -> Association | None:
    """Find the association that a line speaks of: by its agreement, else by its numbers."""
    if old := session.get(Agrement, line.agreement.number):
        return session.get(Association, old.association)
    return registry.by_numbers(session, line.described["rna"], line.described["siren"])
