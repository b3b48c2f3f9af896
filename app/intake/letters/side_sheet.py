"""The side sheet of a letter to a person who did not read the form in French: her words beside it (decision 44)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.base.i18n import in_language
from app.filing.sealed.to_person import CourtesyTranslation
from app.intake.desk.case import DeskCase
from app.intake.desk.reading_language import reading_language
from app.intake.letters.frame import LetterText
from app.printing.bilingual import is_drawn


def beside(case: DeskCase, french: Callable[[], LetterText], own: Callable[[], LetterText] | None = None) -> LetterText:
    """Write a letter in French and, where the person reads another language, once more in it.

    ``own`` writes the same with what the authority translated for her, where the letter holds words of its own.
    """
    language, letter = reading_language(case.opened.payload), french()
    if language is None:
        return letter
    with in_language(language.code):
        return replace(letter, own=(own or french)(), read_in=language)


def follows(case: DeskCase) -> bool:
    """Return whether a side sheet follows the letters to the person."""
    language = reading_language(case.opened.payload)
    return language is not None and is_drawn(language)


def with_words(letter: LetterText, text: str, own: str) -> LetterText:
    """Add a paragraph that a clerk wrote, with its translation when she gave one."""
    if not text:
        return letter
    more = replace(letter, paragraphs=[*letter.paragraphs, text])
    if letter.own is None:
        return more
    return replace(more, own=replace(letter.own, paragraphs=[*letter.own.paragraphs, own or text]))


def mailed(letter: LetterText, message: str, translation: CourtesyTranslation | None) -> Mapping[str, str]:
    """Return the words of a letter that a mail gives; those that end in ``_own`` are for its half in her language."""
    said = _words(letter)
    if letter.own and letter.read_in:
        with in_language(letter.read_in.code):
            said |= {f"{name}_own": words for name, words in _words(letter.own).items()}
    more = {"message_own": translation.text} if translation else {}
    return {**said, **more, "message": message}


def _words(letter: LetterText) -> dict[str, str]:
    return {"letter": "\n\n".join(letter.paragraphs), "ending": "\n\n".join(letter.ending)}
