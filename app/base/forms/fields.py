"""What a person can be asked: widgets that read what was typed, say what to correct, and show an answer again.

What was typed is kept as it came; a mistake is a value shown next to its field, never a lost word.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Self

from app.base.errors import N_

Typed = Mapping[str, Sequence[str]]
"""A form as it was typed: each name with its values, in order."""
Translate = Callable[[str], str]

NO_ANSWER = N_("Pas de réponse")
SEEN, CORRECT = "_vue", "corriger"
"""After the name of a field: the value that was pointed out once; what a form sends to take a suggestion."""
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - set(map(ord, "\t\n\f\r"))
_NO_CHARACTERS = {*range(0xFDD0, 0xFDF0), *(plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF))}
UNSHOWN = dict.fromkeys(_CONTROLS | _NO_CHARACTERS, " ")
"""What no page may hold (HTML standard, 13.2.3.5), and what PostgreSQL refuses: a space takes its place."""


class FieldError(Exception):
    """What to correct: a French sentence, with what it names."""

    def __init__(self, message: str, **named: object) -> None:
        """Keep the sentence untranslated."""
        super().__init__(message)
        self.message, self.named = message, named

    def text(self, translate: Translate) -> str:
        """Return the sentence in the reader's language."""
        return translate(self.message).format(**self.named)

    def each(self) -> "Sequence[FieldError]":
        """Return what to correct one by one."""
        return (self,)


class FieldQuestion(FieldError):
    """What is left to choose: no mistake as long as it is alone, and is asked for the first time."""


class FieldDoubt(FieldError):
    """What is likely mistyped: asked once, then kept as it is; ``value`` is what was read, ``suggestion`` what fits."""

    def __init__(self, message: str, value: str, suggestion: str) -> None:
        """Keep both."""
        super().__init__(message, suggestion=suggestion)
        self.value, self.suggestion = value, suggestion


class FieldErrors(FieldError):
    """Several things to correct in one field."""

    def __init__(self, mistakes: Sequence[FieldError]) -> None:
        """Keep them in order."""
        super().__init__("")
        self.mistakes = mistakes

    def text(self, translate: Translate) -> str:
        """Return the sentences one after the other."""
        return " ".join(mistake.text(translate) for mistake in self.mistakes)

    def each(self) -> Sequence[FieldError]:
        """Return them."""
        return self.mistakes


class Choices(StrEnum):
    """Coded answers: the value is stored and frozen, the label is shown."""

    label: str
    hint: str | None
    tag: str | None

    def __new__(cls, value: str, label: str, hint: str | None = None, tag: str | None = None) -> Self:
        """Attach the words to the code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.hint, member.tag = label, hint, tag
        return member


@dataclass(frozen=True)
class Option:
    """One line of a list of choices."""

    value: str
    label: str
    hint: str | None = None
    tag: str | None = None
    reveals: tuple[str, ...] = ()
    opens: str = ""
    """The choice after which the fields that this one opens are drawn: itself, or the last that opens them too."""
    is_open: bool = False
    """Whether one of the choices that open what is drawn here is made, or need not be."""
    stays_open: bool = False
    """Whether what is drawn here never folds."""
    group: str | None = None
    lang: str | None = None


@dataclass(frozen=True, eq=False)
class CommonOptions(Sequence[Option]):
    """Choices that everybody is offered alike, as one object as long as they stay the same: they are drawn once."""

    listed: tuple[Option, ...]

    @cached_property
    def codes(self) -> frozenset[str]:
        """What may be chosen."""
        return frozenset(option.value for option in self.listed)

    def __getitem__(self, place: Any) -> Any:
        """Return one of them, or some."""
        return self.listed[place]

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.listed)


@dataclass(frozen=True, kw_only=True)
class Widget(ABC):
    """A control: its words, its check, the way its answer is shown."""

    label: str
    short: str = ""
    """The noun that stands for the question where answers are read again; fields of a page that share it are read as
    one answer. Empty: the label."""
    hint: str | None = None
    missing: str | None = None
    """What to say when it is empty; ``None``: the answer is optional."""
    only_if: tuple[str, str | tuple[str, ...]] | None = None
    """Asked only when another field, of this page or of an earlier one, holds this value, or one of these; otherwise
    what was typed is ignored, and kept."""
    in_view: bool = False
    """Drawn before the choice that asks for it is made: filling it makes the choice."""
    optional: bool | None = None
    """Whether « (facultatif) » is written; by default, when nothing is said of a missing answer."""
    autocomplete: str | None = None
    silent: bool = False
    """Never shown among the answers: another one says it better."""
    private: bool = False
    """Kept from the opposing party: shown apart, never passed on with the rest."""
    passed_on: bool = False
    """Passed on to the opposing party; what is neither private nor passed on stays with whoever decides."""
    on_paper: bool | str = True
    """Whether the form to print asks it too; a sentence: yes, and this stands there in place of the label."""
    kind: ClassVar[str] = "text"
    empty: ClassVar[Any] = ""

    @property
    def is_optional(self) -> bool:
        """Whether the label says « (facultatif) »."""
        return self.missing is None if self.optional is None else self.optional

    def inputs(self, name: str) -> "Mapping[str, Widget]":
        """Return what is typed into, by its HTML name: one input, but for a date."""
        return {name: self}

    def located(self, name: str, mistake: FieldError) -> Iterator[tuple[str, FieldError]]:
        """Yield beside which input each thing to correct is said."""
        yield name, mistake

    def take(self, name: str, typed: Typed) -> Any:
        """Read the answer from a whole form. Raises :class:`FieldError`."""
        return self.read(typed.get(name, ()))

    @abstractmethod
    def read(self, typed: Sequence[str]) -> Any:
        """Return the answer meant by what was typed. Raises :class:`FieldError`."""

    def shown(self, value: Any, translate: Translate) -> str:
        """Write the answer for people."""
        return str(value) if value else translate(NO_ANSWER)

    def options(self) -> tuple[Option, ...]:
        """List the choices, if any."""
        return ()
