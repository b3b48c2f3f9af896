"""A journey in each language in a browser, with script, on a phone: by keyboard or by touch, up to the confirmation.

The pages of before are answered without drawing them; six journeys take turns, so that each page is met.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from app.base.i18n import FRENCH, LANGUAGES, in_language, translate
from tests.browser.conftest import opened
from tests.browser.keyboard import Finger, Keyboard, go_on
from tests.browser.looking import Judge
from tests.journeys import JOURNEYS, SIX
from tests.support.client import SuspiciousClient

OTHERS = [code for code in LANGUAGES if code != FRENCH]
TURNS = {code: SIX[turn % len(SIX)] for turn, code in enumerate(OTHERS)}
pytestmark = [pytest.mark.viewports("phone"), pytest.mark.scripts("js")]
BEGINS_AT = "formes"


def goes(page: Page, quick: SuspiciousClient, axe: Judge, code: str, hand: type) -> None:
    """Go from the middle of the form to the confirmation."""
    journey, language = JOURNEYS[TURNS[code]], LANGUAGES[code]
    opened(page, quick, journey, BEGINS_AT, code)
    axe(page)
    go_on(hand(page), journey, "verifier")
    axe(page)
    hand(page).answer(journey.declarations)
    expect(page).to_have_url(re.compile(rf"/{code}/.+/confirmation(#|$)"))
    expect(page.locator("html")).to_have_attribute("lang", language.tag)
    expect(page.locator("html")).to_have_attribute("dir", language.direction)
    with in_language(code):
        expect(page.get_by_role("heading", level=1)).to_contain_text(translate("Votre plainte est reçue"))
    axe(page)


@pytest.mark.parametrize("code", OTHERS[::2])
def test_a_journey_in_a_language_by_keyboard(page: Page, quick: SuspiciousClient, axe: Judge, code: str) -> None:
    goes(page, quick, axe, code, Keyboard)


@pytest.mark.touch
@pytest.mark.parametrize("code", OTHERS[1::2])
def test_a_journey_in_a_language_by_touch(page: Page, quick: SuspiciousClient, axe: Judge, code: str) -> None:
    goes(page, quick, axe, code, Finger)
