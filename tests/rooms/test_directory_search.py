"""Finding a professional by name near a town, alike on both databases."""

import pytest

from app.directory import queries
from app.directory.queries import search
from app.routing.queries import places_near
from tests.support import directory
from tests.support.listed import HEART, LILLE, ROUBAIX, listed

NEAR = 5
CAMILLE, ZOE, NOE, HELENE, INES = (f"81000000000{n}" for n in range(1, 6))


@pytest.fixture
def near(reference, tmp_path):
    """Search the small directory; give the numbers found, in their order."""
    listed(reference, tmp_path)

    def ask(name, where="Lille", profession=""):
        with reference.read() as session:
            places = places_near(session, where, NEAR)
            return [person.rpps for person in search(session, name, places, profession)]

    return ask


WHO_IS_FOUND = (
    ("durand", [CAMILLE, ZOE]),
    ("DURAND", [CAMILLE, ZOE]),
    ("Exemple-Durand", [CAMILLE]),
    ("exemple durand", [CAMILLE]),
    ("exempledurand", [CAMILLE]),
    ("camille durand", [CAMILLE]),
    ("Dr Durand Camille", [CAMILLE]),
    ("dur", [CAMILLE, ZOE]),
    ("durant", [CAMILLE, ZOE]),
    ("druand", [CAMILLE, ZOE]),
    ("duurand", [CAMILLE, ZOE]),
    ("zoe", [ZOE]),
    ("durand zoée", [ZOE]),
    ("helene teste", [HELENE]),
    ("de la Teste", [HELENE]),
    ("delateste", [HELENE]),
    ("pharmacie du beffroi", [NOE]),
    ("tilleuls", [CAMILLE]),
    ("clinique inventée", [CAMILLE]),
    ("pharmacie", []),
    ("zzzz", []),
    ("e" * 80, []),
    ("🩺🩺", []),
    ("'; DROP TABLE directory_key; --", []),
    ("%", []),
    ("__", []),
    ("كاميل", []),
    ("\u202eDURAND", [CAMILLE, ZOE]),
)
NEAREST_FIRST = (
    ("Lille", [CAMILLE, ZOE]),
    ("59000", [CAMILLE, ZOE]),
    ("Roubaix", [ZOE, CAMILLE]),
    ("Villeneuve-d'Ascq", [ZOE, CAMILLE]),
    ("Paris", [INES]),
    ("75013", [INES]),
    ("Brest", []),
)


def test_who_is_found(near):
    assert [(asked, near(asked)) for asked, _ in WHO_IS_FOUND] == list(WHO_IS_FOUND)


def test_the_nearest_comes_first(near):
    assert [(where, near("durand", where)) for where, _ in NEAREST_FIRST] == list(NEAREST_FIRST)


def test_another_profession_is_left_out(near):
    assert near("durand", profession="10") == [CAMILLE, ZOE]
    assert near("durand", profession="40") == []
    assert near("tilleuls", profession="40") == []


def test_a_person_comes_with_every_place_the_one_that_was_looked_for_first(reference, tmp_path):
    listed(reference, tmp_path)
    with reference.read() as session:
        (camille,) = search(session, "camille", places_near(session, "Roubaix", NEAR))
        alone = queries.person(session, CAMILLE)
        nobody = queries.person(session, "810000000099")
    assert [site.line for site in camille.sites] == [
        "CLINIQUE INVENTEE, Fictive, 59100 Roubaix",
        "Cabinet des Tilleuls, 12 Rue des Tilleuls, 59000 Lille",
    ]
    assert (camille.name, camille.skill, camille.profession) == ("Camille EXEMPLE-DURAND", "Cardiologie", "10")
    assert [site.commune for site in alone.sites] == ["59350", "59512"]
    assert nobody is None


def test_never_more_than_twenty(reference, tmp_path):
    many = [
        directory.line(
            rpps=f"8200000000{n:02}", nom="DURAND", prenom="Maël", **HEART, structure=f"S{n}", rue="d’Ici", **town
        )
        for n, town in enumerate([ROUBAIX] * 30 + [LILLE] * 10)
    ]
    listed(reference, tmp_path, many)
    with reference.read() as session:
        found = search(session, "durand", places_near(session, "Lille", NEAR))
    assert len(found) == queries.MOST
    assert [person.sites[0].town for person in found] == ["Lille"] * 10 + ["Roubaix"] * 10


def test_without_a_directory_nobody_is_found(reference):
    with reference.read() as session:
        assert search(session, "durand", places_near(session, "Lille", NEAR)) == []
        assert queries.person(session, CAMILLE) is None
        assert queries.taken_on(session) is None
