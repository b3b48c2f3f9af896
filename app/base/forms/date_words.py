"""The words of dates, in every language of the form: months, days of the week, « hier », a date pasted whole."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_timedelta, tokenize_pattern

from app.base.forms.typed_text import code_line, one_line
from app.base.i18n import LANGUAGES

_SPOKEN = (
    ("aujourd'hui", "today", "اليوم", "hoy", "hoje", "azi", "astăzi", "bugün", "сегодня", "сьогодні", "今天"),
    ("hier", "yesterday", "أمس", "البارحة", "ayer", "ontem", "ieri", "dün", "вчера", "вчора", "昨天"),
    ("avant-hier", "أول أمس", "anteayer", "anteontem", "alaltăieri", "позавчера", "позавчора", "前天"),
)
"""Days as people say them, by how many days ago: whoever reads the form in a language may answer in it."""
_THIS = ("ce matin", "cet après-midi", "ce soir", "this morning", "this afternoon", "this evening")
"""A part of today."""
_MORE_LOCALES = ("ar_DZ", "ar_MA", "ar_SY", "ar_TN")
"""The Arabic months have other names from one country to the next."""
_OTHERS = {"le", "er", "of", "st", "nd", "rd", "th"}
"""What people put in a date beside what its patterns put there: « le 1er mars », « 20th of November »."""
_ANY_YEAR = "2000"
_HOUR = re.compile(r"[\s,]+(?:à|a|vers|at)?\s*\d{1,2}\s*(?:h(?:\s*\d{2})?|:\d{2})\s*$", re.IGNORECASE)
"""An hour after a day, « à 14 h 30 », which no answer asks for here."""
_CLOSE = re.compile(r"(\d\d)(\d\d)((?:19|20|21)\d\d)")
"""A day typed without anything between its numbers: ``27022026``."""
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_DAYS_IN_WORDS = 6
"""More days are a round number: « il y a 8 jours » is a week, « 15 jours » are two."""
_LONGEST, _YEAR_DIGITS, _WEEKDAY_LETTERS, _MONTH_LETTERS, _PARTS = 60, 4, 2, 3, 3


def day_said(text: str, today: date) -> date | None:
    """Read « hier », « hier soir », « il y a 3 jours », in any language; ``None`` for any other text."""
    word = _plain(_without_hour(one_line(text)))
    if word in map(_plain, _THIS):
        return today
    said = ((days, _plain(one)) for days, words in enumerate(_SPOKEN) for one in words)
    ago = next((days for days, one in said if word.startswith(one) and word.removeprefix(one) in _moments()), None)
    ago = _days_ago().get(_closed_up(text)) if ago is None else ago
    return None if ago is None else today - timedelta(days=ago)


def _without_hour(text: str) -> str:
    """Take away the hour that follows a day."""
    return _HOUR.sub("", text)


def month_number(text: str) -> int:
    """Read a month: ``2``, ``02``, ``février``, ``fev``, ``fév.``, ``febrero``. Raises ``ValueError``."""
    if text.isdecimal():
        return number(text)
    word = _plain(text)
    found = {n for n, name in _months() if word == name or (len(word) >= _MONTH_LETTERS and name.startswith(word))}
    if len(found) != 1:
        raise ValueError(text)
    return found.pop()


def number(text: str) -> int:
    """Read a number of a date, in the digits of any script. Raises ``ValueError``."""
    if not (text.isdecimal() and len(text) <= _YEAR_DIGITS):
        raise ValueError(text)
    return int(text)


def whole_date(text: str) -> Sequence[str] | None:
    """Take a date written whole apart: its day, its month, its year; ``None`` for any other text.

    ``20/11/2026``, ``2026-11-20`` (ISO 8601), and what CLDR writes in each language: ``le vendredi 20 novembre 2026``,
    ``Friday, November 20, 2026``, ``20 de noviembre de 2026``, ``2026年11月20日星期五``.
    """
    line = re.sub("['’ʼ]", "", _without_hour(one_line(text)))
    if close := _CLOSE.fullmatch(code_line(line)):
        return close.groups()
    parts = _WORDS.findall(line) if len(line) <= _LONGEST else []
    numbers = [part for part in parts if part.isdecimal()]
    words = [part for part in parts if not part.isdecimal() and not _is_filler(_plain(part))]
    if len(numbers) == _PARTS - 1:
        named = next((word for word in reversed(words) if _is_month(word)), None)
        if named is None:
            return None
        words.remove(named)
        numbers.insert(1, named)
    unknown = [word for word in words if not _is_weekday(_plain(word))]
    if len(numbers) != _PARTS or unknown not in ([], parts[:1]) or any(map(_is_month, unknown)):  # « depuis le 20 … »
        return None
    return numbers[::-1] if len(numbers[0]) == _YEAR_DIGITS else numbers


def day_and_month(text: str) -> Sequence[str] | None:
    """Take a day without its year apart, « le 12 février », « 12/02 »; ``None`` for any other text."""
    found = whole_date(f"{text} {_ANY_YEAR}")
    if (
        found is None
        or found[-1] != _ANY_YEAR
        or any(one.isdecimal() and len(one) == _YEAR_DIGITS for one in found[:-1])
    ):
        return None
    return [*found[:-1], ""]


def _is_month(word: str) -> bool:
    try:
        return bool(month_number(word))
    except ValueError:
        return False


def _is_weekday(word: str) -> bool:
    return len(word) >= _WEEKDAY_LETTERS and any(name.startswith(word) for name in _weekdays())


@lru_cache(maxsize=256)
def _is_filler(word: str) -> bool:
    """Tell whether a word says nothing of which day it is; where words are not apart, several may be one."""
    begun = (one for one in _fillers() if word.startswith(one))
    return not word or any(_is_filler(word.removeprefix(one)) for one in begun)


def _locales() -> Iterator[Locale]:
    yield from map(Locale.parse, {language.locale for language in LANGUAGES.values()} | {*_MORE_LOCALES})


@cache
def _months() -> frozenset[tuple[int, str]]:
    """Name the months, as in a date and alone: the start of the name is enough."""
    named = [locale.months[context]["wide"] for locale in _locales() for context in ("format", "stand-alone")]
    return frozenset((n, _plain(name)) for names in named for n, name in names.items())


@cache
def _weekdays() -> frozenset[str]:
    named = [locale.days[context]["wide"] for locale in _locales() for context in ("format", "stand-alone")]
    return frozenset(_plain(part) for names in named for name in names.values() for part in _pieces(name))


@cache
def _fillers() -> frozenset[str]:
    """List the days of the week, and the words that the patterns of dates put between numbers."""
    patterns = [str(one.pattern) for locale in _locales() for one in locale.date_formats.values()]
    between = (text for one in patterns for kind, text in tokenize_pattern(one) if kind == "chars")
    words = {_plain(word) for text in between for word in _WORDS.findall(str(text))}
    return frozenset((words | _weekdays() | _OTHERS) - {""})


@cache
def _moments() -> frozenset[str]:
    """Name the parts of a day; none is one too."""
    periods = [periods for locale in _locales() for periods in locale.day_periods["format"].values()]
    alone = [periods for locale in _locales() for periods in locale.day_periods["stand-alone"].values()]
    return frozenset({""} | {_plain(name) for names in (*periods, *alone) for name in names.values()})


@cache
def _days_ago() -> Mapping[str, int]:
    """Say how many days ago, as CLDR does: « il y a 3 jours », « 3 days ago », « 3天前 »."""
    far, numbers = 10**6, range(1, _DAYS_IN_WORDS + 1)
    return {
        _closed_up(format_timedelta(timedelta(days=-n), "day", far, add_direction=True, locale=locale)): n
        for locale in _locales()
        for n in numbers
    }


def _closed_up(text: str) -> str:
    """Write a text that holds numbers without what people leave out: accents, capitals, spaces."""
    bare = unicodedata.normalize("NFD", code_line(text).casefold())
    return "".join(c for c in bare if c.isalnum())


def _pieces(name: str) -> list[str]:
    return _WORDS.findall(re.sub("['’ʼ]", "", name))


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in bare if c.isalpha())
