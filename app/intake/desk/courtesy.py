"""The translation that a clerk adds to her words for a person who did not read the form in French (decision 44)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.widgets import LongText
from app.base.i18n import translate
from app.filing.sealed.to_person import CourtesyTranslation
from app.intake.desk.case import DeskCase
from app.intake.desk.reading_language import reading_language, said

IN_OTHER = "lit_une_autre_langue"
"""What the forms know beside their fields: whether the person read hers in another language than French."""
Courtesy = Annotated[
    str,
    LongText(
        label=N_("Traduction pour la personne"),
        hint=N_("Ajoutez-la si vous en avez une. Le texte français fait foi."),
        longest=6000,
        rows=6,
        spellcheck=False,
        dir="auto",
        only_if=(IN_OTHER, "oui"),
    ),
]
"""A translation is longer than the text that it is made of."""


FRENCH_FIRST = N_("Écrivez aussi le texte français : lui seul fait foi.")


def french_too(found: Mapping[str, Any], text_field: str) -> Iterator[tuple[str, FieldError]]:
    """Refuse a translation of nothing, where the French words are optional."""
    if found.get("traduction") and found.get(text_field) == "":
        yield text_field, FieldError(FRENCH_FIRST)


def asked_of(case: DeskCase) -> dict[str, Any]:
    """Return what the checks of a form know of it."""
    return {IN_OTHER: reading_language(case.opened.payload) is not None}


def read_in(case: DeskCase) -> str:
    """Say in which language the person reads; nothing of French."""
    return said(case.opened.payload, translate)


def courtesy(case: DeskCase, text: str) -> CourtesyTranslation | None:
    """Return what is sealed of a translation; nothing of none."""
    language = reading_language(case.opened.payload)
    return CourtesyTranslation(language=language.code, text=text) if language and text else None
