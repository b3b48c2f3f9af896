"""The professions, as people choose them (CSP, fourth part), and their codes in the national directory."""

from app.base.errors import N_
from app.base.forms.fields import Choices


class ProfessionChoice(Choices):
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

    AIDE_SOIGNANT = "35", N_("Aide-soignant ou aide-soignante")
    AMBULANCIER = "36", N_("Ambulancier ou ambulancière")
    ASSISTANT_DENTAIRE = "31", N_("Assistant ou assistante dentaire")
    ASSISTANT_SOCIAL = "41", N_("Assistant ou assistante de service social")
    AUDIOPROTHESISTE = "26", N_("Audioprothésiste")
    AUXILIAIRE_PUERICULTURE = "37", N_("Auxiliaire de puériculture")
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
    PREPARATEUR = "39", N_("Préparateur ou préparatrice en pharmacie")
    PREPARATEUR_HOSPITALIER = "38", N_("Préparateur ou préparatrice en pharmacie, à l'hôpital")
    PSYCHOLOGUE = "93", N_("Psychologue")
    PSYCHOMOTRICIEN = "96", N_("Psychomotricien ou psychomotricienne")
    PSYCHOTHERAPEUTE = "72", N_("Psychothérapeute")
    TECHNICIEN_LABORATOIRE = "86", N_("Technicien ou technicienne de laboratoire")
    INCONNUE = "inconnue", N_("Une profession qui n'est pas dans la liste")


RPPS: dict[str, str] = {
    ProfessionChoice.MEDECIN: "10",
    ProfessionChoice.CHIRURGIEN_DENTISTE: "40",
    ProfessionChoice.SAGE_FEMME: "50",
    ProfessionChoice.INFIRMIER: "60",
    ProfessionChoice.MASSEUR_KINESITHERAPEUTE: "70",
    ProfessionChoice.PEDICURE_PODOLOGUE: "80",
    ProfessionChoice.PHARMACIEN: "21",
}
"""The code of each profession in the national directory; an unknown one has an empty code."""


def section_of(owner: str) -> str | None:
    """Return the section of the ordre told by the answer; ``None``: it stays to be confirmed."""
    return {Owner.OUI.value: "A", Owner.NON.value: "D"}.get(owner)


def rpps_of(profession: str, other: str) -> str:
    """Return the code of the profession that was chosen, or an empty string."""
    if profession == ProfessionChoice.AUTRE:
        return "" if other in {"", OtherProfession.INCONNUE} else str(other)
    return RPPS.get(profession, "")
