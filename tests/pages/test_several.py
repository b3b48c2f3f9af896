"""Several complaints at once: given to a colleague, taken out as a table that no spreadsheet can run."""

import csv
import io
from urllib.parse import urlencode

import pytest

from app.accounts.audit import filters
from app.accounts.models import Account
from app.base.cells import safe
from app.filing.models import FilingDesk, FilingEvent
from app.filing.queries import filing_by_number
from tests.cast import Sent, clerk, send, sign_in
from tests.pages.test_acts import records
from tests.support.acts import TOLD
from tests.support.client import page_of
from tests.support.html import Page, words
from tests.support.rewind import lived

LIST = "/agent/plaintes"
ASSIGN, EXPORT = "/agent/lot/attribuer", "/agent/lot/exporter"
SENT = {"content-type": "application/x-www-form-urlencoded", "origin": "null", "sec-fetch-site": "same-origin"}


@pytest.fixture
def desk(run, client, portal):
    """Three complaints of Lille; the name of one would be a formula."""
    return lived(run, portal, client, "three", lambda: three_sent(client, portal))


def three_sent(client, portal):
    numbers = []
    for name in ("Inventé", "=cmd()", "Fictive"):
        numbers.append(Sent(send(client, nom=name)).number)
        portal.clock.advance(seconds=1)
    clerk(portal, "595", "Awa Exemple")
    sign_in(client, portal, "595")
    return numbers


