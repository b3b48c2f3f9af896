"""Which council of the ordre (CSP R. 1110-9 2°): the one on whose tableau the professional is registered."""

from dataclasses import dataclass
from enum import Enum

from app.routing.rules.territories import SECTION_E, TABLEAU_ELSEWHERE, Regime, territory_of
from app.routing.rules.values import TO_CHECK, Book, Council, Practice, PracticePlace


class TableauLevel(Enum):
    """How a profession's tableaux are held."""

    DEPARTEMENT = "departement"
    REGION = "region"
    SECTION = "section"


LEVELS = {
    "10": (TableauLevel.DEPARTEMENT, ("CSP R. 1110-9 2°", "CSP L. 4112-1")),  # médecins
    "40": (TableauLevel.DEPARTEMENT, ("CSP R. 1110-9 2°", "CSP L. 4112-1")),  # chirurgiens-dentistes
    "50": (TableauLevel.DEPARTEMENT, ("CSP R. 1110-9 2°", "CSP L. 4112-1")),  # sages-femmes
    "60": (TableauLevel.DEPARTEMENT, ("CSP R. 1110-9 2°",)),  # infirmiers
    "70": (TableauLevel.DEPARTEMENT, ("CSP R. 1110-9 2°",)),  # masseurs-kinésithérapeutes
    "80": (TableauLevel.REGION, ("CSP R. 1110-9 2°",)),  # pédicures-podologues
    "21": (TableauLevel.SECTION, ("CSP R. 1110-9 2°", "CSP L. 4232-1")),  # pharmaciens
}
"""RPPS code of the seven professions with an ordre → level of the council and articles."""

WALLIS = "986"
NAMED_IN_WALLIS = frozenset({"10", "40", "50", "21"})
"""Médecins, chirurgiens-dentistes, sages-femmes, pharmaciens (CSP R. 1521-1)."""
SECTIONS = frozenset("ABCDEGH")
"""Sections of the pharmacists' tableau; there is no F (CSP L. 4232-1)."""

LIKELY_SECTIONS = {
    "officine": ("A", "D"),  # titulaire or adjoint: only the tableau tells
    "hopital": ("H",),
    "laboratoire": ("G",),
}
"""Where a pharmacist of metropolitan France works → possible sections, the most likely first (CSP L. 4232-1)."""
ANY_SECTION = ("A", "D", "H", "G")
"""Sections whose pharmacists meet patients; B (industry) and C (wholesale) do not."""


@dataclass(frozen=True)
class CouncilFound:
    """The councils that may be competent, whether one is sure, and why."""

    codes: tuple[str, ...] = ()
    sure: bool = False
    basis: tuple[str, ...] = ()


def may_have_ordre(profession: str) -> bool:
    """Return whether a profession has an ordre; one that is not known (empty code) may have one."""
    return not profession or profession in LEVELS


def is_named(profession: str, departement: str) -> bool:
    """Return whether the text of a territory where the ordre is alone can name who receives.

    A profession without an ordre has no president to seise (CSP L. 1110-3-1, R. 1541-1), and R. 1521-1 names four
    professions; one that is not known (empty code) may be among them.
    """
    if departement == WALLIS:
        return not profession or profession in NAMED_IN_WALLIS
    return may_have_ordre(profession)


def find_council(profession: str, place: PracticePlace, practice: Practice, book: Book) -> CouncilFound:
    """Find the council of a profession at a place; nothing, and not sure, for a profession without a known ordre."""
    if profession not in LEVELS:
        return CouncilFound()
    level, articles = LEVELS[profession]
    if level is TableauLevel.SECTION:
        found = _of_pharmacist(place, practice, book)
    else:
        home = TABLEAU_ELSEWHERE.get((place.departement, profession), place.departement)
        found = _present(book.councils.get((profession, "", home)))
    return CouncilFound(
        codes=tuple(council.code for council in found),
        sure=len(found) == 1 and found[0].confidence != TO_CHECK,
        basis=(*articles, *dict.fromkeys(council.source for council in found if council.source)),
    )


def _of_pharmacist(place: PracticePlace, practice: Practice, book: Book) -> tuple[Council, ...]:
    """Return the councils of the possible sections."""
    sections = possible_sections(place.departement, practice)
    councils = (book.councils.get(("21", section, place.departement if section == "A" else "")) for section in sections)
    return tuple(council for council in councils if council)


def possible_sections(departement: str, practice: Practice) -> tuple[str, ...]:
    """List the sections a pharmacist may belong to (CSP L. 4232-1), the most likely first.

    Overseas the answer is E whatever is said. In the Pacific (CSP R. 1541-1) no section is known. In metropolitan
    France a section that is said wins, then the place of work; E is impossible there, and tells nothing.
    """
    if departement in SECTION_E:
        return ("E",)
    if territory_of(departement).regime is not Regime.BOTH:
        return ()
    said = (practice.section or "").strip().upper()
    if said == "E":
        return ANY_SECTION
    if said in SECTIONS:
        return (said,)
    return LIKELY_SECTIONS.get(practice.pharmacie_type or "", ANY_SECTION)


def _present(council: Council | None) -> tuple[Council, ...]:
    return (council,) if council else ()
