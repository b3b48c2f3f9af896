"""What is masked before the complaint goes to the professional: in no byte of what leaves, and whole elsewhere."""

import hashlib
import io

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from app.evidence.models import Evidence
from app.filing.queries import read_for
from app.filing.sealed.act import of_kind
from app.filing.sealed.receipt import ToldProfessional
from tests.cast import AMINA, Sent, begin
from tests.pages.test_acknowledging import delivered, whole
from tests.pages.test_evidence import examine, raw
from tests.pages.test_telling import FORM, POSTED, browser, opened_zip, there, words_of
from tests.support.html import Page
from tests.support.rewind import lived

__all__ = ["browser"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
STORY = "Mme Lise Tierce attendait aussi. La secrétaire a dit que Lise Tierce a un cancer. Puis elle a refusé."
WHY = {"motif_masque": "sante", "explication_masque": "Une autre patiente du cabinet."}
RED, BLUE = (220, 0, 0), (0, 0, 220)
PASSAGE, AREA, BACK = "masquer-passage", "masquer-preuve", "retirer-masque"


def halves():
    """Draw a photo: red on its left half, blue on the right one."""
    picture = Image.new("RGB", (400, 200), RED)
    ImageDraw.Draw(picture).rectangle((200, 0, 400, 200), fill=BLUE)
    return picture


def written(picture, kind):
    made = io.BytesIO()
    picture.save(made, kind)
    return made.getvalue()


FILES = {"photo.png": written(halves(), "PNG"), "page.pdf": written(halves(), "PDF")}


@pytest.fixture
def sent(run, client, portal):
    """Send a complaint about which another person is named, with a photo and a document that were examined."""
    return lived(run, portal, client, "to_mask", lambda: sent_with_files(client, portal))


def sent_with_files(client, portal):
    path = begin(client)
    files = [(name, content, "application/octet-stream") for name, content in FILES.items()]
    client.submit(path, {}, {"fichiers": files}, button="Ajouter ces fichiers")
    made = Sent(client.submit(path, {**AMINA, "recit": STORY}))
    examine(portal)
    return made


def masks(desk, number, act, typed, status=200, page=None):
    ask = there(number, act)
    page = page or desk.page(ask)
    answer = desk.send_form(page, ask, typed if act == BACK else {**WHY, **typed}, form=f"{act}#erreurs")
    assert answer.status_code == status, Page(answer.text).text
    return Page(answer.text) if status == 422 else answer


def refused(desk, number, act, typed):
    """Send what no page offers; give the page that says what is wrong."""
    page = next(form for form in desk.page(there(number, act)).forms if form.action.endswith(f"{act}#erreurs"))
    sent = {**dict(page.fill({})), **WHY, **typed}
    answer = desk.post(there(number, act), data=sent)
    assert answer.status_code == 422
    return Page(answer.text)


def pictures(desk, number):
    """Give the pictures that may be masked, by their kind."""
    options = [one for one in desk.page(there(number, AREA)).by_id("image").findall(".//option") if one.get("value")]
    return {one.text.strip().partition(" ")[0].partition(".")[2]: one.get("value") for one in options}


def bundle(desk, number):
    ask = there(number, "transmettre-professionnel")
    answer = desk.send_form(desk.page(ask), ask, {}, button="Télécharger l'envoi", form=FORM)
    return answer.content, opened_zip(answer)


def tells(desk, number):
    ask = there(number, "transmettre-professionnel")
    return desk.send_form(desk.page(ask), ask, POSTED, button="Marquer comme transmise", form=FORM)


def test_a_masked_passage_is_in_no_byte_of_what_leaves(client, portal, browser, sent):
    desk = browser()
    shown = masks(desk, sent.number, PASSAGE, {"passage": "lise  tierce"}, 422)
    assert "Ce passage est écrit à plusieurs endroits. Cochez ceux à masquer." in shown.text
    ticks = [one.get("value") for one in shown.all("input") if one.get("name") == "endroits"]
    assert len(ticks) == 2
    assert shown.by_id("explication_masque").text.strip() == WHY["explication_masque"]
    masks(desk, sent.number, PASSAGE, {"endroits": ticks}, page=shown)
    masks(desk, sent.number, PASSAGE, {"passage": "a un cancer"})
    ask = desk.page(there(sent.number, "transmettre-professionnel"))
    assert "[passage masqué] attendait aussi." in ask.text
    assert "Tierce" not in ask.text
    assert "La santé d'une autre personne" in ask.text
    archive, files = bundle(desk, sent.number)
    told = words_of(files["lettre-et-plainte.pdf"])
    assert "Mme [passage masqué] attendait aussi." in told
    assert "Puis elle a refusé." in told
    for word in ("Tierce", "cancer"):
        assert word not in told
        assert word.encode() not in archive
        assert all(word.encode() not in content for content in files.values())
    tells(desk, sent.number)
    assert STORY in desk.page(there(sent.number)).text
    assert STORY in words_of(opened_zip(exported(desk, sent.number))["plainte.pdf"])
    assert "Tierce" not in "".join(letter.text for letter in delivered(portal).letters)
    assert whole(portal)


def exported(desk, number):
    return desk.submit(there(number, "exporter"), {"format": "zip", "usage": "Contrôle"})


def colours(content):
    """Return how many pixels of a picture are nearly red, and nearly blue."""
    found = Image.open(io.BytesIO(content)) if isinstance(content, bytes) else content
    counted = found.convert("RGB").getcolors(found.width * found.height)
    return tuple(sum(count for count, one in counted if is_near(one, wanted)) for wanted in (RED, BLUE))


def is_near(one, other):
    return all(abs(a - b) < 60 for a, b in zip(one, other, strict=True))


def test_masked_pixels_are_in_no_picture_that_leaves_and_what_left_is_sealed(client, portal, browser, sent):
    desk = browser()
    known = pictures(desk, sent.number)
    left = {"gauche": "0", "haut": "0", "largeur": "50", "hauteur": "100"}
    for name in known:
        masks(desk, sent.number, AREA, {"image": known[name], **left})
    ask = desk.page(there(sent.number, "transmettre-professionnel"))
    sources = [one.get("src") for one in ask.all("img") if "/envoi/" in one.get("src")]
    assert len(sources) == 2
    for source in sources:
        red, blue = colours(raw(desk, source).content)
        assert (red, blue > 0) == (0, True)
        assert raw(desk, source.rpartition("/")[0] + "/9").status_code == 404
    _archive, files = bundle(desk, sent.number)
    leaving = {name.rpartition(".")[2]: content for name, content in files.items() if name.startswith("preuves/")}
    photo, paper = leaving["jpg"], leaving["pdf"]
    assert colours(photo)[0] == 0 < colours(photo)[1]
    assert not Image.open(io.BytesIO(photo)).getexif()
    document = pypdfium2.PdfDocument(paper)
    assert colours(document[0].render().to_pil())[0] == 0 < colours(document[0].render().to_pil())[1]
    for held in document[0].get_objects():
        assert colours(held.get_bitmap().to_pil())[0] == 0
    tells(desk, sent.number)
    with portal.database.read() as session:
        opened = read_for(session, portal.keyring, sent.number, "595")
        (told,) = of_kind(opened.acts, ToldProfessional)
    assert list(told.sealed.masks) == [1, 2]
    assert {one.sha256 for one in told.sealed.masked_copies} == {
        hashlib.sha256(one).hexdigest() for one in (photo, paper)
    }
    kept = opened_zip(exported(desk, sent.number))
    assert FILES["photo.png"] in kept.values()
    assert whole(portal)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"image": ""}, "Choisissez une image ou une page."),
        ({"image": "f" * 32 + ".0"}, "Choisissez une image ou une page."),
        ({"gauche": "beaucoup"}, "Écrivez un nombre entier, de 0 à 100."),
        ({"haut": "-1"}, "Écrivez un nombre entier, de 0 à 100."),
        ({"largeur": "0"}, "Écrivez un nombre entier, de 1 à 100."),
        ({"hauteur": "101"}, "Écrivez un nombre entier, de 1 à 100."),
        ({"gauche": "60"}, "Cette zone dépasse de l'image"),
        ({"motif_masque": ""}, "Dites pourquoi vous le masquez."),
        ({"explication_masque": " "}, "Expliquez pourquoi vous le masquez."),
    ],
)
def test_a_wrong_area_is_told_and_nothing_is_masked(browser, sent, typed, told):
    desk = browser()
    whole_area = {"image": pictures(desk, sent.number)["jpg"], "largeur": "100 %"}
    assert told in refused(desk, sent.number, AREA, whole_area | typed).text
    assert "Rien n'est masqué." in desk.page(there(sent.number, "transmettre-professionnel")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"passage": ""}, "Collez le passage à masquer."),
        ({"passage": "Lise Autre"}, "Ce passage n'est dans aucune réponse transmise."),
        ({"passage": "Lise Tierce", "endroits": "recit.999"}, "Cochez ceux à masquer."),
        ({"passage": "amina.canari@exemple.fr"}, "Ce passage n'est dans aucune réponse transmise."),
        ({"passage": "a un cancer", "explication_masque": ""}, "Expliquez pourquoi vous le masquez."),
    ],
)
def test_a_wrong_passage_is_told_and_nothing_is_masked(browser, sent, typed, told):
    desk = browser()
    assert told in refused(desk, sent.number, PASSAGE, typed).text
    assert "Rien n'est masqué." in desk.page(there(sent.number, "transmettre-professionnel")).text


