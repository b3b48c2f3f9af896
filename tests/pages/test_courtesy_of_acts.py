"""Every act with free words for the person offers a translation; she reads it first, then the French that counts."""

import io
import json
import zipfile
from datetime import date

import pytest

from app.acts.kinds import KINDS
from app.base.forms.form import widgets
from app.base.forms.widgets import LongText
from app.base.i18n import FOR_INFORMATION, french, in_language, translate
from app.base.web.language_prefix import localized
from app.filing.sealed.to_person import ToPerson
from app.intake.desk.act_page import ActPage
from tests.cast import sign_in
from tests.pages.test_acknowledging import POST, delivered, whole
from tests.pages.test_acts import records
from tests.pages.test_conciliation import at, desks, fix, sent_and_told
from tests.pages.test_courtesy_translation import emile, last_act, read_in, tongue
from tests.rules.test_sealed import pages
from tests.support.acts import MASKED, PLACE, PRESSES, TOLD, did
from tests.support.html import Page, words

__all__ = ["desks", "emile", "pages"]
engines = pytest.mark.engines("sqlite", "postgresql")
ARABIC = "سنكتب إليكِ قريبًا (CPAM)."
FRENCH_WORDS = "Nous vous écrirons bientôt, c'est promis."
STAYS_FRENCH = {
    "transmise_professionnel": "these words are for the professional, or stay in the file",
    "confirmation_ordre": "the address of an authority",
    "appel": "what was said in a call, in a language that both spoke",
    "reorientation": "the reason is for the authorities; the person is told by a sentence of the service",
    "identification": "the name of a professional",
    "commission": "names of members",
    "convocation": "the reference of a letter; the letter itself is made of our sentences",
    "reponse_reunion": "what a party answered, and not an authority",
    "releve": "the record that those present signed: French is what was signed",
    "releve_envoye": "the reference of a letter",
    "decision_chambre": "the person reads that there is a decision; the court sends it",
    "transmise_autorite": "the reference of a letter",
}
"""Acts that the person reads of, with a field of free words, and without a translation: why."""


def texts(page: type[ActPage] | ActPage) -> set[str]:
    """Name the fields of free words of a page, its translation apart."""
    return {name for name, one in widgets(page.model).items() if isinstance(one, LongText) and name != "traduction"}


def test_each_act_with_free_words_for_the_person_offers_a_translation_or_says_why_not(pages):
    offering = {page.kind for page in pages if "traduction" in widgets(page.model)}
    assert offering == {code for code, kind in KINDS.items() if issubclass(kind.sealed, ToPerson)}
    told = {page.kind for page in pages if texts(page) and KINDS[page.kind].told}
    assert told <= offering | STAYS_FRENCH.keys()
    assert not offering & STAYS_FRENCH.keys()


def test_each_translation_is_in_the_copy_of_the_person():
    sealed = [kind for kind in KINDS.values() if issubclass(kind.sealed, ToPerson)]
    assert all("translation" in kind.given for kind in sealed)


@engines
def test_an_acknowledgement_by_mail_says_hers_first_and_then_the_french(client, portal, emile):
    sent = read_in(client, "ar")
    page = emile.page(at(sent, "accuser-reception"))
    assert "La personne a lu le formulaire en arabe." in page.text
    emile.submit(at(sent, "accuser-reception"), {"canal_ar": "email", "message": FRENCH_WORDS, "traduction": ARABIC})
    assert last_act(portal, sent.number).document["translation"] == {"language": "ar", "text": ARABIC}
    (mail,) = [one for one in delivered(portal).letters if FRENCH_WORDS in one.text]
    own, _, counts = mail.text.partition("Le même message en français, qui fait foi")
    assert ARABIC in own
    assert FRENCH_WORDS not in own
    assert FRENCH_WORDS in counts
    assert ARABIC not in counts

    client.submit(localized("/reprendre", "ar"), {"code": sent.code})
    lines = list(client.page(localized("/suivi", "ar")).all("p"))
    first, told, french = (lines[n] for n in range(*near(lines, ARABIC)))
    assert (tongue(first), tongue(french)) == (("ar", "rtl"), ("fr", "auto"))
    assert words(told) == in_arabic(FOR_INFORMATION)
    assert words(french) == FRENCH_WORDS.replace("'", "'")
    copy = zipfile.ZipFile(io.BytesIO(client.get("/suivi/donnees/copie").content))
    (act,) = [one for one in json.loads(copy.read("donnees.json"))["acts"] if one["kind"] == "accuse_reception"]
    assert act["translation"] == {"language": "ar", "text": ARABIC}
    assert whole(portal)


