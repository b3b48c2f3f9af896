"""What the script adds to leaving and coming back: Esc three times, the square that types the code, the colours."""

import pytest
from playwright.sync_api import expect

CODE = "H7KD-2MPX-9WQ4-VT3R"
PAGES = (
    *("/vos-droits", "/aide", "/donnees-personnelles", "/accessibilite", "/accessibilite/probleme"),
    *("/accessibilite/merci", "/couleurs", "/effacer-cet-appareil", "/appareil-efface", "/plan-du-site"),
    "/avant-de-commencer",
)


@pytest.fixture
def neutral(context):
    """Answer in place of the neutral site; give what was asked of it."""
    asked = []

    def answer(route):
        asked.append(route.request.headers)
        route.fulfill(body="<!DOCTYPE html><title>Météo</title>", content_type="text/html; charset=utf-8")

    context.route("https://meteofrance.com/**", answer)
    return asked


@pytest.fixture
def departures(page):
    """Hear each departure from the page that is open, at the very moment of the press, by ``hear()``."""
    heard = []
    page.on("console", lambda said: heard.append(said.text))

    def hear():
        page.evaluate("() => { navigation.onnavigate = (event) => console.log(event.destination.url) }")
        return heard

    return hear


def draft(page):
    page.goto("/avant-de-commencer")
    page.get_by_role("button", name="Formulaire court").click()
    page.wait_for_url("**/court")


@pytest.mark.scripts("js")
def test_esc_three_times_leaves_for_the_neutral_site_and_back_does_not_return(page, context, neutral, departures):
    draft(page)
    heard = departures()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.evaluate("0")  # what was said before the answer is heard
    assert heard == []
    page.keyboard.press("Escape")
    page.wait_for_url("https://meteofrance.com/**")
    assert [url.startswith("https://meteofrance.com/") for url in heard] == [True]
    assert len(context.pages) == 1
    assert all("referer" not in headers for headers in neutral)
    page.go_back()
    assert page.url.endswith("/avant-de-commencer")


@pytest.mark.scripts("js")
def test_esc_elsewhere_does_nothing(page, site, departures):
    page.goto("/aide")
    heard = departures()
    for _ in range(4):
        page.keyboard.press("Escape")
    page.evaluate("0")
    assert heard == []
    page.evaluate("location.hash = 'ailleurs'")
    assert heard == [f"{site.url}/aide#ailleurs"]


def test_quick_exit_is_a_link_that_keyboard_and_thumb_reach(page, neutral, scripts):
    draft(page)
    link = page.get_by_role("link", name="Quitter vite")
    box = link.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    for _ in range(6):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    else:
        pytest.fail("the keyboard does not reach it")
    page.keyboard.press("Enter")
    page.wait_for_url("https://meteofrance.com/**")
    page.go_back()
    assert page.url.endswith("/avant-de-commencer" if scripts else "/court")


@pytest.mark.viewports("phone")
def test_the_square_types_the_code_and_leaves_it_nowhere(page, site, scripts):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/reprendre#code={CODE}")
    field = page.get_by_label("Votre code personnel")
    if scripts:
        page.get_by_text("Votre code est écrit.").wait_for()
        assert field.input_value() == CODE
        assert page.url == f"{site.url}/reprendre"
    else:
        assert field.input_value() == ""
    assert not [url for url in asked if CODE in url.partition("#")[0]]


@pytest.mark.scripts("js")
@pytest.mark.viewports("phone")
def test_anything_else_after_the_sign_types_nothing(page):
    for given in ("code=<b>x</b>", "code=", "autre=1", "erreurs", "code=" + "A" * 400):
        page.goto("about:blank")  # another word after the sign alone opens no page
        page.goto(f"/reprendre#{given}")
        expect(page.locator("body.js-enabled")).to_be_visible()  # the script of the page ran, from one end to the other
        assert page.get_by_label("Votre code personnel").input_value() == "", given


def test_colours_change_and_lead_back(page):
    page.goto("/vos-droits")
    page.get_by_role("link", name="Couleurs de l’écran").click()
    page.get_by_label("Sombres").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/vos-droits")
    page.goto("/aide")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, axe):
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        axe(page)
