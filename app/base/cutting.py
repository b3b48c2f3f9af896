"""A list that may be long: its first rows, and the page says when there are more; or page by page."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

Row = TypeVar("Row")
PER_PAGE = (25, 50, 100)
"""How many rows a page may show; the first goes without saying."""


class Cut(list[Row]):
    """At most ``most`` rows of a list; a query asks for one more (:func:`asked_for`), which tells that it is cut."""

    def __init__(self, rows: Iterable[Row], most: int) -> None:
        """Take the first rows, and see whether there is one after them."""
        super().__init__(islice(rows, asked_for(most)))
        self.is_cut = len(self) > most
        del self[most:]


def asked_for(most: int) -> int:
    """Return how many rows a query asks for, so that one knows whether there are more than ``most``."""
    return most + 1


def pages_of(total: int, per_page: int) -> int:
    """Count the pages of a list; an empty list has one."""
    return max(1, -(-total // per_page))
