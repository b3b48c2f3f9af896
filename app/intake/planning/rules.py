"""Which meetings cannot be held together: pure rules on values."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.base.errors import N_
from app.base.forms.fields import Translate

SAME_PLACE = N_("{number} : même lieu, à la même heure")
SAME_PEOPLE = N_("{number} : {names} siège à la même heure")


@dataclass(frozen=True)
class Sitting:
    """A meeting of a commission, as the desk keeps it."""

    number: str
    begins: datetime
    """Where the complaint was received."""
    ends: datetime
    place: str
    members: Sequence[str]
    is_held: bool = False

    @property
    def on(self) -> date:
        """Its day."""
        return self.begins.date()


@dataclass(frozen=True)
class Clash:
    """Why two meetings cannot be held together: the other one, who sits in both, whether they share a room."""

    number: str
    members: tuple[str, ...]
    is_same_place: bool

    def text(self, t: Translate) -> str:
        """Write it in a few words."""
        if self.members:
            return t(SAME_PEOPLE).format(number=self.number, names=", ".join(self.members))
        return t(SAME_PLACE).format(number=self.number)


def clashes(one: Sitting, others: Iterable[Sitting]) -> list[Clash]:
    """List the meetings at the same hours, in the same place or before the same member; the others are no trouble."""
    return [clash for other in others if (clash := _clash(one, other))]


def _clash(one: Sitting, other: Sitting) -> Clash | None:
    if one.number == other.number or one.begins >= other.ends or other.begins >= one.ends:
        return None
    names = {_bare(name) for name in other.members}
    both = tuple(name for name in one.members if _bare(name) in names)
    is_same_place = _bare(one.place) == _bare(other.place)
    return Clash(other.number, both, is_same_place) if both or is_same_place else None


def _bare(text: str) -> str:
    """Write a name or a place so that two ways of typing it are one."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in apart if not unicodedata.combining(c)).split())
