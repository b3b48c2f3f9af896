"""Who may receive complaints where, and who already does (CSP R. 1110-9): no territory is held twice."""

from collections.abc import Collection, Iterable

from app.routing.rules.councils import LEVELS, TableauLevel, is_named
from app.routing.rules.succession import Body, Heirs, inherit
from app.routing.rules.territories import SECTION_E, TABLEAU_ELSEWHERE, Regime, territory_of

PHARMACIST, OFFICINE = "21", "A"
"""The one section of pharmacists whose councils share the country out (CSP L. 4232-1)."""
BY_DEPARTEMENT = ("ordre_departemental", "ordre_interdepartemental", "ordre_territorial")
BY_REGION = ("ordre_regional", "ordre_interregional")


def kinds_of(profession: str) -> tuple[str, ...]:
    """List the kinds of council that the tableaux of a profession allow (CSP R. 1110-9 2°)."""
    level, _ = LEVELS[profession]
    return BY_DEPARTEMENT if level is TableauLevel.DEPARTEMENT else BY_REGION


def section_of(profession: str) -> str:
    """Return the section of the councils of a profession that hold a territory; empty for all but pharmacists."""
    return OFFICINE if profession == PHARMACIST else ""


def may_receive(profession: str, departement: str) -> bool:
    """Return whether a caisse (no profession) or a council may receive complaints of a département.

    CSP L. 1110-3-1, R. 1521-1 and R. 1541-1 name no caisse in their territories, and not every council.
    """
    regime = territory_of(departement).regime
    if not profession:
        return regime in {Regime.BOTH, Regime.CAISSE_TO_CONFIRM}
    if regime is Regime.NOBODY_NAMED or (departement, profession) in TABLEAU_ELSEWHERE:
        return False
    if profession == PHARMACIST:
        return regime is Regime.BOTH and departement not in SECTION_E
    return regime is not Regime.ORDRE_ALONE or is_named(profession, departement)


def holders(bodies: Iterable[Body], heirs: Heirs, departements: Collection[str]) -> list[str]:
    """Name the bodies that hold one of some départements, those of closed bodies included."""
    return [one.code for one in inherit(bodies, heirs) if not set(departements).isdisjoint(one.departements)]
