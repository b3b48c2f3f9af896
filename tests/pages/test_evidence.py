"""Files by HTTP: what the person is told of each one, what the clerk sees of it, and two hundred hostile ones."""

import random
import re
import threading
import tracemalloc
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.rules import Role
from app.base.limits import Limit
from app.evidence import rules, service, store
from app.evidence.antivirus import Scan
from app.evidence.models import Evidence
from app.evidence.queries import FileRow
from app.evidence.receiving import LONGEST
from app.filing.models import FilingEvent
from app.intake.letters import sheets
from app.runtime.file_examination import FileExaminationWorker
from tests.cast import AMINA, Sent, begin, sign_in
from tests.rooms.test_antivirus import EICAR
from tests.rooms.test_reader import screenshot, vast
from tests.support.client import PlainClient
from tests.support.files import located, m4a, mail, mp3, pdf, picture
from tests.support.html import Page, words
from tests.support.rewind import lived

GIVEN = {
    "photo.jpg": located(),
    "devis.pdf": pdf(2, script=True),
    "message.mp3": mp3(),
    "mail.eml": mail("CANARI <b>non</b>"),
}


def add(client, path, *files):
    """Add files to a draft; give the page."""
    return Page(client.submit(path, {}, {"fichiers": list(files)}, button="Ajouter ces fichiers").text)


@pytest.fixture
def sent(run, client, portal):
    """A complaint to the CPAM of Lille-Douai with four files, which were examined."""
    return lived(run, portal, client, "examined", lambda: sent_and_examined(client, portal))


def sent_and_examined(client, portal):
    path = begin(client)
    add(client, path, *((name, content, "application/octet-stream") for name, content in GIVEN.items()))
    made = Sent(client.submit(path, AMINA))
    examine(portal)
    sign_in(client, portal, "595", role=Role.RESPONSABLE)
    return made


def examine(portal):
    examination = FileExaminationWorker(portal)
    examination.step(threading.Event())
    examination._examiner.close()


def ids(portal):
    with portal.database.read() as session:
        return list(session.scalars(select(Evidence.id).order_by(Evidence.added_at, Evidence.media_type)))


def link(client, number, name, words):
    """Give the address of a link of the row of a file."""
    page = client.page(f"/agent/plaintes/{number}")
    return next(a.get("href") for a in page.all("a") if "".join(a.itertext()) == f"{words} {name}")


def token(client):
    """Give a token of this visitor, for a form that is sent apart."""
    form = next(form for form in client.page("/reprendre").forms if form.method == "post")
    return {"csrf": dict(form.fill({}))["csrf"]}


def raw(client, path):
    """Ask for what is not a page: its policy is stricter."""
    return PlainClient(client.app, cookies=dict(client.cookies)).get(path)


def test_a_photo_and_a_document_are_shown_as_pictures_of_ours(client, sent):
    for name, count in (("photo.jpg", 1), ("devis.pdf", 2)):
        shown = client.page(link(client, sent.number, name, "Voir"))
        pictures = [image.get("src") for image in shown.all("img")]
        assert len(pictures) == count
        for source in pictures:
            answer = raw(client, source)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
            assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
            assert answer.content.startswith(b"\xff\xd8")
            assert b"Exif" not in answer.content
        assert raw(client, re.sub(r"\d+$", "9", pictures[0])).status_code == 404
        assert raw(client, re.sub(r"\d+$", "x", pictures[0])).status_code == 404


