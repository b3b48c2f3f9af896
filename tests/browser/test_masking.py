"""Masking with a mouse: words selected in the page, a rectangle drawn on a picture; the fields say what was chosen."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, lend
from tests.browser.keyboard import Keyboard
from tests.browser.looking import Judge
from tests.cast import AMINA, Sent, begin, sign_in
from tests.pages.test_evidence import examine
from tests.support.client import SuspiciousClient

SELECT = """() => {
  const answers = [...document.querySelectorAll("[data-selectable] dd")];
  const answer = answers.find((one) => one.textContent.includes("Tierce"));
  const start = answer.firstChild.data.indexOf("Lise Tierce");
  document.getSelection().setBaseAndExtent(answer.firstChild, start, answer.firstChild, start + "Lise Tierce".length);
}"""


@pytest.fixture
def there(page: Page, site: Site, quick: SuspiciousClient) -> str:
    """Send a complaint with a photo; sign in at its authority, and give the address of its page."""
    photo = BytesIO()
    Image.new("RGB", (400, 300), (200, 220, 240)).save(photo, "PNG")
    files = {"fichiers": [("photo.png", photo.getvalue(), "image/png")]}
    path = begin(quick)
    sent = Sent(quick.submit(path, {**AMINA, "recit": "Lise Tierce attendait aussi."}, files))
    examine(site.portal)
    sign_in(quick, site.portal, "595")
    lend(quick, page)
    return f"/agent/plaintes/{sent.number}"


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
def test_words_are_taken_from_the_page_and_an_area_is_drawn(page: Page, there: str, axe: Judge) -> None:
    why = {"motif_masque": "tiers", "explication_masque": "Une autre personne."}
    page.goto(f"{there}/masquer-passage")
    axe(page)
    page.evaluate(SELECT)
    page.get_by_role("button", name="Prendre le texte sélectionné").click()
    expect(page.locator("#passage")).to_have_value("Lise Tierce")
    Keyboard(page).answer(why)
    expect(page.locator("main")).to_contain_text("[passage masqué] attendait aussi.")
    page.goto(f"{there}/masquer-preuve")
    axe(page)
    picture = page.locator("[data-picture]")
    picture.scroll_into_view_if_needed()
    expect(picture.locator("img")).to_have_js_property("complete", value=True)
    box = picture.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.255, box["y"] + box["height"] * 0.105)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.745, box["y"] + box["height"] * 0.895, steps=3)
    page.mouse.up()
    for name, value in (("gauche", "25"), ("haut", "10"), ("largeur", "50"), ("hauteur", "80")):
        expect(page.locator(f"#{name}")).to_have_value(value)
    expect(page.locator("#image")).to_have_value(str(picture.get_attribute("data-picture")))
    expect(page.locator(".masking__area")).to_be_visible()
    Keyboard(page).answer(why)
    expect(page.locator("main")).to_contain_text("Une partie de la preuve “photo.png”")
    axe(page)
