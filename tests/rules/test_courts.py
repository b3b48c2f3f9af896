"""The court of each council of the reference: CSS L. 145-6-1, L. 145-7-2, L. 145-7-3; CSP L. 4232-1, R. 4234-41."""

import csv
from pathlib import Path

import pytest

import app.routing
from app.conciliation.chamber.courts import CONFIDENCE, court_of

DATA = Path(app.routing.__file__).parent / "data"
FIRST = "Chambre disciplinaire de première instance de l'ordre des "
PHARMACY, OF_PHARMACISTS = "Chambre de discipline du conseil ", "de l'ordre des pharmaciens"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


REGIONS = {row["code"]: row["nom"] for row in rows("regions.csv")}
PLACES = {row["code"]: REGIONS.get(row["region"], "") for row in rows("departements.csv")}
COUNCILS = {row["code"]: row for row in rows("councils.csv")}


def proposed(code):
    row = COUNCILS[code]
    first = row["departements"].split(";")[0]
    return court_of(row["ordre"], row["section_pharmacien"], first, PLACES.get(first, ""))


def named(court):
    return court.name.format(ordre=court.ordre, place=court.place)


@pytest.mark.parametrize(
    ("code", "name", "confidence"),
    [
        ("MED-59", f"{FIRST}médecins, Hauts-de-France", "derived"),
        ("MED-75", f"{FIRST}médecins, Île-de-France", "derived"),
        ("MED-2A", f"{FIRST}médecins, Provence-Alpes-Côte d'Azur et Corse", "derived"),
        ("CD-13", f"{FIRST}chirurgiens-dentistes, Provence-Alpes-Côte d'Azur et Corse", "derived"),
        ("MED-971", f"{FIRST}médecins, Antilles-Guyane", "derived"),
        ("MED-977-978", f"{FIRST}médecins, Antilles-Guyane", "derived"),
        ("INF-977-978", f"{FIRST}infirmiers, Antilles-Guyane", "derived"),
        ("MED-974", f"{FIRST}médecins, La Réunion-Mayotte", "derived"),
        ("MK-976", f"{FIRST}masseurs-kinésithérapeutes, La Réunion-Mayotte", "derived"),
        ("MED-975", f"{FIRST}médecins, Normandie", "derived"),
        ("INF-975", f"{FIRST}infirmiers, Normandie", "derived"),
        ("SF-974", f"{FIRST}sages-femmes, Occitanie", "derived"),
        ("SF-976", f"{FIRST}sages-femmes, Occitanie", "derived"),
        ("SF-971", f"{FIRST}sages-femmes, Bretagne", "derived"),
        ("SF-972", f"{FIRST}sages-femmes, Bretagne", "derived"),
        ("SF-973", f"{FIRST}sages-femmes, Bretagne", "derived"),
        ("SF-975", f"{FIRST}sages-femmes, Bretagne", "derived"),
        ("SF-977-978", f"{FIRST}sages-femmes, Bretagne", "a_verifier"),
        ("SF-75", f"{FIRST}sages-femmes, Île-de-France", "a_verifier"),
        ("SF-13", f"{FIRST}sages-femmes, Provence-Alpes-Côte d'Azur et Corse", "a_verifier"),
        ("PP-IDF-OM", f"{FIRST}pédicures-podologues, Île-de-France et outre-mer", "derived"),
        ("PP-BRE-SPM", f"{FIRST}pédicures-podologues, Bretagne et Saint-Pierre-et-Miquelon", "derived"),
        ("PP-PACA-COR", f"{FIRST}pédicures-podologues, Provence-Alpes-Côte d'Azur et Corse", "derived"),
        ("PP-OCC", f"{FIRST}pédicures-podologues, Occitanie", "derived"),
        ("PHA-A-IDF", f"{PHARMACY}régional de l'ordre des pharmaciens, Île-de-France", "derived"),
        ("PHA-A-BRE", f"{PHARMACY}régional de l'ordre des pharmaciens, Bretagne", "derived"),
        (
            "PHA-A-PACA-COR",
            f"{PHARMACY}régional de l'ordre des pharmaciens, Provence-Alpes-Côte d'Azur et Corse",
            "derived",
        ),
        *(
            (f"PHA-{one}", f"{PHARMACY}central de la section {one} de l'ordre des pharmaciens", "derived")
            for one in "BCDEGH"
        ),
    ],
)
def test_each_council_has_its_court(code, name, confidence):
    court = proposed(code)
    assert (named(court), court.confidence) == (name, confidence)
    assert court.article.startswith(("CSS ", "CSP "))


def test_every_council_of_the_reference_has_a_whole_name_and_a_known_confidence():
    for code in COUNCILS:
        court = proposed(code)
        assert court.place, code
        assert court.confidence in CONFIDENCE
        assert not {"Saint-Barthélemy", "Saint-Pierre-et-Miquelon"} & {court.place}


def test_a_council_whose_place_is_not_known_is_to_be_checked():
    court = court_of("médecins", "", "", "")
    assert (named(court), court.confidence) == (FIRST + "médecins", "a_verifier")
