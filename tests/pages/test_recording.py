"""« Enregistrer une plainte reçue »: on paper or at the counter, with its own day of receipt; on both databases."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.evidence.models import Evidence
from app.filing.documents import receipt_file
from app.filing.ledger import chain
from app.filing.models import Filing, FilingEvent, LedgerEntry
from app.filing.queries import filing_by_number, open_for_person
from app.filing.upkeep.erase import erase
from app.notifications.models import OutboxMail
from app.procedure.models import CalendarDay
from app.saisine.models import Draft
from tests.cast import Sent, send, sign_in
from tests.journeys import PNG
from tests.pages.test_verification import verified
from tests.support.client import PlainClient, SuspiciousClient
from tests.support.files import pdf
from tests.support.html import Page
from tests.support.pdf import bare, text_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE = "/agent/saisir"
SCAN = {"fichiers": [("plainte.png", PNG, "image/png")]}
FRIDAY = {"recu_le_jour": "27", "recu_le_mois": "2", "recu_le_annee": "2026"}
REGISTERED = {"recu_par": "courrier_recommande", **FRIDAY}
NAMED = {
    **REGISTERED,
    "nom": "Canari-Nom",
    "prenom": "Amina",
    "moyens": ["courrier"],
    "adresse_rue": "3 rue Inventée",
    "adresse_code_postal": "59000",
    "adresse_ville": "Lille",
    "profession": "medecin",
    "pro_nom": "Camille Canari-Pro",
    "pro_commune": "59350",
}
RECORDED_AT = datetime(2026, 3, 3, 21, 41, 7, tzinfo=UTC)


@pytest.fixture
def emile(client, portal):
    sign_in(client, portal, "595")
    return client


def records(one, typed=NAMED, files=SCAN):
    return one.submit(HERE, typed, files, button="Enregistrer la plainte")


def number_of(answer):
    return re.search(r"SA-\d{4}-\w{4}-\w{4}", str(answer.url)).group()


def rows(portal, model):
    with portal.database.read() as session:
        return list(session.scalars(select(model)))


def document_of(portal, number):
    with portal.database.read() as session:
        return open_for_person(session, portal.keyring, filing_by_number(session, number)).payload


def test_its_delays_run_from_the_day_of_the_acknowledgement(emile, portal):
    """A registered letter of Friday 27 February 2026, recorded on Tuesday 3 March (CSP R. 1110-11)."""
    shown = records(emile)
    (filing,), (entry,) = rows(portal, Filing), rows(portal, LedgerEntry)
    assert number_of(shown) == filing.number == entry.number
    assert (filing.received_at, entry.at) == (datetime(2026, 2, 27, 11, tzinfo=UTC), RECORDED_AT)
    assert (filing.channel, filing.receiver, filing.informed) == ("papier", "595", "MED-59")
    found = {day.code: (day.due_strict, day.due_postponed, day.done_at) for day in rows(portal, CalendarDay)}
    saturday, monday = date(2026, 3, 7), date(2026, 3, 9)
    assert found == {
        **dict.fromkeys(("D2", "D3", "D4"), (saturday, monday, None)),
        "D5": (date(2026, 3, 27), date(2026, 3, 27), None),
        "D7": (date(2026, 5, 27), date(2026, 5, 27), None),
        "D13": (date(2026, 5, 12), date(2026, 5, 12), None),
    }
    said = "Enregistrée par CPAM de Lille-Douai le 3 mars 2026 à 22 h 41, reçue le 27 février 2026 par lettre recom"
    assert said in Page(shown.text).text
    assert "12 h 00" not in Page(shown.text).text


def test_the_service_never_says_that_it_received_it(emile, portal):
    number = number_of(records(emile))
    document = document_of(portal, number)
    assert document["recorded"] == {
        "at": "2026-03-03T21:41:07.000000Z",
        "authority": "595",
        "by": "Émile Exemple",
        "hour": "",
        "name": "CPAM de Lille-Douai",
        "way": "courrier_recommande",
    }
    assert document["received_at"] == "2026-02-27T11:00:00.000000Z"
    history = [(row.kind, row.by, row.authority, row.at) for row in rows(portal, FilingEvent) if row.kind != "ouverte"]
    assert history == [("enregistree", "Émile Exemple", "595", RECORDED_AT)]
    assert rows(portal, OutboxMail) == []


def test_the_scan_is_a_file_of_it_that_the_professional_is_not_given(emile, portal):
    records(emile)
    (file,) = rows(portal, Evidence)
    assert (file.purpose, file.owner) == ("scan", rows(portal, Filing)[0].draft_id)


def test_the_register_stays_whole(emile, portal):
    records(emile)
    assert verified(portal).is_whole


def test_nobody_opens_what_it_was_made_from(emile, portal):
    records(emile)
    (draft,) = rows(portal, Draft)
    assert (draft.sent_code, draft.code_hash) == (b"", None)
    for page in ("court", "confirmation", "recepisse", "feuille-de-suivi", "verifier"):
        assert emile.get(f"/saisine/{draft.public}/{page}").status_code == 404


def test_what_a_paper_does_not_say_is_said_to_be_unknown(emile, portal):
    shown = Page(records(emile, REGISTERED).text)
    assert "Nom non renseigné" in shown.text
    document = document_of(portal, rows(portal, Filing)[0].number)
    assert {row["name"] for row in document["complaint"] if row["shown"] == "Non renseigné"} == {
        *("nom", "prenom", "profession", "pro_nom", "pro_lieu", "pro_commune", "recit")
    }


WRONG = [
    ({"recu_le_jour": "4", "recu_le_mois": "3"}, "Cette date n'est pas encore passée."),
    ({"recu_le_annee": "2020"}, "Cette procédure existe depuis le 4 janvier 2021. Vérifiez l'année."),
    ({"recu_le_jour": "30"}, "Cette date n'existe pas. Vérifiez le jour et le mois."),
    ({"recu_le_jour": "3", "recu_le_mois": "3", "recu_heure": "23 h"}, "Cette date n'est pas encore passée."),
    ({"recu_heure": "midi"}, "Écrivez une heure, par exemple 14 h 30."),
    ({"recu_par": None}, "Dites comment la plainte est arrivée."),
    ({"adresse_code_postal": "590"}, "Écrivez un code postal de 5 chiffres, par exemple 59000."),
    ({"pro_commune": "Zzyzx"}, "Nous ne trouvons pas ce lieu. Essayez avec le code postal."),
]


@pytest.mark.parametrize(("typed", "says"), WRONG, ids=[says for _, says in WRONG])
def test_nothing_is_lost_when_something_is_wrong(emile, portal, typed, says):
    """The page says it beside the field; corrected, it sends the file that came before."""
    wrong = {name: value for name, value in {**NAMED, **typed}.items() if value is not None}
    again = records(emile, wrong)
    page = Page(again.text)
    assert again.status_code == 422
    assert says in page.text
    assert "Déjà reçu : plainte.png" in page.text
    assert rows(portal, Filing) == []
    shown = emile.send_form(page, str(again.url), {"recu_heure": "", **NAMED}, button="Enregistrer la plainte")
    assert "Canari-Nom" in Page(shown.text).text
    assert Page(shown.text).done == "La plainte est enregistrée."
    assert len(rows(portal, Evidence)) == len(rows(portal, Filing)) == 1


def test_without_a_scan_it_is_asked_for(emile, portal):
    again = records(emile, files=None)
    assert again.status_code == 422
    assert "Ajoutez le scan de la plainte." in Page(again.text).text
    assert rows(portal, Filing) == rows(portal, Draft) == []


def test_a_town_that_may_be_several_is_asked_for(emile, portal):
    again = records(emile, {**NAMED, "pro_commune": "Saint-Denis"})
    page = Page(again.text)
    assert "Plusieurs villes peuvent répondre à « Saint-Denis »." in page.text
    emile.send_form(page, str(again.url), {"commune_insee": "93066"}, button="Enregistrer la plainte")
    (filing,) = rows(portal, Filing)
    assert (filing.commune, filing.receiver, filing.informed) == ("93066", "595", "")
    assert "931" in filing.candidates.split()


def test_a_second_press_gives_the_first_complaint(emile, portal):
    page = Page(emile.get(HERE).text)
    first, second = (
        emile.send_form(page, f"https://127.0.0.1{HERE}", NAMED, SCAN, button="Enregistrer la plainte")
        for _ in range(2)
    )
    assert number_of(first) == number_of(second)
    assert len(rows(portal, Filing)) == len(rows(portal, LedgerEntry)) == len(rows(portal, Evidence)) == 1


def test_the_council_that_a_letter_reached_is_seised(client, portal):
    sign_in(client, portal, "MED-59", "Fatou Exemple")
    records(client)
    (filing,) = rows(portal, Filing)
    assert (filing.receiver, filing.informed) == ("MED-59", "595")


def test_the_box_of_aiguillage_records_nothing(client, portal):
    sign_in(client, portal, "AIGUILLAGE", "Ada Exemple")
    assert client.get(HERE).status_code == 404
    assert HERE not in client.get("/agent/plaintes").text


def test_the_list_finds_it_by_how_it_came(emile):
    number = number_of(records(emile))
    listed = Page(emile.get("/agent/plaintes?canal=papier").text).text
    assert number in listed
    assert number not in Page(emile.get("/agent/plaintes?canal=patient").text).text


def test_once_erased_the_register_is_still_whole(emile, portal):
    """What was declared goes with the document; the entry of the ledger stays."""
    number = number_of(records(emile))
    with portal.database.write() as session:
        chain.take_turn(session)
        erase(session, portal.keyring, number, portal.clock)
    assert rows(portal, Filing)[0].received_at == RECORDED_AT
    assert verified(portal).is_whole


def test_another_day_of_receipt_in_the_column_is_seen(emile, portal):
    records(emile)
    with portal.database.write() as session:
        session.scalars(select(Filing)).one().received_at = RECORDED_AT
    assert not verified(portal).is_whole


def test_a_complaint_that_was_sent_online_too_is_offered_as_a_duplicate(client, portal):
    online = Sent(send(client))
    sign_in(client, portal, "595")
    shown = client.page(f"/agent/plaintes/{number_of(records(client))}/doublon")
    assert online.number in shown.text


def test_its_recepisse_says_who_recorded_it_and_what_proves_the_receipt(emile, portal):
    number = number_of(records(emile, {**NAMED, "recu_heure": "10:15"}))
    with portal.database.read() as session:
        made = receipt_file.recepisse(session, portal, filing_by_number(session, number))
    said = text_of(made)
    assert bare("Enregistrée par CPAM de Lille-Douai le 3 mars 2026 à 22 h 41") in said
    assert bare("reçue le 27 février 2026 à 10 h 15 par lettre recommandée avec avis de réception.") in said
    assert bare("Le service n'a pas reçu cette plainte") in said.replace("’", "'")
    check = emile.submit("/verifier-recepisse", {}, {"fichier": [("recepisse.pdf", made, "application/pdf")]})
    assert "Enregistré le mardi 3 mars 2026 à 22 h 41 min 07 s" in Page(check.text).text


def test_the_person_is_given_a_code_by_post_and_reads_the_recepisse_with_it(emile, portal):
    """The letter alone shows it; once it left, a new one is sent only when it is asked for."""
    there = f"/agent/plaintes/{number_of(records(emile))}/nouveau-code"
    asked = emile.page(there).text.replace("’", "'")
    assert "Cette personne n'a pas encore de code" in asked
    letter = text_of(emile.submit(there, {"code_demande": "oui"}, form="nouveau-code#erreurs").content)
    assert bare("a reçu votre plainte le 27 février 2026 par lettre recommandée") in letter.replace("’", "'")
    assert bare("Son récépissé est joint à cette lettre.") in letter
    assert bare("Enregistrée par CPAM de Lille-Douai") in letter
    assert letter.count("Récépissé") >= 1
    assert "La personne a demandé ce nouveau code." in emile.page(there).text
    code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", letter).group()
    home = Page(emile.submit("/reprendre", {"code": code}).text)
    assert "Plainte enregistrée" in home.text
    given = text_of(emile.get("/suivi/recepisse").content)
    assert bare("Enregistrée par CPAM de Lille-Douai") in given


def looks(one, files=SCAN, typed=None):
    return one.submit(HERE, typed or {}, files, button="Voir le scan à côté", form="#erreurs")


def pictures(page):
    return [image.get("src") for image in page.all("img") if HERE in image.get("src", "")]


def test_the_scan_is_beside_the_fields_that_are_copied_from_it(emile, portal):
    page = Page(looks(emile, typed={"nom": "Canari-Nom"}).text)
    (picture,) = pictures(page)
    shown = PlainClient.request(emile, "GET", picture)  # its policy is not a page's
    assert (shown.status_code, shown.headers["content-type"], shown.content[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert "Une réponse est à corriger" not in page.text
    (form,) = [form for form in page.forms if form.action.startswith(HERE)]
    assert dict(form.fill({}))["nom"] == "Canari-Nom"
    number = number_of(emile.send_form(page, HERE, NAMED, button="Enregistrer la plainte"))
    assert document_of(portal, number)["files"]
    awa = SuspiciousClient(emile.app, portal.database)
    sign_in(awa, portal, "595", name="Awa Exemple")
    assert awa.get(picture).status_code == 404
    for changed in (picture.replace("/scan/0", "/scan/1"), picture.replace("/scan/0", "/scan/99"), f"{HERE}/scan/0"):
        assert emile.get(changed).status_code == 404


def test_each_page_of_a_document_is_drawn(emile):
    several = {"fichiers": [("plainte.pdf", pdf(2), "application/pdf"), SCAN["fichiers"][0]]}
    assert [re.search(r"/scan/(\d+)", src).group(1) for src in pictures(Page(looks(emile, several).text))] == [
        "1",
        "2",
        "0",
    ]


def test_without_a_scan_there_is_nothing_to_see(emile):
    answer = looks(emile, {})
    assert (answer.status_code, "Ajoutez le scan de la plainte." in answer.text) == (422, True)


WITHOUT = "L'association n'a pas joint le mandat exprès de la personne"


@pytest.mark.parametrize("by", ["personne", "autre", "association", "association_sans_mandat"])
def test_the_mandate_that_an_association_did_not_send_is_asked_for(emile, portal, by):
    number = number_of(records(emile, NAMED | {"ecrite_par": by, "ecrite_par_nom": "Entraide CANARI-ASSO"}))
    page = emile.page(f"/agent/plaintes/{number}")
    assert (WITHOUT in page.text.replace("’", "'")) == (by == "association_sans_mandat")
    contact = {row["name"]: row["answer"] for row in document_of(portal, number)["contact"]}
    assert (contact["ecrite_par"], "ecrite_par_nom" in contact) == (by, by != "personne")
    asked = {"demande": "Le mandat de la personne."}
    emile.submit(f"/agent/plaintes/{number}/demander-piece", asked, form="demander-piece#erreurs")
    assert WITHOUT not in emile.page(f"/agent/plaintes/{number}").text.replace("’", "'")
