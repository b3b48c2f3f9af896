"""« Transmettre à l'autre autorité », « Transmettre au professionnel », « Exporter »: on both databases."""

import hashlib
import io
import json
import zipfile
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select

from app.base.forms.form import widgets
from app.evidence import store
from app.evidence.models import Evidence
from app.filing.models import FilingKey
from app.intake.letters.sheets import PASSED_ON, for_professional
from app.saisine.pages import PAGES
from app.saisine.short_form import COURT
from tests.cast import AMINA, Sent, begin, send, sign_in
from tests.journeys import PNG
from tests.pages.test_acknowledging import delivered, state, whole
from tests.pages.test_evidence import examine
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
FORM = "transmettre-professionnel#erreurs"
TODAY = {"transmis_le_jour": "3", "transmis_le_mois": "3", "transmis_le_annee": "2026"}
POSTED = {"mode": "courrier_suivi", "reference_envoi": "1A 000 000 0000 0", "relu": "oui", **TODAY}


@pytest.fixture
def browser(app, portal):
    """Open another browser, signed in for an authority."""
    opened = []

    def opens(authority="595", name="Émile Exemple", role="agent"):
        one = SuspiciousClient(app, portal.database)
        opened.append(one.__enter__())
        sign_in(one, portal, authority, name, role)
        return one

    yield opens
    for one in opened:
        one.__exit__(None, None, None)


@pytest.fixture
def examined(client, portal):
    """Send a complaint with files, each with its copy without metadata."""

    def sends(files):
        path = begin(client)
        client.submit(path, {}, files, button="Ajouter ces fichiers")
        sent = Sent(client.submit(path, AMINA))
        examine(portal)
        return sent

    return sends


def there(number, act=""):
    return f"/agent/plaintes/{number}{act and '/'}{act}"


def holders(portal):
    with portal.database.read() as session:
        return set(session.scalars(select(FilingKey.holder)))


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def opened_zip(answer):
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    files = {name: archive.read(name) for name in archive.namelist()}
    sums = files.pop("empreintes.txt").decode().splitlines()
    assert sums == [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]
    return files


def test_the_other_authority_reads_it_once_it_is_told(client, portal, browser):
    sent = Sent(send(client))
    caisse, ordre = browser(), browser("MED-59", "Fatou Exemple")
    assert "Transmission attendue" in ordre.page(there(sent.number)).text
    caisse.submit(there(sent.number, "accuser-reception"), {"canal_ar": "email"})
    ask = caisse.page(there(sent.number)).links["Transmettre la plainte à l'autre autorité"]
    assert "Cette autorité utilise ce service" in caisse.page(ask).text
    after = caisse.submit(ask, form="transmettre-autorite#erreurs")
    assert "Accès ouvert dans ce service, le 3 mars 2026" in Page(after.text).text
    assert holders(portal) == {"portail", "autorite:595", "autorite:MED-59"}
    assert state(portal, sent.number) == ("accusee", "D4", {"D1", "D2", "D3"})
    page = ordre.page(there(sent.number))
    assert "CANARI-RECIT" in page.text
    assert "Aucune date à tenir" in page.text
    acts = {link.rpartition("/")[2] for link in page.links.values() if link.startswith(there(sent.number) + "/")}
    assert acts == {"attribuer", "noter", "conciliation", "meme-professionnel", "calendrier.ics"}
    for act in ("accuser-reception", "transmettre-autorite", "transmettre-professionnel", "reorienter", "exporter"):
        assert ordre.get(there(sent.number, act)).status_code == 404
    (letter,) = [one for one in delivered(portal).letters if one.to == "fatou@med-59.exemple.fr"]
    assert " ".join(letter.subject.split()) == f"Plainte transmise : {sent.number}"
    assert "R. 1110-11" in letter.text
    assert "3 mars 2026" in letter.text
    assert "CANARI" not in letter.text
    assert whole(portal)


