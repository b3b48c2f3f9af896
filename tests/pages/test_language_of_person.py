"""An association says in which language the person reads: the mail that asks, or hands, is in it, and leads to it."""

import re

import pytest

from app.association_desk.hand_to_person import HandedToPerson
from app.associations import mandate_text
from app.base.forms.form import parse
from app.base.i18n import FRENCH, LANGUAGES, french, in_language, translate
from app.notifications.worker import IN_FRENCH
from app.runtime.housekeeping import tidy
from app.saisine.steps.mandate import SignedMandate, language_of
from tests.cast import Sent, sign_in, sign_in_member
from tests.journeys import choose_receiver
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import PERSON, agree, prepare
from tests.pages.test_handing_to_person import BY_MAIL as HANDED
from tests.pages.test_handing_to_person import PRINTED, over
from tests.pages.test_mandate_online import BY_MAIL, YES, amina, ask, read, reply, send
from tests.support.client import SuspiciousClient
from tests.support.html import Page, plain, words

__all__ = ["amina", "over"]
OTHERS = [code for code in LANGUAGES if code != FRENCH]


def said(sentence, code):
    """Give the part of a sentence that names nothing, in a language."""
    with in_language(code):
        return max(re.split(r"%\(\w+\)s", translate(sentence)), key=len).strip()


def halves(letter):
    """Cut a mail into what is said in the language of the person, and the French that follows."""
    first, mark, after = letter.text.partition(french(IN_FRENCH))
    assert mark
    return first, after


def spoken(page, code):
    tag = LANGUAGES[code]
    return (page.tree.get("lang"), page.tree.get("dir")) == (tag.tag, tag.direction)


def lasts(client, portal, **more):
    """Come to the last page of a complaint whose mandate is asked by e-mail; give its path."""
    agree(portal)
    sign_in_member(client, portal)
    page = prepare(client, until="mandat")
    after = choose_receiver(client, client.send_form(Page(page.text), page.url.path, {**BY_MAIL, **more}))
    return after.url.path


def asked(client, portal, **more):
    """Ask for the mandate; give the code that the member tells."""
    shown = client.submit(lasts(client, portal, **more), {}, form="/mandat/demander#erreurs")
    return words(Page(shown.text).by_id("code-mandat"))


@pytest.mark.parametrize("code", ["ar", "en"])
def test_a_mandate_is_asked_read_and_given_in_the_language_of_the_person(client, portal, clock, amina, code):
    told = asked(client, portal, mandat_langue=code)
    clock.advance(days=3)
    tidy(portal)
    mails = delivered(portal).to(PERSON["pers_email"])
    assert len(mails) == 2, "the mail of the third day too"
    for mail in mails:
        first, after = halves(mail)
        assert said("%(association)s vous propose de faire une plainte en votre nom.", code) in first
        assert f"/{code}/mandat/" in first
        assert "plainte en votre nom" in after
        assert "18 mars 2026" in after
        assert "18 mars 2026" not in first
        assert re.search(r"/mandat/[\w-]+", after).group() in first
        assert f"/{code}/" not in after
    link = re.search(rf"/{code}/mandat/[\w-]+", mails[0].text).group()
    assert spoken(client.page(link), code)
    shown = Page(amina.submit(link, {"mandat_code": told}).text)
    assert spoken(shown, code)
    for sentence in (mandate_text.POWERS, *mandate_text.AFTER):  # what is signed is French, beside what she reads
        assert said(sentence, code) in words(shown.all("main")[0])
        assert any(plain(sentence) in words(one) for one in shown.all("span") if one.get("lang") == "fr"), sentence
    given = amina.submit(link, YES, form="/repondre#erreurs")
    assert given.status_code == 200
    assert spoken(Page(given.text), code)


