"""Who may receive the complaint: the caisse, the council, both or neither (CSP L. 1110-3, R. 1110-9)."""

from collections.abc import Sequence
from enum import Enum

from app.routing.rules.caisses import CaisseFound, Certainty, find_caisse
from app.routing.rules.councils import CouncilFound, find_council, is_named
from app.routing.rules.territories import Regime, territory_of
from app.routing.rules.values import (
    TO_CHECK,
    TO_CHOOSE,
    Book,
    Competence,
    Outcome,
    Practice,
    PracticePlace,
    Profession,
    outside,
)


class Receivers(Enum):
    """Who can be seised."""

    BOTH = "both"
    CAISSE = "caisse"
    ORDRE = "ordre"
    UNSETTLED = "unsettled"
    """Nobody is named by the text of the territory: received, and decided by a person."""
    NOBODY = "nobody"


WITH_CAISSE = frozenset({Receivers.BOTH, Receivers.CAISSE})
PROCEDURES = {
    "L1110-3": Receivers.BOTH,
    "cpam_seule": Receivers.CAISSE,
    "a_qualifier": Receivers.BOTH,
    "hors_champ": Receivers.NOBODY,
}
"""What the reference says of a profession → who can be seised."""

CAISSE_ALONE = ("CSP R. 1110-9", "CSS R. 147-13")
"""No ordre: no mixed commission; the director may sanction every health professional."""
ARMED_FORCES = ("CSP L. 4061-1", "CSP L. 4112-6")
"""A practitioner of the armed forces is on no tableau: no council, and no text names another authority."""
FEES_ALONE = ("CSS L. 162-1-14-1", "CSS R. 147-13")
"""Excess fees and missing estimates: the director of the caisse alone."""

_ANY = (True, False)
OUTCOMES = {
    (Receivers.BOTH, Certainty.SURE, True): Outcome.RESOLU,
    (Receivers.BOTH, Certainty.SURE, False): Outcome.CONSEIL_A_CONFIRMER,
    (Receivers.BOTH, Certainty.PRESUMED, True): Outcome.CPAM_PRESUMEE,
    (Receivers.BOTH, Certainty.PRESUMED, False): Outcome.CPAM_A_CONFIRMER,
    **{(Receivers.BOTH, Certainty.DOUBTFUL, sure): Outcome.CPAM_A_CONFIRMER for sure in _ANY},
    **{(Receivers.BOTH, Certainty.NONE_KNOWN, sure): Outcome.CPAM_A_CONFIRMER for sure in _ANY},
    (Receivers.CAISSE, Certainty.SURE, False): Outcome.CPAM_SEULE,
    (Receivers.CAISSE, Certainty.PRESUMED, False): Outcome.CPAM_SEULE,
    (Receivers.CAISSE, Certainty.DOUBTFUL, False): Outcome.CPAM_SEULE,
    (Receivers.CAISSE, Certainty.NONE_KNOWN, False): Outcome.CPAM_A_CONFIRMER,
    **{(Receivers.ORDRE, Certainty.NONE_KNOWN, sure): Outcome.ORDRE_SEUL for sure in _ANY},
    (Receivers.UNSETTLED, Certainty.NONE_KNOWN, False): Outcome.A_QUALIFIER,
}
"""Who can be seised, how sure the caisse is, whether the council is sure → outcome."""


def decide(profession: Profession, place: PracticePlace, practice: Practice, book: Book) -> Competence:
    """Find the authorities competent for a professional, at the place of practice (CSP R. 1110-9)."""
    receivers = who_can_be_seised(profession, place, practice)
    check = ("profession",) if profession.confidence == TO_CHECK else ()
    if receivers is Receivers.NOBODY:
        return outside("CSP L. 1110-3", *filter(None, [profession.source]), to_confirm=check)
    caisse, council = CaisseFound(), CouncilFound()
    if receivers in WITH_CAISSE:
        caisse = find_caisse(place, book)
    if receivers in {Receivers.BOTH, Receivers.ORDRE}:
        council = find_council(profession.code, place, practice, book)
    doubts = {
        "cpam": receivers in WITH_CAISSE and caisse.certainty is not Certainty.SURE,
        "council": receivers is not Receivers.CAISSE and (not council.sure or _is_for_no_ordre(receivers, practice)),
    }
    return Competence(
        outcome=OUTCOMES[receivers, caisse.certainty, council.sure],
        cpam=caisse.codes,
        council=council.codes,
        basis=tuple(dict.fromkeys((*_articles(receivers, place, practice), *caisse.basis, *council.basis))),
        to_confirm=(*(name for name, doubt in doubts.items() if doubt), *check),
    )


def who_can_be_seised(profession: Profession, place: PracticePlace, practice: Practice) -> Receivers:
    """Return who can be seised: the profession first, then the territory, then what is complained of."""
    receivers = PROCEDURES[profession.procedure]
    if receivers is Receivers.NOBODY:
        return receivers
    regime = territory_of(place.departement).regime
    if practice.armed_forces or regime is Regime.NOBODY_NAMED:
        return Receivers.UNSETTLED
    if regime is Regime.ORDRE_ALONE:
        return Receivers.ORDRE if is_named(profession.code, place.departement) else Receivers.UNSETTLED
    return Receivers.CAISSE if practice.fees_only else receivers


def _is_for_no_ordre(receivers: Receivers, practice: Practice) -> bool:
    """Fees alone where there is no caisse: the ordre alone receives it, and a person must look."""
    return receivers is Receivers.ORDRE and practice.fees_only


def _articles(receivers: Receivers, place: PracticePlace, practice: Practice) -> tuple[str, ...]:
    if receivers is Receivers.UNSETTLED and practice.armed_forces:
        return ARMED_FORCES
    if receivers in {Receivers.ORDRE, Receivers.UNSETTLED}:
        return territory_of(place.departement).articles
    if receivers is Receivers.CAISSE:
        return FEES_ALONE if practice.fees_only else CAISSE_ALONE
    return ("CSP L. 1110-3",)


CAUTION = (
    Outcome.HORS_CHAMP,
    Outcome.A_QUALIFIER,
    Outcome.CPAM_A_CONFIRMER,
    Outcome.CPAM_PRESUMEE,
    Outcome.CONSEIL_A_CONFIRMER,
    Outcome.CPAM_SEULE,
    Outcome.ORDRE_SEUL,
    Outcome.RESOLU,
)
"""Outcomes from the least to the most certain."""


def agree(answers: Sequence[Competence]) -> Competence:
    """Return the one answer of several communes that share a postal code, the most cautious of them; else ask."""
    if len({(answer.cpam, answer.council) for answer in answers}) != 1:
        return TO_CHOOSE
    return min(answers, key=lambda answer: (CAUTION.index(answer.outcome), -len(answer.to_confirm)))
