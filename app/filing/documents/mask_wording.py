"""What is said of a mask, to clerks and to the person: what it hides, and why; never the words themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Choices, Translate
from app.filing.sealed.act import Act
from app.filing.sealed.masks import AreaMasked, Masked, PassageMasked
from app.filing.sealed.to_person import CourtesyTranslation
from app.filing.status.masks import masks


class MaskReason(Choices):
    """Why something is not shown to the professional (CRPA L. 311-6; RGPD, article 5, 1 c)."""

    TIERS = "tiers", N_("Le nom ou la vie privée d'une autre personne")
    SANTE = "sante", N_("La santé d'une autre personne")
    COORDONNEES = "coordonnees", N_("Une adresse, un téléphone ou un e-mail")
    SECURITE = "securite", N_("La sécurité de quelqu'un")
    HORS_SUJET = "hors_sujet", N_("Une information privée sans lien avec la plainte")
    AUTRE = "autre", N_("Une autre raison")


WHY = N_("{reason} : {explanation}")
PASSAGE = N_("Un passage de : {where}")
WHOLE, PART = N_("Toute la preuve “{name}”"), N_("Une partie de la preuve “{name}”")
WHOLE_PAGE = N_("Toute la page {page} de la preuve “{name}”")
PART_OF_PAGE = N_("Une partie de la page {page} de la preuve “{name}”")
ALL = (0, 0, 100, 100)


@dataclass(frozen=True)
class MaskLine:
    """A mask, in words."""

    number: int
    what: str
    reason: str
    """Of the closed list."""
    why: str
    explanation: str
    """What the clerk wrote, with which the reason ends."""
    where: str = ""
    """The questions, as they were asked in French, with which a masked passage ends."""
    translation: CourtesyTranslation | None = None


def why(reason: str, explanation: str, t: Translate) -> str:
    """Say why, by the closed list and by the words of the clerk."""
    return t(WHY).format(reason=_reason(reason, t), explanation=explanation)


def mask_lines(document: Mapping[str, Any], acts: Sequence[Act], t: Translate) -> list[MaskLine]:
    """List the masks that hold, the oldest first."""
    return [
        MaskLine(
            number,
            _what(document, mask, t),
            _reason(mask.reason, t),
            why(mask.reason, mask.explanation, t),
            mask.explanation,
            _where(document, mask) if isinstance(mask, PassageMasked) else "",
            mask.translation,
        )
        for number, mask in masks(acts).items()
    ]


def _reason(code: str, t: Translate) -> str:
    return next((t(one.label) for one in MaskReason if one.value == code), code)


def _what(document: Mapping[str, Any], mask: Masked, t: Translate) -> str:
    match mask:
        case PassageMasked():
            return t(PASSAGE).format(where=_where(document, mask))
        case AreaMasked():
            is_whole = (mask.left, mask.top, mask.width, mask.height) == ALL
            whole, part = (WHOLE_PAGE, PART_OF_PAGE) if mask.page else (WHOLE, PART)
            known = {file["id"]: file.get("title") or file["name"] for file in document["files"]}
            return t(whole if is_whole else part).format(name=known.get(mask.file, ""), page=mask.page)
    raise TypeError(mask)


def _where(document: Mapping[str, Any], mask: PassageMasked) -> str:
    labels = {row["name"]: row["label"] for row in document["complaint"]}
    return " ; ".join(dict.fromkeys(str(labels.get(place.answer, place.answer)) for place in mask.places))