def rows_of(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def export_of(client, page, fields, button):
    """Press a button that has an address of its own (``formaction``)."""
    form = next(form for form in page.forms if form.action == ASSIGN)
    assert [one.get("formaction") for one in page.all("button") if one.text == button] == [EXPORT]
    return page_of(client.post(EXPORT, content=urlencode(form.fill(fields, button)), headers=SENT))


def test_ticked_complaints_are_given_to_a_colleague(client, portal, desk):
    asked = page_of(client.submit(f"{LIST}?etat=recue", {"dossier": desk[:2]}, form=ASSIGN))
    assert asked.h1 == "Attribuer plusieurs plaintes"
    assert "2 plaintes" in asked.text
    awa = next(one.get("value") for one in asked.all("option") if one.text == "Awa Exemple")
    typed = {"agent_id": awa, "note": "Avant jeudi."}
    shown = page_of(client.send_form(asked, ASSIGN, typed, form="attribuer#erreurs"))
    assert shown.h1 == "Vérifier avant d'attribuer"
    people = ("Amina Inventé", "Amina =cmd()")
    assert told(shown) == [[desk[n], people[n], "à personne", "Awa Exemple"] for n in (0, 1)]
    assert "Note : Avant jeudi." in shown.text.replace("\u00a0", " ")
    with portal.database.read() as session:
        assert session.query(FilingEvent).filter_by(kind="attribuee").count() == 0, "nothing before it is confirmed"
    answer = client.send_form(shown, ASSIGN, {}, form="attribuer#erreurs")
    assert "?etat=recue&" in str(answer.url)
    assert page_of(answer).done == "Attribution enregistrée pour les plaintes choisies encore chez vous."
    with portal.database.read() as session:
        assert sorted(row.assignee for row in session.query(FilingDesk).filter_by(authority="595")) == ["", awa, awa]
        assert session.query(FilingEvent).filter_by(kind="attribuee").count() == 2
    assert "Avant jeudi." in client.page(f"{LIST}/{desk[0]}").text


def told(page):
    """Give the rows of what will change."""
    rows = [row for row in page.all("tr") if any(cell.tag == "td" for cell in row)]
    return [[words(cell) for cell in row] for row in rows]


def test_what_will_not_change_is_told_with_its_reason(client, portal, desk):
    asked = page_of(client.submit(f"{LIST}?etat=recue", {"dossier": desk}, form=ASSIGN))
    awa = next(one.get("value") for one in asked.all("option") if one.text == "Awa Exemple")
    client.submit(f"{LIST}/{desk[0]}/attribuer", {"agent_id": awa}, form="attribuer#erreurs")
    with portal.database.write() as session:
        gone = filing_by_number(session, desk[1]).id
        session.query(FilingDesk).filter_by(authority="595", filing_id=gone).delete()
    shown = page_of(client.send_form(asked, ASSIGN, {"agent_id": awa}, form="attribuer#erreurs"))
    assert [row[0] for row in told(shown)] == [desk[2]]
    said = [words(item) for item in shown.all("li")]
    assert f"{desk[0]} – Elle est déjà attribuée ainsi." in said
    assert f"{desk[1]} – Elle n'est plus sur votre bureau." in [one.replace("’", "'") for one in said]
    client.send_form(shown, ASSIGN, {}, form="attribuer#erreurs")
    with portal.database.read() as session:
        assert session.query(FilingEvent).filter_by(kind="attribuee").count() == 2


def test_when_nothing_changes_there_is_nothing_to_confirm(client, desk):
    asked = page_of(client.submit(LIST, {"dossier": desk[:1]}, form=ASSIGN))
    answer = client.send_form(asked, ASSIGN, {"agent_id": "personne"}, form="attribuer#erreurs")
    assert (answer.status_code, "Rien ne change." in answer.text) == (422, True)


def test_a_colleague_who_left_is_told_before_anything_is_given(client, portal, desk):
    asked = page_of(client.submit(LIST, {"dossier": desk[:1]}, form=ASSIGN))
    awa = next(one.get("value") for one in asked.all("option") if one.text == "Awa Exemple")
    with portal.database.write() as session:
        session.query(Account).filter_by(id=awa).one().disabled_at = portal.clock()
    answer = client.send_form(asked, ASSIGN, {"agent_id": awa}, form="attribuer#erreurs")
    assert (answer.status_code, "Cette personne ne travaille plus ici." in page_of(answer).text) == (422, True)


def test_what_the_service_cannot_read_yet_is_left_out_of_a_table(client, portal, desk):
    client.cookies.clear()
    sign_in(client, portal, "MED-59", "Fatou Exemple")
    records(portal, desk[0], *TOLD)
    asked = export_of(client, client.page(LIST), {}, "Exporter toute la liste")
    assert "2 plaintes laissées de côté" in asked.text.replace("\u00a0", " ")
    assert "Toute la liste : 1 plainte." in asked.text.replace("\u00a0", " ")


def test_a_table_is_given_once_its_use_is_in_each_history(client, portal, desk):
    asked = export_of(client, client.page(LIST), {"dossier": desk[:2]}, "Exporter les plaintes cochées")
    assert asked.h1 == "Exporter un tableau"
    answer = client.send_form(asked, EXPORT, {"usage": ""}, form="exporter#erreurs")
    assert (answer.status_code, "Écrivez pour quel usage." in answer.text) == (422, True)
    answer = client.send_form(page_of(answer), EXPORT, {"usage": "Réunion"}, form="exporter#erreurs")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, *rows = rows_of(answer)
    assert head[:3] == ["Numéro", "Reçue le", "Échéance"]
    assert {row[0] for row in rows} == set(desk[:2])
    with portal.database.read() as session:
        assert session.query(FilingEvent).filter_by(kind="exportee").count() == 2


def test_a_table_has_the_columns_that_were_chosen(client, desk):
    asked = export_of(client, client.page(LIST), {"dossier": desk[:1]}, "Exporter les plaintes cochées")
    none = client.send_form(asked, EXPORT, {"usage": "Réunion", "colonnes": None}, form="exporter#erreurs")
    assert (none.status_code, "Choisissez au moins une colonne." in none.text) == (422, True)
    again = page_of(none)
    assert "Réunion" in none.text
    chosen = {"usage": "Réunion", "colonnes": ["a_faire", "numero"]}
    head, row = rows_of(client.send_form(again, EXPORT, chosen, form="exporter#erreurs"))
    assert head == ["Numéro", "À faire"]
    assert row[0] == desk[0]
    assert row[1]


def test_a_whole_list_is_taken_with_its_search(client, portal, desk):
    found = client.submit(LIST, {"q": "fictive"}, form=LIST)
    asked = export_of(client, page_of(found), {}, "Exporter toute la liste")
    assert "1 plainte" in asked.text
    answer = client.send_form(asked, EXPORT, {"usage": "Réunion"}, form="exporter#erreurs")
    assert [row[0] for row in rows_of(answer)[1:]] == desk[2:]


def test_what_begins_as_the_words_searched_is_exported_as_it_is_listed(client, desk):
    found = client.submit(LIST, {"q": "fict"}, form=LIST)
    asked = export_of(client, page_of(found), {}, "Exporter toute la liste")
    answer = client.send_form(asked, EXPORT, {"usage": "Réunion"}, form="exporter#erreurs")
    assert [row[0] for row in rows_of(answer)[1:]] == desk[2:]


def test_a_list_too_long_for_a_table_is_told(client, portal, desk, monkeypatch):
    monkeypatch.setattr("app.intake.web.bulk.MOST", 2)
    asked = export_of(client, client.page(LIST), {}, "Exporter toute la liste")
    answer = client.send_form(asked, EXPORT, {"usage": "Réunion"}, form="exporter#erreurs")
    assert (answer.status_code, "Cette liste a plus de 2 plaintes." in answer.text) == (422, True)
    with portal.database.read() as session:
        assert session.query(FilingEvent).filter_by(kind="exportee").count() == 0


def test_nothing_ticked_is_told(client, desk):
    answer = client.submit(LIST, {}, form=ASSIGN)
    assert answer.status_code == 422
    assert "Cochez au moins une plainte" in Page(answer.text).text


def test_what_someone_typed_is_never_a_formula():
    assert safe("Léa") == "Léa"
    for sign in "=+-@\t\r\n＝＋－＠":
        typed = f"{sign}1+1"
        assert safe(typed) == f"'{typed}"
        (cell,) = next(
            csv.reader(io.StringIO(filters.table([typed], [], is_cut=False).decode("utf-8-sig")), delimiter=";")
        )
        assert cell == f"'{typed}"


def test_what_a_colleague_gave_since_is_not_replaced(client, portal, desk):
    """All or none: one of two was given away while the page was open."""
    asked = page_of(client.submit(f"{LIST}?etat=recue", {"dossier": desk[:2]}, form=ASSIGN))
    client.submit(f"{LIST}/{desk[1]}/attribuer", {"agent_id": "personne"}, form="attribuer#erreurs")
    before = given_to(portal)
    shown = page_of(client.send_form(asked, ASSIGN, {"note": "CANARI-TAPE"}, form="attribuer#erreurs"))
    answer = client.send_form(shown, ASSIGN, {}, form="attribuer#erreurs")
    assert answer.status_code == 409
    said = page_of(answer)
    assert "depuis que votre page est ouverte : À personne. Rien n'a été remplacé." in said.text
    assert "CANARI-TAPE" in said.text
    assert given_to(portal) == before


def given_to(portal):
    with portal.database.read() as session:
        return sorted((row.filing_id, row.assignee) for row in session.query(FilingDesk).filter_by(authority="595"))


def test_the_other_authority_takes_out_what_it_reads_and_the_history_says_so(client, portal, desk):
    records(portal, desk[0], *TOLD)
    client.cookies.clear()
    sign_in(client, portal, "MED-59", "Fatou Exemple")
    asked = export_of(client, client.page(LIST), {"dossier": [desk[0]]}, "Exporter les plaintes cochées")
    answer = client.send_form(asked, EXPORT, {"usage": "Un essai"}, form="exporter#erreurs")
    assert [row[0] for row in rows_of(answer)[1:]] == [desk[0]] or desk[0] in answer.text
    with portal.database.read() as session:
        assert session.query(FilingEvent).filter_by(kind="exportee", authority="MED-59").count() == 1
