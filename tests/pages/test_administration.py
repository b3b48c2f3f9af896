"""The administrator's pages: what they show and change, who never opens them, and what an administrator never reads."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from app.directory import queries as directory
from app.directory.service import Extraction, load
from app.filing.rules import AIGUILLAGE
from app.routing.models import Authority
from app.routing.service import load_reference, remember_caisse
from tests.cast import Sent, send, sign_in
from tests.support import directory as files
from tests.support.html import Page, words
from tests.support.listed import LINES, listed

PAGES = ("autorites", "autorites/595", "trous", "mentions", "annuaire", "aiguillage")


@pytest.fixture
def admin(client, portal):
    """A browser signed in as an administrator."""
    sign_in(client, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
    return client


def at(page):
    return f"/administration/{page}"


def test_an_administrator_begins_there_and_reads_no_complaint(admin):
    assert admin.get("/agent").url.path == at("autorites")
    assert admin.get("/agent/plaintes").status_code == 404
    for page in PAGES:
        assert admin.get(at(page)).status_code == 200, page


@pytest.mark.parametrize("role", ["agent", "responsable"])
@pytest.mark.parametrize("authority", ["595", AIGUILLAGE])
def test_nobody_else_opens_them(client, portal, authority, role):
    for page in PAGES:
        assert client.get(at(page), follow_redirects=False).status_code == 303
    sign_in(client, portal, authority, role=role)
    for page in PAGES:
        assert client.get(at(page)).status_code == 404
    own = dict(next(one for one in client.page("/agent/plaintes").forms if one.method == "post").fill({}))
    for page in ("autorites/595", "annuaire"):
        assert client.post(at(page), data={**own, "ville": "Ailleurs", "action": "revenir"}).status_code == 404
    with portal.database.read() as session:
        assert session.get_one(Authority, "595").town != "Ailleurs"


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ("", 651),
        ("595", 1),
        ("lille-douai", 1),
        ("CPAM rouBAIX", 1),
        ("médecins nord", 1),
        ("zzz", 0),
        ("%", 0),
        ("'", 0),
    ],
)
def test_authorities_are_found(admin, asked, total):
    page = Page(admin.get(at("autorites"), params={"q": asked}).text)
    found = int(re.search(r"(\d+) autorités?", page.text)[1])
    assert found == total or (asked in {"", "'"} and found >= total)


def test_an_address_that_was_checked_is_kept_by_the_next_load(admin, portal, clock, tmp_path):
    page = admin.page(at("autorites/595"))
    assert "Personne n'a encore vérifié cette adresse." in page.text
    typed = {"adresse": "2 rue Vérifiée", "code_postal": "59000", "ville": "Lille", "telephone": "03 20 00 00 00"}
    after = admin.send_form(page, at("autorites/595"), {**typed, "courriel": "cpam@exemple.fr"})
    assert (after.url.path, Page(after.text).done) == (at("autorites"), "La fiche de l'autorité est enregistrée.")
    assert "Vérifiée le 3 mars 2026 par une personne." in admin.page(at("autorites/595")).text
    with portal.database.write() as session:
        load_reference(session, clock=clock)
        kept = session.get_one(Authority, "595")
        assert (kept.address, kept.email, kept.address_date) == ("2 rue Vérifiée", "cpam@exemple.fr", "2026-03")


def test_a_wrong_address_is_said_beside_the_field_and_nothing_is_lost(admin, portal):
    page = admin.page(at("autorites/595"))
    after = admin.send_form(page, at("autorites/595"), {"adresse": "Gardée", "courriel": "pas une adresse"})
    assert after.status_code == 422
    assert Page(after.text).by_id("adresse").get("value") == "Gardée"
    with portal.database.read() as session:
        assert session.get_one(Authority, "595").address != "Gardée"
    assert admin.get(at("autorites/NULLE-PART")).status_code == 404


def test_what_the_sources_leave_open_is_listed_and_a_decision_closes_it(admin, portal, clock, monkeypatch):
    monkeypatch.setattr("app.base.ttl_cache.FRESH_SECONDS", -1)
    before = admin.page(at("trous")).text
    count = int(re.search(r"Caisse à confirmer (\d+) communes", before)[1])
    assert 2000 < count < 3000  # Nord, Pas-de-Calais, Pyrénées-Atlantiques, Seine-Maritime, Seignanx
    heads = [words(one) for one in admin.page(at("trous")).all("th") if one.get("scope") == "row"]
    assert {"59", "62", "64", "76", "40"} <= set(heads)
    assert "75" not in heads
    assert "Infirmier" in before
    with portal.database.write() as session:
        remember_caisse(session, "59328", "595", "Lou Fictive", clock)
    after = admin.page(at("trous")).text
    assert int(re.search(r"Caisse à confirmer (\d+) communes", after)[1]) == count - 1
    assert "Lou Fictive" in admin.page(at("aiguillage")).text


def test_the_directory_is_switched_and_comes_back(admin, portal, tmp_path):
    assert "Aucun annuaire n'est chargé" in admin.page(at("annuaire")).text
    listed(portal.database, tmp_path)
    listed(portal.database, tmp_path, LINES[3:], files.NAME.replace("1008", "1112"))
    page = admin.page(at("annuaire"))
    assert "12 nov. 2026 Elle sert" in page.text
    assert "en double : 1" in page.text
    own = dict(next(one for one in page.forms if "annuaire" in one.action).fill({}))
    back = admin.post(at("annuaire"), data={**own, "action": "revenir"})
    assert (back.url.path, Page(back.text).done) == (at("annuaire"), "L'extraction d'avant est de nouveau en service.")
    with portal.database.read() as session:
        assert directory.taken_on(session).isoformat() == "2026-10-08"


def test_an_edition_that_is_ready_serves_at_one_press(admin, portal, tmp_path):
    listed(portal.database, tmp_path)
    later = Extraction(files.write(tmp_path, LINES[3:], files.NAME.replace("1008", "1112")))
    load(portal.database, later, date(2026, 11, 12), portal.clock, lambda _done, _total: None)
    page = admin.submit(at("annuaire"), form="annuaire", button="Mettre en service l'extraction prête")
    assert "12 nov. 2026 Elle sert" in Page(page.text).text
    assert Page(page.text).done == "L'extraction de l'annuaire est en service."
    with portal.database.read() as session:
        assert directory.taken_on(session).isoformat() == "2026-11-12"


def test_nothing_is_written_without_the_token_of_the_page(admin, portal):
    for page in ("autorites/595", "annuaire"):
        assert admin.post(at(page), data={"ville": "Ailleurs", "action": "revenir"}).status_code == 403
    with portal.database.read() as session:
        assert session.get_one(Authority, "595").town != "Ailleurs"


def test_what_waits_is_counted_and_told_when_it_is_late(client, portal):
    sent = Sent(send(client, pro_commune="Lambersart"))
    sign_in(client, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
    page = client.page(at("aiguillage"))
    assert "1 plainte attend son autorité." in page.text
    assert "24 heures" not in page.text
    assert sent.number not in page.text
    portal.clock.advance(days=2)
    client.cookies.clear()
    sign_in(client, portal, AIGUILLAGE, "Zoé Imaginaire", "admin")
    assert "Elle attend depuis plus de 24 heures" in client.page(at("aiguillage")).text


def test_no_page_names_whoever_complains(client, portal):
    send(client, pro_commune="Lambersart")
    send(client)
    sign_in(client, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
    with portal.database.read() as session:
        assert session.scalars(select(Authority.code)).all()
    for page in PAGES:
        assert "CANARI" not in client.get(at(page)).text.upper()


def test_a_card_that_lacks_a_mandatory_mention_is_listed_until_it_has_it(admin, client, portal):
    """CRPA R. 112-11-1: the service, its address, its telephone and its e-mail."""
    whole = {"service": "Réclamations", "address": "1 rue Fictive", "postal_code": "59000", "town": "Lille"}
    whole |= {"phone": "01 99 00 00 00", "email": "a@exemple.invalid"}
    with portal.database.write() as session:
        for row in session.scalars(select(Authority)):
            for column, value in whole.items():
                setattr(row, column, value)
        for code, column in (("595", "phone"), ("02A", "email"), ("597", "town")):
            row = session.get(Authority, code)
            if row:
                setattr(row, column, "")
                row.is_retired = code == "597"
    assert "Toutes les fiches sont complètes." not in admin.page(at("mentions")).text
    page = admin.page(at("mentions"))
    assert "CPAM de Lille-Douai" in page.links
    assert "téléphone" in page.text
    assert "Roubaix" not in page.text
    with portal.database.write() as session:
        for row in session.scalars(select(Authority)):
            row.phone, row.email, row.town = whole["phone"], whole["email"], "Lille"
    assert "Toutes les fiches sont complètes." in admin.page(at("mentions")).text
