"""What an association's software reads of the complaints that came of its drafts, by the powers of each mandate."""

import re
from urllib.parse import quote

import pytest
from sqlalchemy import select

from app.accounts.rules import MEMBERS
from app.api import complaints
from app.filing.models import Filing
from app.saisine.models import Draft
from tests.cast import come_in, filed_for, sign_in
from tests.pages.test_acts import records
from tests.support.acts import did
from tests.support.api import manager_of, software
from tests.support.client import SuspiciousClient

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LIST = "/api/v1/plaintes"


@pytest.fixture
def manager(portal):
    return manager_of(portal)


@pytest.fixture
def program(client, portal, manager):
    return software(client, portal, manager)


def sent_by(portal, program, *powers):
    """File under a mandate, as a draft of this program became a complaint; give its number."""
    number = filed_for(portal, "Rita Fictive", *powers).number
    with portal.database.write() as session:
        draft = session.scalars(select(Draft).join(Filing, Filing.draft_id == Draft.id).where(Filing.number == number))
        draft.one().client = program.id
    return number


def numbers(program, query=""):
    answer = program.ask("GET", f"{LIST}{query}")
    assert answer.status_code == 200, answer.text
    return [one["numero"] for one in answer.json()["plaintes"]]


def acknowledge(app, portal, number):
    with SuspiciousClient(app, portal.database) as clerk:
        sign_in(clerk, portal, "595")
        there = f"/agent/plaintes/{number}/accuser-reception"
        clerk.submit(there, {"canal_ar": "email", "message": "Message inventé."})


def test_it_reads_where_a_complaint_stands(program, portal, app, clock):
    number = sent_by(portal, program)
    told = program.ask("GET", f"{LIST}/{number}").json()
    assert (told["numero"], told["etat"], told["courriers"]) == (number, "recue", None)
    assert told["phrase"].startswith("La plainte a été reçue le mardi 3 mars 2026.")
    assert told["echeances"][0]["code"] == "D2"
    assert told["echeances"][0]["au_plus_tard"] == "2026-03-11"
    assert [one["code"] for one in told["historique"]] == ["recue"]
    assert "CANARI-RECIT" not in str(told)
    clock.advance(hours=2)
    acknowledge(app, portal, number)
    after = program.ask("GET", f"{LIST}/{number}").json()
    assert after["etat"] == "accusee"
    assert [one["code"] for one in after["historique"]] == ["recue", "accuse_reception"]
    assert "D2" not in [one["code"] for one in after["echeances"]]
    assert "Message inventé." not in str(after)
    assert program.ask("GET", f"{LIST}/{number}/recepisse").headers["content-type"] == "application/pdf"


def test_letters_are_read_under_their_power_alone(program, portal, app):
    number = sent_by(portal, program, "recevoir")
    acknowledge(app, portal, number)
    letters = program.ask("GET", f"{LIST}/{number}").json()["courriers"]
    assert letters["accuses"][0]["message"] == "Message inventé."
    said = did("message_autorite", text="Bonjour", until="", translation={"language": "ar", "text": "مرحبا"})
    records(portal, number, did("message_autorite", text="Sans traduction", until=""), said)
    plain, translated = program.ask("GET", f"{LIST}/{number}").json()["courriers"]["messages"]
    assert "traduction" not in plain
    assert translated["texte"] == "Bonjour"
    assert translated["traduction"] == {"langue": "ar", "texte": "مرحبا"}


def test_what_changed_comes_last_and_pages_follow(program, portal, app, clock, monkeypatch):
    first = sent_by(portal, program)
    clock.advance(hours=1)
    second = sent_by(portal, program)
    assert numbers(program) == [first, second]
    since = quote(clock().isoformat())
    assert numbers(program, f"?depuis={since}") == [second]
    clock.advance(hours=1)
    acknowledge(app, portal, first)
    assert numbers(program) == [second, first]
    assert numbers(program, f"?depuis={since}") == [second, first]
    monkeypatch.setattr(complaints, "AT_ONCE", 1)
    page = program.ask("GET", LIST).json()
    assert [one["numero"] for one in page["plaintes"]] == [second]
    assert numbers(program, f"?apres={quote(page['suite'])}") == [first]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    "query",
    [
        "depuis=hier",
        "depuis=2026-03-03T10:00:00",
        "apres=x",
        "apres=2026-03-03T10:00:00Z|%00",
        "depuis=0001-01-01T00:00:00%2B14:00",
        "apres=|",
    ],
)
def test_a_strange_instant_is_told(program, query):
    refused = program.ask("GET", f"{LIST}?{query}")
    assert refused.status_code == 400
    assert refused.json()["title"] == f"La valeur de “{query.partition('=')[0]}” n’est pas de la bonne forme."


def test_nobody_else_reads_it_nor_this_one_once_the_mandate_ended(program, portal, client, app, manager):
    number = sent_by(portal, program, "recevoir")
    paths = (f"{LIST}/{number}", f"{LIST}/{number}/recepisse")
    others = [software(client, portal, manager), software(client, portal, manager, sandbox=True)]
    others.append(software(client, portal, manager_of(portal, "autre-association", "Gaël Fictif")))
    for other in others:
        assert numbers(other) == []
        assert {other.ask("GET", path).status_code for path in paths} == {404}
    assert {program.ask("GET", path).status_code for path in paths} == {200}
    with SuspiciousClient(app, portal.database) as desk:
        come_in(desk, portal, manager.email, MEMBERS)
        desk.submit(f"/association/plaintes/{number}/rendre-mandat", {}, form="rendre-mandat")
    assert numbers(program) == []
    assert {program.ask("GET", path).status_code for path in paths} == {404}
    for strange in ("SA-2026-0000-0000", "%00", "é", "x" * 300):
        assert program.ask("GET", f"{LIST}/{strange}").status_code == 404


@pytest.mark.engines("sqlite")
def test_each_address_asks_for_its_scope(program):
    token = program.token("brouillons:lire").json()["access_token"]
    refused = program.client.get(LIST, headers={"authorization": f"Bearer {token}"})
    assert refused.status_code == 403
    assert re.search('scope="plaintes:lire"', refused.headers["www-authenticate"])
