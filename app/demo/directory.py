"""The directory of the demonstration: a thousand professionals of whom nobody exists, always the same ones."""

from collections.abc import Iterator
from pathlib import Path

from app.base.dates import local_day
from app.base.portal import Portal
from app.directory import queries
from app.directory.service import Extraction, activate, load
from app.directory.service.reading import COLUMNS, Line, Tell

PEOPLE = 1_001
"""Neither the towns, the names nor the professions divide each other: each town has each kind of professional."""
ROOTS = ("Durand", "Martin", "Bernard", "Petit", "Leroy", "Moreau", "Garcia", "Lambert", "Nguyen", "Diallo", "Fontaine")
MADE_UP = ("Exemple", "Fictif", "Inventé", "Imaginaire")
GIVEN = ("Camille", "Claude", "Dominique", "Sacha", "Alix", "Noa", "Eden", "Morgan", "Charlie", "Lou", "Andrea",
         "Maxime", "Robin", "Sam", "Jo", "Ange", "Yaël")  # fmt: skip
PROFESSIONS = (
    ("10", "Médecin", ("Médecine générale", "Cardiologie", "Gynécologie médicale", "Dermatologie")),
    ("40", "Chirurgien-dentiste", ("",)),
    ("10", "Médecin", ("Médecine générale", "Psychiatrie", "Ophtalmologie", "Pédiatrie")),
    ("50", "Sage-femme", ("",)),
    ("60", "Infirmier", ("",)),
    ("70", "Masseur-Kinésithérapeute", ("",)),
    ("80", "Pédicure-Podologue", ("",)),
    ("21", "Pharmacien", ("",)),
)
"""Code of the national directory, label, skills."""
TOWNS = (
    ("59350", "59000", "Lille"), ("59178", "59500", "Douai"), ("59599", "59200", "Tourcoing"),
    ("75112", "75012", "Paris 12"), ("93066", "93200", "Saint-Denis"), ("13201", "13001", "Marseille 1"),
    ("13213", "13013", "Marseille 13"), ("69383", "69003", "Lyon 3"), ("2B033", "20200", "Bastia"),
    ("2A004", "20000", "Ajaccio"), ("97608", "97600", "Mamoudzou"), ("97411", "97400", "Saint-Denis"),
    ("34172", "34000", "Montpellier"),
)  # fmt: skip
"""INSEE code, postal code, name."""
STREETS = ("Inventée", "de l'Exemple", "Fictive", "Imaginaire", "du Modèle")


class InventedDirectory(Extraction):
    """The lines of a file that was never written."""

    def __init__(self) -> None:
        """Name what would be the file."""
        super().__init__(Path("annuaire-invente.txt"))

    def lines(self, tell: Tell) -> Iterator[Line]:
        """Yield a line for each place of work: one, or two for who works in two towns."""
        for number in range(PEOPLE):
            yield line(number, number)
            if number % 5 == 0:
                yield line(number, number + 1)
        tell(PEOPLE, PEOPLE)


def line(number: int, place: int) -> Line:
    """Invent a professional and one of their places of work.

    01 99 00 is kept for fiction (Arcep, decision 2022-1583).
    """
    code, label, skills = PROFESSIONS[number % len(PROFESSIONS)]
    commune, postal_code, town = TOWNS[place % len(TOWNS)]
    root, made_up = ROOTS[number // 3 % len(ROOTS)], MADE_UP[number % len(MADE_UP)]
    known = {
        "id": f"000{number:08}",
        "family": f"{root}-{made_up}" if number % 2 else f"{made_up}-{root}",
        "given": GIVEN[number % len(GIVEN)],
        "profession": code,
        "profession_label": label,
        "skill": skills[number // len(PROFESSIONS) % len(skills)],
        "legal_name": f"Pharmacie {made_up}" if label == "Pharmacien" else "",
        "section": "A" if label == "Pharmacien" else "",
        "number": str(place % 40 + 1),
        "way": "rue",
        "street": STREETS[place % len(STREETS)],
        "postal_code": postal_code,
        "commune": commune,
        "town": town,
        "phone": f"01 99 00 {number // 100:02} {number % 100:02}",
    }
    return dict.fromkeys(COLUMNS, "") | known


def add(portal: Portal) -> None:
    """Let the invented directory serve where none does, also in a demonstration made before there was one."""
    with portal.database.read() as session:
        if queries.taken_on(session) is not None:
            return
    made = load(portal.database, InventedDirectory(), local_day(portal.clock()), portal.clock, lambda _done, _all: None)
    with portal.database.write() as session:
        activate(session, made.edition)
