"""The language in which the person read the form, as a desk, which works in French, names it."""

from collections.abc import Mapping
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.forms.languages import Language
from app.base.i18n import FRENCH, LANGUAGES, ReadingLanguage
from app.filing.sealed.payload import READ_IN

EASY = N_("français facile à lire")


def reading_language(sealed: Mapping[str, Any]) -> ReadingLanguage | None:
    """Return the language of the form; ``None`` when it was French, or one that is released no more."""
    code = sealed.get(READ_IN, FRENCH)
    return LANGUAGES.get(code) if code != FRENCH else None


def named(language: ReadingLanguage, t: Translate) -> str:
    """Name it in a French sentence: « arabe »."""
    if language.is_french:
        return t(EASY)
    return next((t(one.label).lower() for one in Language if one.value == language.code), language.name)
