"""A translation that a clerk adds to what is written to a person who did not read the form in French."""

import io
import json
import zipfile
from typing import Any

import pytest

from app.base.i18n import FOR_INFORMATION, LANGUAGES, french, in_language, translate
from app.base.web.language_prefix import localized
from app.filing.queries import filing_by_number, open_for_person
from tests.cast import AMINA, Sent, begin, send, sign_in
from tests.pages.test_acknowledging import POST, delivered, whole
from tests.pages.test_acts import records
from tests.pages.test_message_templates import HELLO, area, offered
from tests.support.acts import did
from tests.support.client import SuspiciousClient
from tests.support.html import Page, plain, words
from tests.support.pdf import bare, text_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
QUESTION = "Avez-vous gardé le SMS ?\nEnvoyez-le ici."
ARABIC = "هل احتفظتِ بالرسالة؟\nأرسليها هنا (CPAM)."
LABEL = "Traduction pour la personne"
WRITINGS = {"repondre": "message", "demander-piece": "demande"}


@pytest.fixture
def emile(app, portal):
    """A clerk of the CPAM of Lille-Douai, signed in in a browser of his own."""
    with SuspiciousClient(app, portal.database) as one:
        sign_in(one, portal, "595")
        yield one


def read_in(client, code, **changes):
    """File with the short form, read in a language."""
    return Sent(client.submit(localized(begin(client), code), {**AMINA, **changes}))


def there(sent, act=""):
    return f"/agent/plaintes/{sent.number}{act and '/'}{act}"


def last_act(portal, number):
    """Give the last act, as it is read and as it is stored."""
    with portal.database.read() as session:
        return open_for_person(session, portal.keyring, filing_by_number(session, number)).acts[-1]


def followed(client, sent, code):
    client.submit(localized("/reprendre", code), {"code": sent.code})
    return client.page(localized("/suivi/message", code))


def lines_of(page: Page) -> list[Any]:
    """List the paragraphs of the only message, below who wrote it."""
    (listed,) = [one for one in page.elements if "messages" in (one.get("class") or "").split()]
    return list(listed.iter("p"))[1:]


def tongue(line):
    return (line.get("lang"), line.get("dir"))


@pytest.mark.parametrize("act", WRITINGS)
def test_the_person_reads_the_translation_first_then_the_french_that_counts(client, portal, emile, act):
    sent = read_in(client, "ar")
    page = emile.page(there(sent, act))
    assert "La personne a lu le formulaire en arabe." in page.text
    assert "Ajoutez-la si vous en avez une. Le texte français fait foi." in page.text
    assert page.by_id("traduction").get("dir") == "auto"
    emile.submit(there(sent, act), {WRITINGS[act]: QUESTION, "traduction": ARABIC})
    assert last_act(portal, sent.number).document["translation"] == {"language": "ar", "text": ARABIC}

    page = followed(client, sent, "ar")
    own, told, counts = lines_of(page)[:3]
    assert (tongue(own), words(own)) == (("ar", "rtl"), plain(ARABIC))
    with in_language("ar"):
        assert words(told) == plain(translate(FOR_INFORMATION))
    assert (tongue(counts), words(counts)) == (("fr", "auto"), plain(QUESTION))

    (who,) = [one for one in page.all("strong") if words(one) == "Émile Exemple"]
    assert who.get("dir") == "auto", "a name among Arabic words does not move the day beside it"

    counts, told, own = lines_of(emile.page(there(sent)))[:3]
    assert (words(counts), words(told)) == (plain(QUESTION), plain(FOR_INFORMATION))
    assert (tongue(own), words(own)) == (("ar", "rtl"), plain(ARABIC))
    for letter in delivered(portal).letters:
        assert "SMS" not in letter.text
        assert ARABIC[:10] not in letter.text
    assert whole(portal)


def test_the_whole_file_and_the_copy_of_the_person_hold_both(client, portal, emile):
    sent = read_in(client, "en")
    english = "Did you keep the text message?"
    emile.submit(there(sent, "repondre"), {"message": QUESTION, "traduction": english})
    why = {"format": "dossier", "usage": "Relire"}
    exported = emile.submit(there(sent, "exporter"), why, form="exporter#erreurs").content
    followed(client, sent, "en")
    copy = zipfile.ZipFile(io.BytesIO(client.get("/suivi/donnees/copie").content))
    for paper in (exported, copy.read("donnees.pdf")):
        read = text_of(paper)
        both = (bare(QUESTION.splitlines()[0]), bare(french(FOR_INFORMATION)), bare(english))
        places = [read.find(one) for one in both]
        assert -1 not in places
        assert places == sorted(places)
    (written,) = [one for one in json.loads(copy.read("donnees.json"))["acts"] if one["kind"] == "message_autorite"]
    assert written["translation"] == {"language": "en", "text": english}


