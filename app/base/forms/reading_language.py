"""The language in which somebody else will read: one of those that the pages are released in, each in itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.base.forms.fields import FieldError, Option, Translate, Widget
from app.base.forms.widgets import CHOOSE
from app.base.i18n import LANGUAGES


@dataclass(frozen=True, kw_only=True)
class ReadingLanguageChoice(Widget):
    """The code of a released language; empty when none is chosen."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Accept a code that is offered, or nothing."""
        value = typed[-1].strip() if typed else ""
        if value and value not in LANGUAGES:
            raise FieldError(CHOOSE)
        return value

    def shown(self, value: str, translate: Translate) -> str:
        """Write its name, in itself."""
        return LANGUAGES[value].name if value in LANGUAGES else super().shown(value, translate)

    def options(self) -> tuple[Option, ...]:
        """List the languages as their readers call them."""
        return tuple(Option(one.code, one.name, lang=one.tag) for one in LANGUAGES.values())