def test_an_authority_that_does_not_work_here_is_sent_the_whole(client, portal, browser):
    sent = Sent(send(client))
    caisse = browser()
    portal.clock.advance(minutes=5)
    ask = there(sent.number, "transmettre-autorite")
    assert "n'utilise pas ce service" in caisse.page(ask).text
    after = caisse.submit(ask, {"mode": "remise", **TODAY})
    assert "Remise en main propre, le 3 mars 2026" in Page(after.text).text
    assert holders(portal) == {"portail", "autorite:595"}
    assert state(portal, sent.number) == ("recue", "D2", {"D1", "D3"})
    assert caisse.get(ask).status_code == 409
    assert whole(portal)


def test_the_professional_gets_what_is_on_the_list_and_nothing_else(client, portal, browser, examined):
    files = {"fichiers": [("photo.png", PNG, "image/png")]}
    sent = examined(files)
    caisse = browser()
    ask = there(sent.number, "transmettre-professionnel")
    page = caisse.page(ask)
    assert "une plainte déposée par Amina Canari-Nom à votre sujet, reçue le 3 mars 2026 à 22 h 41 (code" in page.text
    assert "au plus tard le 3 juin 2026" in page.text
    assert "amina.canari@" not in page.text
    given = opened_zip(caisse.send_form(page, ask, {}, button="Télécharger l'envoi", form=FORM))
    assert set(given) == {"lettre-et-plainte.pdf", "preuves/piece-01.jpg"}
    assert given["preuves/piece-01.jpg"].startswith(b"\xff\xd8")
    told = words_of(given["lettre-et-plainte.pdf"])
    assert "CANARI-RECIT" in told
    assert "mardi 3 mars 2026" in told
    assert "amina.canari" not in told
    after = caisse.send_form(page, ask, POSTED, button="Marquer comme transmise")
    assert "Courrier suivi ou recommandé, le 3 mars 2026" in Page(after.text).text
    assert state(portal, sent.number)[2] == {"D1", "D4"}
    assert whole(portal)


def test_a_piece_kept_back_needs_a_reason(client, portal, browser, examined):
    sent = examined({"fichiers": [("photo.png", PNG, "image/png")]})
    caisse = browser()
    ask = there(sent.number, "transmettre-professionnel")
    page = caisse.page(ask)
    after = caisse.send_form(page, ask, {**POSTED, "pieces": []}, button="Marquer comme transmise")
    assert after.status_code == 422
    assert "Écrivez pourquoi cette preuve n'est pas transmise." in Page(after.text).text
    why = {"pieces": [], "motif_retrait": "On y voit une autre personne."}
    given = opened_zip(caisse.send_form(page, ask, why, button="Télécharger l'envoi"))
    assert set(given) == {"lettre-et-plainte.pdf"}
    after = caisse.send_form(page, ask, {**POSTED, **why}, button="Marquer comme transmise")
    assert after.status_code == 200
    assert whole(portal)


def test_a_file_without_a_copy_is_not_sent(client, portal, browser):
    path = begin(client)
    client.submit(path, {}, {"fichiers": [("photo.png", PNG, "image/png")]}, button="Ajouter ces fichiers")
    sent = Sent(client.submit(path, AMINA))
    caisse = browser()
    ask = there(sent.number, "transmettre-professionnel")
    page = caisse.page(ask)
    assert "Pas de copie sans données cachées" in page.text
    with portal.database.read() as session:
        pieces = list(session.scalars(select(Evidence.id)))
    after = caisse.send_form(page, ask, {**POSTED, "pieces": pieces}, button="Marquer comme transmise")
    assert after.status_code == 422
    assert "Retirez les preuves qui n'ont pas de copie sans données cachées." in Page(after.text).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"adresse_envoi": ""}, "Écrivez l'adresse d'envoi."),
        ({"relu": ""}, "Vérifiez l'envoi, puis cochez cette case."),
        ({"mode": ""}, "Choisissez comment elle est partie."),
        ({"transmis_le_jour": "2"}, "Cette date est avant la réception, le 3 mars 2026."),
        ({"transmis_le_jour": "4"}, "Cette date n'est pas encore passée."),
        ({"transmis_le_jour": "31", "transmis_le_mois": "2"}, "Cette date n'existe pas."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_noted(client, portal, browser, typed, told):
    sent = Sent(send(client))
    caisse = browser()
    ask = there(sent.number, "transmettre-professionnel")
    typed = {**POSTED, "adresse_envoi": "Adresse gardée", "geste": "transmettre", **typed}
    after = caisse.post(ask, data={"csrf": csrf(caisse, ask), **typed})
    assert after.status_code == 422
    page = Page(after.text)
    assert told in page.text
    assert (page.by_id("adresse_envoi").text or "").strip() == typed["adresse_envoi"]
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})


