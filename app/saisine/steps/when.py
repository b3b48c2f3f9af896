"""Step 3: when it happened, as well as it is known."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.date_words import day_said
from app.base.forms.dates import Date, Day, spoken_day, to_come, typed_day
from app.base.forms.fields import Choices, FieldError, Typed, Widget
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Radios, Text
from app.saisine.steps.facts import TODAY, StoryAnswers


class DatePrecision(Choices):
    """How well the date is known."""

    EXACTE = "exacte", N_("Je connais la date")
    APPROX = "approx", N_("Je sais à peu près")
    PLUSIEURS = "plusieurs", N_("C'est arrivé plusieurs fois")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


REMEMBER = N_("Écrivez ce dont vous vous souvenez, même approximatif.")
_EXACT = ("date_precision", DatePrecision.EXACTE.value)


class When(Answers):
    """A9; an old date never blocks."""

    date_precision: Annotated[
        DatePrecision,
        Radios(
            short=N_("Date"),
            label=N_("Quand cela s'est-il passé ?"),
            choices=DatePrecision,
            missing=N_("Dites-nous si vous connaissez la date."),
            passed_on=True,
            on_paper=False,
        ),
    ]
    date: Annotated[
        Day,
        Date(
            short=N_("Date"),
            only_if=_EXACT,
            example=N_("Par exemple : 27 2 2026, ou hier"),
            passed_on=True,
            on_paper=N_("Quand cela s'est-il passé ?"),
        ),
    ]
    date_approx: Annotated[
        str,
        Text(
            short=N_("Date"),
            label=N_("Écrivez ce dont vous vous souvenez"),
            hint=N_("Par exemple : mi-février 2026"),
            only_if=("date_precision", DatePrecision.APPROX.value),
            missing=REMEMBER,
            longest=120,
            passed_on=True,
            on_paper=N_("Plusieurs dates, ou une date approximative"),
        ),
    ]
    date_plusieurs: Annotated[
        str,
        LongText(
            short=N_("Date"),
            label=N_("Écrivez les dates, même approximatives"),
            only_if=("date_precision", DatePrecision.PLUSIEURS.value),
            missing=REMEMBER,
            longest=300,
            rows=3,
            passed_on=True,
            on_paper=False,
        ),
    ]

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Ask for the day at once: most know it, and whoever does not says so."""
        return {"date_precision": [DatePrecision.EXACTE.value], **typed}

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check that the date is past."""
        if mistake := to_come(found.get("date"), found.get(TODAY)):
            yield "date", mistake


class WhenAndStory(StoryAnswers, When):
    """A9 and A10: the date, then the story."""


def said_day(fields: Mapping[str, Widget], typed: Typed, today: date) -> dict[str, list[str]]:
    """Return what is said of a date in words: « hier » is known to the day, even where « à peu près » was ticked."""
    found = spoken_day(fields, typed, today)
    about = [text for text in typed.get("date_approx", ()) if text.strip()]
    is_about = DatePrecision.APPROX.value in typed.get("date_precision", ())
    if is_about and about and (day := day_said(about[-1], today)):
        found |= {name: list(values) for name, values in typed_day("date", day).items()}
        found |= {"date_precision": [DatePrecision.EXACTE.value], "date_approx": []}
    return found
