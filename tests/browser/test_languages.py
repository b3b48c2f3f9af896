"""The pages in each language: nothing wider than the smallest screen, the direction of its letters, read by axe."""

import pytest
from playwright.sync_api import Page, expect

from app.base.i18n import FRENCH, LANGUAGES
from tests.browser.keyboard import Keyboard
from tests.browser.looking import Judge

SMALLEST = {"width": 320, "height": 640}
PAGES = ("/", "/avant-de-commencer", "/vos-droits", "/aide", "/reprendre", "/langues")
OTHERS = [code for code in LANGUAGES if code != FRENCH]
JUDGED = [code for code in OTHERS if code in {"ar", "en"}]
"""Those that axe reads: the others have the same pages; Arabic is read from right to left."""


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url}: {too_wide} pixels too wide"


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
@pytest.mark.parametrize("code", OTHERS)
def test_no_page_is_wider_than_the_smallest_screen(page: Page, code: str) -> None:
    page.set_viewport_size({"width": SMALLEST["width"], "height": SMALLEST["height"]})
    language = LANGUAGES[code]
    for path in PAGES:
        page.goto(f"/{code}{path}")
        expect(page.locator("html")).to_have_attribute("lang", language.tag)
        expect(page.locator("html")).to_have_attribute("dir", language.direction)
        assert_fits(page)
    page.goto(f"/{code}/avant-de-commencer")
    page.locator("main form .govuk-button").first.click()
    page.wait_for_url(f"**/{code}/saisine/*/qui")
    assert_fits(page)


@pytest.mark.viewports("phone")
@pytest.mark.parametrize("code", JUDGED)
def test_a_person_begins_in_her_language_and_finds_it_again(page: Page, judge: Judge, code: str) -> None:
    page.goto("/")
    page.locator(f"nav a[hreflang={LANGUAGES[code].tag}]").click()
    page.wait_for_url(f"**/{code}")
    judge(page)
    page.locator("main a.govuk-button").click()
    page.wait_for_url(f"**/{code}/avant-de-commencer")
    page.locator("main form .govuk-button").first.click()
    page.wait_for_url(f"**/{code}/saisine/*/qui")
    page.locator("main form .govuk-button").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    judge(page)
    Keyboard(page).answer({"qualite": "moi"})
    page.wait_for_url(f"**/{code}/saisine/*/soins*")
    with page.expect_navigation():
        page.locator("button[name=lire_en]").click()
    judge(page)
    page.locator("main a[hreflang=fr]").click()
    page.wait_for_url("**/saisine/*/soins*")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
