"""An hour of the day, as people type it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.widgets import Text

BAD_HOUR = N_("Écrivez une heure, par exemple 14 h 30.")
HOUR = re.compile(r"([0-2]?\d)\s*(?:h|:)\s*([0-5]\d)?", re.IGNORECASE)
LAST_HOUR = 23


def hour_of(text: str) -> str | None:
    """Read an hour, ``14 h 30``, ``14:30``, ``9h``; give ``14:30``, or nothing when it is none."""
    found = HOUR.fullmatch(text.strip())
    if not found or int(found[1]) > LAST_HOUR:
        return None
    return f"{int(found[1]):02d}:{found[2] or '00'}"


@dataclass(frozen=True, kw_only=True)
class Hour(Text):
    """An hour of the day."""

    width: int | None = 5
    autocomplete: str | None = "off"

    def read(self, typed: Sequence[str]) -> str:
        """Read ``14 h 30`` or ``14:30``."""
        value = super().read(typed)
        found = hour_of(value) if value else ""
        if found is None:
            raise FieldError(BAD_HOUR)
        return found
