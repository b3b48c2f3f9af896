"""The pages of a mandate: asked, given online, ended by the person, given up by the association."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, lend
from tests.browser.keyboard import Keyboard
from tests.browser.looking import Judge
from tests.browser.test_pages_axe import wrong
from tests.cast import sign_in_member
from tests.journeys import TRUE, choose_receiver
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import PERSON, agree, prepare
from tests.pages.test_mandate_givers import CHILD, OF_CHILD
from tests.pages.test_mandate_online import BY_MAIL
from tests.support.client import SuspiciousClient
from tests.support.files import pdf

pytestmark = pytest.mark.viewports("phone")


def heading(page: Page, says: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(says)


def link_in(site: Site, start: str) -> str:
    """Find the last link of this kind that Amina had by e-mail."""
    texts = [one.text for one in delivered(site.portal).to(PERSON["pers_email"])]
    return next(found.group() for text in reversed(texts) if (found := re.search(rf"{start}[\w-]+", text)))


def test_no_fault_on_the_pages_that_an_association_alone_is_asked(
    page: Page, judge: Judge, site: Site, quick: SuspiciousClient
) -> None:
    agree(site.portal)
    sign_in_member(quick, site.portal)
    begun = prepare(quick, person=CHILD, answers=OF_CHILD, until="mandat")
    lend(quick, page)
    for name in ("pour-une-personne", "joindre-par", "personne-representee"):
        page.goto(str(begun.url.path).replace("mandat", name))
        judge(page)


def test_no_fault_on_the_page_where_a_stack_of_mandates_is_brought(
    page: Page, judge: Judge, site: Site, quick: SuspiciousClient
) -> None:
    agree(site.portal)
    sign_in_member(quick, site.portal)
    lend(quick, page)
    page.goto("/association/mandats/numeriser")
    judge(page)
    page.get_by_label("Les mandats signés").set_input_files({"name": "pile.pdf", "mimeType": "x/y", "buffer": pdf(2)})
    page.get_by_role("button", name="Envoyer les mandats").press("Enter")
    heading(page, "Déposer des mandats signés")
    expect(page.get_by_text("pile.pdf, page 2")).to_be_visible()
    judge(page)


def test_no_fault_from_the_mandate_asked_to_the_mandate_ended(
    page: Page, judge: Judge, site: Site, quick: SuspiciousClient
) -> None:
    agree(site.portal)
    sign_in_member(quick, site.portal)
    begun = prepare(quick, until="mandat")
    lend(quick, page)
    page.goto("/association/nouvelle")
    judge(page)
    page.goto(str(begun.url.path))
    judge(page)
    page.get_by_role("button", name="Continuer").last.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    judge(page)
    here = str(begun.url.path)
    after = quick.send_form(quick.page(here), here, {**BY_MAIL})
    last = str(choose_receiver(quick, after).url.path)
    page.goto(last)
    judge(page)
    page.get_by_role("button", name="Demander le mandat").press("Enter")
    heading(page, "Le mandat est demandé")
    judge(page)
    code = page.locator("#code-mandat").inner_text()

    page.context.clear_cookies()
    page.goto(link_in(site, "/mandat/"))
    wrong(page, judge)
    keyboard = Keyboard(page)
    keyboard.answer({"mandat_code": code})
    heading(page, "Donnez‑vous ce mandat ?")
    wrong(page, judge)
    keyboard.answer({"mandat_reponse": "oui", "mandat_accord": "oui"})
    heading(page, "Merci, votre mandat est donné")
    judge(page)

    quick.send_form(quick.page(last), last, {**TRUE}, form="/envoyer#erreurs")
    page.context.clear_cookies()
    lend(quick, page)
    page.goto("/association/plaintes?etat=envoyees")
    judge(page)
    page.locator("main a", has_text="SA-2026").first.press("Enter")
    judge(page)
    page.get_by_role("link", name="Rendre le mandat").press("Enter")
    judge(page)

    page.context.clear_cookies()
    page.goto(link_in(site, "/reprendre/lien/"))
    judge(page)
    keyboard.press("Ouvrir mon dossier")
    judge(page)
    page.goto("/suivi/mandat/annuler")
    wrong(page, judge)
    keyboard.answer({"mandat_annuler": "oui"})
    heading(page, "Le mandat est annulé")
    judge(page)


WORDS_MOST = 250
"""Words that the three screens ask the person to read, beside the complaint itself."""


def words_of(page: Page) -> int:
    """Count the words that the page shows as a word processor does, the complaint left out."""
    text = page.locator("main").evaluate(
        "main => { const complaint = [...main.querySelectorAll('details')];"
        " complaint.forEach(one => { one.hidden = true }); const text = main.innerText;"
        " complaint.forEach(one => { one.hidden = false }); return text }"
    )
    return sum(any(map(str.isalnum, word)) for word in text.split())


def test_a_yes_that_sends_takes_three_screens_and_few_words(
    page: Page, judge: Judge, site: Site, quick: SuspiciousClient
) -> None:
    agree(site.portal)
    sign_in_member(quick, site.portal)
    here = str(prepare(quick, until="mandat").url.path)
    after = quick.send_form(quick.page(here), here, {**BY_MAIL, "envoi_auto": "oui"})
    last = str(choose_receiver(quick, after).url.path)
    lend(quick, page)
    page.goto(last)
    wrong(page, judge)
    keyboard = Keyboard(page)
    keyboard.answer({"declare_vrai": "oui", "compris_transmission": "oui"})
    heading(page, "Le mandat est demandé")
    expect(page.get_by_text("Si elle dit oui, la plainte part aussitôt.")).to_be_visible()
    code = page.locator("#code-mandat").inner_text()

    page.context.clear_cookies()
    page.goto(link_in(site, "/mandat/"))
    read = [words_of(page)]
    keyboard.answer({"mandat_code": code})
    expect(page.get_by_text("Si vous dites oui, la plainte part aussitôt.")).to_be_visible()
    read.append(words_of(page))
    keyboard.answer({"mandat_reponse": "oui", "mandat_accord": "oui"})
    heading(page, "Merci, votre mandat est donné")
    expect(page.get_by_text("Votre plainte est envoyée.")).to_be_visible()
    judge(page)
    read.append(words_of(page))
    assert sum(read) <= WORDS_MOST, read
