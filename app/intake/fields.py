"""Controls of the desk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.base.fields import Mistake, Widget

CODE = re.compile(r"[0-9A-Z-]{2,24}")


@dataclass(frozen=True, kw_only=True)
class AuthorityChoice(Widget):
    """One authority of the reference, in a closed list that comes with the page."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep a code; whether it is in force is checked by whoever reads the reference."""
        value = typed[-1].strip() if typed else ""
        if not CODE.fullmatch(value):
            raise Mistake(self.missing or "")
        return value
