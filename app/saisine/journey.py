"""The journey: which page comes next. Pure: it knows no database, no web, no template, no setting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.base.fields import Mistake, Typed
from app.base.forms import Answers, Parsed, parse

Trail = Mapping[str, Any]
"""The valid answers so far, by name."""


def always(trail: Trail) -> bool:
    """Ask everybody."""
    del trail
    return True


@dataclass(frozen=True)
class Page:
    """A page of the form: its name in the URL, its fields, its heading, when it is asked."""

    name: str
    answers: type[Answers]
    heading: str
    when: Callable[[Trail], bool] = always
    template: str = "saisine/page.html"

    def parse(self, given: Typed) -> Parsed[Answers]:
        """Read what was typed, with the errors to show."""
        return parse(self.answers, given)

    def read(self, given: Typed) -> Answers | None:
        """Give the validated answers, or nothing."""
        return self.parse(given).values


@dataclass(frozen=True)
class Route:
    """One person's way: pages validly answered, the first one that is not, the answers."""

    done: tuple[Page, ...]
    pending: Page | None
    trail: Trail = field(default_factory=dict)
    errors: Mapping[str, Mistake] = field(default_factory=dict)


def walk(pages: Sequence[Page], given: Typed) -> Route:
    """Follow one person's route up to the first page not validly answered.

    Every answer is validated again: changing an early one reopens what depended on it, nothing stale is sent.
    """
    done: list[Page] = []
    trail: dict[str, Any] = {}
    for page in pages:
        if not page.when(trail):
            continue
        parsed = page.parse(given)
        if parsed.values is None:
            return Route(tuple(done), page, trail, parsed.errors)
        done.append(page)
        trail |= dict(parsed.values)
    return Route(tuple(done), None, trail)
