"""A form: fields declared once, and read from what was typed.

An :class:`Answers` model declares the fields of a page; each field is ``Annotated`` with its widget, which names what
is typed into after the field. Both names are public, French, frozen. Everything around them is English.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from app.base.forms.fields import FieldDoubt, FieldError, Typed, Widget

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
def inputs(model: type[Answers]) -> tuple[str, ...]:
    """Return the HTML names of a page, in their order: those of its fields, the three parts of a date."""
    return tuple(one for name, widget in widgets(model).items() for one in widget.inputs(name))


def is_asked(widget: Widget, found: Mapping[str, Any]) -> bool:
    """Return whether the answers so far call for this field."""
    if widget.only_if is None:
        return True
    other, wanted = widget.only_if
    value = found.get(other, ())
    given = value if isinstance(value, tuple) else ("oui" if value is True else value,)
    return any(one in given for one in ((wanted,) if isinstance(wanted, str) else wanted))


def parse(
    model: type[A], typed: Typed, known: Mapping[str, Any] | None = None, *, is_sent_now: bool = True
) -> Parsed[A]:
    """Read a form; every mistake is given at once, in the order of the page.

    ``known``: the valid answers of the pages before, on which some questions depend. ``is_sent_now``: whether somebody
    is there to be asked of a doubt; what was kept before is read again without it.
    """
    typed = model.settle(typed)
    found = dict(known or {})
    errors: dict[str, FieldError] = {}
    for name, widget in widgets(model).items():
        if not is_asked(widget, found):
            found[name] = widget.empty
            continue
        try:
            found[name] = widget.take(name, typed)
        except FieldDoubt as doubt:
            found[name] = doubt.value
            if is_sent_now:
                errors[name] = doubt
        except FieldError as mistake:
            errors[name] = mistake
    for name, together in model.checks(found):
        errors.setdefault(name, together)
    if errors:
        return Parsed(None, {name: errors[name] for name in widgets(model) if name in errors})
    return Parsed(model(**{name: found[name] for name in widgets(model)}))
