"""What is told of a table of territories by codes, whose sums are all known. Pure rules on values.

A number under five is hidden, zero too. A hidden number that is not zero is then given another value, which it could
have: one answer moves from its code to another in its territory, and an answer moves back elsewhere, or the country
has it so. Every number that is told stays true, every sum too: no subtraction, and no chain of them, gives it away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.statistics.rules import LEAST

Cell = tuple[int, int]
"""Row and column of a number; the last row is the country."""
Way = tuple[Cell, Cell, Cell]
"""What is hidden with a number, so that it may have another value."""
FREE = (False, 0)
"""What a way costs when all of it is hidden already."""


@dataclass
class CodesTable:
    """How many complaints of each territory bear each code."""

    counts: Sequence[Sequence[int]]
    """By territory, then by code."""
    totals: Sequence[int]
    """How many complaints each territory has: all its codes add up to it, or to more when a complaint has several."""
    whole: Sequence[int] = ()
    """Columns that are told as they are: a quarter that has not begun is a zero that everybody knows."""
    hidden: set[Cell] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Add the country as the last row."""
        self.counts = [*self.counts, [sum(column) for column in zip(*self.counts, strict=True)]]
        self.totals = [*self.totals, sum(self.totals)]

    @property
    def country(self) -> int:
        """The row of the country."""
        return len(self.counts) - 1

    @property
    def columns(self) -> list[int]:
        """The columns in which a number may be hidden."""
        return [column for column in range(len(self.counts[0])) if column not in self.whole]


def hide(table: CodesTable, rows: Sequence[int] = ()) -> set[Cell]:
    """Return what is not told: the small numbers, those of some rows, and the others that would give them away.

    ``rows``: those of :func:`hidden_rows`, whose totals are not told either: a complaint may be of any of them.
    """
    columns = table.columns
    for row, counts in enumerate(table.counts):
        table.hidden |= {(row, column) for column in columns if counts[column] < LEAST or row in rows}
    small = [cell for cell in sorted(table.hidden) if cell[0] not in rows and 0 < _of(table, cell) < LEAST]
    for cell in small:
        if way := _cheapest(table, _ways(table, *cell)):
            table.hidden.update(way)
        else:  # its territory has every other code in each complaint: the country alone can have one less
            table.hidden |= {(row, cell[1]) for row in range(len(table.counts))}
    return table.hidden


def hidden_rows(totals: Sequence[int]) -> set[int]:
    """Return the territories of which nothing is told: those under five, and one more when they are too few.

    Too few: what they add up to is known, and must leave each of them anywhere from zero to four.
    """
    small = {row for row, total in enumerate(totals) if total < LEAST}
    others = sorted((total, row) for row, total in enumerate(totals) if row not in small)
    known, most = sum(totals[row] for row in small), LEAST - 1
    is_safe = not known or most <= known <= most * (len(small) - 1)
    return small if is_safe or not others else {*small, others[0][1]}


def _of(table: CodesTable, cell: Cell) -> int:
    return table.counts[cell[0]][cell[1]]


def _cheapest(table: CodesTable, ways: Iterator[Way]) -> Way | None:
    """Return the way that hides the least more; the first one that hides nothing more is as good as any."""
    best, least = None, None
    for way in ways:
        cost = _cost(table, way)
        if least is None or cost < least:
            best, least = way, cost
        if least == FREE:
            break
    return best


def _ways(table: CodesTable, row: int, column: int) -> Iterator[Way]:
    """Yield what must be hidden with a number for it to have another value."""
    rows = range(table.country) if row == table.country else (*range(row), *range(row + 1, table.country + 1))
    for other in table.columns:
        if other == column:
            continue
        for beside in rows:
            if _may_move(table, row, column, beside, other) or _may_move(table, row, other, beside, column):
                yield (row, other), (beside, column), (beside, other)


def _may_move(table: CodesTable, row: int, column: int, beside: int, other: int) -> bool:
    """Return whether an answer of ``row`` may move from ``column`` to ``other``, and be made up for ``beside``."""
    if table.country in {row, beside}:  # the country follows what its territory does
        place = beside if row == table.country else row
        return _leaves(table, place, column) and _comes(table, place, other)
    here = _leaves(table, row, column) and _comes(table, row, other)
    return here and _leaves(table, beside, other) and _comes(table, beside, column)


def _leaves(table: CodesTable, row: int, column: int) -> bool:
    return table.counts[row][column] > 0


def _comes(table: CodesTable, row: int, column: int) -> bool:
    """Return whether one more complaint of a territory may bear a code: never more than it has complaints."""
    return table.counts[row][column] < table.totals[row]


def _cost(table: CodesTable, way: Way) -> tuple[bool, int]:
    """Return what hiding more takes away: a number of the country last."""
    more = [cell for cell in way if cell not in table.hidden]
    return any(row == table.country for row, _ in more), sum(_of(table, cell) for cell in more)
