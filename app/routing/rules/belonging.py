"""Which of our caisses a service of the public directory is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.routing.rules.names import normalise

EMPTY = frozenset(
    {"caisse", "primaire", "d", "assurance", "maladie", "cpam", "de", "du", "des", "la", "le", "les", "l"}
)


@dataclass(frozen=True)
class KnownCaisse:
    """One of our caisses."""

    code: str
    name: str
    postal_code: str
    departements: tuple[str, ...]


def own_words(name: str) -> frozenset[str]:
    """Keep what tells one caisse from another in its name."""
    return frozenset(normalise(name).split()) - EMPTY


def caisse_of(
    name: str,
    postal_code: str,
    communes: Sequence[str],
    departement_of: Mapping[str, str],
    known: Iterable[KnownCaisse],
) -> str:
    """Return the code of the caisse that a service is; empty when it cannot be told.

    The départements of its communes narrow the choice; then its name, then its postal code: since 2016 several caisses
    of the Nord bear one name, and the postal address tells them apart.
    """
    here = {departement_of[code] for code in communes if code in departement_of}
    if not here:
        here = {"2A", "2B"} if postal_code.startswith("20") else {postal_code[:2], postal_code[:3]}
    found = [one for one in known if here & set(one.departements)]
    if len(found) == 1:
        return found[0].code
    named = [one for one in found if own_words(one.name) == own_words(name)]
    if len(named) == 1:
        return named[0].code
    placed = [one for one in found if postal_code and one.postal_code == postal_code]
    return placed[0].code if len(placed) == 1 else ""
