"""Step 2: the professional, and where he or she works, which decides the authorities (CSP R. 1110-9)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from app.base.errors import N_
from app.base.fields import Choices, Mistake, Translate, Widget
from app.base.widgets import Radios, Select, Text


class Profession(Choices):
    """The seven professions that have an ordre, and the way out."""

    MEDECIN = "medecin", N_("Médecin (généraliste ou spécialiste)")
    CHIRURGIEN_DENTISTE = "chirurgien_dentiste", N_("Dentiste ou orthodontiste")
    SAGE_FEMME = "sage_femme", N_("Sage-femme")
    INFIRMIER = "infirmier", N_("Infirmier ou infirmière")
    MASSEUR_KINESITHERAPEUTE = "masseur_kinesitherapeute", N_("Kinésithérapeute")
    PEDICURE_PODOLOGUE = "pedicure_podologue", N_("Pédicure-podologue")
    PHARMACIEN = "pharmacien", N_("Pharmacien ou pharmacienne")
    AUTRE = "autre", N_("Une autre profession")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


class PharmacyType(Choices):
    """Where a pharmacist works: it tells the section of the ordre (CSP L. 4232-1)."""

    OFFICINE = "officine", N_("Une pharmacie de ville")
    HOPITAL = "hopital", N_("Un hôpital ou une clinique")
    LABORATOIRE = "laboratoire", N_("Un laboratoire d'analyses")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


class Owner(Choices):
    """Whether a pharmacist owns the pharmacy: section A of the ordre, or section D (CSP L. 4232-1)."""

    OUI = "oui", N_("Oui, c'est le ou la propriétaire")
    NON = "non", N_("Non, une autre personne de la pharmacie")
    NE_SAIT_PAS = "ne_sait_pas", N_("Je ne sais pas")


class OtherProfession(Choices):
    """The other professions of the national directory; the value is their RPPS code."""

    ASSISTANT_DENTAIRE = "31", N_("Assistant ou assistante dentaire")
    ASSISTANT_SOCIAL = "41", N_("Assistant ou assistante de service social")
    AUDIOPROTHESISTE = "26", N_("Audioprothésiste")
    CHIROPRACTEUR = "73", N_("Chiropracteur")
    DIETETICIEN = "95", N_("Diététicien ou diététicienne")
    EPITHESISTE = "85", N_("Épithésiste")
    ERGOTHERAPEUTE = "94", N_("Ergothérapeute")
    INFIRMIER_PSYCHIATRIQUE = "69", N_("Infirmier ou infirmière psychiatrique")
    MANIPULATEUR = "98", N_("Manipulateur ou manipulatrice en radiologie")
    OCULARISTE = "84", N_("Oculariste")
    OPTICIEN = "28", N_("Opticien ou opticienne")
    ORTHOPEDISTE = "83", N_("Orthopédiste-orthésiste")
    ORTHOPHONISTE = "91", N_("Orthophoniste")
    ORTHOPROTHESISTE = "81", N_("Orthoprothésiste")
    ORTHOPTISTE = "92", N_("Orthoptiste")
    OSTEOPATHE = "71", N_("Ostéopathe")
    PHYSICIEN_MEDICAL = "32", N_("Physicien médical ou physicienne médicale")
    PODO_ORTHESISTE = "82", N_("Podo-orthésiste")
    PSYCHOLOGUE = "93", N_("Psychologue")
    PSYCHOMOTRICIEN = "96", N_("Psychomotricien ou psychomotricienne")
    PSYCHOTHERAPEUTE = "72", N_("Psychothérapeute")
    TECHNICIEN_LABORATOIRE = "86", N_("Technicien ou technicienne de laboratoire")
    INCONNUE = "inconnue", N_("Une profession qui n'est pas dans la liste")


RPPS: dict[str, str] = {
    Profession.MEDECIN: "10",
    Profession.CHIRURGIEN_DENTISTE: "40",
    Profession.SAGE_FEMME: "50",
    Profession.INFIRMIER: "60",
    Profession.MASSEUR_KINESITHERAPEUTE: "70",
    Profession.PEDICURE_PODOLOGUE: "80",
    Profession.PHARMACIEN: "21",
}
"""The code of each profession in the national directory; an unknown one has an empty code."""

UNKNOWN_TOWN, ABROAD = "inconnue", "hors_france"
CHOOSE_TOWN = N_("Choisissez la ville dans la liste.")
NOT_FOUND = N_("Nous ne trouvons pas ce lieu. Essayez avec le code postal.")
TOO_VAGUE = N_("Donnez au moins un nom, un lieu ou une description.")


def section_of(owner: str) -> str | None:
    """Give the section of the ordre told by the answer; ``None``: it stays to be confirmed."""
    return {Owner.OUI.value: "A", Owner.NON.value: "D"}.get(owner)


def rpps_of(profession: str, other: str) -> str:
    """Give the code of the profession that was chosen, or an empty string."""
    if profession == Profession.AUTRE:
        return "" if other in {"", OtherProfession.INCONNUE} else str(other)
    return RPPS.get(profession, "")


@dataclass(frozen=True, kw_only=True)
class TownChoice(Widget):
    """The town, when several answer to what was typed; the choices come with each search."""

    kind: ClassVar[str] = "radios"
    _code: ClassVar[re.Pattern[str]] = re.compile(r"[0-9][0-9AB][0-9]{3}")

    def read(self, typed: Sequence[str]) -> str:
        """Keep an INSEE code, or the answer that no town fits; anything else is as if nothing was chosen."""
        value = typed[-1].strip() if typed else ""
        return value if value in {UNKNOWN_TOWN, ABROAD} or self._code.fullmatch(value) else ""

    def shown(self, value: str, translate: Translate) -> str:
        """Write the code; the name stands in the field before."""
        return translate(N_("Ville non trouvée")) if value == UNKNOWN_TOWN else value


PROFESSION = Radios(
    label=N_("Quelle est sa profession ?"),
    choices=Profession,
    missing=N_("Choisissez une profession, ou “Je ne sais pas”."),
)
ProfessionField = Annotated[Profession, PROFESSION]
PharmacyField = Annotated[
    PharmacyType | str,
    Radios(
        label=N_("Où travaille cette personne ?"),
        choices=PharmacyType,
        only_if=("profession", Profession.PHARMACIEN),
        missing=N_("Dites-nous où travaille cette personne, ou choisissez “Je ne sais pas”."),
    ),
]
OwnerField = Annotated[
    Owner | str,
    Radios(
        label=N_("Est-ce le ou la propriétaire de la pharmacie ?"),
        hint=N_("Cela change le conseil de l'ordre qui est compétent."),
        choices=Owner,
        only_if=("pharmacie_type", PharmacyType.OFFICINE),
    ),
]
OtherField = Annotated[
    OtherProfession | str,
    Select(
        label=N_("Choisissez la profession"),
        choices=OtherProfession,
        only_if=("profession", Profession.AUTRE),
        missing=N_("Choisissez la profession."),
    ),
]
OtherText = Annotated[
    str,
    Text(
        label=N_("Si elle n'est pas dans la liste, écrivez la profession"),
        only_if=("profession", Profession.AUTRE),
        optional=True,
        longest=80,
    ),
]
ProName = Annotated[
    str,
    Text(
        label=N_("Nom du professionnel"),
        hint=N_("Avec le prénom si vous le connaissez."),
        longest=80,
        autocomplete="off",
    ),
]
ProPlace = Annotated[
    str, Text(label=N_("Nom du cabinet, de la pharmacie ou de l'hôpital"), longest=120, autocomplete="off")
]
ProStreet = Annotated[str, Text(label=N_("Rue"), longest=200, autocomplete="off")]
ProTown = Annotated[
    str,
    Text(
        label=N_("Ville ou code postal"),
        hint=N_("Pour trouver la bonne CPAM et le bon ordre."),
        missing=N_("Écrivez la ville ou le code postal du lieu."),
        longest=120,
        autocomplete="off",
    ),
]
TownCode = Annotated[str, TownChoice(label=N_("Quelle ville est-ce ?"), optional=False)]


def professional_checks(found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
    """Ask for what identifies the professional: any one thing is enough (CSP R. 1110-11)."""
    if (
        "profession_autre" in found
        and found["profession_autre"] == OtherProfession.INCONNUE
        and not found.get("profession_autre_texte")
    ):
        yield "profession_autre_texte", Mistake(N_("Écrivez la profession."))
    named = [found.get(name) for name in ("pro_nom", "pro_lieu", "pro_adresse")]
    if all(value == "" for value in named):
        yield "pro_nom", Mistake(TOO_VAGUE)
