"""What a person can be asked: widgets that read what was typed, say what to correct, and show an answer again.

What was typed is kept as it came; a mistake is a value shown next to its field, never a lost word.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Self

from email_validator import EmailNotValidError, validate_email

from app.base.errors import N_

Typed = Mapping[str, Sequence[str]]
"""A form as it was typed: each name with its values, in order."""
Translate = Callable[[str], str]

TOO_LONG = N_(
    "Votre texte est trop long : {n} caractères en trop. "
    "Raccourcissez-le, ou ajoutez la suite dans un fichier."
)  # fmt: skip
CHOOSE = N_("Choisissez une réponse.")
BAD_EMAIL = N_("Écrivez une adresse e-mail complète, par exemple nom@exemple.fr.")
NO_ANSWER = N_("Pas de réponse")


class Mistake(Exception):
    """What to correct: a French sentence, with what it names."""

    def __init__(self, message: str, **named: object) -> None:
        """Keep the sentence untranslated."""
        super().__init__(message)
        self.message, self.named = message, named

    def text(self, translate: Translate) -> str:
        """Give the sentence in the reader's language."""
        return translate(self.message).format(**self.named)


class Several(Mistake):
    """Several things to correct in one field."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        """Keep them in order."""
        super().__init__("")
        self.mistakes = mistakes

    def text(self, translate: Translate) -> str:
        """Give the sentences one after the other."""
        return " ".join(mistake.text(translate) for mistake in self.mistakes)


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
    group: str | None = None


@dataclass(frozen=True, kw_only=True)
class Widget:
    """A control: its words, its check, the way its answer is shown."""

    label: str
    hint: str | None = None
    missing: str | None = None
    """What to say when it is empty; ``None``: the answer is optional."""
    only_if: tuple[str, str] | None = None
    """Asked only when another field holds this value; otherwise what was typed is ignored, and kept."""
    optional: bool | None = None
    """Whether « (facultatif) » is written; by default, when nothing is said of a missing answer."""
    autocomplete: str | None = None
    private: bool = False
    """Kept from the opposing party: shown apart, never passed on with the rest."""
    kind: ClassVar[str] = "text"
    empty: ClassVar[Any] = ""

    @property
    def is_optional(self) -> bool:
        """Whether the label says « (facultatif) »."""
        return self.missing is None if self.optional is None else self.optional

    def read(self, typed: Sequence[str]) -> Any:
        """Give the answer meant by what was typed. Raises :class:`Mistake`."""
        raise NotImplementedError

    def shown(self, value: Any, translate: Translate) -> str:
        """Write the answer for people."""
        return str(value) if value else translate(NO_ANSWER)

    def options(self) -> tuple[Option, ...]:
        """List the choices, if any."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Text(Widget):
    """One line of text."""

    longest: int = 200
    type: str = "text"
    inputmode: str | None = None
    width: int | None = None
    spellcheck: bool | None = None
    autocapitalize: str | None = None

    def read(self, typed: Sequence[str]) -> str:
        """Trim; refuse nothing but the empty and the too long."""
        value = one_line(typed[-1] if typed else "")
        if not value and self.missing:
            raise Mistake(self.missing)
        if len(value) > self.longest:
            raise Mistake(TOO_LONG, n=len(value) - self.longest)
        return value


@dataclass(frozen=True, kw_only=True)
class Email(Text):
    """An e-mail address; only its form is checked."""

    type: str = "email"
    longest: int = 254
    spellcheck: bool | None = False

    def read(self, typed: Sequence[str]) -> str:
        """Accept any address that a server could know."""
        value = super().read(typed)
        if not value:
            return value
        try:
            return validate_email(value, check_deliverability=False, test_environment=True).normalized
        except EmailNotValidError as refused:
            raise Mistake(BAD_EMAIL) from refused


@dataclass(frozen=True, kw_only=True)
class Phone(Text):
    """A telephone number: ten French digits, or an international one after a plus sign."""

    type: str = "tel"
    inputmode: str | None = "tel"
    longest: int = 60
    wrong: str = N_(
        "Écrivez un numéro de téléphone, par exemple 06 00 00 00 00. Pour un numéro étranger, commencez par +."
    )

    def read(self, typed: Sequence[str]) -> str:
        """Accept spaces, dots, dashes and brackets; keep the digits."""
        value = super().read(typed)
        if not value:
            return value
        digits = "".join(c for c in value if c.isdecimal() and c.isascii())
        fewest, most, french = 7, 15, 10
        others = {c for c in value if not c.isdecimal()} - set(" .-/()+\u00a0\u202f\u2011\u2010")
        foreign = value.lstrip().startswith(("+", "(+"))
        fits = fewest <= len(digits) <= most if foreign else len(digits) == french and digits[0] == "0"
        if others or not fits:
            raise Mistake(self.wrong)
        return f"+{digits}" if foreign else " ".join(digits[i : i + 2] for i in range(0, 10, 2))


