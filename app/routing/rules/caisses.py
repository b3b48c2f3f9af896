"""Which local body of health insurance (CSP R. 1110-9 1°): the one where the practitioner is installed."""

from dataclasses import dataclass
from enum import Enum

from app.routing.rules.territories import Regime, territory_of
from app.routing.rules.values import TO_CHECK, Book, CaisseRule, PracticePlace

ARTICLE = "CSP R. 1110-9 1°"


class Certainty(Enum):
    """How sure a caisse is."""

    SURE = "sure"
    PRESUMED = "presumed"
    """One, to be confirmed once by a clerk."""
    DOUBTFUL = "doubtful"
    """Several, or one whose role is not confirmed."""
    NONE_KNOWN = "none known"


STATUSES = {
    "certain": Certainty.SURE,
    "probable": Certainty.SURE,
    "presume": Certainty.PRESUMED,
    "ambigu": Certainty.DOUBTFUL,
}
"""Status of a rule about a commune or an arrondissement → certainty."""


@dataclass(frozen=True)
class CaisseFound:
    """The caisses that may be competent, how sure that is, and why."""

    codes: tuple[str, ...] = ()
    certainty: Certainty = Certainty.NONE_KNOWN
    basis: tuple[str, ...] = ()


def find_caisse(place: PracticePlace, book: Book) -> CaisseFound:
    """Find the caisse of a place: rule of the commune, then of its arrondissement, then its département."""
    rule = _rule(place, book)
    if rule:
        return CaisseFound(rule.caisses, STATUSES[rule.status], (ARTICLE, *_said(rule.source)))
    return _of_departement(place, book)


def _rule(place: PracticePlace, book: Book) -> CaisseRule | None:
    if place.commune is None:
        return None
    return book.rules.get(("commune", place.commune)) or book.rules.get(("arrondissement", place.arrondissement))


def _of_departement(place: PracticePlace, book: Book) -> CaisseFound:
    """Take the caisses of the département; without a commune, also those that hold a part of it."""
    territory = territory_of(place.departement)
    covering = book.caisses.get(place.departement, ())
    codes = [caisse.code for caisse in covering]
    if place.commune is None:
        codes += [code for rule in book.departements.get(place.departement, ()) for code in rule.caisses]
    codes = list(dict.fromkeys(codes))
    doubtful = territory.regime is Regime.CAISSE_TO_CONFIRM or any(c.confidence == TO_CHECK for c in covering)
    basis = (ARTICLE, *territory.articles, *dict.fromkeys(c.source for c in covering if c.source))
    if not codes:
        return CaisseFound((), Certainty.NONE_KNOWN, basis)
    return CaisseFound(tuple(codes), Certainty.DOUBTFUL if doubtful or len(codes) > 1 else Certainty.SURE, basis)


def _said(source: str) -> tuple[str, ...]:
    return (source,) if source else ()
