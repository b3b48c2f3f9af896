"""A figure: its table, its chart, what they say, and how a number is written. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.status.counted_as import KEPT, LATE, WAITING
from app.statistics.rules import Cell

MONTHS = (
    *(N_("janvier"), N_("février"), N_("mars"), N_("avril"), N_("mai"), N_("juin"), N_("juillet"), N_("août")),
    *(N_("septembre"), N_("octobre"), N_("novembre"), N_("décembre")),
)
THOUSANDS = "\u202f"
SMALL = N_("moins de 5")
RANGE = N_("de {low} à {high}")
DAYS = N_("{n} jours")
TOO_FEW = N_("trop peu pour un calcul")
COMPLAINTS, DAYS_HEAD = N_("Plaintes"), N_("Durée médiane")
HOW = {KEPT: N_("Dans le délai"), LATE: N_("Après le délai"), WAITING: N_("Pas encore")}


@dataclass(frozen=True)
class FigureRow:
    """A row of a table and of its chart."""

    label: str
    shown: str
    """What is told of the number."""
    size: int | None
    """Length of its bar; nothing when it is only known to be small."""
    most: int | None = None
    """The longest that it may be, when the number is told as a range."""

    @property
    def plain(self) -> str:
        """What is told, for programs: no space within a number."""
        return self.shown.replace(THOUSANDS, "")

    @property
    def count(self) -> int | None:
        """The number, when it is told as it is."""
        return int(self.plain) if self.plain.isdecimal() else None


@dataclass(frozen=True)
class Figure:
    """A table, its chart, and what they say."""

    code: str
    heading: str
    head: str
    """What the rows are."""
    lines: tuple[FigureRow, ...]
    finding: str = ""
    note: str = ""
    unit: str = COMPLAINTS
    is_long: bool = False
    """Whether its chart leaves out what is none, or under five, and shows the largest first."""
    kind: str = "bars"
    """``columns`` by month, ``dots`` with a limit, ``bars``."""
    limit: int = 0


def text(cell: Cell, t: Translate) -> str:
    """Write what is told of a number."""
    if cell.is_exact:
        return f"{cell.low:,}".replace(",", THOUSANDS)
    return t(SMALL) if cell.is_small else t(RANGE).format(low=cell.low, high=cell.high)


def lines_of(labels: Sequence[str], cells: Sequence[Cell], t: Translate) -> tuple[FigureRow, ...]:
    """Make the rows of a table."""
    return tuple(
        FigureRow(label, text(cell, t), None if cell.is_small else cell.low, None if cell.is_exact else cell.high)
        for label, cell in zip(labels, cells, strict=True)
    )


def days_row(label: str, days: int | None, t: Translate) -> FigureRow:
    """Make a row of a number of days; without one, it says that there is too little to work it out."""
    return FigureRow(label, t(TOO_FEW) if days is None else t(DAYS).format(n=days), days)
