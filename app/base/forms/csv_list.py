"""A list in CSV, each line of which is read as a form: the whole file is looked at before anything is written."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Generic, NamedTuple

from app.base.errors import N_
from app.base.forms.form import A, parse
from app.base.i18n import translate

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


class UnreadableList(Exception):
    """A file that is not such a list; says what is wrong."""


class ListMistake(NamedTuple):
    """A mistake of the file: its line as a spreadsheet counts them, its column if it is in one, and what to correct."""

    n: int
    column: str
    sentence: str

    def text(self) -> str:
        """Say it."""
        return translate(WRONG if self.column else WRONG_LINE).format(**self._asdict())


class Unique(NamedTuple):
    """Columns that no two lines share."""

    columns: Sequence[str]
    """The mistake is told at the first of them."""
    sentence: str
    """What is said of the later one; ``{line}``: the earlier one."""


@dataclass(frozen=True)
class ReadList(Generic[A]):
    """A file that was read: its lines by their numbers, what is wrong, and how it was written."""

    lines: dict[int, A]
    errors: list[ListMistake]
    encoding: str


def read(path: Path, model: type[A], columns: Sequence[str], unique: Unique) -> ReadList[A]:
    """Read a file; ``columns``: those without which nothing can be read. Raises :class:`UnreadableList`, ``OSError``.

    What each cell may hold is what ``model`` says of the field of that name; other columns are ignored.
    """
    text, encoding = _decoded(path.read_bytes())
    head = text.partition("\n")[0]
    try:
        names, *rows = csv.reader(StringIO(text, newline=""), delimiter=max(MARKS, key=head.count))
    except (csv.Error, ValueError) as wrong:
        raise UnreadableList(translate(NOT_CSV)) from wrong
    names = [name.strip() for name in names]
    if missing := [name for name in columns if name not in names]:
        raise UnreadableList(translate(NO_COLUMN).format(name=missing[0]))
    return ReadList(*_lines(model, unique, names, rows), encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    for codec, name in ENCODINGS.items():
        if codec == "utf-16" and not content.startswith(UTF_16_MARKS):
            continue
        try:
            return content.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise UnreadableList(translate(NOT_TEXT))


def _lines(
    model: type[A], unique: Unique, names: list[str], rows: list[list[str]]
) -> tuple[dict[int, A], list[ListMistake]]:
    lines: dict[int, A] = {}
    errors: list[ListMistake] = []
    seen: dict[tuple[str, ...], int] = {}
    for n, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        read_line = parse(model, {name: [cell] for name, cell in zip(names, row, strict=False)})
        wrong = [ListMistake(n, column, mistake.text(translate)) for column, mistake in read_line.errors.items()]
        wrong += _around(n, names, row, seen, unique)
        errors += wrong
        if read_line.values and not wrong:
            lines[n] = read_line.values
    return lines, errors


def _around(
    n: int, names: list[str], row: list[str], seen: dict[tuple[str, ...], int], unique: Unique
) -> Iterator[ListMistake]:
    """Check what a line alone does not show: a cell without a column, what an earlier line has."""
    if any(cell.strip() for cell in row[len(names) :]):
        yield ListMistake(n, "", translate(TOO_WIDE))
    cells = dict(zip(names, map(str.strip, row), strict=False))
    key = tuple(cells.get(name, "") for name in unique.columns)
    if all(key) and seen.setdefault(key, n) != n:
        yield ListMistake(n, unique.columns[0], translate(unique.sentence).format(line=seen[key]))
