"""A paper read in another language: each sentence with the French one beside it, which alone counts."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class InBoth:
    """A sentence in the reader's language, and in French; a name, a number, a value is the same in both."""

    own: str
    french: str

    @property
    def is_translated(self) -> bool:
        """Whether it is said in another way than in French."""
        return self.own != self.french


def side_by_side(own: Any, french: Any) -> Any:
    """Put what was laid out twice side by side, in the same layout. Raises ``ValueError`` when the layouts differ."""
    if isinstance(own, str):
        return InBoth(own, french)
    if isinstance(own, dict):
        return {name: side_by_side(one, french[name]) for name, one in own.items()}
    if isinstance(own, list | tuple):
        return [side_by_side(*pair) for pair in zip(own, french, strict=True)]
    return own
