"""Words: French is the source and the message id; a sentence is translated when it is shown."""

import gettext
import re
from functools import cache, lru_cache
from pathlib import Path

from app.base.errors import N_

__all__ = ["LANGUAGES", "N_", "french", "ntranslate", "translate", "unbroken"]

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "saisine"
LANGUAGES = {"fr": "Français"}
"""Released languages by code; each is named in itself."""

_ARTICLE = re.compile(r"(?<=\b[RLD]\.) (?=\d)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|«|“)")
_BEFORE = re.compile(r" (?=[:;!?»])")
_AFTER = re.compile(r"« ")
_SHORT = r"[^\W\d_]{1,4}\b"
_HYPHEN = re.compile(rf"<[^>]*>|(?<=[^\W\d_])-(?={_SHORT})|\b(?:{_SHORT}-)+(?=[^\W\d_])")
_UNIT = re.compile(r"(?<=\d) (?=(?:ans?|jours?|mois|minutes?|heures?|Mo|€|%)(?!\w))")


def french(text: str) -> str:
    """Set a French sentence as printers do: curly apostrophe, spaces that do not break around : ; ! ? « ».

    The number of an article stays with its letter: « R. 1110-11 ».
    """
    text = _ARTICLE.sub("\u00a0", _APOSTROPHE.sub("’", text))
    return _AFTER.sub("«\u00a0", _BEFORE.sub("\u00a0", text))


@lru_cache(maxsize=4096)
def unbroken(text: str) -> str:
    """Keep on one line, in a page, what reads as one word (« rendez-vous », « a-t-on ») and a number with its unit.

    Names of places and what stands inside a tag stay as they are; so does all that leaves a page, to be searched.
    """
    return _UNIT.sub("\u00a0", _HYPHEN.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else found[0].replace("-", "\u2011")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Read the catalogue of a language; French needs none."""
    return gettext.translation(DOMAIN, LOCALE, languages=[language], fallback=True)


@lru_cache(maxsize=4096)
def translate(message: str, language: str = "fr") -> str:
    """Return the sentence in a language; French when it has no translation."""
    return french(catalogue(language).gettext(message))


def ntranslate(one: str, many: str, n: int, language: str = "fr") -> str:
    """Return the sentence that fits a count; in French, zero and one are singular."""
    if language == "fr":
        return french(one if abs(n) < 2 else many)  # noqa: PLR2004
    return catalogue(language).ngettext(one, many, n)
