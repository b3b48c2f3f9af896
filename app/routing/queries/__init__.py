"""What is asked of the reference."""

from app.routing.queries.book import book
from app.routing.queries.competence import Atlas, authorities_for, competence, place
from app.routing.queries.lists import (
    AuthorityRow,
    ChoiceRow,
    DepartementRow,
    ProfessionLine,
    authorities,
    authority,
    codes,
    departements,
    forms,
    motives,
    procedures,
    professions,
    reference_is_loaded,
    reference_version,
    region_of,
)
from app.routing.queries.place_rows import PlaceRow
from app.routing.queries.places import find_places, place_meant, place_row, places_near

__all__ = [
    "Atlas",
    "AuthorityRow",
    "ChoiceRow",
    "DepartementRow",
    "PlaceRow",
    "ProfessionLine",
    "authorities",
    "authorities_for",
    "authority",
    "book",
    "codes",
    "competence",
    "departements",
    "find_places",
    "forms",
    "motives",
    "place",
    "place_meant",
    "place_row",
    "places_near",
    "procedures",
    "professions",
    "reference_is_loaded",
    "reference_version",
    "region_of",
]
