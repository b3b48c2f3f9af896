"""Which court of first instance a failure is passed on to: one table by ordre and territory, with its article.

The codes name sections des assurances sociales by territory (CSS L. 145-6-1, L. 145-7-2, L. 145-7-3); that the
disciplinary chambers have the same map is derived. Whoever sends checks the name.
"""

from dataclasses import dataclass

from app.base.errors import N_

CHAMBER = N_("Chambre disciplinaire de première instance de l'ordre des {ordre}, {place}")
OF_PHARMACISTS = N_("Chambre de discipline du conseil régional de l'ordre des pharmaciens, {place}")
SECTION = N_("Chambre de discipline du conseil central de la section {place} de l'ordre des pharmaciens")
NOWHERE = N_("Chambre disciplinaire de première instance de l'ordre des {ordre}")
READ_IN = "2026"
"""Year of the codes in which the articles were read."""
DERIVED, TO_CHECK = "derived", "a_verifier"
CONFIDENCE = {
    DERIVED: N_("déduit de l'article cité"),
    TO_CHECK: N_("à vérifier : aucun texte lu ne le dit"),
}
"""How sure a name is, as a clerk reads it."""


@dataclass(frozen=True)
class Court:
    """The court that is proposed: a message of the catalogue, what fills it, the article, how sure it is."""

    name: str
    ordre: str
    place: str
    article: str
    confidence: str


@dataclass(frozen=True)
class CourtPlace:
    """What the table says of a territory: the place of the court, the article, how sure."""

    place: str
    article: str
    confidence: str = DERIVED


SOUTH_AND_CORSICA = N_("Provence-Alpes-Côte d'Azur et Corse")
ANTILLES, OCEAN = N_("Antilles-Guyane"), N_("La Réunion-Mayotte")
NORMANDY, BRITTANY, SOUTH_WEST = N_("Normandie"), N_("Bretagne"), N_("Occitanie")
PARIS_AND_OVERSEAS = N_("Île-de-France et outre-mer")
BRITTANY_AND_ISLANDS = N_("Bretagne et Saint-Pierre-et-Miquelon")

CORSICA, WEST_INDIES, INDIAN_OCEAN = ("2A", "2B"), ("971", "972", "973", "977", "978"), ("974", "976")
SOUTH = ("04", "05", "06", "13", "83", "84")
PARIS_REGION = ("75", "77", "78", "91", "92", "93", "94", "95")
MIDWIVES, PODIATRISTS, PHARMACISTS = "sages-femmes", "pédicures-podologues", "pharmaciens"
ANY = ""


def _seats(ordre: str, departements: tuple[str, ...], seat: CourtPlace) -> dict[tuple[str, str], CourtPlace]:
    return {(ordre, departement): seat for departement in departements}


SEATS = {
    **_seats(ANY, (*SOUTH, *CORSICA), CourtPlace(SOUTH_AND_CORSICA, "CSS L. 145-6-1, L. 145-7-2")),
    **_seats(ANY, ("971", "972", "973"), CourtPlace(ANTILLES, "CSS L. 145-6-1, L. 145-7-2")),
    **_seats(ANY, ("977", "978"), CourtPlace(ANTILLES, "CSS L. 145-7-2 III")),
    **_seats(ANY, INDIAN_OCEAN, CourtPlace(OCEAN, "CSS L. 145-6-1, L. 145-7-2")),
    **_seats(ANY, ("975",), CourtPlace(NORMANDY, "CSS L. 145-6-1 III, L. 145-7-2 I")),
    **_seats(MIDWIVES, (*SOUTH, *CORSICA), CourtPlace(SOUTH_AND_CORSICA, "CSS R. 145-6", TO_CHECK)),
    **_seats(MIDWIVES, INDIAN_OCEAN, CourtPlace(SOUTH_WEST, "CSS L. 145-6-1 I al. 2")),
    **_seats(MIDWIVES, ("971", "972", "973"), CourtPlace(BRITTANY, "CSS L. 145-6-1 II al. 2")),
    **_seats(MIDWIVES, ("977", "978"), CourtPlace(BRITTANY, "CSS L. 145-6-1 II al. 2", TO_CHECK)),
    **_seats(MIDWIVES, ("975",), CourtPlace(BRITTANY, "CSS L. 145-6-1 III")),
    **_seats(PODIATRISTS, (*WEST_INDIES, *INDIAN_OCEAN), CourtPlace(PARIS_AND_OVERSEAS, "CSS L. 145-7-3 I")),
    **_seats(PODIATRISTS, PARIS_REGION, CourtPlace(PARIS_AND_OVERSEAS, "CSS L. 145-7-3 I")),
    **_seats(PODIATRISTS, ("22", "29", "35", "56", "975"), CourtPlace(BRITTANY_AND_ISLANDS, "CSS L. 145-7-3 II")),
}
"""Ordre (``""``: any other one) and département → where its chamber sits, when it is not the region of its own."""
REGIONAL = {
    MIDWIVES: ("CSS R. 145-6", TO_CHECK),
    PHARMACISTS: ("CSP R. 4234-41", DERIVED),
}
"""Ordre → article and confidence of a court named after its region; midwives have councils of several regions."""
ELSEWHERE = ("CSP L. 4124-1", DERIVED)


def court_of(ordre: str, section: str, departement: str, region: str) -> Court:
    """Propose the court for a council: its ordre, its section (pharmacists), its first département, its region.

    ``region``: the name of the region of the département; empty when it has none. Never raises: what no text says is
    ``a_verifier``, and the name is then that of the ordre alone.
    """
    if ordre == PHARMACISTS and section not in {"", "A"}:
        return Court(SECTION, ordre, section, "CSP L. 4232-1, R. 4234-41", DERIVED)
    form = OF_PHARMACISTS if ordre == PHARMACISTS else CHAMBER
    seat = SEATS.get((ordre, departement)) or SEATS.get((ANY, departement))
    if seat:
        article = "CSP R. 4234-41" if ordre == PHARMACISTS else seat.article
        return Court(form, ordre, seat.place, article, seat.confidence)
    if not ordre or not region:
        return Court(NOWHERE, ordre, "", ELSEWHERE[0], TO_CHECK)
    article, confidence = REGIONAL.get(ordre, ELSEWHERE)
    return Court(form, ordre, region, article, confidence)
