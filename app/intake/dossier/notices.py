"""What a desk is told at the head of a complaint: of the profession, of a paper, of the language of the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.documents import recorded_wording
from app.filing.sealed.act import Act
from app.intake import rules
from app.intake.desk.reading_language import said

IN_FRENCH = N_("Ses choix sont dits ici en français.")


def notices(profession: str, sealed: Mapping[str, Any], acts: Sequence[Act], t: Translate) -> list[str]:
    """Return what to know before reading on; ``profession``: RPPS code, or empty."""
    place = next((str(row["answer"]) for row in sealed["complaint"] if row["name"] == "lieu_refus"), "")
    found = (*rules.notices(profession, place), *recorded_wording.notices(sealed, acts))
    return [*_language(sealed, t), *(t(one) for one in found)]


def _language(sealed: Mapping[str, Any], t: Translate) -> list[str]:
    """Say in which language the person reads: whoever reads the complaint here reads French."""
    language = said(sealed, t)
    return [language if sealed.get("association") else f"{language} {t(IN_FRENCH)}"] if language else []