@dataclass(frozen=True, kw_only=True)
class LongText(Widget):
    """Several lines of text."""

    longest: int = 1000
    shortest: int = 0
    too_short: str = N_("Ajoutez quelques mots pour que l'on comprenne.")
    rows: int = 5
    spellcheck: bool | None = True
    kind: ClassVar[str] = "textarea"

    def read(self, typed: Sequence[str]) -> str:
        """Count characters as people see them, once lines are told by one mark."""
        value = many_lines(typed[-1] if typed else "")
        if not value and self.missing:
            raise Mistake(self.missing)
        if 0 < len(value) < self.shortest:
            raise Mistake(self.too_short)
        if len(value) > self.longest:
            raise Mistake(TOO_LONG, n=len(value) - self.longest)
        return value


@dataclass(frozen=True, kw_only=True)
class Radios(Widget):
    """One answer among a few."""

    choices: type[Choices]
    wrong: str = CHOOSE
    kind: ClassVar[str] = "radios"
    only: tuple[Choices, ...] = ()
    """Offer these alone; by default, all."""

    def offered(self) -> tuple[Choices, ...]:
        """List the answers that this page offers."""
        return self.only or tuple(self.choices)

    def read(self, typed: Sequence[str]) -> Choices | str:
        """Accept a code that is offered, or nothing when the answer is optional."""
        value = typed[-1].strip() if typed else ""
        for choice in self.offered():
            if choice.value == value:
                return choice
        if value or self.missing:
            raise Mistake(self.missing or self.wrong)
        return ""

    def shown(self, value: Any, translate: Translate) -> str:
        """Write the label of the answer."""
        return translate(value.label) if isinstance(value, Choices) else translate(NO_ANSWER)

    def options(self) -> tuple[Option, ...]:
        """List the answers with their words."""
        return tuple(Option(c.value, c.label, c.hint, c.tag) for c in self.offered())


@dataclass(frozen=True, kw_only=True)
class Select(Radios):
    """One answer among many, in a closed list."""

    kind: ClassVar[str] = "select"


@dataclass(frozen=True, kw_only=True)
class Checkboxes(Radios):
    """Any number of answers."""

    kind: ClassVar[str] = "checkboxes"
    empty: ClassVar[Any] = ()

    def read(self, typed: Sequence[str]) -> tuple[Choices, ...]:  # type: ignore[override]
        """Keep the codes that are offered, in their order."""
        wanted = {value.strip() for value in typed}
        found = tuple(choice for choice in self.offered() if choice.value in wanted)
        if not found and self.missing:
            raise Mistake(self.missing)
        return found

    def shown(self, value: Any, translate: Translate) -> str:
        """Write the labels one after the other."""
        return " ; ".join(translate(choice.label) for choice in value) or translate(NO_ANSWER)


@dataclass(frozen=True, kw_only=True)
class Tick(Widget):
    """A single box, never ticked in advance."""

    kind: ClassVar[str] = "checkbox"
    empty: ClassVar[Any] = False

    def read(self, typed: Sequence[str]) -> bool:
        """Any value means ticked."""
        ticked = any(value.strip() for value in typed)
        if not ticked and self.missing:
            raise Mistake(self.missing)
        return ticked

    def shown(self, value: Any, translate: Translate) -> str:
        """Write yes or no."""
        return translate(N_("Oui") if value else N_("Non"))

    def options(self) -> tuple[Option, ...]:
        """One box, worth « oui »."""
        return (Option("oui", self.label, self.hint),)


@dataclass(frozen=True, kw_only=True)
class Files(Widget):
    """Files to add; they are received apart, while the form is read."""

    accept: str = ""
    kind: ClassVar[str] = "files"
    empty: ClassVar[Any] = ()

    def read(self, typed: Sequence[str]) -> tuple[()]:
        """Give nothing: the files come apart."""
        del typed
        return ()


def one_line(text: str) -> str:
    """Keep what can be read on one line: no control character, single spaces, composed accents."""
    shown = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text)
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def many_lines(text: str) -> str:
    """Keep lines and tabs; drop the other control characters; one mark for the end of a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", shown).strip()
