"""The columns of the list: each clerk ticks those that are shown; a table for a spreadsheet has them too."""

import pytest

from app.intake.columns import CELLS, CHOSEN, FIRST, ORDER, ListColumn, exported, shown
from app.intake.models import ListDisplay
from tests.cast import sign_in
from tests.pages.test_several import EXPORT, LIST, export_of, rows_of
from tests.rooms.test_intake_desk import LILLE, Given, put
from tests.support.client import page_of
from tests.support.html import words

pytestmark = pytest.mark.engines("sqlite", "postgresql")
DISPLAY = "/agent/affichage"


@pytest.fixture
def desk(client, portal):
    """A clerk of Lille, with one complaint."""
    put(portal, Given(signs="mineur"))
    sign_in(client, portal, LILLE)
    return client


def heads(page):
    return [words(head) for head in page.all("th") if head.get("scope") == "col"][1:]


def test_every_column_has_its_cell_and_its_place():
    assert set(CELLS) == set(ListColumn) == set(ORDER) == {*CHOSEN, ListColumn.NUMBER}
    assert set(FIRST) <= set(CHOSEN)
    assert shown(["disparue"]) == shown([]) == shown(FIRST)
    assert exported(shown(FIRST)) == tuple(ListColumn)


def test_the_list_has_the_columns_that_a_clerk_ticked_and_no_other(desk, portal):
    page = desk.page(LIST)
    first = ["Échéance", "Numéro", "Reçue le", "Personne", "Professionnel", "À faire", "Signes"]
    assert heads(page) == first
    page = page_of(desk.submit(DISPLAY, {"colonnes": ["personne", "profession", "etat"]}))
    assert heads(page) == ["Numéro", "Personne", "Profession", "État"]
    assert "Camille" not in page.text
    assert "Destinataire" in page.text, "under the number"
    ticked = [box.get("value") for box in desk.page(DISPLAY).all("input") if box.get("checked") is not None]
    assert ticked == ["personne", "profession", "etat"]
    desk.cookies.clear()
    sign_in(desk, portal, LILLE, "Awa Exemple")
    assert heads(desk.page(LIST)) == first


def test_what_has_a_column_of_its_own_is_not_said_twice(desk):
    page = page_of(desk.submit(DISPLAY, {"colonnes": ["professionnel", "ville", "a_faire", "attribuee", "role"]}))
    cells = {cell.get("data-label"): words(cell) for cell in page.all("td") if cell.get("data-label")}
    assert cells["Ville"] == "Lille (59)"
    assert "Lille" not in cells["Professionnel"]
    assert cells["Attribuée à"] == "à personne"
    assert "personne" not in cells["À faire"]


def test_no_column_at_all_is_told_beside_the_boxes(desk, portal):
    answer = desk.submit(DISPLAY, {"colonnes": []})
    assert (answer.status_code, "Cochez au moins une colonne." in page_of(answer).text) == (422, True)
    with portal.database.read() as session:
        assert session.query(ListDisplay).count() == 0


@pytest.mark.parametrize(
    ("listed", "head"),
    [
        ([column.value for column in FIRST], [column.label for column in ListColumn]),
        (["personne", "ville"], ["Numéro", "Notre rôle", "Personne", "Ville", "Étiquettes"]),
    ],
)
def test_a_table_begins_with_what_the_list_says(desk, listed, head):
    page = page_of(desk.submit(DISPLAY, {"colonnes": listed}))
    asked = export_of(desk, page, {}, "Exporter toute la liste")
    rows = rows_of(desk.send_form(asked, EXPORT, {"usage": "Réunion"}, form="exporter#erreurs"))
    assert rows[0] == head
    assert dict(zip(*rows, strict=True))["Personne"] == "Léa Fictive"
