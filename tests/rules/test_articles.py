"""« la CPAM de l'Ain », « au Conseil départemental… »: every name of the reference data takes its article."""

import pytest

from app.routing import bundled
from app.routing.rules.articles import the, to_the

NAMES = sorted({row["name"] for row in bundled.authorities(bundled.DATA)})


@pytest.mark.parametrize(
    ("name", "alone", "to"),
    [
        ("CPAM de l'Ain", "la CPAM de l'Ain", "à la CPAM de l'Ain"),
        ("Caisse de Mayotte", "la Caisse de Mayotte", "à la Caisse de Mayotte"),
        ("Conseil central E", "le Conseil central E", "au Conseil central E"),
        ("Organe de l'ordre", "l'Organe de l'ordre", "à l'Organe de l'ordre"),
        ("Inventé", "Inventé", "à Inventé"),
    ],
)
def test_the_article_and_its_contractions(name, alone, to):
    assert (the(name), to_the(name)) == (alone, to)


def test_every_name_of_the_reference_has_an_article():
    assert len(NAMES) > 500
    assert [name for name in NAMES if the(name) == name] == []


def test_no_name_is_left_after_a_bare_preposition():
    said = [to_the(name) for name in NAMES]
    assert {one.split(" ")[0] for one in said} <= {"au", "à", "à l'Organe"}
    assert [one for one in said if one.startswith(("à Conseil", "à CPAM", "à Caisse"))] == []
