"""A date in three fields, as people type it: numbers or the name of the month, the year in full."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from babel.dates import get_month_names

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.widgets import Text

NO_SUCH_DAY = N_("Cette date n'existe pas. Vérifiez le jour et le mois.")
NOT_YET = N_("Cette date n'est pas encore passée.")
FULL_YEAR = N_("Écrivez l'année avec 4 chiffres, par exemple 2026.")
TOO_FAR = N_("Vérifiez l'année : elle est trop lointaine.")
OLDEST, LATEST, YEAR_DIGITS = 1900, 2199, 4


@dataclass(frozen=True, kw_only=True)
class Part(Text):
    """One of the three fields; what was typed is kept as it came."""

    inputmode: str | None = "numeric"
    autocomplete: str | None = "off"
    longest: int = 20
    optional: bool | None = False
    whole: str = N_("Date")
    """What the three fields say together."""
    example: str = N_("Par exemple : 27 2 2026")

    def read(self, typed: Sequence[str]) -> str:
        """Ask for it when it is empty."""
        value = super().read(typed)
        if not value:
            raise FieldError(self.missing or "")
        return value


@dataclass(frozen=True, kw_only=True)
class Day(Part):
    """The day."""

    label: str = N_("Jour")
    missing: str | None = N_("Il manque le jour.")


@dataclass(frozen=True, kw_only=True)
class Month(Part):
    """The month: its number or its name; so the keyboard of numbers is not forced."""

    label: str = N_("Mois")
    missing: str | None = N_("Il manque le mois.")
    inputmode: str | None = None


@dataclass(frozen=True, kw_only=True)
class Year(Part):
    """The year, in full."""

    label: str = N_("Année")
    missing: str | None = N_("Il manque l'année.")


def day_of(found: Mapping[str, Any], prefix: str) -> date:
    """Return the day that three valid fields say. Raises ``ValueError``."""
    day, month, year = (str(found[f"{prefix}_{part}"]) for part in ("jour", "mois", "annee"))
    return date(_number(year), month_number(month), _number(day.lower().removesuffix("er")))


def day_checks(found: Mapping[str, Any], prefix: str, today: date | None) -> Iterator[tuple[str, FieldError]]:
    """Check three fields together, once each is there; ``today`` refuses what is to come."""
    parts = [found.get(f"{prefix}_{part}") for part in ("jour", "mois", "annee")]
    if not all(parts):
        return
    year = str(parts[2])
    if not (year.isdecimal() and len(year) == YEAR_DIGITS and int(year) >= OLDEST):
        yield f"{prefix}_annee", FieldError(FULL_YEAR)
        return
    if int(year) > LATEST:
        yield f"{prefix}_annee", FieldError(TOO_FAR)
        return
    try:
        day = day_of(found, prefix)
    except ValueError:
        yield f"{prefix}_jour", FieldError(NO_SUCH_DAY)
        return
    if today is not None and day > today:
        yield f"{prefix}_jour", FieldError(NOT_YET)


def month_number(text: str) -> int:
    """Read a month: ``2``, ``02``, ``février``, ``fev``, ``fév.``. Raises ``ValueError``."""
    if text.isdecimal():
        return _number(text)
    word = _plain(text)
    shortest = 3
    found = {n for n, name in _months() if len(word) >= shortest and name.startswith(word)}
    if len(found) != 1:
        raise ValueError(text)
    return found.pop()


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) <= YEAR_DIGITS):
        raise ValueError(text)
    return int(text)


@cache
def _months() -> tuple[tuple[int, str], ...]:
    """Return the months in full and cut short (``janv``, ``juil``): the start of the name is enough."""
    return tuple((n, _plain(name)) for n, name in get_month_names("wide", locale="fr").items())


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in bare if c.isalpha())
