"""The page of a complaint on a large screen: what it is stays in view, and never hides what has the focus."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, lend
from tests.browser.keyboard import MOST, Keyboard
from tests.browser.looking import Judge
from tests.cast import filed, sign_in
from tests.support.client import SuspiciousClient

HIDDEN = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  const summary = document.querySelector(".case-summary"), over = summary.getBoundingClientRect();
  const isBelow = here.closest("main") && summary.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING;
  return Boolean(isBelow) && box.top < over.bottom - 1;
}"""
"""Whether what has the focus, after the summary in the page, is under it on the screen."""
MOST_OF_SCREEN = 128
LONG = "Maximilienne-Alexandra-Philippine Inventée-Imaginaire de la Très-Longue-Fiction"


@pytest.fixture
def case(page: Page, site: Site, quick: SuspiciousClient) -> Page:
    """Show a clerk a complaint whose names are long."""
    number = filed(site.portal, prenom=LONG, pro_nom=LONG).number
    sign_in(quick, site.portal, "595")
    lend(quick, page)
    page.goto(f"/agent/plaintes/{number}")
    return page


@pytest.mark.viewports("desktop")
@pytest.mark.parametrize("width", [900, 1280])
def test_the_summary_stays_in_view_and_hides_no_focus(case: Page, judge: Judge, width: int) -> None:
    case.set_viewport_size({"width": width, "height": 700})
    summary = case.locator(".case-summary")
    keys = Keyboard(case)
    case.evaluate("document.querySelector('main a').focus()")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(MOST):
            case.keyboard.press(key)
            assert not case.evaluate(HIDDEN), keys.here()
            if not keys.here()["main"]:
                break
    case.evaluate("window.scrollTo(0, document.querySelector('#historique').offsetTop)")
    box = summary.bounding_box()
    assert box is not None
    assert (box["y"], box["height"] <= MOST_OF_SCREEN) == (0, True)
    assert case.evaluate("document.documentElement.scrollWidth") <= width
    case.set_viewport_size({"width": 1280, "height": 900})
    judge(case)


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("nojs")
def test_on_paper_each_date_keeps_its_name_and_no_act_is_offered(case: Page) -> None:
    case.emulate_media(media="print")
    expect(case.get_by_text("Envoyer l’accusé de réception", exact=True).first).to_be_visible()
    expect(case.get_by_role("link", name="Ajouter une note interne")).to_be_hidden()


@pytest.mark.viewports("phone")
def test_a_phone_keeps_its_whole_screen(case: Page) -> None:
    assert case.locator(".case-summary").evaluate("one => getComputedStyle(one).position") == "static"
    assert case.evaluate("document.documentElement.scrollWidth") <= 360
