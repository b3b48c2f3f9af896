"""The director is told of the transmission to the chamber, then of its decision (CSP R. 1110-13)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, Day, to_come
from app.base.forms.fields import FieldError
from app.base.i18n import translate
from app.intake.desk.act_dates import TODAY
from app.intake.desk.case import DeskCase

FIELD = "directeur_informe_le"
LetterToDirector = Annotated[
    Day,
    Date(
        label=N_("Directeur informé par lettre le"),
        hint=N_("Si la lettre est partie. L'organisme d'assurance maladie ne lit pas ce dossier dans ce service."),
        optional=True,
    ),
]
OF_TRANSMISSION = N_("Directeur informé de la transmission, le {day}")
OF_DECISION = N_("Directeur informé de la décision, le {day}")


def checks(found: Mapping[str, Any], since: str, too_early: str) -> Iterator[tuple[str, FieldError]]:
    """Check the day of the letter: neither to come, nor before what it tells, whose day is the field ``since``."""
    letter, first = found.get(FIELD), found.get(since)
    if mistake := to_come(letter, found[TODAY]):
        yield FIELD, mistake
    elif letter and first and letter < first:
        yield FIELD, FieldError(too_early)


def is_by_letter(case: DeskCase) -> bool:
    """Return whether the director is to be told by a letter: there is one, whose caisse does not read here."""
    caisse = case.now.caisse
    return bool(caisse) and not (caisse in case.now.readers and case.uses_service(caisse))


def told_on(case: DeskCase, letter: Day) -> date | None:
    """Return when the director was told: today, as the act opens it to the caisse here, else the day of the letter.

    ``None``: there is no caisse, or no letter has left yet.
    """
    if not case.now.caisse:
        return None
    return letter if is_by_letter(case) else case.today


def told(words: str, says: str, on: date | None) -> str:
    """Add to the words of an act that the director was told, on a line of its own."""
    return f"{words}\n{translate(says).format(day=date_text(on, weekday=False))}" if on else words
