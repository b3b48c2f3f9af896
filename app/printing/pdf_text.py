"""What the fonts of our letters can draw, and how any text is made fit for print.

A PDF for archives may hold no empty glyph: a character that no font draws is replaced, and the letter says so.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
MISSING = "\ufffd"
"""Stands for a character that no font here draws (Chinese, emoji)."""
LONG_RUN = 40
"""Letters without a space, from which a word may be cut at the end of a line."""

_JOINERS = {0x200C, 0x200D}
"""Invisible, but letters of Persian or Sinhala change with them."""
_SPACES = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile("[\ufe0e\ufe0f]")
_LONG = re.compile(rf"\S{{{LONG_RUN},}}")
_PIECES = re.compile(rf"\S{{{LONG_RUN // 2}}}(?=\S)")

LATIN = frozenset({*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2028)} - {0xAD})
"""What stands alone: no mark to pile up, no shape that depends on its neighbours."""


@cache
def drawable() -> frozenset[int]:
    """Return every character that at least one font draws."""
    ranges = [line.split("-") for line in (FONTS / "coverage.txt").read_text("ascii").split()]
    drawn = {code for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1)}
    return frozenset(drawn | _JOINERS)


def printable(value: Any, drawn: frozenset[int]) -> Any:
    """Make every text of a document fit for print; the rest stays as it is."""
    if isinstance(value, str):
        return clean(value, drawn)
    if isinstance(value, dict):
        return {name: printable(one, drawn) for name, one in value.items()}
    return [printable(one, drawn) for one in value] if isinstance(value, list | tuple) else value


def clean(text: str, drawn: frozenset[int]) -> str:
    """Make a text fit for print: one line, no control, nothing that turns the reading direction, no empty glyph."""
    text = _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    shown = "".join(char if ord(char) in drawn else _instead_of(char) for char in text)
    return _LONG.sub(lambda run: _PIECES.sub("\\g<0>\u200b", run[0]), shown)


def can_print(text: str) -> bool:
    """Return whether every sign of a text is drawn on our papers."""
    return MISSING not in clean(text, drawable())


def _instead_of(char: str) -> str:
    return "" if unicodedata.category(char) in {"Cc", "Cf"} else MISSING
