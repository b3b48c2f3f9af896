"""Where the parts of a chart stand, as vectors that a page draws: pure arithmetic, no script, no picture.

Widths are parts of the width at hand, so that letters keep their size on a telephone as on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.statistics.figure import MONTHS, Figure, FigureRow

ROW, HEIGHT, FOOT, TOP = 44, 160, 20, 20
"""Pixels: a row of bars; the plot of columns, with room below for the months and above for the numbers."""
WIDEST = 76.0
"""Part of the width that the longest bar takes: its number stands after it."""
LONGEST_LABEL = 40
SHORT = dict(
    zip(
        MONTHS,
        ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"),
        strict=True,
    )
)
"""Months as they fit under a column; the table says them whole."""


@dataclass(frozen=True)
class ChartMark:
    """A bar, a column or a dot, with its words."""

    label: str
    shown: str
    x: float
    y: float
    width: float
    height: float
    middle: float
    is_small: bool
    most: float = 0
    """Where the bar of a range may end: its height for a column, its width for a bar; 0 for a number told as it is."""


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be drawn."""

    kind: str
    height: int
    marks: tuple[ChartMark, ...]
    base: float = 0
    limit_y: float | None = None


def draw(figure: Figure) -> Drawing:
    """Work out a chart; its axis begins at zero."""
    if figure.kind != "bars":
        return _months(figure)
    lines = [line for line in figure.lines if _reach(line)] if figure.is_long else list(figure.lines)
    return _bars(sorted(lines, key=lambda line: -(line.size or 0)) if figure.is_long else lines)


def _bars(lines: Sequence[FigureRow]) -> Drawing:
    most = max([_reach(line) for line in lines], default=0) or 1
    marks = tuple(
        ChartMark(
            label=_short(line.label),
            shown=line.shown,
            x=0,
            y=n * ROW + 20,
            width=round((line.size or 0) / most * WIDEST, 2),
            height=16,
            middle=n * ROW + 33,
            is_small=line.size is None,
            most=round(_reach(line) / most * WIDEST, 2) if _is_range(line) else 0,
        )
        for n, line in enumerate(lines)
    )
    return Drawing("bars", len(lines) * ROW, marks)


def _months(figure: Figure) -> Drawing:
    most = max([_reach(line) for line in figure.lines] + [figure.limit]) or 1
    step = 100 / max(len(figure.lines), 1)
    base = TOP + HEIGHT
    marks = []
    for n, line in enumerate(figure.lines):
        tall = round((line.size or 0) / most * HEIGHT, 2)
        marks.append(
            ChartMark(
                label=SHORT.get(line.label, line.label),
                shown=_above(line),
                x=round(n * step + step * 0.14, 2),
                y=base - tall,
                width=round(step * 0.72, 2),
                height=tall,
                middle=round(n * step + step / 2, 2),
                is_small=line.size is None,
                most=round(_reach(line) / most * HEIGHT, 2) if _is_range(line) else 0,
            )
        )
    limit_y = base - round(figure.limit / most * HEIGHT, 2) if figure.limit else None
    return Drawing(figure.kind, base + FOOT, tuple(marks), base, limit_y)


def _is_range(line: FigureRow) -> bool:
    return line.size is not None and line.most is not None


def _reach(line: FigureRow) -> int:
    """Return the longest that a bar is drawn: a range, up to the most that it may be."""
    return (line.most if _is_range(line) else line.size) or 0


def _above(line: FigureRow) -> str:
    """Write a number in the room above a column."""
    if line.size is None:
        return "<5"
    return f"{line.size}–{line.most}" if _is_range(line) else str(line.size)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