@pytest.fixture
def doubtful(client, portal):
    """A complaint with a tall screenshot, a photo of which little came, and one that no copy shows well."""
    path = begin(client)
    cut = located((900, 700))
    files = {
        "tout.png": screenshot((400, 2000)),
        "coupee.jpg": cut[: len(cut) * 3 // 4],
        "long.png": screenshot((26_000, 1001)),
    }
    add(client, path, *((name, content, "application/octet-stream") for name, content in files.items()))
    examine(portal)
    return path


def test_a_tall_screenshot_is_shown_page_by_page_and_a_poor_copy_is_told(client, portal, doubtful):
    told = client.page(doubtful).text
    assert "“coupee.jpg” est coupée : nous n'en voyons qu'une partie." in told
    assert "“tout.png” est" not in told
    made = Sent(client.submit(doubtful, AMINA))
    sign_in(client, portal, "595", role=Role.RESPONSABLE)
    desk = client.page(f"/agent/plaintes/{made.number}").text
    assert "Photo coupée à l'arrivée" in desk
    assert "Copie illisible : ouvrez le fichier d'origine." in desk
    shown = client.page(link(client, made.number, "tout.png", "Voir"))
    assert len(shown.all("img")) == 4


def test_a_copy_that_cannot_be_read_is_offered_with_a_warning_and_not_printed(clock):
    row = FileRow("a" * 32, "a.png", 1, "image/png", "", clock(), copy_type="image/jpeg")
    good = replace(row, reading=rules.Reading.READ)
    poor = replace(good, reading=rules.Reading.POOR)
    assert [sheets.can_be_read(good), sheets.can_be_read(poor), sheets.can_be_sent(poor)] == [True, False, True]
    opened: Any = SimpleNamespace(payload={"files": [{"id": good.id}]})
    labels = [sheets.offers(opened, [row])[0].label for row in (good, poor)]
    assert labels == ["piece-01.jpg — a.png", "piece-01.jpg — a.png (copie illisible)"]


def test_a_mail_is_shown_as_words_and_a_sound_by_its_length(client, sent):
    shown = client.page(link(client, sent.number, "mail.eml", "Voir"))
    assert "CANARI <b>non</b>" in shown.text
    assert "canari.amina@exemple.fr" not in shown.text
    desk = client.page(f"/agent/plaintes/{sent.number}").text
    assert "Son de 0 min 3 s" in desk
    assert "Voir message.mp3" not in desk


def test_a_file_that_no_antivirus_saw_asks_for_a_second_press(client, sent):
    assert "Non analysé" in client.page(f"/agent/plaintes/{sent.number}").text
    asks = client.page(link(client, sent.number, "photo.jpg", "Enregistrer"))
    assert "Ce fichier n'a pas été analysé" in asks.text
    way = next(a.get("href") for a in asks.all("a") if a.text == "Enregistrer quand même")
    answer = raw(client, way)
    assert answer.content == GIVEN["photo.jpg"]
    assert re.fullmatch(r'attachment; filename="piece-0[1-4]\.jpg"', answer.headers["content-disposition"])


def test_a_clean_file_is_saved_at_once(client, portal, sent):
    with portal.database.write() as session:
        for file_id in ids(portal):
            service.note_scan(session, file_id, Scan.CLEAN)
    assert raw(client, link(client, sent.number, "devis.pdf", "Enregistrer")).content == GIVEN["devis.pdf"]


@pytest.fixture
def dangerous(client, portal, sent):
    """The address of the photo, in which the antivirus found something."""
    where = link(client, sent.number, "photo.jpg", "Enregistrer")
    with portal.database.write() as session:
        service.note_scan(session, where.rpartition("/")[2], Scan.SUSPECT)
    return where


def test_a_dangerous_file_is_for_the_manager_who_says_why(client, portal, sent, dangerous):
    assert raw(client, f"{dangerous}?confirme=oui").content != GIVEN["photo.jpg"]
    empty = client.submit(dangerous, {"motif": ""})
    assert empty.status_code == 422
    assert "Écrivez pourquoi il faut enregistrer ce fichier." in Page(empty.text).text
    said = token(client) | {"motif": "Comparer avec le devis du CANARI"}
    other = PlainClient(client.app, cookies=dict(client.cookies))
    assert other.post(dangerous, data=said).content == GIVEN["photo.jpg"]
    assert "Raison donnée : Comparer avec le devis du CANARI" in client.page(f"/agent/plaintes/{sent.number}").text
    with portal.database.read() as session:
        kept = session.scalars(select(FilingEvent.why).where(FilingEvent.why.is_not(None))).one()
    assert b"CANARI" not in kept


def test_a_dangerous_file_is_not_for_an_agent(client, portal, dangerous):
    client.cookies.clear()
    sign_in(client, portal, "595", "Alice Exemple")
    asks = client.page(dangerous)
    assert "Seul un responsable de votre service peut l'enregistrer" in asks.text
    answer = client.post(dangerous, data=token(client) | {"motif": "Par curiosité, sans en avoir le droit"})
    assert answer.status_code == 403
    assert GIVEN["photo.jpg"] not in answer.content


def test_the_person_is_told_of_a_dangerous_file_while_there_is_time(client, portal):
    path = begin(client)
    add(client, path, ("sms.txt", EICAR, "text/plain"), ("ok.png", picture("PNG"), "image/png"))
    with portal.database.write() as session:
        for row in session.scalars(select(Evidence).where(Evidence.media_type == "text/plain")):
            row.scan = Scan.SUSPECT
    page = client.page(path)
    assert "“sms.txt” n'a pas pu être accepté, car il peut être dangereux." in page.text
    assert "Retirer sms.txt" in page.text
    Sent(client.submit(path, AMINA))  # and nothing stops the complaint


def test_what_is_wrong_with_a_file_is_told_and_the_others_are_kept(client):
    page = add(
        client,
        begin(client),
        ("secret.pdf", pdf(password="lune"), "application/pdf"),
        ("long.pdf", pdf(201), "application/pdf"),
        ("vaste.png", vast(60_000, 60_000), "image/png"),
        ("faux.png", picture("PNG")[:20] + bytes(80), "image/png"),
        ("bon.pdf", pdf(owner="lune"), "application/pdf"),
    )
    refused = (
        "“secret.pdf” est protégé par un mot de passe. Envoyez une version sans mot de passe.",
        "“long.pdf” a plus de 200 pages. Envoyez seulement les pages utiles.",
        "“vaste.png” a trop de pixels pour être lue ici. Envoyez cette image en plus petit, ou en plusieurs images.",
        "“faux.png” ne s'ouvre pas. Vérifiez-le sur votre appareil, ou envoyez-en un autre.",
    )
    beside = page.by_id("fichiers-erreur")
    field = page.by_id("fichiers")
    assert beside is not None
    assert field is not None
    assert [words(line) for line in beside] == [f"Erreur : {sentence}" for sentence in refused]
    assert "fichiers-erreur" in field.get("aria-describedby").split()
    summary = [a for a in page.all("a") if a.get("href") == "#fichiers"]
    assert [words(link) for link in summary] == list(refused)
    assert "4 réponses sont à corriger" in page.text
    assert "Retirer bon.pdf" in page.text
    assert "Retirer secret.pdf" not in page.text


MAKERS = {
    "jpg": lambda _: picture("JPEG", (60, 40)),
    "png": lambda _: picture("PNG", (60, 40)),
    "webp": lambda _: picture("WEBP", (60, 40)),
    "pdf": lambda chance: pdf(chance.randint(1, 4), script=True),
    "mp3": lambda _: mp3(),
    "m4a": lambda _: m4a(told=b"x" * 40),
    "eml": lambda _: mail(),
}


def flipped(chance, content):
    made = bytearray(content)
    for _ in range(chance.randint(1, 40)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def nested(chance, content):
    at = chance.randrange(len(content))
    return content[:at] + (b"<</A" if content.startswith(b"%PDF") else b"[") * 20_000 + content[at:]


DEEDS = {
    "flip": flipped,
    "deep": nested,
    "cut": lambda chance, content: content[: chance.randrange(1, len(content))],
    "grow": lambda chance, content: content + chance.randbytes(chance.choice([1, 5000, 200_000])),
    "swap": lambda chance, content: MAKERS[chance.choice(list(MAKERS))](chance)[:16] + content[16:],
    "lie": lambda _, content: content,
    "bomb": lambda chance, _: vast(chance.choice([10_000, 65_000, 2**31 - 1]), chance.choice([10_000, 65_000])),
    "polyglot": lambda _, content: content + b"<html><script>alert(1)</script>PK\x03\x04" + bytes(50) + b"MZ",
    "virus": lambda _, content: content + EICAR,
    "noise": lambda chance, content: content[:12] + chance.randbytes(3000),
}
ENDINGS = ("jpg", "pdf", "heic", "ogg", "txt", "svg", "html", "exe", "jpg.exe", "\u202egpj.exe")


def hostile(chance):
    """Make one hostile file: its name and its bytes."""
    ending, deed = chance.choice(list(MAKERS)), chance.choice(list(DEEDS))
    content = DEEDS[deed](chance, MAKERS[ending](chance))
    name = chance.choice(ENDINGS) if deed == "lie" else ending
    return f"{deed}-{chance.randrange(10**6)}.{name}", content


def test_two_hundred_hostile_files_break_nothing(client, portal):
    """Every answer is a page, every file is kept or refused with its name, memory stays bounded."""
    chance = random.Random(20260303)
    kept, told = 0, 0
    tracemalloc.start()
    for _ in range(10):
        path = begin(client)
        files = dict(hostile(chance) for _ in range(20))
        page = add(client, path, *((name, content, "image/jpeg") for name, content in files.items()))
        kept += page.text.count("Retirer ")
        told += (
            page.text.count("ne s'ouvre pas.") + page.text.count("n'est pas accepté.") + page.text.count("dangereux.")
        )
        examine(portal)
        assert client.get(path).status_code == 200
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept > 50
    assert told > 50
    assert most < 60 * 1024 * 1024
    with portal.database.read() as session:
        rows = session.scalars(select(Evidence)).all()
    assert {row.reading for row in rows} <= {"lu", "coupe", "mal_copie", "illisible"}, "each was read to its end"
    assert {store.id_of(path) for path in portal.files.rglob("*.sealed")} == {row.id for row in rows}


def test_too_many_forms_with_files_at_once_lose_files_with_a_sentence_and_no_word(client, portal):
    path = begin(client)
    place = Limit("fichiers", "testclient", rules.AT_ONCE, LONGEST)
    for _ in range(rules.AT_ONCE):
        portal.limits.take(place)
    page = Page(client.submit(path, {"recit": AMINA["recit"]}, {"fichiers": [("photo.jpg", located(), "")]}).text)
    assert "“photo.jpg” n'a pas pu être ajouté : beaucoup de fichiers arrivent" in page.text
    assert AMINA["recit"] in client.get(path).text.replace("&#39;", "'")
    assert ids(portal) == []
    portal.limits.give_back(place)
    add(client, path, ("photo.jpg", located(), ""))
    assert len(ids(portal)) == 1


def test_a_form_that_came_or_broke_leaves_its_place_to_the_next(client, portal):
    path = begin(client)
    kind = {"content-type": "multipart/form-data; boundary=xyz"}
    for number in range(rules.AT_ONCE + 2):
        client.post(path, content=b"--xyz\r\nbroken", headers=kind)
        add(client, path, (f"{number}.txt", f"note {number}".encode(), ""))
    assert len(ids(portal)) == rules.AT_ONCE + 2