def test_a_mask_is_taken_back_until_it_left_and_an_open_page_of_before_sends_nothing(portal, browser, sent):
    desk, ask = browser(), there(sent.number, "transmettre-professionnel")
    opened_before = desk.page(ask)
    assert desk.get(there(sent.number, BACK)).status_code == 409
    masks(desk, sent.number, PASSAGE, {"passage": "a un cancer"})
    answer = desk.send_form(opened_before, ask, POSTED, button="Marquer comme transmise", form=FORM)
    assert answer.status_code == 409
    assert "Passage masqué pour le professionnel" in Page(answer.text).text
    page = desk.page(there(sent.number, BACK))
    assert "Une autre patiente du cabinet." in page.text
    assert "cancer" not in page.text
    assert "Choisissez un masque." in refused(desk, sent.number, BACK, {"masque": "2"}).text
    assert "Choisissez un masque." in refused(desk, sent.number, BACK, {}).text
    masks(desk, sent.number, BACK, {"masque": "1"})
    assert "cancer" in words_of(bundle(desk, sent.number)[1]["lettre-et-plainte.pdf"])
    masks(desk, sent.number, PASSAGE, {"passage": "a un cancer"})
    tells(desk, sent.number)
    for act in (PASSAGE, AREA, BACK):
        assert desk.get(there(sent.number, act)).status_code == 409
    assert whole(portal)


