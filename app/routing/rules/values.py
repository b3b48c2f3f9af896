"""The values that rules of competence speak of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Confidence = str
"""``confirmed``: said by a named source; ``derived``: follows from one; ``a_verifier``: a person must check first."""
TO_CHECK: Confidence = "a_verifier"

ORIGINS = ("decision", "directory", "reference")
"""Who says where a commune belongs, the strongest first: a clerk, an import of the public directory, this product."""


class Outcome(StrEnum):
    """How a search of the competent authorities ends; codes are public and do not change."""

    RESOLU = "resolu"
    """One caisse and one council, both known."""
    CPAM_PRESUMEE = "cpam_presumee"
    """One caisse proposed, to be confirmed once by a clerk; the council is known."""
    CPAM_A_CONFIRMER = "cpam_a_confirmer"
    """Several caisses, none, or one whose role is not confirmed; the council may be flagged too."""
    CONSEIL_A_CONFIRMER = "conseil_a_confirmer"
    """The caisse is known; the council is not certain."""
    CPAM_SEULE = "cpam_seule"
    """No ordre, or excess fees only: the director of the caisse alone."""
    ORDRE_SEUL = "ordre_seul"
    """Mayotte, Wallis-et-Futuna, Nouvelle-Calédonie, Polynésie: the ordre alone, no caisse."""
    A_QUALIFIER = "a_qualifier"
    """No text names who receives there: received all the same, a clerk decides (CRPA L. 114-2)."""
    COMMUNE_A_CHOISIR = "commune_a_choisir"
    """The place does not settle it: ask for the town."""
    HORS_CHAMP = "hors_champ"
    """Outside French territory, or not a health profession."""


@dataclass(frozen=True)
class PracticePlace:
    """Where the professional practises: a current commune, or its département alone (``""``: not known)."""

    commune: str | None
    departement: str
    arrondissement: str = ""


@dataclass(frozen=True)
class Profession:
    """A profession of the RPPS; ``procedure`` is ``L1110-3``, ``cpam_seule``, ``hors_champ`` or ``a_qualifier``."""

    code: str
    procedure: str
    confidence: Confidence = "confirmed"
    source: str = ""


UNKNOWN_PROFESSION = Profession(code="", procedure="a_qualifier", confidence="derived")


@dataclass(frozen=True)
class Practice:
    """What is known of the way the professional works, and of the complaint, when it changes the answer."""

    section: str | None = None
    """Section of the pharmacists' tableau, A to H."""
    pharmacie_type: str | None = None
    """``officine``, ``hopital``, ``laboratoire`` or ``ne_sait_pas``."""
    fees_only: bool = False
    """Only excess fees or missing estimates are complained of."""
    armed_forces: bool = False
    """In a hospital of the armed forces, whose practitioners may be on no tableau (CSP L. 4061-1, L. 4112-6)."""


@dataclass(frozen=True)
class Caisse:
    """A local body of health insurance, and the départements where it may be competent."""

    code: str
    departements: tuple[str, ...]
    confidence: Confidence = "confirmed"
    source: str = ""


@dataclass(frozen=True)
class CaisseRule:
    """Where a part of a département belongs: ``scope`` is ``commune`` or ``arrondissement``."""

    scope: str
    scope_code: str
    departement: str
    caisses: tuple[str, ...]
    status: str
    """``certain``, ``probable``, ``presume`` or ``ambigu``."""
    source: str = ""
    origin: str = "reference"


@dataclass(frozen=True)
class Council:
    """A council of an ordre, its section (pharmacists) and its départements (none: the whole country)."""

    code: str
    profession: str
    section: str
    departements: tuple[str, ...]
    confidence: Confidence = "derived"
    source: str = ""


@dataclass(frozen=True)
class Book:
    """The facts that rules need, ready to be looked up."""

    caisses: Mapping[str, tuple[Caisse, ...]]
    """By département."""
    rules: Mapping[tuple[str, str], CaisseRule]
    """By scope and code."""
    councils: Mapping[tuple[str, str, str], Council]
    """By profession, section and département (``""``: a central council)."""
    departements: Mapping[str, tuple[CaisseRule, ...]] = field(default_factory=dict)
    """The rules by département."""

    @classmethod
    def of(cls, caisses: Iterable[Caisse], rules: Iterable[CaisseRule], councils: Iterable[Council]) -> "Book":
        """Index the facts; where two rules speak of the same place, the stronger origin wins."""
        covers: dict[str, list[Caisse]] = {}
        for caisse in caisses:
            for departement in caisse.departements:
                covers.setdefault(departement, []).append(caisse)
        ranked = sorted(rules, key=lambda rule: ORIGINS.index(rule.origin), reverse=True)
        strongest = {(rule.scope, rule.scope_code): rule for rule in ranked}
        parts: dict[str, list[CaisseRule]] = {}
        for rule in strongest.values():
            parts.setdefault(rule.departement, []).append(rule)
        return cls(
            caisses={departement: tuple(found) for departement, found in covers.items()},
            rules=strongest,
            councils={
                (council.profession, council.section, departement): council
                for council in councils
                for departement in council.departements or ("",)
            },
            departements={departement: tuple(found) for departement, found in parts.items()},
        )


@dataclass(frozen=True)
class Competence:
    """The competent authorities, by code; why; and what a person must still confirm.

    ``to_confirm`` holds ``cpam``, ``council``, ``profession`` or ``commune``.
    """

    outcome: Outcome
    cpam: tuple[str, ...] = ()
    council: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    to_confirm: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the answer in the shape of the public contract."""
        return {
            "outcome": self.outcome.value,
            "cpam": list(self.cpam),
            "council": list(self.council),
            "basis": list(self.basis),
            "to_confirm": list(self.to_confirm),
        }


TO_CHOOSE = Competence(Outcome.COMMUNE_A_CHOISIR, basis=("CSP R. 1110-9",), to_confirm=("commune",))
"""The town decides, and it is not known yet."""


def outside(*basis: str, to_confirm: tuple[str, ...] = ()) -> Competence:
    """Say that the procedure does not reach there."""
    return Competence(Outcome.HORS_CHAMP, basis=basis, to_confirm=to_confirm)
