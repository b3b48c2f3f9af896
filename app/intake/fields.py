"""Controls of the desk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.base.forms.fields import FieldError, Widget
from app.base.forms.widgets import Text
from app.intake.rules import is_id, is_number

RECORD = re.compile(r"[0-9A-Z]{1,16}[.][0-9]{1,12}")
CODE = re.compile(r"[0-9A-Z-]{2,24}")
PLACE = re.compile(r"[a-z_]{1,60}[.][0-9]{1,6}")
PICTURE = re.compile(r"[0-9a-f]{32}[.][0-9]{1,3}")


@dataclass(frozen=True, kw_only=True)
class AuthorityChoice(Widget):
    """One authority of the reference, in a closed list that comes with the page."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep a code; whether it is in force is checked by whoever reads the reference."""
        value = typed[-1].strip() if typed else ""
        if not CODE.fullmatch(value):
            raise FieldError(self.missing or "")
        return value


@dataclass(frozen=True, kw_only=True)
class Colleague(Widget):
    """A clerk of the same authority, in a closed list that comes with the page, or nobody."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep an id; whether this person works here is checked by whoever reads the accounts."""
        value = typed[-1].strip() if typed else ""
        if not value and self.missing is None:
            return ""
        if not is_id(value) and value != "personne":
            raise FieldError(self.missing or "")
        return value


@dataclass(frozen=True, kw_only=True)
class ViewChoice(Widget):
    """A saved view of the authority, in a closed list that comes with the page, or none."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep an id; whether the authority has this view is checked by whoever reads them."""
        value = typed[-1].strip() if typed else ""
        return value if is_id(value) else ""


@dataclass(frozen=True, kw_only=True)
class TemplateChoice(Widget):
    """A message template of the authority, in a closed list that comes with the page, or none."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep an id; whether it is of the authority is checked by whoever reads the templates."""
        value = typed[-1].strip() if typed else ""
        return value if is_id(value) else ""


@dataclass(frozen=True, kw_only=True)
class TagChoices(Widget):
    """Some of the tags of the authority, by their ids, in a closed list that comes with the page."""

    kind: ClassVar[str] = "checkboxes"
    empty: ClassVar[Any] = ()

    def read(self, typed: Sequence[str]) -> tuple[str, ...]:
        """Keep what can be the id of a tag, once each; whoever puts them checks that they are of the authority."""
        return tuple(dict.fromkeys(value for value in typed if is_id(value)))


@dataclass(frozen=True, kw_only=True)
class Pieces(Widget):
    """Some of the files of a complaint, by their ids; whoever knows the complaint checks that they are its own."""

    kind: ClassVar[str] = "checkboxes"
    empty: ClassVar[Any] = ()

    def read(self, typed: Sequence[str]) -> tuple[str, ...]:
        """Keep what can be the id of a file, once each."""
        return tuple(dict.fromkeys(value for value in typed if is_id(value)))


@dataclass(frozen=True, kw_only=True)
class Number(Widget):
    """Another complaint, by its number, in a closed list that comes with the page."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep a number; whether this desk may read it is checked by whoever opens it."""
        value = typed[-1].strip() if typed else ""
        if not is_number(value):
            raise FieldError(self.missing or "")
        return value


@dataclass(frozen=True, kw_only=True)
class RecordChoice(Widget):
    """A record of the directory at one of its places, in a list that comes with the page."""

    kind: ClassVar[str] = "radios"

    def read(self, typed: Sequence[str]) -> str:
        """Keep what can be a record; whether it is in the directory is checked by whoever copies it."""
        value = typed[-1].strip() if typed else ""
        if not RECORD.fullmatch(value):
            raise FieldError(self.missing or "")
        return value


@dataclass(frozen=True, kw_only=True)
class PassagePlaces(Widget):
    """Some of the places where a passage stands; whoever looks for the passage checks that they are its own."""

    kind: ClassVar[str] = "checkboxes"
    empty: ClassVar[Any] = ()

    def read(self, typed: Sequence[str]) -> tuple[str, ...]:
        """Keep what can be a place, once each."""
        return tuple(dict.fromkeys(value for value in typed if PLACE.fullmatch(value)))


@dataclass(frozen=True, kw_only=True)
class PictureChoice(Widget):
    """A picture of the files of a complaint, in a closed list that comes with the page."""

    kind: ClassVar[str] = "select"

    def read(self, typed: Sequence[str]) -> str:
        """Keep what can be a picture; whether it is of this complaint is checked by whoever opens it."""
        value = typed[-1].strip() if typed else ""
        if not PICTURE.fullmatch(value):
            raise FieldError(self.missing or "")
        return value


@dataclass(frozen=True, kw_only=True)
class Percent(Text):
    """A whole number of percents."""

    inputmode: str | None = "numeric"
    longest: int = 3
    width: int | None = 3
    least: int = 0

    def read(self, typed: Sequence[str]) -> int:  # type: ignore[override]
        """Read it, with or without its sign."""
        value = (typed[-1] if typed else "").strip().removesuffix("%").strip()
        if not re.fullmatch(r"[0-9]{1,3}", value) or not self.least <= int(value) <= 100:  # noqa: PLR2004 - percents
            raise FieldError(self.missing or "")
        return int(value)


@dataclass(frozen=True, kw_only=True)
class MaskChoice(Widget):
    """A mask of a complaint, by its number, in a list that comes with the page."""

    kind: ClassVar[str] = "radios"

    def read(self, typed: Sequence[str]) -> int:
        """Keep a number; whether such a mask holds is checked by whoever knows the complaint."""
        value = typed[-1].strip() if typed else ""
        if not re.fullmatch(r"[0-9]{1,4}", value):
            raise FieldError(self.missing or "")
        return int(value)