def near(lines, text):
    """Give where a paragraph stands, and two more after it."""
    n = next(n for n, one in enumerate(lines) if words(one) == text)
    return n, n + 3


@engines
def test_a_letter_prepared_for_the_post_keeps_the_translation_until_it_leaves(client, portal, emile):
    sent = read_in(client, "ar", **POST)
    page = emile.page(at(sent, "accuser-reception"))
    typed = {"canal_ar": "courrier", "message": FRENCH_WORDS, "traduction": ARABIC}
    emile.send_form(page, at(sent, "accuser-reception"), typed, button="Mettre avec les courriers à poster")
    emile.submit("/agent/a-poster", {}, button="Marquer comme postés", form="a-poster#erreurs")
    document = last_act(portal, sent.number).document
    assert document["message"] == FRENCH_WORDS
    assert document["translation"] == {"language": "ar", "text": ARABIC}
    assert whole(portal)


@engines
def test_a_translation_of_nothing_is_refused_and_stays(client, emile):
    sent = read_in(client, "ar")
    there = at(sent, "accuser-reception")
    refused = emile.send_form(emile.page(there), there, {"canal_ar": "email", "message": "", "traduction": ARABIC})
    assert refused.status_code == 422
    shown = Page(refused.text)
    assert "Écrivez aussi le texte français : lui seul fait foi." in words(shown.by_id("message-erreur"))
    assert words(shown.by_id("traduction")) == ARABIC


@pytest.mark.parametrize("act", ["repondre", "accuser-reception"])
def test_a_variable_left_in_a_translation_is_refused_beside_it(client, emile, act):
    sent = read_in(client, "en")
    typed = {"message": FRENCH_WORDS, "traduction": "Your file is {numero}."}
    more = {"canal_ar": "email"} if act == "accuser-reception" else {}
    refused = emile.send_form(emile.page(at(sent, act)), at(sent, act), typed | more)
    assert refused.status_code == 422
    shown = Page(refused.text)
    assert "Rien n'est connu pour {numero}" in words(shown.by_id("traduction-erreur"))
    assert words(shown.by_id("message")) == FRENCH_WORDS


@pytest.mark.parametrize("path", ["cloturer", "directeur/sans-suite", "directeur/decision", "masquer-passage"])
def test_other_acts_take_it_and_the_person_reads_both(client, portal, emile, path):
    sent = read_in(client, "ar")
    press = PRESSES[path]
    portal.clock.advance(days=2)
    sign_in(emile, portal, "595", "Rita Exemple")
    records(portal, sent.number, *press.before)
    emile.submit(at(sent, path), {**press.typed, "traduction": ARABIC}, form=f"{path.split('/')[-1]}#erreurs")
    act = last_act(portal, sent.number)
    assert act.kind == press.kind
    assert act.document["translation"] == {"language": "ar", "text": ARABIC}
    if path == "masquer-passage":
        records(portal, sent.number, *TOLD)
    client.submit(localized("/reprendre", "ar"), {"code": sent.code})
    page = client.page(localized("/suivi", "ar"))
    (own,) = [one for one in page.all("p") if words(one) == ARABIC]
    assert tongue(own) == ("ar", "rtl")
    assert "CANARI-TAPE" in page.text
    if path != "masquer-passage":
        (own,) = [one for one in emile.page(at(sent, "conciliation")).all("p") if words(one) == ARABIC]
        assert tongue(own) == ("ar", "rtl")


