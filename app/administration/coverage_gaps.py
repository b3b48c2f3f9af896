"""« Trous et chevauchements »: where a commune and a profession have not exactly one caisse and one council."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.routing.queries import Atlas, competence
from app.routing.rules import Competence, Outcome, PracticePlace

DOCTOR = "10"
"""Any profession with an ordre shows how sure the caisse is."""


@dataclass(frozen=True)
class Gap:
    """Communes, or a profession, of a département, for which something is left open."""

    departement: str
    profession: str
    """Empty when every profession is concerned: the caisse is what is open."""
    communes: int
    candidates: tuple[str, ...]
    outcome: str


def caisses(atlas: Atlas) -> list[Gap]:
    """List where the caisse is not certain, by département and candidates."""
    count: Counter[tuple[str, tuple[str, ...], str]] = Counter()
    for code, place in _towns(atlas).items():
        found = competence(atlas, profession=DOCTOR, commune=code)
        if "cpam" in found.to_confirm:
            count[place.departement, found.cpam, found.outcome.value] += 1
    return [Gap(departement, "", n, codes, outcome) for (departement, codes, outcome), n in sorted(count.items())]


def councils(atlas: Atlas) -> list[Gap]:
    """List where the council of a profession is not certain: a council covers whole départements."""
    sample: dict[str, str] = {}
    size: Counter[str] = Counter()
    for code, place in _towns(atlas).items():
        sample.setdefault(place.departement, code)
        size[place.departement] += 1
    found = []
    for profession in sorted(code for code, known in atlas.professions.items() if code and _has_ordre(known.procedure)):
        for departement, commune in sorted(sample.items()):
            answer = competence(atlas, profession=profession, commune=commune, section=_section(profession))
            if _is_open(answer):
                codes = answer.council
                found.append(Gap(departement, profession, size[departement], codes, answer.outcome.value))
    return found


def _towns(atlas: Atlas) -> Mapping[str, PracticePlace]:
    return {code: place for code, place in atlas.places.items() if place.commune == code}


def _has_ordre(procedure: str) -> bool:
    return procedure in {"L1110-3", "a_qualifier"}


def _section(profession: str) -> str | None:
    return "A" if profession == "21" else None


def _is_open(answer: Competence) -> bool:
    return "council" in answer.to_confirm and answer.outcome != Outcome.HORS_CHAMP


def counted(gaps: Iterable[Gap]) -> int:
    """Count the communes of some gaps."""
    return sum(gap.communes for gap in gaps)
