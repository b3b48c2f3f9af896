"""Towns that are suggested while one types: by keyboard, by touch; a plain field without the script or an answer."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import assert_accessible

SAINT_DENIS = "Saint-Denis (93200, Seine-Saint-Denis)"
SUGGESTIONS = re.compile(r"/communes\?")


@pytest.fixture
def town(page: Page, scripts: bool) -> Locator:  # noqa: FBT001
    """The field of the town, on the short form, once it suggests."""
    page.goto("/avant-de-commencer")
    page.get_by_role("button", name="Formulaire court").click()
    field = page.locator("#pro_commune")
    if scripts:
        expect(field).to_have_attribute("role", "combobox")
    return field


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Villes proposées").get_by_role("option")


@pytest.mark.scripts("js")
def test_a_town_is_chosen_by_keyboard(page: Page, town: Locator) -> None:
    expect(town).to_have_attribute("aria-expanded", "false")
    town.press_sequentially("s")
    town.press_sequentially("aint denis")
    expect(offered(page)).to_have_count(7)
    expect(town).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text("7 villes proposées")).to_have_count(1)
    assert_accessible(page)
    town.press("ArrowDown")
    town.press("ArrowDown")
    second = offered(page).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(town).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "")
    expect(town).to_have_value("saint denis")
    town.press("Enter")
    expect(town).to_have_value(SAINT_DENIS)
    expect(town).to_be_focused()
    expect(town).to_have_attribute("aria-expanded", "false")
    expect(offered(page)).to_have_count(0)
    assert page.url.endswith("/court")


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
def test_the_arrows_go_round_and_escape_closes_the_list(page: Page, town: Locator) -> None:
    town.press_sequentially("saint denis")
    expect(offered(page)).to_have_count(7)
    town.press("ArrowUp")
    expect(offered(page).last).to_have_attribute("aria-selected", "true")
    town.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    assert town.get_attribute("aria-activedescendant") is None
    town.press("ArrowDown")
    expect(offered(page).first).to_have_attribute("aria-selected", "true")
    town.press("Escape")
    expect(offered(page)).to_have_count(0)
    expect(town).to_have_value("saint denis")


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_a_town_is_chosen_by_touch_from_right_to_left_too(page: Page, town: Locator) -> None:
    page.evaluate("document.documentElement.dir = 'rtl'")
    town.press_sequentially("93200")
    expect(offered(page)).to_have_count(1)
    expect(page.get_by_text(re.compile("1 ville proposée"))).to_have_count(1)
    field, line = town.bounding_box(), offered(page).bounding_box()
    assert field
    assert line
    assert line["height"] >= 44
    assert line["x"] >= 0
    assert line["x"] + line["width"] <= 360
    offered(page).click()
    expect(town).to_have_value(SAINT_DENIS)
    expect(offered(page)).to_have_count(0)


@pytest.fixture
def waiting_page(page: Page) -> None:
    """Answer what asks for suggestions by a page, as an operator's portal would.

    It stands before the first page opens: a request made while it is being installed would reach the service.
    """
    page.context.route(SUGGESTIONS, lambda route: route.fulfill(body="<p>Page d'attente</p>"))


@pytest.mark.viewports("phone")
@pytest.mark.usefixtures("waiting_page")
def test_without_script_or_answer_the_field_is_what_it_was(page: Page, town: Locator, scripts: bool) -> None:  # noqa: FBT001
    if scripts:
        with page.expect_event("requestfinished", lambda request: bool(SUGGESTIONS.search(request.url))):
            town.press_sequentially("saint denis")
    else:
        town.press_sequentially("saint denis")
    expect(page.locator("#pro_commune[aria-expanded=true]")).to_have_count(0)
    expect(page.locator("#pro_commune-liste li")).to_have_count(0)
    expect(town).to_have_value("saint denis")
    with page.expect_navigation():
        town.press("Enter")
    expect(page.locator("#pro_commune")).to_have_value("saint denis")
