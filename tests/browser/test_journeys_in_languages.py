"""The six journeys in each language in a browser, with script, on the smallest phone: by keyboard or by touch.

What is sealed is what the same journey gives in French over HTTP. In each language one journey, in turn, is judged too.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from app.base.i18n import FRENCH, LANGUAGES, in_language, translate
from tests.browser.conftest import Site, opened
from tests.browser.finger import Finger
from tests.browser.hand import Hand, go_on
from tests.browser.keyboard import Keyboard
from tests.browser.looking import NARROW, Judge
from tests.browser.test_detailed import answers_in, plain_answers
from tests.browser.test_languages import assert_fits
from tests.journeys import JOURNEYS, SIX
from tests.support.client import SuspiciousClient

OTHERS = [code for code in LANGUAGES if code != FRENCH]
JUDGED = {code: SIX[turn % len(SIX)] for turn, code in enumerate(OTHERS)}
"""The journey of each language whose pages are judged."""
pytestmark = [pytest.mark.viewports("phone"), pytest.mark.scripts("js"), pytest.mark.parametrize("who", SIX)]
BEGINS_AT, JUDGED_FROM = "soins", "formes"


def goes(page: Page, quick: SuspiciousClient, site: Site, axe: Judge, code: str, who: str, hand: type[Hand]) -> None:
    """Go from the first questions to the confirmation; compare what is sealed."""
    journey, language, is_judged = JOURNEYS[who], LANGUAGES[code], JUDGED[code] == who
    if not is_judged:
        page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    opened(page, quick, journey, JUDGED_FROM if is_judged else BEGINS_AT, code)
    look = axe if is_judged else assert_fits
    look(page)
    go_on(hand(page), journey, "verifier")
    look(page)
    hand(page).answer(journey.declarations)
    expect(page).to_have_url(re.compile(rf"/{code}/.+/confirmation(#|$)"))
    expect(page.locator("html")).to_have_attribute("lang", language.tag)
    expect(page.locator("html")).to_have_attribute("dir", language.direction)
    with in_language(code):
        expect(page.get_by_role("heading", level=1)).to_contain_text(translate("Votre plainte est reçue"))
    look(page)
    number = re.search(r"SA-\d{4}-\w{4}-\w{4}", page.locator("main").inner_text())
    assert number
    assert answers_in(site, number.group()) == plain_answers(site, quick, who)


@pytest.mark.parametrize("code", OTHERS[::2])
def test_a_journey_in_a_language_by_keyboard(
    page: Page, quick: SuspiciousClient, site: Site, axe: Judge, code: str, who: str
) -> None:
    goes(page, quick, site, axe, code, who, Keyboard)


@pytest.mark.touch
@pytest.mark.parametrize("code", OTHERS[1::2])
def test_a_journey_in_a_language_by_touch(
    page: Page, quick: SuspiciousClient, site: Site, axe: Judge, code: str, who: str
) -> None:
    goes(page, quick, site, axe, code, who, Finger)
