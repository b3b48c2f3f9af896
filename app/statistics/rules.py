"""What may be told of a number, and what may not: pure rules on values.

A number under five is not told. In a list whose numbers add up to a known total, one number more is told as a range, so
that no subtraction gives a small one away. The same care is taken of a list narrowed to a profession or a town: beside
each of its numbers stand those of the other professions or towns, and the whole list tells what they add up to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

LEAST = 5
"""The smallest number that is told."""
_MOST = LEAST - 1
"""The largest number that is not."""


@dataclass(frozen=True)
class Cell:
    """A number as it is told: exactly, as « less than five », or between two values."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        """Whether the number is told as it is."""
        return self.low == self.high

    @property
    def is_small(self) -> bool:
        """Whether it is only told to be under five."""
        return not self.is_exact and self.high == _MOST


SMALL = Cell(0, _MOST)


def told(counts: Sequence[int], *, adds_up: bool) -> list[Cell]:
    """Tell numbers of which the total is known if they add up to it; without this, each by itself.

    Small ones protect one another when what they add up to leaves each of them anywhere from zero to four; nothing has
    to be protected when all of them are zero. Otherwise the largest number is told as what a reader would work out
    anyway: the rest of the total, small ones being unknown.
    """
    cells = [SMALL if n < LEAST else Cell(n, n) for n in counts]
    small = [n for n in counts if n < LEAST]
    if sum(counts) < LEAST or not adds_up or not sum(small) or _MOST <= sum(small) <= _MOST * (len(small) - 1):
        return cells
    place = max(range(len(counts)), key=counts.__getitem__)
    others = [n for at, n in enumerate(counts) if n < LEAST and at != place]
    rest = counts[place] + sum(others)
    cells[place] = Cell(max(0, rest - _MOST * len(others)), rest)
    return cells


def beside(cell: Cell, counts: Sequence[int]) -> Cell:
    """Return the first of some numbers, also told elsewhere in a list with the others: no more than that list tells."""
    other = told(counts, adds_up=True)[0]
    return SMALL if cell.is_small else Cell(min(cell.low, other.low), max(cell.high, other.high))


def share(part: int, whole: int) -> int:
    """Return a part as a whole percentage, rounded down so that 99.9 % is not told as « all »."""
    return part * 100 // whole


def median(counts: Mapping[int, int], least: int = LEAST) -> int | None:
    """Return the middle of values of which each was seen some times; nothing for fewer than ``least``."""
    if sum(counts.values()) < least:
        return None
    return median_low(_values(counts))


def quartiles(counts: Mapping[int, int]) -> tuple[int, int, int] | None:
    """Return the values below which lie a quarter, a half and three quarters; nothing without values."""
    values = _values(counts)
    if not values:
        return None
    first, middle, third = (values[-(-len(values) * part // 4) - 1] for part in (1, 2, 3))
    return first, middle, third


def _values(counts: Mapping[int, int]) -> list[int]:
    return [value for value, n in sorted(counts.items()) for _ in range(n)]
