"""When a page is asked: pure functions of the answers so far."""

from collections.abc import Callable

from app.base.forms.fields import Choices
from app.routing.rules import Practice, PracticePlace, Profession, departement_of, who_can_be_seised
from app.saisine.journey import Trail
from app.saisine.steps.identity import Means, ReachedThrough
from app.saisine.steps.place import HOSPITALS, ProfessionalKnown, is_of_armed_forces
from app.saisine.steps.professional import ABROAD, UNKNOWN_DEPARTMENT, UNKNOWN_TOWN
from app.saisine.steps.professions import rpps_of
from app.saisine.steps.reasons import is_fees_alone
from app.saisine.steps.recipients import ANY_READERS, TOLD, Recipients, recipients
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


def profession_of(trail: Trail) -> str:
    """Return the code of the profession that was chosen, else the one that the directory says."""
    chosen = rpps_of(trail.get("profession", ""), trail.get("profession_autre", ""))
    return chosen or str(trail.get("pro_profession", ""))


def procedure_of(trail: Trail) -> str:
    """Return the procedure of the profession; an unknown profession has both authorities."""
    return str(trail.get(PROCEDURES, {}).get(profession_of(trail), "a_qualifier"))


def recipients_on(trail: Trail) -> Recipients:
    """Return who receives what was answered so far; ask it once all is answered."""
    if trail.get("commune_insee") == ABROAD:
        return Recipients.SOUGHT
    fees_alone = is_fees_alone(trail)
    profession = Profession(profession_of(trail), procedure_of(trail))
    where = PracticePlace(None, _departement_of(trail))
    practice = Practice(fees_only=fees_alone, armed_forces=is_of_armed_forces(trail))
    receivers = who_can_be_seised(profession, where, practice)
    return recipients(receivers, fees_alone=fees_alone)


def readers_so_far(trail: Trail) -> str:
    """Return who will read what is being told: a price is a matter of price alone until a ground is said."""
    is_settled = bool(trail.get("formes")) and not is_fees_alone(trail)
    return TOLD[recipients_on(trail)].readers if is_settled or trail.get("motifs") else ANY_READERS


def _departement_of(trail: Trail) -> str:
    town, named = str(trail.get("commune_insee", "")), str(trail.get("pro_departement", ""))
    if trail.get("sans_ville"):
        return "" if named == UNKNOWN_DEPARTMENT else named
    return "" if town == UNKNOWN_TOWN else departement_of(town)


def has_choice(trail: Trail) -> bool:
    """Return whether the person chooses between two authorities (CSP L. 1110-3, R. 1110-11)."""
    return recipients_on(trail) is Recipients.EITHER


def has_no_ordre(trail: Trail) -> bool:
    """Return whether the profession has no ordre, where a caisse receives; ask it once the place is known."""
    return recipients_on({**trail, "formes": ()}) is Recipients.NO_ORDRE


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
    return trail.get("lieu_refus") in HOSPITALS and trail.get("pro_connu") == ProfessionalKnown.NON


def is_reached_directly(trail: Trail) -> bool:
    """Return whether letters go to the person too, and not to the association alone."""
    return trail.get("pers_joindre") != ReachedThrough.ASSOCIATION


def tells_how_to_reach(trail: Trail) -> bool:
    """Return whether an association tells how to reach the person; others tell it with the name."""
    return by_member(trail) and is_reached_directly(trail)


ONLY_BY_MEMBER = (by_member, gives_for_another, tells_how_to_reach)
"""When a page is asked of the members of associations alone."""


def by_post(trail: Trail) -> bool:
    """Ask only those who want letters."""
    return is_reached_directly(trail) and Means.COURRIER in trail.get("moyens", ())
