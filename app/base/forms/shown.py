"""A form ready to be shown: words in the reader's language, what was typed, what to correct beside each input."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from app.base.forms.fields import SEEN, FieldDoubt, FieldError, FieldQuestion, Option, Translate, Typed, Widget
from app.base.forms.form import Answers, inputs, is_asked, widgets

OK, REFUSED = 200, 422


@cache
def _openers(model: type[Answers]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the choices that open the same fields as a choice does, in the order of the page."""
    fields = widgets(model)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for other, wanted in (widget.only_if for widget in fields.values() if widget.only_if):
        values = (wanted,) if isinstance(wanted, str) else wanted
        order = [option.value for option in fields[other].options()] if other in fields else []
        together = tuple(sorted(map(str, values), key=lambda one: order.index(one) if one in order else len(order)))
        found |= {(other, value): together for value in together}
    return found


@cache
def _revealed(model: type[Answers]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the fields drawn after each choice: those that several open are drawn once, after the last."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, widget in widgets(model).items():
        if widget.only_if is not None:
            other, wanted = widget.only_if
            last = _openers(model)[other, wanted if isinstance(wanted, str) else str(wanted[0])][-1]
            found[other, last] = (*found.get((other, last), ()), name)
    return found


@cache
def _drawn_with(model: type[Answers], name: str) -> tuple[str, ...]:
    """Return a field and those drawn inside it, which its choices reveal."""
    inside = [one for (other, _), names in _revealed(model).items() if other == name for one in names]
    return (name, *(one for first in inside for one in _drawn_with(model, first)))


@cache
def _codes(widget: Widget) -> frozenset[str]:
    """Return what may be chosen: never the words of a person."""
    return frozenset(option.value for option in widget.options())


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
        mistake = None if self._form.only_asks else self._form.located.get(self.name)
        return mistake.text(self._form.translate) if mistake else None

    @cached_property
    def errors(self) -> list[str]:
        """What to correct here, one by one: of several files that are refused, each has its line."""
        mistake = self._form.located.get(self.name) if self.error else None
        return [one.text(self._form.translate) for one in mistake.each()] if mistake else []

    @cached_property
    def suggestion(self) -> str:
        """What was likely meant, when what was typed is doubtful."""
        mistake = self._form.located.get(self.name)
        return mistake.suggestion if isinstance(mistake, FieldDoubt) else ""

    @cached_property
    def seen(self) -> str:
        """What was pointed out once, now or before: it is sent beside the field, and is not asked again."""
        mistake = self._form.located.get(self.name)
        before = (*self._form.typed.get(f"{self.name}{SEEN}", ()), "")[0]
        return mistake.value if isinstance(mistake, FieldDoubt) else before

    @cached_property
    def parts(self) -> "tuple[Field, ...]":
        """The inputs of a date, as fields of their own."""
        return tuple(Field(name, widget, self._form) for name, widget in self._widget.inputs(self.name).items())

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
                **self._form.opening(self.name, option.value, self.values),
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
        self.located = dict(self._located())
        self.only_asks = bool(self.located) and all(isinstance(one, FieldQuestion) for one in self.located.values())

    def __getitem__(self, name: str) -> Field:
        """Return a field by its name."""
        if name not in self._fields:
            self._fields[name] = Field(name, widgets(self.model)[name], self)
        return self._fields[name]

    def __contains__(self, name: object) -> bool:
        """Return whether the page has this field."""
        return name in widgets(self.model)

    def sending(self, hidden: Mapping[str, str]) -> "Form":
        """Return the same page, with nothing to correct, that sends something else beside its answers."""
        return Form(
            self.model, self.typed, translate=self.translate, hidden=hidden, offered=self.offered, known=self.known
        )

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
        """The summary, in the order of the page; empty when nothing is wrong, and something is only asked."""
        if self.only_asks or not self.located:
            return []
        order = {name: place for place, name in enumerate(inputs(self.model))}
        named = sorted(self.located.items(), key=lambda item: order.get(item[0], len(order)))
        return [FormError(name, one.text(self.translate)) for name, mistake in named for one in mistake.each()]

    @property
    def asked(self) -> list[str]:
        """What is only asked, in the order of the page; empty when something is wrong."""
        return [name for name in inputs(self.model) if name in self.located] if self.only_asks else []

    def status(self, wanted: int) -> int:
        """Return the status of the page: to ask is no refusal."""
        return OK if self.only_asks and wanted == REFUSED else wanted

    def _located(self) -> Iterator[tuple[str, FieldError]]:
        """Yield beside which input each mistake is said; a mistake of no field keeps its name."""
        fields = widgets(self.model)
        for name, mistake in self.mistakes.items():
            yield from fields[name].located(name, mistake) if name in fields else ((name, mistake),)

    def likeness(self, name: str, heading: object) -> Hashable | None:
        """Return what the look of a field and of those it reveals depends on; ``None`` when it is one person's."""
        chosen: list[Hashable] = []
        for one in _drawn_with(self.model, name):
            widget, offered = widgets(self.model)[one], self.offered.get(one)
            values = tuple(value for name in widget.inputs(one) for value in self.typed.get(name, ()) if value)
            codes = _codes(widget) if offered is None else getattr(offered, "codes", None)
            if one in self.mistakes or codes is None or not codes.issuperset(values):
                return None
            chosen.append((values, offered))
        return self.model, name, heading, self.translate, tuple(chosen)

    def opening(self, name: str, value: str, chosen: Sequence[str]) -> dict[str, Any]:
        """Return the fields drawn after a choice, the choice after which those that it opens are, what is open."""
        openers = _openers(self.model).get((name, value), ())
        reveals = _revealed(self.model).get((name, value), ())
        stays_open = any(widgets(self.model)[one].in_view for one in reveals)
        return {
            "reveals": reveals,
            "opens": openers[-1] if openers else "",
            "is_open": stays_open or any(one in chosen for one in openers),
            "stays_open": stays_open,
        }
