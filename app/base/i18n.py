"""Words: French is the source and the message id; a sentence is said in the language of the moment when it is shown.

That language is the one of the address (``/en/aide``), never guessed from the browser: whoever helps may read another
one. What is sealed, what clerks read and what the service writes by itself is French.
"""

import gettext
import hashlib
import io
import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.base.errors import N_

__all__ = [
    "FOR_INFORMATION",
    "FRENCH",
    "LANGUAGES",
    "N_",
    "ReadingLanguage",
    "code_now",
    "french",
    "in_a_row",
    "in_language",
    "language_now",
    "ntranslate",
    "translate",
    "unbroken",
]

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "saisine"
_ARTICLE = re.compile(r"(?<=\b[RLD]\.) (?=\d)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|«|“)")
_BEFORE = re.compile(r" (?=[:;!?»])")
_AFTER = re.compile(r"« ")
_SHORT = r"[^\W\d_]{1,4}\b"
_HYPHEN = re.compile(rf"<[^>]*>|(?<=[^\W\d_])-(?={_SHORT})|\b(?:{_SHORT}-)+(?=[^\W\d_])")
_UNIT = re.compile(r"(?<=\d) (?=(?:ans?|jours?|mois|minutes?|heures?|h|min|Mo|€|%)(?!\w))|(?<=\d[ \u00a0]h) (?=\d)")

_NEXT = {"ar": "؛ ", "zh": "；"}
"""What stands between the parts of a list that hold commas, where it is no semicolon."""

FOR_INFORMATION = N_("Traduction pour information. Seul le texte français fait foi.")
"""What stands beside a text that is given in another language too."""


@dataclass(frozen=True)
class ReadingLanguage:
    """A language that has its whole catalogue."""

    code: str
    """First segment of the addresses in this language, and folder of its catalogue; French has neither."""
    name: str
    """In itself."""
    tag: str
    """BCP 47 tag, for browsers and screen readers."""
    locale: str
    """How Babel names it, for dates and numbers."""
    is_right_to_left: bool = False

    @property
    def is_french(self) -> bool:
        """Whether it is set as French is: its marks, its dates."""
        return self.tag.startswith(FRENCH)

    @property
    def is_read_again(self) -> bool:
        """Whether somebody whose language it is has read all of it."""
        return self.is_french if self.code == FRENCH else is_read_again(self.code)

    @property
    def direction(self) -> str:
        """The ``dir`` of HTML."""
        return "rtl" if self.is_right_to_left else "ltr"


FRENCH = "fr"
_ALL = (
    ReadingLanguage(FRENCH, "Français", "fr", "fr"),
    ReadingLanguage("facile", "Facile à lire", "fr-x-facile", "fr"),
    ReadingLanguage("en", "English", "en", "en_GB"),
    ReadingLanguage("ar", "العربية", "ar", "ar", is_right_to_left=True),
    ReadingLanguage("es", "Español", "es", "es"),
    ReadingLanguage("pt", "Português", "pt", "pt_PT"),
    ReadingLanguage("ro", "Română", "ro", "ro"),
    ReadingLanguage("tr", "Türkçe", "tr", "tr"),
    ReadingLanguage("ru", "Русский", "ru", "ru"),
    ReadingLanguage("uk", "Українська", "uk", "uk"),
    ReadingLanguage("zh", "简体中文", "zh-Hans", "zh_Hans"),
)
LANGUAGES: dict[str, ReadingLanguage] = {
    one.code: one for one in _ALL if one.code == FRENCH or (LOCALE / one.code / f"{DOMAIN}.po").is_file()
}
"""Released languages by code, in the order in which they are offered."""

_now: ContextVar[str] = ContextVar("reading_language", default=FRENCH)


def language_now() -> ReadingLanguage:
    """Return the language in which sentences are said now."""
    return LANGUAGES[_now.get()]


def code_now() -> str:
    """Return its code."""
    return _now.get()


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Say sentences in a language, then in the one of before. Raises ``KeyError`` for one that is not released."""
    before = _now.set(LANGUAGES[code].code)
    try:
        yield
    finally:
        _now.reset(before)


def french(text: str) -> str:
    """Set a French sentence as printers do: curly apostrophe, spaces that do not break around : ; ! ? « ».

    The number of an article stays with its letter: « R. 1110-11 ».
    """
    text = _ARTICLE.sub("\u00a0", _APOSTROPHE.sub("’", text))
    return _AFTER.sub("«\u00a0", _BEFORE.sub("\u00a0", text))


def unbroken(text: str) -> str:
    """Keep on one line, in a page, what reads as one word (« rendez-vous »), a number with its unit, an hour.

    Names of places and what stands inside a tag stay as they are; so does all that leaves a page, to be searched, and
    so do the other languages.
    """
    return _unbroken(text) if language_now().is_french else text


@lru_cache(maxsize=4096)
def _unbroken(text: str) -> str:
    return _UNIT.sub("\u00a0", _HYPHEN.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else found[0].replace("-", "\u2011")


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """Read the catalogue of a language, once; French, which is the source, has none."""
    if code == FRENCH:
        return gettext.NullTranslations()
    with (LOCALE / code / f"{DOMAIN}.po").open("rb") as source:
        read = read_po(source, locale=LANGUAGES[code].locale)
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def is_read_again(code: str) -> bool:
    """Return whether a catalogue, as it is, was signed by somebody whose language it is (``review.toml``)."""
    folder = LOCALE / code
    signed = tomllib.loads((folder / "review.toml").read_text(encoding="utf-8"))
    return bool(signed["read_by"]) and signed["catalogue"] == digest_of((folder / f"{DOMAIN}.po").read_bytes())


def digest_of(catalogue: bytes) -> str:
    """Sum up a catalogue, as whoever signs it does."""
    return hashlib.sha256(catalogue).hexdigest()[:16]


def translate(message: str) -> str:
    """Return the sentence in the language of the moment; French when it has no translation."""
    return _translated(message, code_now())


@lru_cache(maxsize=16_384)
def _translated(message: str, code: str) -> str:
    said = catalogue(code).gettext(message) if message else message
    return french(said) if LANGUAGES[code].is_french else said


def in_a_row(parts: Iterable[str]) -> str:
    """Write parts that may hold commas one after the other, in the language of the moment."""
    return _NEXT.get(code_now(), " ; " if language_now().is_french else "; ").join(parts)


def ntranslate(one: str, many: str, n: int) -> str:
    """Return the sentence that fits a count, in the language of the moment; in French, zero and one are singular."""
    if code_now() == FRENCH:
        return french(one if abs(n) < 2 else many)  # noqa: PLR2004
    said = catalogue(code_now()).ngettext(one, many, n)
    return french(said) if language_now().is_french else said
