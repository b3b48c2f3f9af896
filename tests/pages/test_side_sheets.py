"""The side sheet of a letter by post: the French letter is untouched, and its sentences follow in her language."""

import io
import re
from datetime import date

import pypdfium2
import pytest

from app.base.i18n import FOR_INFORMATION, LANGUAGES, french, in_language, translate
from app.base.web.language_prefix import localized
from app.intake.letters.acknowledgement import ACKNOWLEDGES, HELP
from app.intake.letters.usual_sentences import CLOSING
from tests.pages.test_acknowledging import POST, delivered, whole
from tests.pages.test_conciliation import desks, fix, sent_and_told
from tests.pages.test_courtesy_translation import emile, last_act, read_in
from tests.support.html import Page, words
from tests.support.pdf import bare

__all__ = ["desks", "emile"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
ARABIC = "سنكتب إليكِ قريبًا."
SAID = "Nous vous écrirons bientôt."
PRINTED = "/agent/a-poster/courriers"
WITH_FONTS = [code for code in LANGUAGES if code not in {"fr", "zh"}]


def there(sent, act):
    return f"/agent/plaintes/{sent.number}/{act}"


def prepares(emile, sent, **more):
    page = emile.page(there(sent, "accuser-reception"))
    typed = {"canal_ar": "courrier", "message": SAID, **more}
    emile.send_form(page, there(sent, "accuser-reception"), typed, button="Mettre avec les courriers à poster")


def printed(emile):
    """Give the words of each page, and each page as it is seen."""
    document = pypdfium2.PdfDocument(io.BytesIO(emile.get(PRINTED).content))
    pages = list(document)
    return [bare(one.get_textpage().get_text_range()) for one in pages], [one.render(scale=1).to_pil() for one in pages]


def of_pdf(answer):
    return [bare(one.get_textpage().get_text_range()) for one in pypdfium2.PdfDocument(io.BytesIO(answer.content))]


def same(one, other, number, other_number):
    """Tell whether two pages say the same, but for the number of the complaint."""
    return one.replace(bare(number), "") == other.replace(bare(other_number), "")


def test_an_arabic_complaint_is_acknowledged_by_post_and_read_in_both(client, portal, emile):
    own, plain = read_in(client, "ar", **POST), read_in(client, "fr", **POST)
    assert (
        "Une feuille à part la redit dans la langue de la personne." in emile.page(there(own, "accuser-reception")).text
    )
    prepares(emile, own, traduction=ARABIC)
    portal.clock.advance(seconds=1)
    prepares(emile, plain)
    (letter, side, other), drawn = printed(emile)
    assert same(letter, other.replace("Page2sur2", "Page1sur2"), own.number, plain.number)
    assert bare("Page 1 sur 2") in letter, "the side sheet is not counted"
    assert bare(SAID) in letter
    assert ARABIC[:6] not in letter
    assert bare(french(FOR_INFORMATION)) in side
    assert bare("accuse réception de votre plainte") in side
    assert bare(SAID) in side
    assert bare("1110-11") in side
    assert bare("Page") not in side
    assert len(drawn) == 3
    emile.submit("/agent/a-poster", {}, button="Marquer comme postés", form="a-poster#erreurs")

    client.submit(localized("/reprendre", "ar"), {"code": own.code})
    page = client.page(localized("/suivi", "ar"))
    assert {ARABIC, SAID} <= {words(one) for one in page.all("p")}
    assert whole(portal)


def test_french_begins_on_the_left_of_an_arabic_sheet(client, emile):
    prepares(emile, read_in(client, "ar", **POST))
    side = list(pypdfium2.PdfDocument(io.BytesIO(emile.get(PRINTED).content)))[1].get_textpage()

    def begins(text):
        return side.get_charbox(side.search(text).get_next()[0])

    assert begins("Madame, Monsieur,")[0] < 80
    assert abs(begins("CSP R")[1] - begins("1110-11")[1]) < 2, "an article is not cut at the end of a line"


@pytest.mark.parametrize("code", WITH_FONTS)
def test_each_language_with_letters_of_ours_has_its_sheet(client, emile, code):
    sent = read_in(client, code, **POST)
    prepares(emile, sent)
    (_letter, side), _ = printed(emile)
    with in_language(code):
        told = [translate(one) for one in (ACKNOWLEDGES, HELP, CLOSING)]
    if not LANGUAGES[code].is_right_to_left:
        assert [one for one in told if bare(one) not in side] == []
    assert bare(french(HELP)) in side


def test_chinese_has_no_letters_on_our_papers_and_the_letter_is_alone(client, emile):
    prepares(emile, read_in(client, "zh", **POST), traduction="我们会尽快写信。")
    pages, _ = printed(emile)
    assert len(pages) == 1
    assert bare(SAID) in pages[0]


@pytest.mark.parametrize("act", ["accuser-reception", "repondre", "demander-piece"])
def test_a_sheet_is_promised_where_one_follows(client, emile, act):
    promised = "Une feuille à part la redit dans la langue de la personne."
    for code, has_sheet in (("ar", True), ("zh", False)):
        text = emile.page(there(read_in(client, code, **POST), act)).text
        assert (promised in text) is has_sheet
        assert ("La personne lit la traduction dans son suivi." in text) is not has_sheet


def test_the_letter_that_the_clerk_prints_holds_her_word_and_its_sheet(client, portal, emile):
    sent = read_in(client, "en")
    where = there(sent, "accuser-reception")
    page = emile.page(where)
    assert "Une feuille à part la redit" in page.text, "with an e-mail too, the letter may go by post"
    typed = {"message": SAID, "traduction": "We will write to you soon."}
    letter, side = of_pdf(emile.send_form(page, where, typed, button="Imprimer la lettre (PDF)"))
    assert bare(SAID) in letter
    assert bare("Comment l'envoyer") not in letter
    assert -1 < side.find(bare("We will write to you soon.")) < side.find(bare(SAID))
    refused = emile.send_form(page, where, {**typed, "message": ""}, button="Imprimer la lettre (PDF)")
    assert refused.status_code == 422
    assert words(Page(refused.text).by_id("traduction")) == typed["traduction"]
    emile.submit(where, {"canal_ar": "courrier", "poste_le_jour": "3 3 2026", **typed})
    assert last_act(portal, sent.number).document["message"] == SAID


def test_a_message_and_a_demand_by_post_bring_what_the_clerk_translated(client, portal, emile):
    sent = read_in(client, "en", **POST)
    emile.submit(there(sent, "repondre"), {"message": f"{SAID}\nAu revoir.", "traduction": "We will write.\nGoodbye."})
    portal.clock.advance(seconds=1)
    emile.submit(there(sent, "demander-piece"), {"demande": "Une copie ?"})
    (_one, first, _two, second), _ = printed(emile)
    assert bare("We will write.") in first
    assert first.find(bare("Goodbye.")) < first.find(bare(SAID)) < first.find(bare("Au revoir."))
    assert bare("We hope to have your answer before the end of") in second
    assert bare("Une copie ?") in second


def test_the_mail_of_an_acknowledgement_says_the_letter_in_both(client, portal, emile):
    sent = read_in(client, "en")
    emile.submit(there(sent, "accuser-reception"), {"canal_ar": "email", "message": SAID})
    (mail,) = [one for one in delivered(portal).letters if SAID in one.text]
    own, _, counts = mail.text.partition("Le même message en français, qui fait foi")
    assert "acknowledges your complaint, received on" in own
    assert "Yours faithfully," in own
    assert "accuse réception" not in own
    assert "accuse réception de votre plainte" in counts
    assert own.count(SAID) == counts.count(SAID) == 1, "without a translation, her words are the French ones"
    assert "Accusé de réception envoyé" in Page(client.submit("/reprendre", {"code": sent.code}).text).text


def test_a_summons_is_followed_by_hers_and_that_of_the_professional_is_not(client, portal, desks):
    told = sent_and_told(client, portal, desks, code="en")
    emile = desks[0].on(3, 20)
    fix(emile, told, date(2026, 5, 28), besoins_pris_en_compte=SAID, traduction="A ramp leads to the room.")
    where = there(told, "conciliation/convocations")
    letter, side = of_pdf(emile.get(f"{where}/personne/lettre"))
    assert bare("Page 1 sur 1") in letter
    assert bare(SAID) in letter
    assert bare("A ramp") not in letter
    assert bare("Summons to a conciliation meeting") in side
    assert side.find(bare("For you: A ramp leads to the room.")) < side.find(bare(f"Pour vous : {SAID}"))
    assert side.find(bare("For you: A ramp")) > -1
    assert len(of_pdf(emile.get(f"{where}/professionnel/lettre"))) == 1
    emile.submit(f"{where}/personne/envoi", {"mode": "remise"}, form="envoi#erreurs")
    assert not [line for line in last_act(portal, told.number).document["letter"] if "summons" in line], (
        "French is sealed"
    )


def test_a_new_code_by_post_is_explained_in_both_and_written_once(client, emile):
    sent = read_in(client, "en", **POST)
    assert "Une feuille à part la redit dans la langue de la personne." in emile.page(there(sent, "nouveau-code")).text
    letter, end, side = of_pdf(emile.submit(there(sent, "nouveau-code"), {"code_demande": "oui"}))
    assert bare("La CPAM de Lille-Douai vous envoie un nouveau code") in letter
    assert bare("Page 2 sur 2") in end, "the side sheet is not counted"
    assert -1 < side.find(bare("The CPAM de Lille-Douai is sending you a new code")) < side.find(bare("vous envoie un"))
    assert bare("On a computer: open this address, then type your code.") in side
    assert bare("/en/reprendre") in side
    assert re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", letter.replace(sent.number, ""))
    assert not re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", side.replace(sent.number, ""))


@pytest.mark.parametrize("code", ["fr", "zh"])
def test_a_new_code_is_alone_for_who_reads_french_or_letters_that_are_not_drawn(client, emile, code):
    sent = read_in(client, code, **POST)
    assert "Une feuille à part" not in emile.page(there(sent, "nouveau-code")).text
    pages = of_pdf(emile.submit(there(sent, "nouveau-code"), {"code_demande": "oui"}))
    assert bare("Page 2 sur 2") in pages[-1]


def test_what_the_director_decided_is_told_in_both(client, portal, emile):
    sent = read_in(client, "en")
    why = {"explication": f"{SAID} Le directeur le dit.", "traduction": "The director says so."}
    emile.submit(there(sent, "directeur/sans-suite"), why, form="sans-suite#erreurs")
    letter, side = of_pdf(emile.get(there(sent, "directeur/lettres/personne")))
    assert bare("Le directeur le dit.") in letter
    assert bare("The director says so.") not in letter
    assert bare("What the director decided on your complaint") in side
    assert -1 < side.find(bare("The director says so.")) < side.find(bare("Le directeur le dit."))
