"""The detailed form by keyboard alone, on a phone: stopped in the middle, resumed on another one, read by the clerk."""

import re

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.filing.queries import filing_by_number, open_for_person
from tests.browser.conftest import Site
from tests.browser.hand import go_on
from tests.browser.keyboard import Keyboard
from tests.cast import PASSWORD, Sent, clerk
from tests.journeys import JOURNEYS, Journey, follow, send
from tests.support.client import SuspiciousClient

FILES = {"dentist": ("photo-1.png", "photo-2.png", "devis.pdf")}
STOPS_AT = "recit"
PLAIN: dict[str, dict[str, object]] = {}
"""What :func:`plain_answers` found."""


def another_phone(context: BrowserContext) -> Page:
    """Open a second profile, of the same kind."""
    size = context.pages[0].viewport_size
    browser = context.browser
    assert browser is not None
    other = browser.new_context(viewport=size, base_url=context.pages[0].url.split("/saisine")[0], locale="fr-FR")
    return other.new_page()


@pytest.mark.viewports("phone")
@pytest.mark.parametrize("who", JOURNEYS)
def test_a_journey_by_keyboard(
    page: Page, context: BrowserContext, site: Site, quick: SuspiciousClient, who: str
) -> None:
    journey = JOURNEYS[who]
    keyboard = Keyboard(page)
    page.goto("/avant-de-commencer")
    keyboard.press("Commencer ma plainte")
    go_on(keyboard, journey, STOPS_AT)
    keyboard.press("Finir plus tard")
    expect(page.get_by_role("heading", level=1)).to_contain_text("pas encore envoyée")
    found = re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", page.locator("main").inner_text())
    assert found

    page = another_phone(context)
    keyboard = Keyboard(page)
    page.goto("/reprendre")
    keyboard.answer({"code": found.group().lower()})
    go_on(keyboard, journey, "verifier")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vérifiez vos réponses")
    keyboard.answer(journey.declarations)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre plainte est reçue")
    number = re.search(r"SA-\d{4}-\w{4}-\w{4}", page.locator("main").inner_text())
    assert number
    page.context.close()
    assert answers_in(site, number.group()) == plain_answers(site, quick, who), (
        "neither a script nor a keyboard answers"
    )
    read_by_the_clerk(context, site, journey, number.group())


def answers_in(site: Site, number: str) -> dict[str, object]:
    """Return what is sealed of each question."""
    with site.portal.database.read() as session:
        filing = filing_by_number(session, number)
        assert filing is not None
        found = open_for_person(session, site.portal.keyring, filing)
    return {row["name"]: row["answer"] for row in (*found.payload["complaint"], *found.contact)}


def plain_answers(site: Site, quick: SuspiciousClient, who: str) -> dict[str, object]:
    """Return what is sealed of a journey in French over HTTP, sent once by each process: its answers never change."""
    if who not in PLAIN:
        journey = JOURNEYS[who]
        PLAIN[who] = answers_in(site, Sent(send(quick, journey, follow(quick, journey))).number)
    return PLAIN[who]


def read_by_the_clerk(context: BrowserContext, site: Site, journey: Journey, number: str) -> None:
    """Sign in as a clerk of the receiver, and open the complaint."""
    if not journey.desk:
        return
    email, seed = clerk(site.portal, journey.desk)
    page = context.new_page()
    keyboard = Keyboard(page)
    page.goto("/agent/connexion")
    code = pyotp.TOTP(seed).at(site.portal.clock())
    keyboard.answer({"email": email, "mot_de_passe": PASSWORD, "code_otp": code})
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plaintes reçues")
    page.goto(f"/agent/plaintes/{number}")
    expect(page.locator("main")).to_contain_text(journey.pages["recit"]["recit"])