@pytest.mark.parametrize(
    ("code", "own"),
    [
        ("en", "CPAM de Lille-Douai needs more information."),
        ("ru", "Кто просит: CPAM de Lille-Douai."),
        ("facile", "La CPAM de Lille-Douai a une question."),
    ],
)
def test_the_mail_of_a_question_names_the_authority_as_each_language_does(client, portal, emile, code, own):
    sent = read_in(client, code)
    emile.submit(there(sent, "demander-piece"), {"demande": QUESTION})
    (mail,) = [one for one in delivered(portal).letters if own in one.text]
    assert "La CPAM de Lille-Douai a besoin d’une précision." in mail.text
    assert "La CPAM" not in mail.text.partition(own)[0].splitlines()[-1], "no article of French in another language"


@pytest.mark.parametrize(("act", "field"), WRITINGS.items())
def test_without_a_translation_nothing_more_is_sealed_nor_shown(client, portal, emile, act, field):
    sent = read_in(client, "uk")
    emile.submit(there(sent, act), {field: QUESTION})
    assert "translation" not in last_act(portal, sent.number).document
    with in_language("uk"):
        told = plain(translate(FOR_INFORMATION))
    page = followed(client, sent, "uk")
    assert told not in page.text
    assert tongue(lines_of(page)[0]) == ("fr", "auto"), "what is French says so on a page that is not"
    assert whole(portal)


@pytest.mark.parametrize(("act", "field"), WRITINGS.items())
def test_who_read_in_french_is_sent_no_translation(client, portal, emile, act, field):
    sent = Sent(send(client))
    page = emile.page(there(sent, act))
    assert page.by_id("traduction") is None
    assert "La personne a lu le formulaire" not in page.text
    (form,) = [one for one in page.forms if one.action.endswith(f"{act}#erreurs")]
    forged = {**dict(form.fill({field: QUESTION})), "traduction": "x" * 9000}
    assert emile.post(there(sent, act), data=forged).status_code == 200
    assert "translation" not in last_act(portal, sent.number).document
    assert FOR_INFORMATION not in followed(client, sent, "fr").text


@pytest.mark.parametrize("act", WRITINGS)
def test_what_is_wrong_is_said_beside_it_and_both_texts_stay(client, portal, emile, act):
    sent = read_in(client, "ar")
    page = emile.page(there(sent, act))
    long = ARABIC * 200
    refused = emile.send_form(page, there(sent, act), {WRITINGS[act]: QUESTION, "traduction": long})
    assert refused.status_code == 422
    shown = Page(refused.text)
    assert "Votre texte est trop long" in words(shown.by_id("traduction-erreur"))
    assert words(shown.by_id("traduction")) == plain(long)
    alone = emile.send_form(page, there(sent, act), {WRITINGS[act]: "", "traduction": ARABIC})
    assert alone.status_code == 422, "the French text is what counts: it is never left out"
    assert words(Page(alone.text).by_id("traduction")) == plain(ARABIC)
    assert "Aucun message." in emile.page(there(sent)).text


def test_easy_french_is_named_and_a_letter_by_post_stays_french(client, portal, emile):
    sent = read_in(client, "facile", **POST)
    page = emile.page(there(sent, "repondre"))
    assert "La personne a lu le formulaire en français facile à lire." in page.text
    assert "La lettre est en français. Une feuille à part la redit dans la langue de la personne." in page.text
    emile.submit(there(sent, "repondre"), {"message": QUESTION, "traduction": "Vous avez le SMS ?"})
    own = lines_of(followed(client, sent, "facile"))[0]
    assert tongue(own) == (LANGUAGES["facile"].tag, "ltr")
    assert "français facile à lire" in emile.page(there(sent)).text


def test_a_translation_in_a_language_that_is_released_no_more_is_shown_all_the_same(client, portal):
    sent = Sent(send(client))
    sealed = {"language": "canari", "text": "Mesajı sakladınız mı?"}
    records(portal, sent.number, did("message_autorite", text=QUESTION, until="", translation=sealed))
    own = lines_of(followed(client, sent, "fr"))[0]
    assert (tongue(own), words(own)) == ((None, "auto"), sealed["text"])


def test_a_template_is_put_in_the_french_alone_and_the_translation_stays(client, portal, emile, app):
    sent = read_in(client, "ar")
    with SuspiciousClient(app, portal.database) as rosa:
        sign_in(rosa, portal, "595", "Rosa Exemple", "responsable")
        rosa.submit("/agent/modeles/nouveau", HELLO, button="Enregistrer le modèle")
    page = emile.page(there(sent, "repondre"))
    chosen = {"modele": offered(page)[-1], "message": "", "traduction": "رقم {numero}"}
    put = emile.send_form(page, there(sent, "repondre"), chosen, button="Reprendre ce modèle")
    assert sent.number in area(put.text, "message")
    assert area(put.text, "traduction") == "رقم {numero}"
    changed = "Le texte français a changé. Complétez aussi la traduction."
    assert changed in Page(put.text).text
    assert Page(put.text).text.index(changed) < Page(put.text).text.index(LABEL), (
        "just above it, in what a script replaces"
    )
    again = emile.send_form(page, there(sent, "repondre"), {**chosen, "traduction": ""}, button="Reprendre ce modèle")
    assert changed not in Page(again.text).text