@pytest.mark.parametrize("path", ["accuser-reception", "demander-piece", "cloturer", "directeur/sans-suite"])
def test_an_act_that_is_past_gives_the_translation_back_from_its_own_side(client, portal, emile, path):
    sent = read_in(client, "ar")
    press = PRESSES[path]
    portal.clock.advance(days=2)
    sign_in(emile, portal, "595", "Rita Exemple")
    records(portal, sent.number, *press.before)
    page = emile.page(at(sent, path))
    records(portal, sent.number, did("cloture", reason="hors_champ", explanation="Une explication inventée."))
    name = f"{path.split('/')[-1]}#erreurs"
    refused = emile.send_form(page, at(sent, path), {**press.typed, "traduction": ARABIC}, form=name)
    assert refused.status_code == 409
    (given,) = [one for one in Page(refused.text).all("dd") if words(one) == ARABIC]
    assert given.get("dir") == "auto"


@pytest.mark.parametrize("path", ["accuser-reception", "cloturer", "directeur/sans-suite", "masquer-passage"])
def test_who_read_in_french_is_offered_none(client, portal, emile, path):
    sent = read_in(client, "fr")
    records(portal, sent.number, *PRESSES[path].before)
    page = emile.page(at(sent, path))
    assert page.by_id("traduction") is None
    assert "La personne a lu le formulaire" not in page.text


def test_how_her_needs_are_met_is_read_in_both_on_the_page_of_the_meeting(client, portal, desks):
    told = sent_and_told(client, portal, desks, code="ar")
    emile = desks[0].on(3, 20)
    fix(emile, told, date(2026, 5, 28), besoins_pris_en_compte=FRENCH_WORDS, traduction=ARABIC)
    assert last_act(portal, told.number).document["translation"] == {"language": "ar", "text": ARABIC}
    moved = emile.page(at(told, "conciliation/seance"))
    assert words(moved.by_id("traduction")) == ARABIC, "it is there when the meeting moves"
    (line,) = [one for one in emile.page(at(told, "conciliation")).all("li") if ARABIC in words(one)]
    counts, mark, own = list(line.iter("p"))[-3:]
    assert [words(one) for one in (counts, mark)] == [FRENCH_WORDS, french(FOR_INFORMATION)], "never without the French"
    assert tongue(own) == ("ar", "rtl")
    client.submit(localized("/reprendre", "ar"), {"code": told.code})
    page = client.page(localized("/suivi/reunion", "ar"))
    (own,) = [one for one in page.all("bdi") if words(one) == ARABIC]
    assert tongue(own) == ("ar", "rtl")
    lines = list(page.all("p"))
    n = next(n for n, one in enumerate(lines) if own in one.iter())
    assert words(lines[n]) == f"من أجلكم: {ARABIC}", "her words are told to be for her"
    assert in_arabic(FOR_INFORMATION) == words(lines[n + 1])
    assert (words(lines[n + 2]), tongue(lines[n + 2])) == (FRENCH_WORDS, ("fr", "auto"))


def test_why_something_is_masked_is_read_in_hers_then_in_the_french_as_it_was_written(client, portal, emile):
    sent = read_in(client, "ar")
    told = "Le nom d'une voisine.\nElle n'est pas partie."
    mask = {**MASKED, "explanation": told, "text": "CANARI-RECIT", "places": [PLACE]}
    own = {"language": "ar", "text": ARABIC}
    records(portal, sent.number, did("passage_masque", **mask, translation=own), did("passage_masque", **mask), *TOLD)
    client.submit(localized("/reprendre", "ar"), {"code": sent.code})
    both, alone = [one for one in client.page(localized("/suivi", "ar")).all("li") if "Votre récit" in words(one)]
    lines = list(both.iter("p"))
    assert [words(one) for one in lines[:2]] == [ARABIC, in_arabic(FOR_INFORMATION)]
    assert [tongue(one) for one in lines[::2]] == [("ar", "rtl"), ("fr", "auto")]
    assert lines[2].text == told, "its lines stay"
    (kept,) = [one for one in alone.iter("span") if one.get("class") == "keep-lines"]
    assert words(kept).endswith(" ".join(told.split()))


def in_arabic(sentence):
    """Say a sentence of ours in Arabic, as it is compared."""
    with in_language("ar"):
        return " ".join(translate(sentence).split())
