"""The codes of the desk and their words: pure rules on values."""

import re
from collections.abc import Iterable

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.secrets import ALPHABET
from app.saisine.steps.place import RefusalPlace
from app.saisine.steps.recipients import may_be_public_service

_NUMBER = re.compile(rf"SA-[0-9]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
_ID = re.compile(r"[0-9a-f]{32}")


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


class CompetenceDoubt(Choices):
    """What the sources leave open about the competent authorities."""

    CPAM = "cpam", N_("la caisse compétente")
    COUNCIL = "council", N_("le conseil de l'ordre compétent")
    PROFESSION = "profession", N_("la profession")
    COMMUNE = "commune", N_("la ville où travaille le professionnel")


PUBLIC_SERVICE = N_(
    "Hôpital public, ou clinique chargée d'un service public. Pour un acte de cette fonction, six autorités seulement "
    "peuvent saisir la chambre disciplinaire (CSP L. 4124-2). Ce sont le ministre, le représentant de l'État dans le "
    "département, le directeur général de l'agence régionale de santé. Ce sont aussi le procureur, le conseil "
    "national, et le conseil départemental au tableau duquel le praticien est inscrit. Le destinataire de la plainte "
    "ne change pas."
)
ARMED_FORCES = N_(
    "Hôpital des armées : un praticien militaire n'est inscrit à aucun tableau, donc aucun conseil n'est compétent. "
    "Aucun texte ne dit qui reçoit la plainte (CSP L. 4061-1, L. 4112-6, à confirmer). Un praticien civil de cet "
    "hôpital est inscrit : l'ordre et la caisse du lieu sont alors compétents (CSP R. 1110-9)."
)


def notices(profession: str, place: str) -> tuple[str, ...]:
    """List what a clerk must know before acting; ``place`` is the answer to « Dans quel endroit ? »."""
    if place == RefusalPlace.HOPITAL_ARMEES:
        return (ARMED_FORCES,)
    return (PUBLIC_SERVICE,) if may_be_public_service(profession, place) else ()


def label_of(codes: type[Choices], code: str) -> str:
    """Return the words of a code; a code of another version of the service is shown as it is."""
    return next((known.label for known in codes if known.value == code), code)


def is_number(text: str) -> bool:
    """Return whether this can be the number of a complaint."""
    return _NUMBER.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Return whether this can be the id of a file, or of an account."""
    return _ID.fullmatch(text) is not None
