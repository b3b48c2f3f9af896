"""The controls of a form: each reads what was typed, says what to correct, and shows its answer again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from email_validator import EmailNotValidError, validate_email

from app.base.forms.fields import NO_ANSWER, SEEN, Choices, FieldError, Option, Translate, Typed, Widget
from app.base.forms.mistyped import asked_once
from app.base.forms.phones import NUMBER_ALONE, dialled, has_words
from app.base.forms.typed_text import address_in, code_line, has_letter, many_lines, one_line
from app.base.i18n import N_, in_a_row

TOO_LONG = N_("Votre texte est trop long : {n} caractères en trop. Raccourcissez-le.")
TOO_LONG_BY_ONE = N_("Votre texte est trop long : 1 caractère en trop. Raccourcissez-le.")
CHOOSE = N_("Choisissez une réponse.")
BAD_EMAIL = N_("Écrivez une adresse e-mail complète, par exemple nom@exemple.fr.")
ACCENTED_EMAIL = N_("Avant le @, cette adresse a un accent ou un signe que le courrier ne porte pas. Vérifiez-la.")
NO_LETTER = N_("Écrivez ce nom avec des lettres.")


@dataclass(frozen=True, kw_only=True)
class Text(Widget):
    """One line of text."""

    longest: int = 200
    type: str = "text"
    inputmode: str | None = None
    width: int | None = None
    spellcheck: bool | None = None
    autocapitalize: str | None = None
    suggest: str | None = None
    """Address that answers what may be meant, while one types; the field works without it."""

    def read(self, typed: Sequence[str]) -> str:
        """Trim; refuse nothing but the empty and the too long."""
        is_code = self.type != "text" or self.inputmode
        value = (code_line if is_code else one_line)(typed[-1] if typed else "")
        if not value and self.missing:
            raise FieldError(self.missing)
        if len(value) > self.longest:
            raise too_long(len(value) - self.longest)
        return value


def too_long(n: int) -> FieldError:
    """Say by how many signs a text is too long, in thousands as French writes them."""
    return FieldError(TOO_LONG if n > 1 else TOO_LONG_BY_ONE, n=f"{n:,}".replace(",", "\u202f"))


@dataclass(frozen=True, kw_only=True)
class Name(Text):
    """The name of a person, of any script."""

    def read(self, typed: Sequence[str]) -> str:
        """Refuse what holds no letter: nobody is called so."""
        value = super().read(typed)
        if value and not has_letter(value):
            raise FieldError(NO_LETTER)
        return value


@dataclass(frozen=True, kw_only=True)
class Email(Text):
    """An e-mail address that a mail can be sent to; only its form is checked."""

    type: str = "email"
    longest: int = 254
    spellcheck: bool | None = False

    def read(self, typed: Sequence[str]) -> str:
        """Accept what any server carries: an accent in the domain (RFC 5890), none before the @ (RFC 5321, 4.1.2)."""
        if not (value := address_in(super().read(typed))):
            return value
        try:
            found = validate_email(value, check_deliverability=False, test_environment=True, strict=True)
        except EmailNotValidError as refused:
            raise FieldError(BAD_EMAIL) from refused
        if not found.local_part.isascii():
            raise FieldError(ACCENTED_EMAIL)
        return found.normalized

    def take(self, name: str, typed: Typed) -> str:
        """Read it. Raises :class:`FieldDoubt`, once, when its domain is likely mistyped."""
        return asked_once(self.read(typed.get(name, ())), typed.get(f"{name}{SEEN}", ()))


@dataclass(frozen=True, kw_only=True)
class Phone(Text):
    """A telephone number, kept as it can be dialled."""

    type: str = "tel"
    inputmode: str | None = "tel"
    longest: int = 60
    wrong: str = N_(
        "Écrivez un numéro de téléphone, par exemple 06 00 00 00 00. Pour un numéro étranger, commencez par +."
    )

    def read(self, typed: Sequence[str]) -> str:
        """Accept what people write; see :func:`app.base.forms.phones.dialled`."""
        value = super().read(typed)
        try:
            return dialled(value) if value else value
        except ValueError as wrong:
            raise FieldError(NUMBER_ALONE if has_words(value) else self.wrong) from wrong


_ARABIC_MARKS = str.maketrans({"\u066b": ",", "\u066c": ""})
"""Decimal separator, and the one of thousands."""


@dataclass(frozen=True, kw_only=True)
class Amount(Text):
    """A sum in euros, as people write it: ``45``, ``45,50``, ``1 200 €``."""

    inputmode: str | None = "decimal"
    longest: int = 20
    width: int | None = 10
    wrong: str = N_("Écrivez un montant, par exemple 45 ou 45,50.")
    _shape: ClassVar[re.Pattern[str]] = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?")

    def read(self, typed: Sequence[str]) -> str:
        """Accept spaces, a comma or a point, the sign of the euro; give ``45`` or ``45,50``."""
        if not (value := super().read(typed)):
            return value
        said = value.translate(_ARABIC_MARKS).lower()
        bare = said.replace("euros", "").replace("euro", "").replace("€", "")
        found = self._shape.fullmatch("".join(bare.split()))
        if found is None:
            raise FieldError(self.wrong)
        euros, cents = str(int(found[1])), found[2]
        return f"{euros},{cents:0<2}" if cents else euros

    def shown(self, value: str, translate: Translate) -> str:
        """Write the sum with its unit."""
        return f"{value} €" if value else translate(NO_ANSWER)


@dataclass(frozen=True, kw_only=True)
class LongText(Widget):
    """Several lines of text."""

    longest: int = 1000
    shortest: int = 0
    too_short: str = N_("Ajoutez quelques mots pour que l'on comprenne.")
    rows: int = 5
    spellcheck: bool | None = True
    dir: str | None = None
    """``auto`` where another language than that of the page is awaited."""
    kind: ClassVar[str] = "textarea"

    def read(self, typed: Sequence[str]) -> str:
        """Count characters as people see them, once lines are told by one mark."""
        value = many_lines(typed[-1] if typed else "")
        if not value and self.missing:
            raise FieldError(self.missing)
        if 0 < len(value) < self.shortest:
            raise FieldError(self.too_short)
        if len(value) > self.longest:
            raise too_long(len(value) - self.longest)
        return value


@dataclass(frozen=True, kw_only=True)
class Radios(Widget):
    """One answer among a few."""

    choices: type[Choices]
    wrong: str = CHOOSE
    kind: ClassVar[str] = "radios"
    only: tuple[Choices, ...] = ()
    """Offer these alone; by default, all."""
    groups: tuple[tuple[str, tuple[Choices, ...]], ...] = ()
    folded: bool = False
    """Show the answers under headings, an empty one: none; folded, until a press, unless an answer is there."""

    @cached_property
    def offered(self) -> Mapping[str, Choices]:
        """The answers that this page offers, in their order, by their codes."""
        some = self.only or [choice for _, choices in self.groups for choice in choices] or self.choices
        return {choice.value: choice for choice in some}

    def read(self, typed: Sequence[str]) -> Choices | str:
        """Accept a code that is offered, or nothing when the answer is optional."""
        value = typed[-1].strip() if typed else ""
        if value not in self.offered and (value or self.missing):
            raise FieldError(self.missing or self.wrong)
        return self.offered.get(value, "")

    def shown(self, value: Any, translate: Translate) -> str:
        """Write the label of the answer."""
        return translate(value.label) if isinstance(value, Choices) else translate(NO_ANSWER)

    def options(self) -> tuple[Option, ...]:
        """List the answers with their words."""
        heading = {choice: legend for legend, choices in self.groups for choice in choices}
        return tuple(Option(c.value, c.label, c.hint, c.tag, group=heading.get(c)) for c in self.offered.values())


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
        found = tuple(choice for code, choice in self.offered.items() if code in wanted)
        if not found and self.missing:
            raise FieldError(self.missing)
        return found

    def shown(self, value: Any, translate: Translate) -> str:
        """Write the labels one after the other."""
        return in_a_row(translate(choice.label) for choice in value) or translate(NO_ANSWER)


@dataclass(frozen=True, kw_only=True)
class Tick(Widget):
    """A single box, never ticked in advance."""

    kind: ClassVar[str] = "checkbox"
    empty: ClassVar[Any] = False

    def read(self, typed: Sequence[str]) -> bool:
        """Any value means ticked."""
        ticked = any(value.strip() for value in typed)
        if not ticked and self.missing:
            raise FieldError(self.missing)
        return ticked

    def shown(self, value: Any, translate: Translate) -> str:
        """Write yes or no."""
        return translate(N_("Oui") if value else N_("Non"))

    def options(self) -> tuple[Option, ...]:
        """One box, worth « oui »."""
        return (Option("oui", self.label, self.hint),)
