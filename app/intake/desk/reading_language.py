"""The language that the person reads, as a desk names it in French: that of the form, else as her association said."""

from collections.abc import Mapping
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.forms.languages import Language
from app.base.i18n import FRENCH, LANGUAGES, ReadingLanguage
from app.filing.sealed.payload import READ_IN

EASY = N_("français facile à lire")
READ_FORM = N_("La personne a lu le formulaire en {language}.")
READS = N_("La personne lit en {language}, d'après l'association.")


def reading_language(sealed: Mapping[str, Any]) -> ReadingLanguage | None:
    """Return it; ``None`` when it is French, or one that is released no more."""
    code = sealed.get(READ_IN, FRENCH)
    return LANGUAGES.get(code) if code != FRENCH else None


def named(language: ReadingLanguage, t: Translate) -> str:
    """Name it in a French sentence: « arabe »."""
    if language.is_french:
        return t(EASY)
    return next((t(one.label).lower() for one in Language if one.value == language.code), language.name)


def said(sealed: Mapping[str, Any], t: Translate) -> str:
    """Say which language it is, and how that is known; nothing of French."""
    language = reading_language(sealed)
    known = READS if sealed.get("association") else READ_FORM
    return t(known).format(language=named(language, t)) if language else ""
