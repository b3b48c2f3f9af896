"""What a desk is told at the head of a complaint: of the profession, of a paper, of the language of the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.forms.languages import Language
from app.base.i18n import FRENCH, LANGUAGES
from app.filing.documents import recorded_wording
from app.filing.sealed.act import Act
from app.filing.sealed.payload import READ_IN
from app.intake import rules

IN_OTHER = N_("La personne a lu le formulaire en {language}. Ses choix sont dits ici en français.")


def notices(profession: str, sealed: Mapping[str, Any], acts: Sequence[Act], t: Translate) -> list[str]:
    """Return what to know before reading on; ``profession``: RPPS code, or empty."""
    place = next((str(row["answer"]) for row in sealed["complaint"] if row["name"] == "lieu_refus"), "")
    found = (*rules.notices(profession, place), *recorded_wording.notices(sealed, acts))
    return [*_language(sealed, t), *(t(one) for one in found)]


def _language(sealed: Mapping[str, Any], t: Translate) -> list[str]:
    """Say in which language the form was read: whoever reads the complaint here reads French."""
    language = LANGUAGES.get(sealed.get(READ_IN, FRENCH))
    if language is None or language.code == FRENCH:
        return []
    spoken = next((t(one.label).lower() for one in Language if one.value == language.code), language.name)
    return [t(IN_OTHER).format(language=spoken)]
