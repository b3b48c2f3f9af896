"""Files that the person adds after sending, on both databases: chosen, described, sent, seen, verified."""

import hashlib
import io
import json
import zipfile

import pytest
from sqlalchemy import select

from app.acts import added_evidence, withdrawal
from app.evidence.models import Evidence
from app.evidence.store import path_of
from app.filing.models import Filing
from app.runtime.housekeeping import tidy
from tests.cast import AMINA, Sent, begin, send, sign_in
from tests.journeys import PNG
from tests.pages.test_acknowledging import delivered, state, whole
from tests.pages.test_evidence import examine, token
from tests.support.client import SuspiciousClient
from tests.support.files import located, pdf, picture
from tests.support.html import Page
from tests.support.rewind import lived
from tests.support.tabs import CONFLICT, Tab

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE = "/suivi/preuves"
FORM = f"{HERE}#erreurs"
PHOTO = ("canari-photo.png", PNG, "image/png")
PHOTO_OF_ANOTHER_DAY = ("autre-jour.png", picture("PNG", colour="red"), "image/png")
SHOWN = ("canari-ecran.jpg", located(), "image/jpeg")


@pytest.fixture
def emile(app, portal):
    """A clerk of the CPAM of Lille-Douai, signed in in a browser of his own."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, "595")
        yield one


@pytest.fixture
def sent(run, client, portal):
    """A complaint with one file, opened with its code."""
    return lived(run, portal, client, "with_photo", lambda: sent_with_photo(client))


def sent_with_photo(client):
    path = begin(client)
    client.submit(path, {}, {"fichiers": [PHOTO]}, button="Ajouter ces fichiers")
    made = Sent(client.submit(path, AMINA))
    client.submit("/reprendre", {"code": made.code})
    return made


def add(client, *files, **typed):
    return client.submit(HERE, typed, {"fichiers": list(files)}, form=FORM)


def owners(portal, sent):
    with portal.database.read() as session:
        filing = session.scalars(select(Filing).where(Filing.number == sent.number)).one()
        rows = session.execute(select(Evidence.owner, Evidence.id).order_by(Evidence.added_at, Evidence.id)).all()
    names = {filing.id: "waits", filing.draft_id: "sent"}
    return [names[owner] for owner, _ in rows], [file_id for _, file_id in rows]


def test_files_are_chosen_described_sent_and_seen(client, portal, sent, emile):
    portal.clock.advance(minutes=1)
    home = client.page("/suivi")
    client.submit(home.links["Ajouter des preuves"], {}, {"fichiers": [SHOWN]}, button="Ajouter", form=FORM)
    assert owners(portal, sent)[0] == ["sent", "waits"]
    assert "canari-ecran" not in emile.page(f"/agent/plaintes/{sent.number}").text
    assert whole(portal), "a file that waits is not part of the complaint"
    waiting = owners(portal, sent)[1][1]
    examine(portal)
    devis = ("devis.pdf", pdf(1), "application/pdf")
    after = Page(add(client, devis, **{f"piece_titre_{waiting}": "CANARI-TITRE du secrétariat"}).text)
    assert "Vos preuves sont envoyées à l'autorité." in after.text
    assert "Déjà envoyées (3)" in after.text
    assert "Ajouté après l'envoi, le 3 mars 2026. Pas encore vu" in after.text
    assert "Envoyé avec la plainte." in after.text
    assert owners(portal, sent)[0] == ["sent", "sent", "sent"]
    assert "Vous avez ajouté des preuves" in client.page("/suivi").text
    page = emile.page(f"/agent/plaintes/{sent.number}")
    assert "Preuves (3)" in page.text
    assert page.text.count("Ajouté après l'envoi, le 3 mars 2026 à 22 h 42") == 2
    assert page.text.count("Nouveau") == 2
    assert "CANARI-TITRE" in page.text
    assert "Preuves ajoutées par la personne" in page.text
    assert "Nouveau" not in emile.page(f"/agent/plaintes/{sent.number}").text
    assert "Vu par l'autorité le 3 mars 2026 à 22 h 42" in client.page(HERE).text
    link = next(a.get("href") for a in page.all("a") if "".join(a.itertext()) == "Voir canari-ecran.jpg")
    assert emile.get(link).status_code == 200
    told = delivered(portal).to("emile@595.exemple.fr")
    assert [one.subject for one in told] == [f"Des preuves ajoutées au dossier {sent.number}"]
    assert "anari" not in told[0].text.replace("canari@", "")
    assert state(portal, sent.number) == ("recue", "D2", {"D1"})
    assert whole(portal)


def test_the_proof_holds_what_was_added(client, portal, sent):
    portal.clock.advance(seconds=1)
    add(client, SHOWN)
    with zipfile.ZipFile(io.BytesIO(client.get("/suivi/preuve").content)) as archive:
        held = {name.removeprefix("preuve/"): archive.read(name) for name in archive.namelist()}
    for line in held["empreintes.txt"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(held[name]).hexdigest() == digest
    assert "ajout-1-engagement.bin" in held["empreintes.txt"].decode()
    assert held["ajout-1-engagement.bin"].endswith(held["ajout-1.json"])
    (file,) = json.loads(held["ajout-1.json"])["files"]
    assert file["sha256"] == hashlib.sha256(SHOWN[1]).hexdigest()
    assert json.loads(held["ajout-1-inscription.bin"][1:])["kind"] == "preuves_ajoutees"
    assert "ajout-1.json" in held["LISEZ-MOI.txt"].decode()


def test_a_file_that_was_added_and_changed_since_is_told(client, portal, sent):
    portal.clock.advance(seconds=1)
    add(client, SHOWN)
    assert whole(portal)
    path_of(portal.files, owners(portal, sent)[1][1]).write_bytes(b"canari")
    assert not whole(portal)


def test_what_was_chosen_can_be_taken_back_and_what_was_sent_cannot(client, portal, sent):
    portal.clock.advance(seconds=1)
    client.submit(HERE, {}, {"fichiers": [SHOWN]}, button="Ajouter", form=FORM)
    first, waiting = owners(portal, sent)[1]
    client.post(HERE, data={**token(client), "retirer": first})
    assert owners(portal, sent)[0] == ["sent", "waits"]
    client.submit(HERE, {}, button="Retirer canari-ecran.jpg", form=FORM)
    assert owners(portal, sent)[0] == ["sent"]
    assert not path_of(portal.files, waiting).exists()
    assert path_of(portal.files, first).exists()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([], "Choisissez au moins un fichier."),
        ([PHOTO], "“canari-photo.png” est déjà ajouté."),
        ([("a.exe", b"MZ canari", "image/png")], "ce type de fichier n'est pas accepté"),
        ([("vide.pdf", b"", "application/pdf")], "“vide.pdf” est vide."),
        ([SHOWN, ("b.pdf", b"%PDF-1.4 canari", "application/pdf")], "“b.pdf” ne s'ouvre pas."),
    ],
)
def test_what_is_wrong_is_said_next_to_the_field_and_nothing_is_sent(client, portal, sent, files, told):
    after = add(client, *files)
    assert after.status_code == 422
    assert told in Page(after.text).text
    assert owners(portal, sent)[0].count("sent") == 1
    assert "Vous avez ajouté" not in client.page("/suivi").text
    assert whole(portal)


def test_a_title_too_long_is_kept_and_told(client, portal, sent):
    portal.clock.advance(seconds=1)
    client.submit(HERE, {}, {"fichiers": [SHOWN]}, button="Ajouter", form=FORM)
    waiting = owners(portal, sent)[1][1]
    after = add(client, **{f"piece_titre_{waiting}": "z" * 125})
    assert after.status_code == 422
    assert "5 caractères en trop" in Page(after.text).text
    assert "z" * 125 in after.text
    assert owners(portal, sent)[0] == ["sent", "waits"]


def test_twenty_sendings_a_day_and_a_hundred_files(client, portal, sent, monkeypatch):
    monkeypatch.setattr(added_evidence, "MOST_A_DAY", 1)
    add(client, SHOWN)
    after = add(client, ("devis.pdf", pdf(1), "application/pdf"))
    assert after.status_code == 422
    assert "Vous avez déjà envoyé des preuves 20 fois aujourd'hui." in Page(after.text).text
    portal.clock.advance(days=1, seconds=1)
    client.submit("/reprendre", {"code": sent.code})
    assert add(client).status_code == 200
    monkeypatch.setattr(added_evidence, "FILES_MOST", 3)
    assert "Vous avez envoyé 100 fichiers." in client.page(HERE).text
    assert whole(portal)


def test_what_is_never_sent_goes_after_a_week(client, portal, sent):
    portal.clock.advance(seconds=1)
    client.submit(HERE, {}, {"fichiers": [SHOWN]}, button="Ajouter", form=FORM)
    waiting = owners(portal, sent)[1][1]
    portal.clock.advance(days=7)
    tidy(portal)
    assert owners(portal, sent)[0] == ["sent", "waits"]
    portal.clock.advance(seconds=1)
    tidy(portal)
    assert owners(portal, sent)[0] == ["sent"]
    assert not path_of(portal.files, waiting).exists()


def test_nothing_is_added_to_a_complaint_that_was_withdrawn(client, portal, sent):
    client.submit("/suivi/retirer", {"retrait": "oui"})
    page = client.page(HERE)
    portal.clock.advance(days=1, seconds=1)
    with portal.database.write() as session:
        withdrawal.settle_due(session, portal)
    client.submit("/reprendre", {"code": sent.code})
    assert "vous ne pouvez plus rien y ajouter" in client.page(HERE).text
    after = client.send_form(page, FORM, {}, {"fichiers": [SHOWN]})
    assert after.status_code == 409
    assert "Ajouter des preuves" not in client.page("/suivi").links
    assert owners(portal, sent)[0] == ["sent"]
    assert not list(portal.files.glob("*/*.part"))


def test_messages_say_whether_they_were_seen(client, portal, emile):
    made = Sent(send(client))
    client.submit("/reprendre", {"code": made.code})
    client.submit("/suivi/message", {"message": "Bonjour"})
    assert "Pas encore vu" in client.page("/suivi/message").text
    there = f"/agent/plaintes/{made.number}"
    assert "Nouveau" in emile.page(there).text
    assert "Nouveau" not in emile.page(there).text
    assert "Vu par l'autorité le 3 mars 2026 à 22 h 41" in client.page("/suivi/message").text
    emile.submit(f"{there}/repondre", {"message": "Merci."})
    assert "Pas encore vu" in emile.page(there).text
    assert "1 nouveau" in client.page("/suivi").text
    assert "Nouveau" in client.page("/suivi/message").text
    assert "nouveau" not in client.page("/suivi").text
    assert "Vu par la personne le 3 mars 2026 à 22 h 41" in emile.page(there).text
    assert whole(portal)


def test_what_a_file_shows_replaces_nothing_unseen(client, sent):
    client.submit(HERE, {}, {"fichiers": [SHOWN]}, button="Ajouter", form=FORM)
    first, second = Tab(client, HERE), Tab(client, HERE)
    name = next(name for form in first.page.forms for name in form.names if name.startswith("piece_titre_"))
    first.press({name: "CANARI-UN"}, button="ajouter", form=FORM)
    second.press({name: "CANARI-DEUX"}, form=FORM)
    assert (second.status, "Rien n'a été remplacé." in second.page.text) == (CONFLICT, True)
    assert second.page.by_id(name).get("value") == "CANARI-DEUX"
    assert client.page(HERE).by_id(name).get("value") == "CANARI-UN"
    second.press(button="ajouter", form=FORM)
    assert client.page(HERE).by_id(name).get("value") == "CANARI-DEUX"


def test_a_file_that_is_chosen_and_not_sent_is_said_where_the_person_looks(client, sent):
    waiting = "1 fichier n'est pas encore envoyé."
    assert waiting not in client.page("/suivi").text
    client.submit(HERE, {}, {"fichiers": [PHOTO_OF_ANOTHER_DAY]}, button="Ajouter", form=FORM)
    assert waiting in client.page("/suivi").text
    assert waiting in client.page(HERE).text
    client.submit(HERE, {}, button="Envoyer à l'autorité", form=FORM)
    assert waiting not in client.page("/suivi").text
    assert waiting not in client.page(HERE).text
