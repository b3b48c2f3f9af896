"""« Trouver de l'aide près de chez vous »: the places of a town, the associations of its region, or whom to call."""

from datetime import date

import pytest

from app.associations import registry
from app.associations.rules import Agreement
from app.demo import help_places as demo
from app.pages import help_places, service
from app.pages.models import HelpPlace
from tests.support.html import words

pytestmark = pytest.mark.engines("sqlite", "postgresql")
NEAR = "/aide/pres-de-chez-vous"
HEAD = "nom,commune,telephone,adresse,horaires,source"
LILLE = 'FS Lille-Exemple,59350,01 99 00 20 01,"1 rue de l\'Exemple, Lille",De 9 h à 12 h,Liste inventée'
DOUAI = "FS Ainsi-Exemple,59178,01 99 00 20 02,2 rue Inventée,,Liste inventée"
PARIS = "FS Paris-Exemple,75112,01 99 00 20 03,,,Liste inventée"


@pytest.fixture
def listed(portal, tmp_path):
    """Load three places and three associations."""
    file = tmp_path / "lieux.csv"
    file.write_text(f"{HEAD}\n{DOUAI}\n{LILLE}\n{PARIS}", encoding="utf-8")
    known = [
        ("Du Nord", "01 99 00 30 01", "regional", "32", date(2029, 1, 1)),
        ("De partout", "01 99 00 30 02", "national", "", date(2029, 1, 1)),
        ("Du Sud", "01 99 00 30 03", "regional", "93", date(2029, 1, 1)),
        ("Terminée", "01 99 00 30 04", "national", "", date(2026, 3, 2)),
        ("Muette", "", "national", "", date(2029, 1, 1)),
    ]
    with portal.database.write() as session:
        service.replace_places(session, help_places.read(file).lines, date(2026, 2, 1))
        for n, (name, phone, level, region, last) in enumerate(known):
            row = registry.add(session, {"name": f"{name} (inventée)", "phone": phone, "rna": f"W00000000{n}"})
            registry.agree(session, row.id, Agreement(f"N{n}", level, region, date(2025, 1, 1), last))


def test_the_places_of_the_town_come_first_then_those_of_its_departement(client, listed):
    page = client.page(f"{NEAR}?ville=59000")
    said = words(page.all("main")[0])
    assert said.index("FS Lille-Exemple") < said.index("FS Ainsi-Exemple")
    assert "FS Paris-Exemple" not in said
    for told in ("Lille (59000, Nord)", "De 9 h à 12 h", "Source : Liste inventée, mise à jour le 1er février 2026"):
        assert told in said.replace("\xa0", " ")
    assert page.links["01 99 00 20 01"] == "tel:0199002001"


def test_associations_are_those_agreed_today_in_the_region_that_can_be_reached(client, listed):
    said = words(client.page(f"{NEAR}?ville=59000").all("main")[0])
    assert said.index("Du Nord") < said.index("De partout")
    assert not [one for one in ("Du Sud", "Terminée", "Muette") if one in said]


def test_a_town_that_may_be_several_is_asked_and_chosen(client, listed):
    asked = client.page(f"{NEAR}?ville=Saint-Denis")
    assert "Quelle ville est-ce" in asked.text
    assert "Seine-Saint-Denis" in asked.text
    assert "Nous ne connaissons pas" not in asked.text
    assert "(93200, Seine-Saint-Denis)" in words(client.page(f"{NEAR}?ville=Saint-Denis&commune=93066").all("h2")[0])


@pytest.mark.parametrize("town", ["2A004", "Bastia", "Bruxelles"])
def test_where_nothing_is_known_national_services_are_named(client, portal, town):
    said = words(client.page(f"{NEAR}?ville={town}").all("main")[0])
    assert "36 46" in said
    assert "39 28" in said
    assert ("Nous ne connaissons pas de lieu d'aide" in said.replace("’", "'")) == (town != "2A004")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("ville=", "Écrivez une ville ou un code postal."),
        ("ville=zzzzzzzz", "Nous ne trouvons pas ce lieu. Essayez avec le code postal."),
        (f"ville={'x' * 400}", "Nous ne trouvons pas ce lieu. Essayez avec le code postal."),
        ("ville=Saint-Denis&commune=%00", "Quelle ville est-ce"),
    ],
)
def test_a_town_that_is_not_understood_is_told_in_words(client, asked, told):
    assert told in words(client.page(f"{NEAR}?{asked}").all("main")[0])


def test_the_page_without_a_question_shows_the_field_and_national_services(client):
    page = client.page(NEAR)
    assert "Votre ville ou votre code postal" in page.text
    assert "Nous ne connaissons pas" not in page.text
    assert "LSF" in page.text


def test_each_page_of_the_form_leads_there_in_one_line(client):
    (block,) = [one for one in client.page("/avant-de-commencer").all("section") if one.get("class") == "help"]
    assert words(block).replace("’", "'") == "Besoin d'aide ? Trouver de l'aide près de chez vous"


def test_an_edition_replaces_its_own_list_alone(portal, listed, tmp_path):
    other = tmp_path / "autre.csv"
    other.write_text("\n".join((HEAD, LILLE, PARIS.replace("Liste", "Autre liste"))), encoding="utf-8")
    for before in ({"Liste inventée": 3, "Autre liste inventée": 0}, {"Liste inventée": 1, "Autre liste inventée": 1}):
        with portal.database.write() as session:
            done = service.replace_places(session, help_places.read(other).lines, date(2026, 3, 1))
        assert {name: one["before"] for name, one in done.sources.items()} == before
    with portal.database.read() as session:
        assert session.query(HelpPlace).count() == 2


@pytest.mark.engines("sqlite")
def test_the_demonstration_has_an_invented_list_and_keeps_the_one_that_was_loaded(client, portal):
    for _ in range(2):
        with portal.database.write() as session:
            demo.add(session, portal.clock)
    assert client.page(f"{NEAR}?ville=59000").text.count("France services de Lille-Exemple") == 1
