"""Reading an extraction line by line: a zip or a text file, its columns by their names, never the whole of it."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO

MEMBER = re.compile(r"PS_LibreAcces_Personne_activite_.*\.txt", re.IGNORECASE)
STAMP = re.compile(r"(20\d\d)(\d\d)(\d\d)\d{0,6}\.(?:txt|zip)$", re.IGNORECASE)
LARGEST = 6 * 1024**3
"""Bytes of the text, unpacked: three times the whole country."""
LONGEST_LINE = 16 * 1024
COLUMNS = {
    "id": "Identification nationale PP",
    "family": "Nom d'exercice",
    "given": "Prénom d'exercice",
    "profession": "Code profession",
    "profession_label": "Libellé profession",
    "skill": "Libellé savoir-faire",
    "structure": "Identifiant technique de la structure",
    "legal_name": "Raison sociale site",
    "sign": "Enseigne commerciale site",
    "extra": "Complément point géographique (coord. structure)",
    "number": "Numéro Voie (coord. structure)",
    "repeat": "Indice répétition voie (coord. structure)",
    "way": "Libellé type de voie (coord. structure)",
    "street": "Libellé Voie (coord. structure)",
    "office": "Bureau cedex (coord. structure)",
    "postal_code": "Code postal (coord. structure)",
    "commune": "Code commune (coord. structure)",
    "town": "Libellé commune (coord. structure)",
    "country": "Code pays (coord. structure)",
    "phone": "Téléphone (coord. structure)",
    "section": "Code section tableau pharmaciens",
}
"""Our name of each column that is used → its name in the file, as published in October 2026."""
Line = dict[str, str]
Tell = Callable[[int, int], None]


class UnreadableDirectory(Exception):
    """A file that cannot be loaded; says which line, and what is wrong."""


class Extraction:
    """A file of the directory."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read yet."""
        self.path, self.name = path, path.name
        self.broken = 0
        """Lines that do not have the columns of the header."""

    @property
    def taken_on(self) -> date | None:
        """The date of extraction that the name of the file tells, if it does."""
        for name in (self.name, *self._members()):
            if found := STAMP.search(name):
                try:
                    return date(int(found[1]), int(found[2]), int(found[3]))
                except ValueError:
                    continue
        return None

    def lines(self, tell: Tell) -> Iterator[Line]:
        """Yield each line by our names. Raises :class:`UnreadableDirectory`."""
        with self._opened() as (file, size):
            header = self._split(file.readline(LONGEST_LINE), 1)
            header[0] = header[0].removeprefix("\ufeff")
            missing = [name for name in COLUMNS.values() if name not in header]
            if missing:
                raise UnreadableDirectory(
                    f"line 1: no column « {missing[0]} »: this is not the file, or its layout changed"
                )
            wanted = [(ours, header.index(theirs)) for ours, theirs in COLUMNS.items()]
            least, read = len([name for name in header if name]), 0
            for number, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 2):
                read += len(raw)
                if number % 20_000 == 0:
                    tell(read, size)
                cells = self._split(raw, number)
                if len(cells) < least and not raw.endswith(b"\n"):
                    raise UnreadableDirectory(f"line {number} is cut: the file is not whole, download it again")
                if len(cells) < least:
                    self.broken += 1
                    continue
                yield {name: cells[place].strip() for name, place in wanted}
            tell(size, size)

    @staticmethod
    def _split(raw: bytes, number: int) -> list[str]:
        if not raw:
            raise UnreadableDirectory("the file is empty")
        try:
            return raw.decode("utf-8").rstrip("\r\n").split("|")
        except UnicodeDecodeError as wrong:
            raise UnreadableDirectory(f"line {number} is not UTF-8: take the file as it is published") from wrong

    def _members(self) -> list[str]:
        if not zipfile.is_zipfile(self.path):
            return []
        with zipfile.ZipFile(self.path) as archive:
            return [name for name in archive.namelist() if MEMBER.fullmatch(Path(name).name)]

    @contextmanager
    def _opened(self) -> Iterator[tuple[IO[bytes], int]]:
        """Open the text, packed or not. Raises :class:`UnreadableDirectory`."""
        if self.path.suffix.lower() != ".zip" and not zipfile.is_zipfile(self.path):
            with self.path.open("rb") as file:
                yield file, max(1, self.path.stat().st_size)
            return
        try:
            with zipfile.ZipFile(self.path) as archive:
                names = [one for one in archive.infolist() if MEMBER.fullmatch(Path(one.filename).name)]
                if len(names) != 1:
                    raise UnreadableDirectory(
                        "the archive does not hold one file PS_LibreAcces_Personne_activite_….txt"
                    )
                if names[0].file_size > LARGEST:
                    raise UnreadableDirectory("the archive holds more than the whole country: it is not opened")
                with archive.open(names[0]) as member:
                    yield member, max(1, names[0].file_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as broken:
            raise UnreadableDirectory(f"the archive is damaged, download it again ({broken})") from broken