def csrf(client, path):
    form = next(form for form in client.page(path).forms if form.action.startswith(path))
    return dict(form.fill({}))["csrf"]


def test_the_eight_days_are_kept_and_the_person_is_told(client, portal, browser):
    sent = Sent(send(client))
    caisse = browser()
    browser("MED-59", "Fatou Exemple")
    caisse.submit(there(sent.number, "accuser-reception"), {"canal_ar": "email"})
    caisse.submit(there(sent.number, "transmettre-autorite"), form="transmettre-autorite#erreurs")
    ask = there(sent.number, "transmettre-professionnel")
    caisse.send_form(caisse.page(ask), ask, POSTED, button="Marquer comme transmise")
    assert state(portal, sent.number) == ("transmise", "D13", {"D1", "D2", "D3", "D4"})
    page = Page(client.submit("/reprendre", {"code": sent.code}).text).text
    assert "transmise à l'autre autorité et au professionnel le mardi 3 mars 2026." in page
    letters = delivered(portal).to("amina.canari@exemple.fr")
    assert "Du nouveau dans votre dossier." in letters[-1].text
    assert whole(portal)


def test_a_late_authority_is_told_to_the_person_once_every_reading_of_the_text_says_so(client, portal):
    """Received on 3 March 2026; the eighth day is Wednesday 11 March, a working day."""
    sent = Sent(send(client))
    portal.clock.advance(days=8)
    in_time = Page(client.submit("/reprendre", {"code": sent.code}).text).text
    assert "a dépassé" not in in_time
    assert in_time.count("Au plus tard") + in_time.count("au plus tard") == 4
    portal.clock.advance(days=1)
    told = Page(client.submit("/reprendre", {"code": sent.code}).text).text
    assert "La CPAM de Lille-Douai a dépassé le délai de la loi" in told
    assert "La date était le mercredi 11 mars 2026" in told
    assert "au plus tard le mercredi 11 mars 2026" not in told.partition("Lire la lettre")[0]
    assert "Au plus tard le mercredi 11 mars 2026" not in told
    assert "Défenseur des droits" in told


def test_what_was_told_is_not_told_twice_after_a_move(client, portal, browser):
    sent = Sent(send(client))
    caisse, ordre = browser(), browser("MED-59", "Fatou Exemple")
    caisse.submit(there(sent.number, "accuser-reception"), {"canal_ar": "email"})
    caisse.submit(there(sent.number, "transmettre-autorite"), form="transmettre-autorite#erreurs")
    caisse.submit(there(sent.number, "reorienter"), {"nouvelle_autorite": "597", "raison": "lieu_exercice"})
    assert state(portal, sent.number) == ("recue", "D2", {"D1", "D3"})
    assert holders(portal) == {"portail", "autorite:597", "autorite:MED-59"}
    assert "CANARI-RECIT" in ordre.page(there(sent.number)).text
    assert whole(portal)


def test_a_file_that_cannot_be_read_leaves_a_word_in_its_place(client, portal, browser, examined):
    sent = examined({"fichiers": [("photo.png", PNG, "image/png"), ("deux.png", PNG + b"2", "image/png")]})
    caisse = browser()
    with portal.database.read() as session:
        first = session.scalars(select(Evidence.id).order_by(Evidence.added_at, Evidence.id)).first()
    store.path_of(portal.files, first).unlink()
    ask = there(sent.number, "exporter")
    given = opened_zip(caisse.submit(ask, {"format": "zip", "usage": "Contrôle"}))
    assert len([name for name in given if name.startswith("preuves/")]) == 1
    (missing,) = [name for name in given if name.startswith("MANQUE")]
    assert "ne peut pas être lu" in given[missing].decode()


