"""The codes of the desk and their words: pure rules on values."""

import re
from collections.abc import Iterable

from app.base.errors import N_
from app.base.fields import Choices
from app.base.secrets import ALPHABET

_NUMBER = re.compile(rf"SA-[0-9]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
_ID = re.compile(r"[0-9a-f]{32}")


class State(Choices):
    """Where a complaint stands, in a clerk's words."""

    RECUE = "recue", N_("Reçue")
    ACCUSEE = "accusee", N_("Accusé envoyé")
    TRANSMISE = "transmise", N_("Transmise")
    CONCILIATION_FIXEE = "conciliation_fixee", N_("Réunion fixée")
    CONCILIATION_FAITE = "conciliation_faite", N_("Réunion tenue")
    ACCORD = "accord", N_("Accord")
    SANS_ACCORD = "sans_accord", N_("Sans accord")
    SANS_CONCILIATION = "sans_conciliation", N_("Sans conciliation")
    REORIENTEE = "reorientee", N_("Envoyée à une autre autorité")
    RETRAIT_DEMANDE = "retrait_demande", N_("Retrait demandé")
    RETIREE = "retiree", N_("Retirée")
    CLOSE = "close", N_("Terminée")


class Sign(Choices):
    """What a clerk must see at once."""

    URGENCE = "urgence", N_("Soins urgents")
    MINEUR = "mineur", N_("Mineur")
    PROTEGE = "protege", N_("Personne protégée")
    MESURE = "mesure_a_verifier", N_("Mesure de protection à vérifier")
    AIDE = "aide", N_("Avec une aide")
    AVOCAT = "avocat", N_("Par un avocat")
    ASSOCIATION = "association", N_("Par une association agréée")
    BESOINS = "besoins", N_("Besoins pour participer")
    LANGUE = "langue", N_("Autre langue que le français")
    SANS_EMAIL = "sans_email", N_("Sans e-mail")
    A_CONFIRMER = "a_confirmer", N_("Orientation à confirmer")


def signs_today(signs: Iterable[str], *, has_email: bool) -> list[str]:
    """Bring the signs of the receipt up to date with the contact sheet of today."""
    kept = [sign for sign in signs if sign != Sign.SANS_EMAIL]
    return kept if has_email else [*kept, Sign.SANS_EMAIL.value]


class EventKind(Choices):
    """Lines of the history."""

    RECUE = "recue", N_("Plainte reçue")
    OUVERTE = "ouverte", N_("Ouverte")
    DANGEREUSE = "preuve_dangereuse", N_("Preuve dangereuse enregistrée")
    REORIENTATION = "reorientation", N_("Envoyée à une autre autorité")
    CONFIRMATION = "confirmation_ordre", N_("Autre autorité confirmée")
    ACCUSE = "accuse_reception", N_("Accusé de réception envoyé")
    TRANSMISE_AUTORITE = "transmise_autorite", N_("Transmise à l'autre autorité")
    TRANSMISE_PRO = "transmise_professionnel", N_("Transmise au professionnel")
    MESSAGE_PERSONNE = "message_personne", N_("Message de la personne")
    MESSAGE_AUTORITE = "message_autorite", N_("Message à la personne")
    DEMANDE = "demande_piece", N_("Demande à la personne")
    PREUVES = "preuves_ajoutees", N_("Preuves ajoutées par la personne")
    COORDONNEES = "coordonnees", N_("Coordonnées changées par la personne")
    RETRAIT_DEMANDE = "retrait_demande", N_("Retrait demandé par la personne")
    RETRAIT_ANNULE = "retrait_annule", N_("Retrait annulé par la personne")
    RETRAIT = "retrait", N_("Plainte retirée")
    AUDITION = "audition", N_("Professionnel entendu")
    SEANCE = "seance", N_("Réunion fixée")
    CONVOCATION = "convocation", N_("Convocation envoyée")
    CONVOCATION_RECUE = "convocation_recue", N_("Convocation reçue")
    REPONSE_REUNION = "reponse_reunion", N_("Réponse à la convocation")
    RELEVE = "releve", N_("Réunion tenue")
    RELEVE_ENVOYE = "releve_envoye", N_("Compte rendu envoyé")
    AVIS_MOTIVE = "avis_motive", N_("Transmise à la chambre disciplinaire")
    DECISION = "decision_chambre", N_("Décision de la chambre disciplinaire")
    RECIDIVE = "recidive", N_("Récidive vérifiée")
    CARENCE = "carence", N_("Suite donnée par le directeur")
    CLOTURE = "cloture", N_("Dossier clos")
    DATES = "dates", N_("Dates de la loi recalculées")
    NOUVEAU_CODE = "nouveau_code", N_("Nouveau code pris par la personne")
    CODE_POSTE = "code_poste", N_("Nouveau code envoyé par la poste")
    CONSERVATION = "conservation", N_("Gardée un an de plus")
    DOUBLON = "doublon", N_("Suivie avec une autre plainte")
    SEPAREE = "doublon_annule", N_("Suivie à part de nouveau")
    IDENTIFICATION = "identification", N_("Professionnel identifié")
    TRADUCTION = "traduction", N_("Récit traduit")
    EXPORTEE = "exportee", N_("Exportée")
    COURRIER = "courrier_poste", N_("Courrier posté")
    ATTRIBUEE = "attribuee", N_("Attribuée")
    NOTE = "note", N_("Note interne")


INTERNAL = frozenset({EventKind.ATTRIBUEE, EventKind.NOTE, EventKind.OUVERTE, EventKind.EXPORTEE})
"""Lines of the history that the other authority does not read."""


class Doubt(Choices):
    """What the sources leave open about the competent authorities."""

    CPAM = "cpam", N_("la caisse compétente")
    COUNCIL = "council", N_("le conseil de l'ordre compétent")
    PROFESSION = "profession", N_("la profession")
    COMMUNE = "commune", N_("la ville où travaille le professionnel")


PUBLIC_SERVICE = N_(
    "Hôpital ou établissement : pour un acte de service public, seuls le ministre, le préfet, l'agence régionale de "
    "santé, le procureur et les conseils de l'ordre peuvent saisir la chambre disciplinaire (CSP L. 4124-2). "
    "Le destinataire ne change pas."
)
CHAMBERS = frozenset({"10", "40", "50"})
"""Professions of CSP L. 4124-2: médecins, chirurgiens-dentistes, sages-femmes (RPPS codes)."""


def notices(profession: str, place: str) -> tuple[str, ...]:
    """List what a clerk must know before acting; ``place`` is the answer to « Dans quel endroit ? »."""
    return (PUBLIC_SERVICE,) if place == "etablissement" and profession in CHAMBERS else ()


def label_of(codes: type[Choices], code: str) -> str:
    """Give the words of a code; a code of another version of the service is shown as it is."""
    return next((known.label for known in codes if known.value == code), code)


def is_number(text: str) -> bool:
    """Tell whether this can be the number of a complaint."""
    return _NUMBER.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Tell whether this can be the id of a file, or of an account."""
    return _ID.fullmatch(text) is not None
