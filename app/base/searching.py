"""Searching by a part of a name: a few words of a bounded length, whatever was typed or sent."""

from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import InstrumentedAttribute

LONGEST = 100
"""Characters beyond which a text names nothing that is known; databases bound their patterns too."""
MOST_WORDS = 5


def search_words(asked: str) -> list[str]:
    """Take apart what was typed: the first words of the first :data:`LONGEST` characters, in lower case."""
    return asked[:LONGEST].lower().split()[:MOST_WORDS]


def holds(word: str, *columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Ask that one of the columns holds the word; ``%`` and ``_`` stand for themselves."""
    return or_(*(func.lower(column).contains(word[:LONGEST], autoescape=True) for column in columns))