def test_the_person_reads_what_was_masked_and_why_once_it_left(client, portal, browser, sent):
    desk = browser()
    masks(desk, sent.number, PASSAGE, {"passage": "a un cancer"})
    heading = "Ce que le professionnel a reçu"
    assert heading not in client.submit("/reprendre", {"code": sent.code}).text
    tells(desk, sent.number)
    page = client.page("/suivi").text
    told = page.partition(heading)[2].partition("Histoire de votre plainte")[0]
    assert "Un passage de" in told
    assert "La santé d'une autre personne : Une autre patiente du cabinet." in told
    assert "cancer" not in told


def test_what_cannot_be_masked_in_part_is_told(portal, browser, sent):
    desk = browser()
    image = pictures(desk, sent.number)["pdf"]
    object.__setattr__(portal, "mask", lambda *_asked: type("Nothing", (), {"verdict": "too_long", "copy": b""}))
    page = masks(desk, sent.number, AREA, {"image": image}, 422)
    assert "Cette preuve ne peut pas être masquée en partie." in page.text


def test_a_copy_that_cannot_be_masked_does_not_leave(portal, browser, sent):
    desk = browser()
    masks(desk, sent.number, AREA, {"image": pictures(desk, sent.number)["jpg"]})
    object.__setattr__(portal, "mask", lambda *_asked: type("Nothing", (), {"verdict": "fine", "copy": b""}))
    _archive, files = bundle(desk, sent.number)
    assert not [name for name in files if name.endswith(".jpg")]
    assert [name for name in files if name.startswith("MANQUE") and name.endswith(".jpg.txt")]
    assert tells(desk, sent.number).status_code == 422
    with portal.database.read() as session:
        assert len(session.scalars(select(Evidence.id)).all()) == 2
