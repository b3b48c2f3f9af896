"""When a page is asked: pure functions of the answers so far."""

from collections.abc import Callable

from app.base.forms.fields import Choices
from app.saisine.journey import Trail
from app.saisine.steps.facts import FEES
from app.saisine.steps.identity import Means, ReachedThrough
from app.saisine.steps.motives import MotiveChoice
from app.saisine.steps.place import ProfessionalKnown, RefusalPlace
from app.saisine.steps.professions import rpps_of
from app.saisine.steps.situation import ChildLink, Quality, assists, is_protected, represents

PROCEDURES = "procedures"
"""Name of the procedure of each profession (CSP, CSS), among what is known beside the answers."""
BY_MEMBER = "par_association"
"""What is known beside the answers: a member of an association writes, for a person."""


def answered(name: str, *values: Choices) -> Callable[[Trail], bool]:
    """Ask only those who gave one of these answers."""
    return lambda trail: trail.get(name) in values


def by_person(trail: Trail) -> bool:
    """Ask only when no association writes."""
    return not trail.get(BY_MEMBER)


def by_member(trail: Trail) -> bool:
    """Ask only a member of an association."""
    return bool(trail.get(BY_MEMBER))


def procedure_of(trail: Trail) -> str:
    """Return the procedure of the profession that was chosen; an unknown profession has both authorities."""
    code = rpps_of(trail.get("profession", ""), trail.get("profession_autre", ""))
    return str(trail.get(PROCEDURES, {}).get(code, ""))


def is_fees_alone(trail: Trail) -> bool:
    """Return whether a price or its information is complained of, and no ground: the caisse decides alone.

    CSS L. 162-1-14-1, 2° to 4°, R. 147-13. With a ground it is a refusal (CSP R. 1110-8: « conditions normales de prise
    en charge financière »), whichever ground; not knowing why is no ground. Ask it after the motives.
    """
    forms, motives = set(trail.get("formes", ())), set(trail.get("motifs", ()))
    return bool(forms) and forms <= FEES and motives <= {MotiveChoice.NE_SAIT_PAS}


def has_choice(trail: Trail) -> bool:
    """Return whether the person chooses between two authorities (CSP R. 1110-11)."""
    return procedure_of(trail) != "cpam_seule" and not is_fees_alone(trail)


def has_no_ordre(trail: Trail) -> bool:
    """Return whether the profession has no ordre: the caisse alone receives."""
    return procedure_of(trail) == "cpam_seule"


def is_out_of_scope(trail: Trail) -> bool:
    """Return whether the profession is none of those of the law."""
    return procedure_of(trail) == "hors_champ"


def lacks_parental_authority(trail: Trail) -> bool:
    """Return whether who writes for a child is neither a parent nor the guardian (Code civil, art. 372-2)."""
    return trail.get("qualite") == Quality.ENFANT and trail.get("lien") == ChildLink.AUTRE


def assists_protected(trail: Trail) -> bool:
    """Return whether a protected adult acts alone, with help."""
    return trail.get("qualite") == Quality.PROTEGE and assists(trail)


def represents_protected(trail: Trail) -> bool:
    """Return whether a protected adult is represented."""
    return is_protected(trail) and represents(trail)


def gives_for_another(trail: Trail) -> bool:
    """Return whether an association has its mandate from somebody who acts in the person's place."""
    return by_member(trail) and represents(trail)


def writes_for_another(trail: Trail) -> bool:
    """Return whether who writes, without an association, acts in the person's place."""
    return by_person(trail) and represents(trail)


def needs_association_account(trail: Trail) -> bool:
    """Return whether somebody writes for an association without being signed in."""
    return by_person(trail) and trail.get("qualite") == Quality.ASSOCIATION


def names_no_professional(trail: Trail) -> bool:
    """Return whether nobody is known in the establishment that refused."""
    return trail.get("lieu_refus") == RefusalPlace.ETABLISSEMENT and trail.get("pro_connu") == ProfessionalKnown.NON


def is_reached_directly(trail: Trail) -> bool:
    """Return whether letters go to the person too, and not to the association alone."""
    return trail.get("pers_joindre") != ReachedThrough.ASSOCIATION


def by_post(trail: Trail) -> bool:
    """Ask only those who want letters."""
    return is_reached_directly(trail) and Means.COURRIER in trail.get("moyens", ())
