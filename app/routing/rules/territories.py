"""What changes from one territory to another: who can be seised, under which article, in which time zone."""

from dataclasses import dataclass
from enum import Enum


class Regime(Enum):
    """Who receives a complaint in a territory."""

    BOTH = "both"
    """The caisse or the council, at the person's choice."""
    CAISSE_TO_CONFIRM = "caisse to confirm"
    """The same, but the role of the local caisse is not confirmed."""
    ORDRE_ALONE = "ordre alone"
    """The council only."""
    NOBODY_NAMED = "nobody named"
    """French territory for which no text names who receives: received, and decided by a person."""
    UNKNOWN = "unknown"
    """The territory is not known: both authorities, to be found by a person."""


@dataclass(frozen=True)
class Territory:
    """A territory's regime, the articles that say so and its IANA time zone."""

    regime: Regime
    articles: tuple[str, ...]
    zone: str = "Europe/Paris"


METROPOLE = Territory(Regime.BOTH, ())
_CGSS = ("CSS L. 752-1", "CSS L. 752-4")
_NAME_OTHERS = ("CSP L. 1110-3-1", "CSP R. 1521-1", "CSP R. 1541-1")
"""The articles on who receives overseas, where they name other territories alone."""

TERRITORIES = {
    "971": Territory(Regime.BOTH, _CGSS, "America/Guadeloupe"),
    "972": Territory(Regime.BOTH, _CGSS, "America/Martinique"),
    "973": Territory(Regime.BOTH, _CGSS, "America/Cayenne"),
    "974": Territory(Regime.BOTH, _CGSS, "Indian/Reunion"),
    # Saint-Pierre-et-Miquelon: a caisse of its own; its part in this procedure is not confirmed.
    "975": Territory(Regime.CAISSE_TO_CONFIRM, ("CSS L. 222-2-1",), "America/Miquelon"),
    # Mayotte: the president of the competent council, no caisse.
    "976": Territory(Regime.ORDRE_ALONE, ("CSP L. 1110-3-1",), "Indian/Mayotte"),
    # Saint-Barthélemy: a caisse of MSA; which director is to be confirmed.
    "977": Territory(Regime.CAISSE_TO_CONFIRM, ("CSS L. 752-1", "CSS D. 752-2-1"), "America/St_Barthelemy"),
    # Saint-Martin: the caisse générale of Guadeloupe.
    "978": Territory(Regime.BOTH, ("CSS L. 752-1",), "America/Marigot"),
    # Terres australes et antarctiques: among those of no article that names an authority.
    "984": Territory(Regime.NOBODY_NAMED, _NAME_OTHERS, "Indian/Kerguelen"),
    "986": Territory(Regime.ORDRE_ALONE, ("CSP R. 1521-1",), "Pacific/Wallis"),
    "987": Territory(Regime.ORDRE_ALONE, ("CSP R. 1541-1",), "Pacific/Tahiti"),
    "988": Territory(Regime.ORDRE_ALONE, ("CSP R. 1541-1",), "Pacific/Noumea"),
    "989": Territory(Regime.NOBODY_NAMED, _NAME_OTHERS),
    # The département is not known at all.
    "": Territory(Regime.UNKNOWN, ()),
}
"""Départements and collectivities that differ from metropolitan France, by COG code."""

SECTION_E = frozenset({"971", "972", "973", "974", "975", "976", "977", "978", "986"})
"""Where every pharmacist belongs to section E, whatever the activity (CSP L. 4232-1 and L. 4232-10)."""

TABLEAU_ELSEWHERE = {
    ("986", "10"): "75",  # médecins of Wallis-et-Futuna: conseil départemental of Paris
    ("986", "40"): "75",
    ("986", "50"): "75",
}
"""Territory and profession → the département whose council is competent instead (CSP R. 1521-1)."""


def territory_of(departement: str) -> Territory:
    """Return the territory of a département; metropolitan France unless the table says otherwise."""
    return TERRITORIES.get(departement, METROPOLE)


def departement_of(insee: str) -> str:
    """Return the département or collectivity that an INSEE code begins with.

    Enough for what differs by territory: the communes déléguées whose code begins with another département are all in
    metropolitan France.
    """
    return insee[:3] if insee[:2] in {"97", "98"} else insee[:2]


def short_place(town: str, insee: str) -> str:
    """Return a town with the number of its département, « Saint-Denis (93) »: many share a name."""
    return f"{town} ({departement_of(insee)})" if town and insee else town


def local_zone(departement: str) -> str:
    """Return the IANA time zone of a département or collectivity."""
    return territory_of(departement).zone
