"""The short form, what follows it, the ways back, the clerk's pages: axe, as they are and with mistakes."""

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.keyboard import Keyboard
from tests.cast import AMINA, PASSWORD, clerk


def wrong(page: Page, axe: Callable[[Page], None]) -> None:
    """Press the main button of a page left empty; judge it before and after."""
    axe(page)
    with page.expect_navigation():
        page.locator("main .govuk-button").first.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("place", ["person", "clerk"])
def test_no_fault_on_the_way(page: Page, axe: Callable[[Page], None], site: Site, place: str) -> None:
    if place == "person":
        for path in ("/", "/avant-de-commencer", "/nulle-part"):
            page.goto(path)
            axe(page)
        for path in ("/reprendre", "/reprendre/perdu"):
            page.goto(path)
            wrong(page, axe)
    page.goto("/avant-de-commencer")
    keyboard = Keyboard(page)
    keyboard.press("Formulaire court, sur une seule page")
    if place == "person":
        axe(page)
        keyboard.answer({"qualite": "moi"})
        axe(page)
    keyboard.answer(AMINA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre plainte est reçue")
    if place == "person":
        axe(page)
        return
    email, seed = clerk(site.portal, "595")
    page.goto("/agent/connexion")
    wrong(page, axe)
    keyboard.answer({"email": email, "mot_de_passe": PASSWORD, "code_otp": pyotp.TOTP(seed).at(site.portal.clock())})
    axe(page)
    page.goto("/agent/plaintes?etat=recue")
    axe(page)
    page.locator('main a[href^="/agent/plaintes/SA-"]').first.press("Enter")
    expect(page.locator("#preuves")).to_be_visible()
    axe(page)
