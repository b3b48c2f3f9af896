"""The control that takes files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.base.forms.fields import Widget


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
