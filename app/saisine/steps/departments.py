"""The département, for whoever does not know the town; the list comes with the reference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.base.errors import N_
from app.base.forms.fields import FieldError, Translate, Widget

UNKNOWN_DEPARTMENT = "inconnu"


@dataclass(frozen=True, kw_only=True)
class DepartmentChoice(Widget):
    """A COG code of a département or overseas territory, or the answer that it is not known."""

    kind: ClassVar[str] = "select"
    _code: ClassVar[re.Pattern[str]] = re.compile(r"[0-9][0-9AB]|9[0-9]{2}")

    def read(self, typed: Sequence[str]) -> str:
        """Keep a code."""
        value = typed[-1].strip() if typed else ""
        if value == UNKNOWN_DEPARTMENT or self._code.fullmatch(value):
            return value
        raise FieldError(self.missing or "")

    def shown(self, value: str, translate: Translate) -> str:
        """Write the code as on number plates."""
        return translate(N_("Je ne sais pas")) if value == UNKNOWN_DEPARTMENT else value
