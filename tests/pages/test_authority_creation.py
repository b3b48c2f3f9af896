"""« Créer une autorité »: what is refused, and the whole way from its creation to a complaint that it receives."""

import re
import shutil
from datetime import timedelta
from threading import Event

import pytest

from app.accounts.rules import CLERKS
from app.acts.succession import Successions
from app.filing.rules import AIGUILLAGE
from app.routing import bundled, exporting
from app.routing.models import Authority, AuthorityOpening
from app.routing.queries import authorities_for
from app.routing.service import load_reference
from tests.cast import Sent, clerk, come_in, send, sign_in
from tests.pages.test_closing import press as press_closing
from tests.pages.test_closing import typed as typed_closing
from tests.pages.test_moving import desks, holders, whole
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
NEW, LIST = "/administration/autorites/nouvelle", "/administration/autorites"
REASON = "Arrêté inventé qui crée la caisse"
LILLE = "59350"


@pytest.fixture
def admin(app, portal):
    """Another browser, signed in as an administrator."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
        yield one


def typed(portal, days=0, **changes):
    day = portal.clock().date() + timedelta(days=days)
    parts = {"ouverture_jour": str(day.day), "ouverture_mois": str(day.month), "ouverture_annee": str(day.year)}
    said = {"type": "cpam", "code": "590", "nom": "CPAM du Nord Fictif", "departements": "", "motif": REASON}
    card = {"adresse": "1 rue Fictive", "code_postal": "59000", "ville": "Lille", "courriel": "accueil@exemple.fr"}
    return {**said, **parts, **card, "telephone": "03 20 00 00 00", **changes}


def press(admin, fields):
    return admin.send_form(admin.page(NEW), NEW, {name: value for name, value in fields.items() if value})


def work(portal):
    """Do the rounds of the service until nothing is left."""
    rounds = Successions(portal)
    return sum(iter(lambda: rounds.step(Event()), 0))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"type": ""}, "Choisissez le type d'autorité."),
        ({"type": "ordre_departemental", "nom": "Conseil fictif"}, "Choisissez l'ordre."),
        (
            {"type": "ordre_regional", "ordre": "10", "nom": "Conseil fictif"},
            "Cet ordre n'a pas de conseil de ce type.",
        ),
        ({"type": "ordre_departemental", "ordre": "21", "nom": "Conseil fictif"}, "n'a pas de conseil de ce type."),
        ({"code": ""}, "Écrivez le code."),
        ({"code": "Nord !"}, "Écrivez de 2 à 20 chiffres"),
        ({"code": "aiguillage"}, "Écrivez de 2 à 20 chiffres"),
        ({"code": "595"}, "Une autorité a déjà ce code."),
        ({"nom": ""}, "Écrivez le nom."),
        ({"nom": "Nord Fictif"}, "Commencez par CPAM, Caisse ou Conseil"),
        ({"departements": "59, 100, tout"}, "Aucun département n'a ce numéro : 100, TOUT."),
        ({"departements": "987"}, "n'y reçoit pas de plainte : 987."),
        ({"departements": "1 2"}, "Ce territoire est déjà tenu ce jour-là, par : CPAM de l'Ain, CPAM de l'Aisne."),
        ({"ouverture_annee": "2025"}, "Cette date est passée"),
        ({"ouverture_mois": "13"}, "Cette date n'existe pas"),
        ({"motif": ""}, "Écrivez la raison."),
        ({"courriel": "sans arobase"}, "Écrivez une adresse e-mail complète"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(admin, portal, changes, says):
    after = press(admin, typed(portal, **changes))
    assert after.status_code == 422
    assert says in Page(after.text).text.replace("\u00a0", " ").replace("\u2019", "'")
    if "ville" not in changes:
        assert "1 rue Fictive" in after.text
    with portal.database.read() as session:
        assert session.get(AuthorityOpening, "590") is None


def test_who_holds_the_territory_is_named_and_its_closing_is_one_link_away(admin, portal):
    page = Page(press(admin, typed(portal, departements="59")).text)
    assert page.links["fermer CPAM de Lille-Douai"] == "/administration/autorites/595/fermer"
    assert len([where for where in page.links.values() if where.endswith("/fermer")]) == 4
    press_closing(admin, "/administration/autorites/011/fermer", closing(portal, 5, "021"))
    taken = Page(press(admin, typed(portal, 5, departements="01")).text)
    assert list(taken.links.values()).count("/administration/autorites/021/fermer") == 1  # who inherits it that day


def test_a_proof_of_the_last_minutes_is_asked(admin, portal):
    portal.clock.advance(minutes=11)
    assert "/agent/confirmer" in str(admin.get(NEW).url)


def closing(portal, days, successor):
    return typed_closing(portal, days, successeur=successor)


def test_a_caisse_created_ahead_takes_the_place_of_two_and_receives(client, admin, app, portal, clock):
    sent = Sent(send(client))
    assert press(admin, typed(portal, 5)).url.path == f"{LIST}/590"
    with portal.database.read() as session:
        assert authorities_for(session, profession="10", commune=LILLE).cpam == ("595",)
    assert "Elle ouvre le" in admin.page(f"{LIST}/590").text
    assert "ouvre le" in Page(admin.get(LIST, params={"q": "590"}).text).text
    assert "CPAM du Nord Fictif" in admin.get("/administration/utilisateurs/inviter").text
    for code in ("595", "597"):
        early = press_closing(admin, f"{LIST}/{code}/fermer", closing(portal, 4, "590"))
        assert "Cette autorité ouvre le" in Page(early.text).text
        assert press_closing(admin, f"{LIST}/{code}/fermer", closing(portal, 5, "590")).status_code == 200
    assert work(portal) == 0
    clock.advance(days=5)
    assert work(portal) == 1
    with portal.database.read() as session:
        assert authorities_for(session, profession="10", commune=LILLE).cpam == ("590",)
    assert set(desks(portal, sent.number)) == {"590", "MED-59"}
    assert "autorite:590" in holders(portal, sent.number)
    received = Sent(send(client))
    with SuspiciousClient(app, portal.database) as nord:
        sign_in(nord, portal, "590", "Nora Exemple")
        assert "CANARI-RECIT" in nord.page(f"/agent/plaintes/{received.number}").text
    come_in(admin, portal, "ada@aiguillage.exemple.fr", CLERKS)
    journal = admin.page("/administration/journal").text
    assert "Autorité créée" in journal
    assert "Autorité ouverte" in journal
    assert whole(portal)


def test_a_council_opens_today_where_nobody_holds_the_place_any_more(client, admin, portal):
    there = "/administration/autorites/MED-59/fermer"
    press_closing(admin, there, typed_closing(portal, successeur="", comptes="desactiver"))
    council = {"type": "ordre_departemental", "ordre": "10", "code": "med-59-2", "departements": "59"}
    press(admin, typed(portal, **council, nom="Conseil départemental fictif de l'ordre des médecins du Nord"))
    assert "Elle est ouverte depuis le" in admin.page(f"{LIST}/MED-59-2").text
    with portal.database.read() as session:
        row = session.get_one(Authority, "MED-59-2")
        assert (row.ordre, row.section, row.zone, row.source) == ("médecins", "", "Europe/Paris", REASON)
        assert authorities_for(session, profession="10", commune=LILLE).council == ("MED-59-2",)
    sent = Sent(send(client, destinataire="ordre"))
    assert desks(portal, sent.number).keys() >= {"MED-59-2"}


def test_a_council_without_territory_stands_for_nobody(admin, portal):
    council = {"type": "ordre_departemental", "ordre": "10", "nom": "Conseil fictif de l'ordre des médecins"}
    press(admin, typed(portal, **council))
    with portal.database.read() as session:
        assert authorities_for(session, profession="10", departement="").council == ()


def test_it_waits_while_its_territory_is_held(client, admin, portal, clock, caplog):
    press_closing(admin, f"{LIST}/011/fermer", typed_closing(portal, 2, successeur="", comptes="desactiver"))
    press(admin, typed(portal, 2, code="012", departements="01"))
    admin.submit(f"{LIST}/011/fermer", {}, button="Annuler la fermeture", form="fermer")
    clock.advance(days=2)
    work(portal)
    assert "a new authority waits for its territory" in caplog.text
    with portal.database.read() as session:
        assert session.get_one(Authority, "012").is_retired


def test_one_created_by_mistake_is_forgotten_unless_somebody_counts_on_it(admin, portal):
    assert Page(press(admin, typed(portal, 5)).text).done == "L'autorité est créée."
    there, undo = f"{LIST}/590", {"button": "Annuler sa création", "form": "annuler-la-creation"}
    assert "Cette autorité n'est pas ouverte." in admin.page(f"{there}/fermer").text
    press_closing(admin, f"{LIST}/595/fermer", closing(portal, 5, "590"))
    used = admin.submit(there, {}, **undo)
    assert used.status_code == 409
    assert "Sa création ne peut plus être annulée." in Page(used.text).text
    admin.submit(f"{LIST}/595/fermer", {}, button="Annuler la fermeture", form="fermer")
    clerk(portal, "590", "Nora Exemple")
    assert admin.submit(there, {}, **undo).status_code == 409
    press(admin, typed(portal, 5, code="591"))
    undone = admin.submit(f"{LIST}/591", {}, **undo)
    assert (undone.url.path, Page(undone.text).done) == (LIST, "La création de l'autorité est annulée.")
    with portal.database.read() as session:
        assert session.get(Authority, "590")
        assert not session.get(Authority, "591")
        assert not session.get(AuthorityOpening, "591")
    press(admin, typed(portal, code="591"))
    page = admin.page(f"{LIST}/591")
    assert "Annuler sa création" not in page.text
    token = next(one for one in page.forms if one.method == "post").fill({})
    assert admin.post(f"{LIST}/591/annuler-la-creation", data=dict(token)).status_code == 409  # it is open
    assert admin.post(f"{LIST}/592/annuler-la-creation", data=dict(token)).status_code == 404


def test_no_load_changes_it_and_a_file_that_brings_its_code_is_told(admin, portal, clock, tmp_path):
    press_closing(admin, f"{LIST}/011/fermer", typed_closing(portal, successeur="", comptes="desactiver"))
    press(admin, typed(portal, departements="01"))
    press(admin, typed(portal, 9, code="591", nom="CPAM à venir"))
    folder = tmp_path / "newer"
    shutil.copytree(bundled.DATA, folder)
    caisses = (folder / "cpam.csv").read_text("utf-8")
    (folder / "cpam.csv").write_text(re.sub("^021,", "590,", caisses, flags=re.MULTILINE), "utf-8")
    with portal.database.read() as session:
        assert exporting.created_here(session, folder) == ["590"]
        found = exporting.difference(session, folder)["authority"]
        assert not {"590", "591"} & {code for codes in found.values() for code in codes}
    with portal.database.write() as session:
        loaded = load_reference(session, folder, clock)
    assert (loaded.changed, loaded.created_here, loaded.also_held) == (True, ("590",), ())
    with portal.database.read() as session:
        assert session.get_one(Authority, "590").name == "CPAM du Nord Fictif"
        assert not session.get_one(Authority, "590").is_retired
        assert session.get_one(Authority, "591").is_retired  # its day has not come
        assert authorities_for(session, profession="10", commune="01053").cpam == ("590",)
    with (folder / "cpam.csv").open("a", encoding="utf-8") as file:
        file.write("013,CPAM,CPAM du fichier,,01,Bourg-en-Bresse,,,,,,fichier inventé,confirmed,\n")
    with portal.database.write() as session:
        assert load_reference(session, folder, clock).also_held == ("590",)


def test_an_export_gives_a_successor_what_it_inherited_and_holds_those_created_here(admin, portal, tmp_path):
    press(admin, typed(portal))
    for code in ("011", "021"):
        press_closing(admin, f"{LIST}/{code}/fermer", closing(portal, 0, "590"))
    with portal.database.read() as session:
        exporting.export(session, tmp_path)
    rows = {line["code"]: line for line in bundled.lines(tmp_path / "authorities.csv")}
    assert (rows["590"]["departements"], rows["590"]["name"]) == ("01;02", "CPAM du Nord Fictif")
    assert rows["011"]["departements"] == "01"
