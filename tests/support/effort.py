"""What a journey costs a person: the screens met, the presses and fields, the words to read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from tests.support.html import UNSEEN, Page, is_element

FOLDED = ("__conditional--hidden", "govuk-visually-hidden")
"""Parts of a class: what a script folds until a choice opens it, what only a screen reader says."""


@dataclass(frozen=True)
class Effort:
    """What one person does, from home to the confirmation."""

    screens: int
    actions: int
    """A press, a box, or a field that is filled."""
    words: int
    """Those in ``main`` of each screen as it opens, what is folded left out."""


def effort_of(screens: Sequence[Page], filled: Iterable[Mapping[str, Any]]) -> Effort:
    """Count what these screens ask: each but the last is left by one press."""
    typed = sum(_given(value) for fields in filled for value in fields.values())
    return Effort(len(screens), len(screens) - 1 + typed, sum(words_of(page) for page in screens))


def words_of(page: Page) -> int:
    """Count the words to read in ``main``."""
    read = " ".join(text for main in page.all("main") for text in _in_view(main)).split()
    return sum(any(sign.isalnum() for sign in word) for word in read)


def _given(value: Any) -> int:
    return len(value) if isinstance(value, list) else int(bool(value))


def _in_view(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if is_element(child) and not _is_folded(child):
            is_closed = child.tag == "details" and child.get("open") is None
            yield from (text for part in (child.iter("summary") if is_closed else (child,)) for text in _in_view(part))
        yield child.tail or ""


def _is_folded(element: Element) -> bool:
    return element.tag in {*UNSEEN, "dialog"} or any(mark in element.get("class", "") for mark in FOLDED)
