"""A form: fields declared once, what was typed, and what to show next to each.

An :class:`Answers` model declares the fields of a page; each field is ``Annotated`` with its widget. Field names are
the HTML names: public, French, frozen. Everything around them is English.
"""

from collections import ChainMap
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from app.base.forms.fields import FieldError, Option, Translate, Typed, Widget

A = TypeVar("A", bound="Answers")


class Answers(BaseModel):
    """The answers of one page, once they are valid."""

    model_config = ConfigDict(frozen=True, extra="ignore", arbitrary_types_allowed=True)

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Read what was meant beyond the letter (a filled field counts as its ticked box)."""
        return typed

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check several fields together; ``found`` holds those that are valid alone, then what was known before."""
        del found
        yield from ()


@dataclass(frozen=True)
class Parsed(Generic[A]):
    """What a form gave: answers, or what to correct."""

    values: A | None
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@cache
def widgets(model: type[Answers]) -> Mapping[str, Widget]:
    """Return the fields of a page in their order."""
    found = {
        name: next((m for m in info.metadata if isinstance(m, Widget)), None)
        for name, info in model.model_fields.items()
    }
    return {name: widget for name, widget in found.items() if widget is not None}


@cache
def _revealed(model: type[Answers]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, widget in widgets(model).items():
        if widget.only_if is not None:
            other, wanted = widget.only_if
            for value in (wanted,) if isinstance(wanted, str) else wanted:
                found[other, value] = (*found.get((other, value), ()), name)
    return found


@cache
def _drawn_with(model: type[Answers], name: str) -> tuple[str, ...]:
    """List a field and those drawn inside it, which its choices reveal."""
    inside = [one for (other, _), names in _revealed(model).items() if other == name for one in names]
    return (name, *(one for first in inside for one in _drawn_with(model, first)))


@cache
def _codes(widget: Widget) -> frozenset[str]:
    """List what may be chosen: never the words of a person."""
    return frozenset(option.value for option in widget.options())


def is_asked(widget: Widget, found: Mapping[str, Any]) -> bool:
    """Return whether the answers so far call for this field."""
    if widget.only_if is None:
        return True
    other, wanted = widget.only_if
    value = found.get(other, ())
    given = value if isinstance(value, tuple) else ("oui" if value is True else value,)
    return any(one in given for one in ((wanted,) if isinstance(wanted, str) else wanted))


def parse(model: type[A], typed: Typed, known: Mapping[str, Any] | None = None) -> Parsed[A]:
    """Read a form; every mistake is given at once, in the order of the page.

    ``known``: the valid answers of the pages before, on which some questions depend.
    """
    typed = model.settle(typed)
    found: ChainMap[str, Any] = ChainMap({}, dict(known or {}))
    errors: dict[str, FieldError] = {}
    for name, widget in widgets(model).items():
        if not is_asked(widget, found):
            found[name] = widget.empty
            continue
        try:
            found[name] = widget.read(typed.get(name, ()))
        except FieldError as mistake:
            errors[name] = mistake
    for name, together in model.checks(found):
        errors.setdefault(name, together)
    if errors:
        return Parsed(None, {name: errors[name] for name in widgets(model) if name in errors})
    return Parsed(model(**found.maps[0]))


@dataclass(frozen=True)
class FormError:
    """One line of the summary of mistakes."""

    target: str
    text: str


class Field:
    """A field as a template shows it: words in the reader's language, what was typed, what to correct."""

    def __init__(self, name: str, widget: Widget, form: "Form") -> None:
        """Look at one field of the form."""
        self.name = self.id = name
        self._widget, self._form = widget, form

    def __getattr__(self, what: str) -> Any:
        """Return a trait of the widget, or nothing when this kind of widget has no such trait."""
        return getattr(self._widget, what, None)

    @cached_property
    def label(self) -> str:
        """The question."""
        return self._form.translate(self._widget.label)

    @cached_property
    def hint(self) -> str | None:
        """What helps to answer."""
        return self._form.translate(self._widget.hint) if self._widget.hint else None

    @cached_property
    def optional(self) -> bool:
        """Whether « (facultatif) » follows the label."""
        return self._widget.is_optional

    @cached_property
    def maxlength(self) -> int | None:
        """How many characters are kept; never put in the HTML, which would cut without a word."""
        longest: int | None = getattr(self._widget, "longest", None)
        return longest

    @cached_property
    def values(self) -> Sequence[str]:
        """What was typed, every value."""
        return self._form.typed.get(self.name, ())

    @cached_property
    def value(self) -> str:
        """What was typed last."""
        return self.values[-1] if self.values else ""

    @cached_property
    def error(self) -> str | None:
        """What to correct here."""
        mistake = self._form.mistakes.get(self.name)
        return mistake.text(self._form.translate) if mistake else None

    @cached_property
    def options(self) -> list[Option]:
        """The choices, each with the fields that it reveals."""
        t = self._form.translate
        offered = self._form.offered.get(self.name) or self._widget.options()
        return [
            replace(
                option,
                label=t(option.label),
                hint=t(option.hint) if option.hint else None,
                tag=t(option.tag) if option.tag else None,
                group=t(option.group) if option.group else None,
                reveals=self._form.revealed_by(self.name, option.value),
            )
            for option in offered
        ]


class Form:
    """A declared page, ready to be shown."""

    def __init__(
        self,
        model: type[Answers],
        typed: Typed,
        *,
        translate: Translate,
        hidden: Mapping[str, str],
        mistakes: Mapping[str, FieldError] | None = None,
        offered: Mapping[str, Sequence[Option]] | None = None,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        """Hold what was typed with what to correct; ``hidden`` is sent beside, ``offered`` replaces some choices."""
        self.model, self.typed, self.translate, self.hidden = model, typed, translate, hidden
        self.mistakes, self.offered, self.known = mistakes or {}, offered or {}, known or {}
        self._fields: dict[str, Field] = {}

    def __getitem__(self, name: str) -> Field:
        """Return a field by its name."""
        if name not in self._fields:
            self._fields[name] = Field(name, widgets(self.model)[name], self)
        return self._fields[name]

    def __contains__(self, name: object) -> bool:
        """Return whether the page has this field."""
        return name in widgets(self.model)

    def holding(self, typed: Typed) -> "Form":
        """Return the same page with other answers in it, and nothing to correct."""
        return Form(self.model, typed, translate=self.translate, hidden={}, offered=self.offered, known=self.known)

    @property
    def names(self) -> list[str]:
        """The fields that stand alone, in order; the others are revealed by a choice of this page."""
        fields = widgets(self.model)
        return [
            name
            for name, widget in fields.items()
            if widget.only_if is None or (widget.only_if[0] not in fields and is_asked(widget, self.known))
        ]

    @property
    def errors(self) -> list[FormError]:
        """The summary, in the order of the page."""
        order = {name: place for place, name in enumerate(widgets(self.model))}
        named = sorted(self.mistakes.items(), key=lambda item: order.get(item[0], len(order)))
        return [FormError(name, mistake.text(self.translate)) for name, mistake in named]

    def likeness(self, name: str, heading: object) -> Hashable | None:
        """Tell apart the looks of a field and of those it reveals; ``None`` when words of a person are among them."""
        chosen = []
        for one in _drawn_with(self.model, name):
            values = tuple(filter(None, self.typed.get(one, ())))
            if one in self.mistakes or one in self.offered or not _codes(widgets(self.model)[one]).issuperset(values):
                return None
            chosen.append(values)
        return self.model, name, heading, self.translate, tuple(chosen)

    def revealed_by(self, name: str, value: str) -> tuple[str, ...]:
        """List the fields asked only when ``name`` holds ``value``."""
        return _revealed(self.model).get((name, value), ())
