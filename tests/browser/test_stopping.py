"""Lives that stop anywhere: the tab is closed on a page drawn at random, and the home page leads back to the end."""

import os
import random

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import opened
from tests.browser.finger import Finger
from tests.browser.hand import Hand, go_on
from tests.browser.keyboard import Keyboard
from tests.journeys import JOURNEYS, SIX, Journey, name_of
from tests.support.client import SuspiciousClient

LIVES = pytest.mark.parametrize("who", SIX)
SEED = "STOPS_SEED"
"""Environment variable that replays a draw: the number that a test printed."""
ASIDE = {"destinataire"}
"""Pages that are opened from the last one alone."""


def stop_of(journey: Journey, who: str) -> str:
    """Draw the page on which a life stops, and print how to draw it again."""
    seed = os.environ.get(SEED) or str(random.SystemRandom().randrange(10**6))
    pages = [*(name for name in journey.pages if name not in ASIDE), "verifier"]
    stop = random.Random(f"{seed} {who}").choice(pages)
    print(f"{SEED}={seed}: {who} stops at {stop}")  # noqa: T201 - pytest shows it with a failure
    return stop


def lives_on(page: Page, context: BrowserContext, quick: SuspiciousClient, who: str, hand: type[Hand]) -> None:
    """Stop, come back by the home page of the same browser, and go to the end."""
    journey = JOURNEYS[who]
    stop = stop_of(journey, who)
    opened(page, quick, journey, stop)
    page.close()

    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", name="Vous avez une plainte commencée")).to_be_visible()
    hand(page).press("Reprendre ma plainte")
    assert name_of(page.url) == stop
    go_on(hand(page), journey, "verifier")
    hand(page).answer(journey.declarations)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre plainte est reçue")


@LIVES
@pytest.mark.viewports("phone")
@pytest.mark.scripts("nojs")
def test_a_life_that_stops_goes_on_by_keyboard(
    page: Page, context: BrowserContext, quick: SuspiciousClient, who: str
) -> None:
    lives_on(page, context, quick, who, Keyboard)


@LIVES
@pytest.mark.touch
@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_a_life_that_stops_goes_on_by_touch(
    page: Page, context: BrowserContext, quick: SuspiciousClient, who: str
) -> None:
    lives_on(page, context, quick, who, Finger)
