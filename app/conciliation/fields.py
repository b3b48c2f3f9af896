"""Controls of the conciliation pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.base.errors import N_
from app.base.forms.fields import FieldError, Widget
from app.base.forms.widgets import CHOOSE, Text

LONGEST_CODE = 64
BAD_MONTHS = N_("Écrivez un nombre de mois, de {least} à {most}.")


@dataclass(frozen=True, kw_only=True)
class Months(Text):
    """A number of months; the value is a number, or none when it was not asked."""

    inputmode: str | None = "numeric"
    width: int | None = 3
    longest: int = 10
    autocomplete: str | None = "off"
    least: int = 1
    most: int
    empty: ClassVar[Any] = None

    def read(self, typed: Sequence[str]) -> int:  # type: ignore[override]
        """Read a whole number of months, within the bounds of the text."""
        value = super().read(typed)
        if not (value.isdecimal() and self.least <= int(value) <= self.most):
            raise FieldError(BAD_MONTHS, least=self.least, most=self.most)
        return int(value)


@dataclass(frozen=True, kw_only=True)
class CheckboxList(Widget):
    """Some of a list that comes with the page; whoever made the list checks that they are of it."""

    kind: ClassVar[str] = "checkboxes"
    empty: ClassVar[Any] = ()

    def read(self, typed: Sequence[str]) -> tuple[str, ...]:
        """Keep what was ticked, once each."""
        found = tuple(dict.fromkeys(value.strip() for value in typed if value.strip()))
        if not found and self.missing:
            raise FieldError(self.missing)
        return found


@dataclass(frozen=True, kw_only=True)
class OneOf(Widget):
    """One of a closed list that comes with the page; whoever made the list checks that it is of it."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep what was chosen."""
        value = typed[-1].strip() if typed else ""
        if (not value and self.missing) or len(value) > LONGEST_CODE:
            raise FieldError(self.missing or CHOOSE)
        return value
