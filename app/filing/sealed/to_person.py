"""What an authority writes to the person in words of its own, with a translation when its author gave one."""

from dataclasses import dataclass

from app.base.i18n import LANGUAGES, ReadingLanguage
from app.filing.sealed.base import Sealed


@dataclass(frozen=True, kw_only=True)
class CourtesyTranslation:
    """What the authority wrote in French, in the language of the person: for information, the French alone counts."""

    language: str
    """Code of the language, as the addresses of the pages have it."""
    text: str

    @property
    def read_in(self) -> ReadingLanguage | None:
        """That language; ``None`` for one that is released no more."""
        return LANGUAGES.get(self.language)


@dataclass(frozen=True, kw_only=True)
class ToPerson(Sealed):
    """An act with free words that the person reads; without a translation it is sealed as before there were any."""

    translation: CourtesyTranslation | None = None
