"""The journey: which page comes next. Pure: it knows no database, no web, no template, no setting."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, Parsed, inputs, parse, widgets

Trail = Mapping[str, Any]
"""The valid answers so far, by name."""


def always(trail: Trail) -> bool:
    """Ask everybody."""
    del trail
    return True


def never(trail: Trail) -> bool:
    """Ask nobody."""
    del trail
    return False


class Nothing(Answers):
    """The answers of a page that only tells something."""


class NoWayOn(Answers):
    """The answers of a page from which only another answer leads on."""

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Never accept."""
        del found
        yield "", FieldError("")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the form: its name in the URL, its fields, its heading, its step, when it is asked."""

    name: str
    answers: type[Answers]
    heading: str
    step: int = 0
    when: Callable[[Trail], bool] = always
    template: str = "saisine/page.html"
    settled: Callable[[Trail], bool] = never
    """Whether what came before already answers: the way goes past it, and it can still be opened."""

    @property
    def only_tells(self) -> bool:
        """Whether nothing is asked here."""
        return not widgets(self.answers)

    @property
    def takes_files(self) -> bool:
        """Whether files may come with it."""
        return any(widget.kind == "files" for widget in widgets(self.answers).values())

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its inputs."""
        return frozenset(inputs(self.answers))

    def parse(self, given: Typed, known: Trail | None = None, *, is_sent_now: bool = False) -> Parsed[Answers]:
        """Read what was kept, or what is sent now, with the errors to show."""
        return parse(self.answers, given, known, is_sent_now=is_sent_now)


@dataclass(frozen=True)
class Route:
    """One person's way: pages validly answered, the first one that is not, the answers."""

    done: tuple[Page, ...]
    pending: Page | None
    trail: Trail = field(default_factory=dict)
    errors: Mapping[str, FieldError] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """The answers of each page done, by its name."""

    @property
    def open(self) -> tuple[Page, ...]:
        """The pages that may be read: those done, then the one to answer."""
        return (*self.done, self.pending) if self.pending else self.done

    def holds(self, page: Page) -> bool:
        """Return whether this page may be read now."""
        return any(one.name == page.name for one in self.open)

    def after(self, page: Page) -> Page | None:
        """Return the page that follows; the one to answer when this page is not on the way any more."""
        names = [one.name for one in self.open]
        if page.name not in names:
            return self.pending
        return next((one for one in self.open[names.index(page.name) + 1 :] if self._is_asked(one)), None)

    def before(self, page: Page) -> Page | None:
        """Return the page before, if any."""
        names = [one.name for one in self.open]
        place = names.index(page.name) if page.name in names else len(names)
        return next((one for one in reversed(self.open[:place]) if self._is_asked(one)), None)

    def _is_asked(self, page: Page) -> bool:
        """Return whether something is left to ask on a page of the way."""
        return page is self.pending or not page.settled(self.trail)


def walk(pages: Sequence[Page], given: Typed, known: Trail | None = None, *, skipping: bool = False) -> Route:
    """Follow one person's route up to the first page not validly answered.

    Every answer is validated again: changing an early one reopens what depended on it, nothing stale is sent.
    ``known``: what is known beside the answers, such as the day it is. ``skipping``: a page where nothing is
    compulsory counts as answered although it was never opened; else it is the next one to show.
    """
    done: list[Page] = []
    answers: dict[str, Answers] = {}
    trail: dict[str, Any] = dict(known or {})
    for page in pages:
        if not page.when(trail):
            continue
        parsed = page.parse(given, trail)
        is_new = bool(page.names) and page.names.isdisjoint(given) and not page.settled(trail)
        if parsed.values is None or (is_new and not skipping):
            return Route(tuple(done), page, trail, parsed.errors, answers)
        done.append(page)
        answers[page.name] = parsed.values
        trail |= dict(parsed.values)
    return Route(tuple(done), None, trail, {}, answers)
