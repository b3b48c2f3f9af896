"""``GET /communes``: the towns that may be meant, in a small answer; each is understood once it is written."""

import pytest

from app.base.forms.form import widgets
from app.pages import towns
from app.saisine.short_form import ShortForm
from app.saisine.steps.describe import Describe
from app.saisine.steps.found import DirectorySearch
from tests.cast import AMINA, Sent, begin
from tests.support.html import Page
from tests.support.pdf import bare, text_of

TOWNS = "/communes"


def test_towns_are_listed_as_people_read_them(client):
    answer = client.get(TOWNS, params={"q": " saint  denis"})
    rows = answer.json()
    assert rows[:2] == [
        {"value": "Saint-Denis (97400, La Réunion)"},
        {"value": "Saint-Denis (93200, Seine-Saint-Denis)"},
    ]
    assert len(rows) == 7
    assert len(answer.content) <= 1024
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert "set-cookie" not in answer.headers


def test_a_former_name_is_told_and_todays_town_is_written(client):
    rows = client.get(TOWNS, params={"q": "Boulogne"}).json()
    former = [row for row in rows if "label" in row]
    assert {"value": "Essarts-en-Bocage (85140, Vendée)"}.items() <= former[0].items()
    assert former[0]["label"] == "Boulogne, aujourd'hui Essarts-en-Bocage (85140, Vendée)"


@pytest.mark.parametrize("q", ["", "s", "9", "Monaco", "zzzzzzzz", "%", "x" * 5000])
def test_too_little_and_what_is_no_town_give_nothing(client, q):
    answer = client.get(TOWNS, params={"q": q})
    assert (answer.status_code, answer.json()) == (200, [])


def test_two_digits_are_enough(client):
    assert all(" (59" in row["value"] for row in client.get(TOWNS, params={"q": "59"}).json())


def test_who_asks_without_end_is_told_to_wait(client, monkeypatch):
    monkeypatch.setattr(towns, "ASKED", 2)
    codes = [client.get(TOWNS, params={"q": "lille"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert client.get(TOWNS).headers["content-type"] == "application/problem+json"


def test_the_three_fields_ask_this_address():
    fields = widgets(ShortForm)["pro_commune"], widgets(Describe)["pro_commune"], widgets(DirectorySearch)["ou"]
    assert {getattr(field, "suggest", None) for field in fields} == {TOWNS}


def test_a_chosen_town_is_not_asked_again_and_is_said_back(client):
    chosen = client.get(TOWNS, params={"q": "saint denis 93"}).json()[0]["value"]
    sent = Sent(client.submit(begin(client), {**AMINA, "pro_commune": chosen}))
    assert "directeur de la CPAM de la Seine-Saint-Denis" in sent.page.text
    assert bare(chosen) in text_of(client.get(sent.path.replace("confirmation", "recepisse")).content)


def test_what_is_written_by_hand_as_a_label_is_understood(client):
    page = Page(client.submit(begin(client), {**AMINA, "pro_commune": "SAINT-DENIS (93200, seine saint denis)"}).text)
    assert "reçue" in page.h1
