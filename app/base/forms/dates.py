"""A date in three inputs, as people type it: numbers or the name of the month, the year in full; one value, a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.date_words import day_and_month, day_said, month_number, number, whole_date
from app.base.forms.fields import NO_ANSWER, FieldError, Translate, Typed, Widget
from app.base.forms.widgets import Text

NO_SUCH_DAY = N_("Cette date n'existe pas. Vérifiez le jour et le mois.")
NOT_YET = N_("Cette date n'est pas encore passée.")
DAY_IN_DIGITS = N_("Écrivez le jour avec des chiffres, par exemple 27.")
FULL_YEAR = N_("Écrivez l'année avec 4 chiffres, par exemple 2026.")
TOO_FAR = N_("Vérifiez l'année : elle est trop lointaine.")
NO_DAY, NO_DATE = N_("Il manque le jour."), N_("Écrivez la date.")
OLDEST, LATEST, YEAR_DIGITS = 1900, 2199, 4
LEAP = 2000
"""Holds every day of a year: whether a day may exist is asked of it while its own year is not known."""
PARTS = DAY, MONTH, YEAR = "jour", "mois", "annee"
"""How the names of the three inputs end: public, frozen."""

_PART = Text(label="", inputmode="numeric", autocomplete="off", longest=60, optional=False)
_INPUTS = {
    DAY: replace(_PART, label=N_("Jour"), missing=NO_DAY, width=2),
    # A month is a number or a name: the keyboard of numbers is not forced.
    MONTH: replace(_PART, label=N_("Mois"), missing=N_("Il manque le mois."), width=5, inputmode=None),
    YEAR: replace(_PART, label=N_("Année"), missing=N_("Il manque l'année."), width=4),
}

Day = date | None
"""The value of a date that is asked of some only: none when it was not asked."""


class PartErrors(FieldError):
    """What to correct in some of the inputs of a date, each by its part."""

    def __init__(self, parts: Mapping[str, FieldError]) -> None:
        """Keep them in order."""
        super().__init__("")
        self.parts = parts

    def text(self, translate: Translate) -> str:
        """Return the sentences one after the other."""
        return " ".join(mistake.text(translate) for mistake in self.parts.values())


@dataclass(frozen=True, kw_only=True)
class Date(Widget):
    """A day; its label is that of the three inputs together, ``missing`` is said beside the day.

    One that is optional may be left empty whole, and is then ``None``.
    """

    label: str = N_("Date")
    missing: str | None = NO_DAY
    optional: bool | None = False
    example: str = N_("Par exemple : 27 2 2026")
    kind: ClassVar[str] = "date"
    empty: ClassVar[Any] = None

    def inputs(self, name: str) -> Mapping[str, Widget]:
        """Return the day, the month and the year."""
        parts = _INPUTS | {DAY: replace(_INPUTS[DAY], missing=self.missing)}
        return {f"{name}_{part}": parts[part] for part in PARTS}

    def located(self, name: str, mistake: FieldError) -> Iterator[tuple[str, FieldError]]:
        """Say each part beside its input, and what is wrong with the whole beside the day."""
        parts = mistake.parts if isinstance(mistake, PartErrors) else {DAY: mistake}
        for part, wrong in parts.items():
            yield f"{name}_{part}", wrong

    def take(self, name: str, typed: Typed) -> Day:
        """Put the three inputs together. Raises :class:`FieldError`."""
        return self.read([(typed.get(one) or ("",))[-1] for one in self.inputs(name)])

    def read(self, typed: Sequence[str]) -> Day:
        """Return the day of a day, a month and a year. Raises :class:`PartErrors` beside one input, or several."""
        if not any(text.strip() for text in typed):
            if self.optional:
                return None
            raise PartErrors({DAY: FieldError(NO_DATE if self.missing in {None, NO_DAY} else str(self.missing))})
        said: dict[str, str] = {}
        wrong: dict[str, FieldError] = {}
        for part, widget, text in zip(PARTS, self.inputs("").values(), _apart(typed), strict=True):
            try:
                said[part] = widget.read([text])
            except FieldError as mistake:
                wrong[part] = mistake
        if not wrong and (mistake_of_year := _mistake_of_year(said[YEAR])):
            wrong[YEAR] = mistake_of_year
        if mistake_of_day := _mistake_of_day(said, LEAP if wrong else number(said[YEAR])):
            wrong = {DAY: mistake_of_day, **wrong}
        if wrong:
            raise PartErrors(wrong)
        return date(number(said[YEAR]), month_number(said[MONTH]), _day_number(said[DAY]))

    def shown(self, value: Day, translate: Translate) -> str:
        """Write the day in full."""
        return date_text(value, weekday=False) if value else translate(NO_ANSWER)


def to_come(day: Day, today: Day, says: str = NOT_YET) -> FieldError | None:
    """Refuse a day after ``today``, when both are known."""
    return FieldError(says) if day and today and day > today else None


def typed_day(name: str, day: date) -> Typed:
    """Fill the three inputs of a date."""
    return {f"{name}_{part}": [str(n)] for part, n in zip(PARTS, (day.day, day.month, day.year), strict=True)}


def spoken_day(fields: Mapping[str, Widget], typed: Typed, today: date) -> dict[str, list[str]]:
    """Fill the inputs of the dates of which only « hier » or « aujourd'hui » was typed; ``today``: where it is read."""
    found: dict[str, list[str]] = {}
    for name, widget in fields.items():
        if isinstance(widget, Date):
            words = [text for one in widget.inputs(name) for text in typed.get(one, ()) if text.strip()]
            day = day_said(words[0], today) if len(words) == 1 else None
            found |= {one: list(values) for one, values in typed_day(name, day).items()} if day else {}
    return found


def _apart(typed: Sequence[str]) -> Sequence[str]:
    """Return the day, the month and the year, where one input holds several of them too: a date pasted whole."""
    given = [text for text in typed if text.strip()]
    if len(given) == len(PARTS):
        return typed
    return whole_date(" ".join(given)) or (day_and_month(given[0]) if len(given) == 1 else None) or typed


def _mistake_of_day(said: Mapping[str, str], year: int) -> FieldError | None:
    """Say that a day is no number, or that it does not exist, as far as its month is known."""
    if DAY not in said:
        return None
    try:
        day = _day_number(said[DAY])
    except ValueError:
        return FieldError(DAY_IN_DIGITS)
    try:
        date(year, month_number(said.get(MONTH, "1")), day)
    except ValueError:
        return FieldError(NO_SUCH_DAY)
    return None


def _mistake_of_year(year: str) -> FieldError | None:
    if not (year.isdecimal() and len(year) == YEAR_DIGITS and int(year) >= OLDEST):
        return FieldError(FULL_YEAR)
    return FieldError(TOO_FAR) if int(year) > LATEST else None


def _day_number(text: str) -> int:
    return number(text.lower().removesuffix("er"))