def test_an_export_is_whole_and_says_why_in_the_history(client, portal, browser, examined):
    sent = examined({"fichiers": [("photo.png", PNG, "image/png")]})
    caisse = browser()
    ask = there(sent.number, "exporter")
    given = opened_zip(caisse.submit(ask, {"format": "zip", "usage": "Envoi au conseil"}))
    assert set(given) == {
        "dossier.pdf",
        "lettres/01-transmission.pdf",
        "plainte.pdf",
        "plainte.json",
        "preuves/piece-01.png",
    }
    assert given["preuves/piece-01.png"] == PNG
    document = json.loads(given["plainte.json"])
    assert document["complaint"]["number"] == sent.number
    told = words_of(given["plainte.pdf"])
    assert "amina.canari@exemple.fr" in told
    assert "R. 1110-11" in told
    page = caisse.page(there(sent.number)).text
    assert "Exportée le 3 mars 2026" in page
    assert "Envoi au conseil" in page
    after = caisse.send_form(caisse.page(ask), ask, {"format": "pdf"})
    assert after.status_code == 422
    assert "Écrivez pour quel usage." in Page(after.text).text
    assert caisse.submit(ask, {"format": "pdf", "usage": "Lecture"}).content.startswith(b"%PDF")
    assert caisse.submit(ask, {"format": "json", "usage": "Lecture"}).json()["acts"] == []
    assert whole(portal)


GIVEN_TO_THE_PROFESSIONAL = {
    *(
        "qualite",
        "lien",
        "pers_prenom",
        "pers_nom",
        "pers_nom_latin",
        "prenom",
        "nom",
        "nom_latin",
        "civilite",
        "barreau",
    ),
    *("lieu_refus", "refus_par", "profession", "pharmacie_type", "pharmacie_titulaire"),
    *("profession_autre", "profession_autre_texte", "pro_nom", "pro_prenom", "pro_specialite", "pro_lieu"),
    *("pro_adresse", "pro_commune", "pro_departement", "pro_details"),
    *("formes", "soins_urgents", "delai_propose", "oriente_vers", "montant_demande", "montant_du"),
    *("date_precision", "date", "date_approx", "date_plusieurs", "recit", "paroles", "langue_recit"),
    *("motifs", "motif_autre", "couverture", "couverture_connue", "couverture_connue_comment"),
    *("temoins_texte", "demarches"),
}
KEPT_FROM_THE_PROFESSIONAL = {
    *("continuer_quand_meme", "pro_source", "pro_telephone", "pro_connu", "sans_ville", "sans_prenom"),
    *("pers_naissance", "demarches_texte", "titre", "fichiers"),
    *("destinataire", "declare_vrai", "compris_transmission", "accord_personne"),
}


def questions():
    """Give each field of both forms, with each of its widgets."""
    for page in (*PAGES, COURT):
        yield from widgets(page.answers).items()


def test_every_question_was_thought_of():
    """A new question is given to the professional, or kept from them, by a decision: never by forgetting."""
    asked = {name for name, widget in questions() if not widget.private and not widget.silent}
    assert asked == GIVEN_TO_THE_PROFESSIONAL | KEPT_FROM_THE_PROFESSIONAL
    assert not GIVEN_TO_THE_PROFESSIONAL & KEPT_FROM_THE_PROFESSIONAL


def test_each_field_that_is_passed_on_says_so_wherever_it_is_asked():
    for name, widget in questions():
        assert widget.passed_on == (name in GIVEN_TO_THE_PROFESSIONAL), name
        assert not (widget.passed_on and (widget.private or widget.silent or widget.kind == "files")), name
    assert PASSED_ON == GIVEN_TO_THE_PROFESSIONAL


def test_the_professional_is_given_exactly_what_is_passed_on():
    rows = [{"name": name} for name in sorted({name for name, _ in questions()})]
    opened: Any = SimpleNamespace(payload={"complaint": rows})
    assert {row["name"] for row in for_professional(opened)} == GIVEN_TO_THE_PROFESSIONAL
