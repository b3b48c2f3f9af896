"""A paper read in another language: each sentence with the French one beside it, which alone counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.base.i18n import FOR_INFORMATION, FRENCH, ReadingLanguage, in_language, translate
from app.printing.pdf_text import can_print


@dataclass(frozen=True)
class InBoth:
    """A sentence in the reader's language, and in French; a name, a number, a value is the same in both."""

    own: str = ""
    french: str = ""

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


def both(say: Callable[[], str]) -> InBoth:
    """Say a sentence in the language of the moment, and in French."""
    own = say()
    with in_language(FRENCH):
        return InBoth(own, say())


def courtesy() -> InBoth:
    """Return what stands above a paper in another language: its translation is a courtesy."""
    return both(lambda: translate(FOR_INFORMATION))


def as_data(value: Any) -> Any:
    """Make it fit for the letters of Typst: a text that is the same in both languages is a string."""
    if isinstance(value, InBoth):
        return {"own": value.own, "french": value.french} if value.is_translated else value.french
    if isinstance(value, dict):
        return {name: as_data(one) for name, one in value.items()}
    return [as_data(one) for one in value] if isinstance(value, list | tuple) else value


def is_drawn(language: ReadingLanguage) -> bool:
    """Return whether a font of ours draws the letters of a language."""
    with in_language(language.code):
        return can_print(courtesy().own)


def side_sheet(
    language: ReadingLanguage,
    own: Callable[[], Sequence[Sequence[str]]],
    french: Callable[[], Sequence[Sequence[str]]],
    reference: str,
) -> Mapping[str, Any]:
    """Lay out the side sheet of a French paper: each part, line by line, in the language of the reader, then in French.

    Empty where no font of ours draws her letters: the French paper is then alone.
    """
    if not is_drawn(language):
        return {}
    with in_language(language.code):
        counts, mine = courtesy(), own()
    with in_language(FRENCH):
        said = french()
    return {
        "lang": language.tag.partition("-")[0],
        "dir": language.direction,
        "reference": reference,
        "counts": [counts.own, counts.french],
        "pairs": [[one if one != other else [], other] for one, other in zip(mine, said, strict=True)],
    }
