"""What was counted in a year, and how much of it may be told. Pure functions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.filing.status.counted_as import KEPT, LATE, WAITING
from app.statistics import rules
from app.statistics.rules import Cell

Month = Mapping[str, int]
Months = Mapping[str, Month]


@dataclass(frozen=True)
class Counted:
    """What was counted in a year, month by month, and how it may be told."""

    year: int
    months: Months
    last_month: int = 12
    """Months to come are left out: everybody knows that they are empty."""
    beside: tuple[Sequence[Months], ...] = ()
    """What the other professions, or the other towns, count: what is told of a narrowed list must not tell theirs."""
    professions: Mapping[str, str] = field(default_factory=dict)
    is_exact: bool = False
    """Whether each number is told as it is: to an authority, of the complaints that it reads by name."""
    before: Sequence["Counted"] = ()
    """The same of the years before, the last one first."""

    @cached_property
    def total(self) -> Month:
        """Add up the year."""
        return added_up(self.months)

    @cached_property
    def others(self) -> list[list[Month]]:
        """Add up the year of each of the others."""
        return [[added_up(one) for one in group] for group in self.beside]

    def told(self, codes: Sequence[str], *, adds_up: bool = False) -> list[Cell]:
        """Return the numbers of the year."""
        cells = self._cells([self.total.get(code, 0) for code in codes], adds_up=adds_up)
        return [self._beside(cell, code, self.total, self.others) for cell, code in zip(cells, codes, strict=True)]

    def kept(self, code: str) -> list[Cell]:
        """Return how often a day of the law was kept, kept late, and not kept yet."""
        return self.told([f"echeance|{code}|{how}" for how in (KEPT, LATE, WAITING)], adds_up=True)

    def days(self, what: str, month: str = "") -> dict[int, int]:
        """Return how many complaints took each number of days, in the year or in one of its months."""
        counted = self.months.get(month, {}) if month else self.total
        return {int(code.partition("|")[2]): n for code, n in counted.items() if code.startswith(f"{what}|")}

    def median(self, days: Mapping[int, int]) -> int | None:
        """Return the middle of some days; nothing when there are too few to tell it."""
        return rules.median(days, 1 if self.is_exact else rules.LEAST)

    def told_by_month(self, code: str, months: Sequence[str]) -> list[Cell]:
        """Tell one number, month by month; they add up to that of the year."""
        cells = self._cells([self.months.get(month, {}).get(code, 0) for month in months], adds_up=True)
        return [
            self._beside(
                cell, code, self.months.get(month, {}), [[one.get(month, {}) for one in g] for g in self.beside]
            )
            for cell, month in zip(cells, months, strict=True)
        ]

    def _cells(self, counts: Sequence[int], *, adds_up: bool) -> list[Cell]:
        return [Cell(n, n) for n in counts] if self.is_exact else rules.told(counts, adds_up=adds_up)

    def _beside(self, cell: Cell, code: str, own: Month, others: Sequence[Sequence[Month]]) -> Cell:
        for group in others:
            cell = rules.beside(cell, [own.get(code, 0), *(one.get(code, 0) for one in group)])
        return cell


def added_up(months: Months) -> Month:
    """Add up some months."""
    total: Counter[str] = Counter()
    for month in months.values():
        total.update(month)
    return total
