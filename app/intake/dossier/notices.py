"""What a desk is told at the head of a complaint: of the profession, of a paper, of the language of the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.documents import recorded_wording
from app.filing.sealed.act import Act
from app.intake import rules
from app.intake.desk.reading_language import named, reading_language

IN_OTHER = N_("La personne a lu le formulaire en {language}. Ses choix sont dits ici en français.")


def notices(profession: str, sealed: Mapping[str, Any], acts: Sequence[Act], t: Translate) -> list[str]:
    """Return what to know before reading on; ``profession``: RPPS code, or empty."""
    place = next((str(row["answer"]) for row in sealed["complaint"] if row["name"] == "lieu_refus"), "")
    found = (*rules.notices(profession, place), *recorded_wording.notices(sealed, acts))
    return [*_language(sealed, t), *(t(one) for one in found)]


def _language(sealed: Mapping[str, Any], t: Translate) -> list[str]:
    """Say in which language the form was read: whoever reads the complaint here reads French."""
    language = reading_language(sealed)
    return [t(IN_OTHER).format(language=named(language, t))] if language else []
