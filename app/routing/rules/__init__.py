"""What is true of competence: values in, values out, with the article of law."""

from app.routing.rules.competence import Receivers, agree, decide, who_can_be_seised
from app.routing.rules.councils import may_have_ordre
from app.routing.rules.names import is_outside_code, is_outside_france, is_outside_postal_code
from app.routing.rules.territories import departement_of, local_zone
from app.routing.rules.values import (
    TO_CHOOSE,
    Book,
    Caisse,
    CaisseRule,
    Competence,
    Council,
    Outcome,
    Practice,
    PracticePlace,
    Profession,
    outside,
)

__all__ = [
    "TO_CHOOSE",
    "Book",
    "Caisse",
    "CaisseRule",
    "Competence",
    "Council",
    "Outcome",
    "Practice",
    "PracticePlace",
    "Profession",
    "Receivers",
    "agree",
    "decide",
    "departement_of",
    "is_outside_code",
    "is_outside_france",
    "is_outside_postal_code",
    "local_zone",
    "may_have_ordre",
    "outside",
    "who_can_be_seised",
]