@pytest.mark.engines("sqlite", "postgresql")
@pytest.mark.parametrize("code", ["ar", FRENCH])
def test_once_sent_her_receipt_and_what_follows_are_in_her_language_too(client, portal, app, amina, code):
    last = lasts(client, portal, **({} if code == FRENCH else {"mandat_langue": code}))
    link, told = ask(client, portal, last)
    read(amina, link, told)
    reply(amina, link, YES)
    number = Sent(send(client, last)).number
    (receipt,) = (one for one in delivered(portal).to(PERSON["pers_email"]) if number in one.subject)
    with SuspiciousClient(app, portal.database) as council:
        sign_in(council, portal, "CD-2B")
        page = council.page(f"/agent/plaintes/{number}")
        council.submit(f"/agent/plaintes/{number}/repondre", {"message": "Bonjour."})
    (news,) = delivered(portal).to(PERSON["pers_email"])
    reads = "La personne lit en arabe, d'après l'association."
    if code == FRENCH:
        assert french(IN_FRENCH) not in receipt.text + news.text
        assert "La personne lit en" not in page.text
        return
    assert reads in page.text
    assert "Ses choix sont dits ici" not in page.text, "they are those of the member, who works in French"
    for mail in (receipt, news):
        first, after = halves(mail)
        assert f"/{code}/reprendre" in first
        assert "Bonjour," in after
    assert re.search(rf"/{code}/reprendre/lien/\S+", halves(receipt)[0])
    assert f"/{code}/" not in halves(receipt)[1]


def test_without_a_choice_the_mail_is_french_alone(client, portal):
    asked(client, portal)
    (mail,) = delivered(portal).to(PERSON["pers_email"])
    assert french(IN_FRENCH) not in mail.text
    assert "18 mars 2026" in mail.text
    assert re.search(r"[^r]/mandat/", mail.text)


@pytest.mark.parametrize("code", ["uk", "facile"])
def test_a_complaint_is_handed_in_the_language_of_the_person_and_goes_on_in_it(client, portal, amina, over, code):
    client.submit(f"{over}/remettre", {**HANDED, "langue": code})
    (mail,) = delivered(portal).to(HANDED["courriel"])
    first, after = halves(mail)
    assert said("Votre plainte est prête à relire", code) in mail.subject
    assert said("Il sert une seule fois, pendant %(days)s jours.", code) in first
    assert "30 jours" in plain(after)
    link = re.search(rf"/{code}/reprendre/lien/\S+", first).group()
    with in_language(code):
        opens = plain(translate("Ouvrir mon dossier"))
    page = amina.submit(link, {}, button=opens)
    assert spoken(Page(page.text), code)
    page = amina.send_form(Page(page.text), page.url.path, {"besoin_soins": "non"})
    assert page.url.path.startswith(f"/{code}/saisine/")
    again = amina.get(f"/saisine/{over.rsplit('/', 1)[1]}")
    assert spoken(Page(again.text), code)


def test_a_printed_link_opens_in_the_language_too(client, over):
    shown = client.submit(f"{over}/remettre", {**PRINTED, "langue": "tr"})
    assert f"{client.base_url}/tr/reprendre/lien/" in Page(shown.text).text


@pytest.mark.parametrize(("model", "name"), [(HandedToPerson, "langue"), (SignedMandate, "mandat_langue")])
def test_a_language_that_is_not_released_is_refused_beside_the_field(model, name):
    typed = {name: ["xx"], "moyen": ["papier"], "mandat_mode": ["email"]}
    assert name in parse(model, typed).errors
    for code in ("AR", "ar\0", "ar, en", "fr-FR", "a" * 9999):
        assert name in parse(model, {**typed, name: [code]}).errors
    for code in LANGUAGES:
        assert name not in parse(model, {**typed, name: [code]}).errors


@pytest.mark.parametrize("typed", [["ar"], [" ar "], ["\tar\n"], ["xx", "ar"]])
def test_a_language_that_a_form_takes_is_that_of_the_mail(typed):
    sent = {"mandat_mode": ["email"], "mandat_langue": typed}
    assert "mandat_langue" not in parse(SignedMandate, sent).errors
    assert language_of(sent) == "ar"


def test_a_language_that_is_released_no_more_is_french():
    assert language_of({"mandat_langue": ["xx"]}) == FRENCH
    assert language_of({}) == FRENCH
    assert [language_of({"mandat_langue": [code]}) for code in OTHERS] == OTHERS
