"""Lists of France services spaces, in CSV, as the operator loads them: a new edition of a list replaces the one before.

The whole file is looked at before anything is written: a mistake on one line changes nothing.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms import csv_list
from app.base.forms.csv_list import ListMistake, ReadList
from app.base.forms.form import Answers
from app.base.forms.widgets import Phone, Text

COLUMNS = ("nom", "commune", "telephone", "adresse", "horaires", "source")
TWICE = N_("Ce lieu est déjà à la ligne {line}.")
BAD_COMMUNE = N_("Écrivez le code INSEE d'une commune d'aujourd'hui, par exemple 59350.")


class PlaceLine(Answers):
    """One line of the file; each field is a column."""

    nom: Annotated[str, Text(label="", missing=N_("Écrivez le nom du lieu."))]
    commune: Annotated[str, Text(label="", missing=BAD_COMMUNE)]
    telephone: Annotated[str, Phone(label="", missing=N_("Écrivez le numéro de téléphone du lieu."))]
    adresse: Annotated[str, Text(label="", longest=300)]
    horaires: Annotated[str, Text(label="", longest=300)]
    source: Annotated[str, Text(label="", missing=N_("Écrivez d'où vient cette ligne."))]


@dataclass
class Loaded:
    """What a file changes: for each list, how many places it held and holds now."""

    errors: list[ListMistake] = field(default_factory=list)
    sources: dict[str, dict[str, int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Tell it to a program; nothing else is told of a file with a mistake."""
        return {
            "errors": [one.text() for one in sorted(self.errors)],
            "sources": {} if self.errors else self.sources,
        }


def read(path: Path) -> ReadList[PlaceLine]:
    """Read a file. Raises :class:`~app.base.forms.csv_list.UnreadableList`, ``OSError``."""
    return csv_list.read(path, PlaceLine, COLUMNS, csv_list.Unique(("nom", "commune", "source"), TWICE))
