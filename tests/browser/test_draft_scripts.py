"""What the script adds to a draft: the story saves itself, a lost line is told, a shared device asks."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import opened
from tests.journeys import DENTIST
from tests.support.client import SuspiciousClient

STORY = "La secrétaire a dit que le cabinet ne prenait plus personne avec la C2S."
PLACES = """all => all.map(one => one.getBoundingClientRect()).filter(box => box.height)
    .map(box => Math.round(box.top + scrollY))"""


def places(page: Page) -> list[int]:
    """Say where each thing that can be pressed or filled in the form stands."""
    found: list[int] = page.locator("#reponses :is(a, button, input, label, select, summary)").evaluate_all(PLACES)
    return found


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_the_story_saves_itself_and_says_when(page: Page, quick: SuspiciousClient) -> None:
    opened(page, quick, DENTIST, "recit")
    page.locator("#recit").fill(STORY)
    page.locator("#paroles").focus()
    expect(page.locator("[data-autosave-status]")).to_have_text("Enregistré à 22 h 41")
    page.locator("#recit").fill(STORY + " Puis elle a raccroché.")
    page.context.set_offline(True)
    page.locator("#paroles").focus()
    expect(page.locator("[data-autosave-status]")).to_contain_text("La connexion est coupée. Rien n’est perdu.")
    page.context.set_offline(False)
    expect(page.locator("[data-autosave-status]")).to_have_text("Enregistré à 22 h 41")
    page.reload()
    expect(page.locator("#recit")).to_have_value(STORY + " Puis elle a raccroché.")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
@pytest.mark.parametrize("name", ["recit", "court"])
def test_what_says_that_it_is_saved_moves_nothing_under_a_finger(
    page: Page, quick: SuspiciousClient, name: str
) -> None:
    opened(page, quick, DENTIST, "recit")
    page.goto(page.url.replace("/recit", f"/{name}"))
    before = places(page)
    page.locator("#recit").fill(STORY)
    page.locator("#recit").blur()
    expect(page.locator("[data-autosave-status]")).to_have_text("Enregistré à 22 h 41")
    assert places(page) == before


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
@pytest.mark.parametrize("name", ["recit", "court"])
def test_a_page_that_closed_says_so_and_gives_the_words_back(page: Page, quick: SuspiciousClient, name: str) -> None:
    """Its cookie is gone: nothing is saved any more, and no line was cut."""
    opened(page, quick, DENTIST, "recit")
    page.goto(page.url.replace("/recit", f"/{name}"))
    page.context.clear_cookies()
    page.locator("#recit").fill(STORY)
    page.locator("#recit").blur()
    said = page.locator("[data-autosave-status]")
    expect(said).to_contain_text("Cette plainte n’est pas ouverte sur cet appareil, ou ne l’est plus.")
    expect(said).not_to_contain_text("Rien n’est perdu")
    page.get_by_role("button", name="Continuer" if name == "recit" else "Envoyer ma plainte").last.click()
    expect(page.locator("#ecrit")).to_have_value(STORY)


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_what_saved_itself_and_arrives_after_the_press_replaces_nothing(page: Page, quick: SuspiciousClient) -> None:
    opened(page, quick, DENTIST, "recit")
    here = page.url
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.locator("[name=date_precision][value=ne_sait_pas]").check(force=True)
    page.locator("#recit").fill(STORY)
    page.locator("#paroles").focus()
    expect(page.locator("[data-autosave-status]")).to_have_text("Enregistré à 22 h 41")
    page.locator("#recit").fill(STORY + " Puis elle a raccroché.")
    page.get_by_role("button", name="Continuer").last.click()
    expect(page).to_have_url(re.compile("/motifs"))
    saved = next(request for request in sent if "enregistrement=oui" in (request.post_data or ""))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    late = page.request.post(here, data=saved.post_data, headers=headers)
    assert late.status == 200
    page.goto(here)
    expect(page.locator("#recit")).to_have_value(STORY + " Puis elle a raccroché.")


@pytest.mark.viewports("phone")
def test_two_tabs_on_one_page_lose_nothing(page: Page, quick: SuspiciousClient, *, scripts: bool) -> None:
    opened(page, quick, DENTIST, "recit")
    quick.submit(urlsplit(page.url).path, {"date_precision": "ne_sait_pas"})
    page.reload()
    other = page.context.new_page()
    other.goto(page.url)
    page.locator("#recit").fill(STORY)
    if scripts:
        page.locator("#paroles").focus()
        expect(page.locator("[data-autosave-status]")).to_have_text("Enregistré à 22 h 41")
        page.locator("#recit").fill(STORY + " Puis elle a raccroché.")
    page.get_by_role("button", name="Continuer").last.click()
    expect(page).to_have_url(re.compile("/motifs"))
    other.locator("#recit").fill("Un autre récit, écrit dans un autre onglet.")
    if scripts:
        other.locator("#paroles").focus()
        expect(other.locator("[data-autosave-status]")).to_contain_text("Pas encore enregistré")
    other.get_by_role("button", name="Continuer").last.click()
    expect(other.get_by_role("alert")).to_contain_text("Rien n’a été remplacé")
    expect(other.get_by_role("alert")).to_contain_text(STORY)
    expect(other.locator("#recit")).to_have_value("Un autre récit, écrit dans un autre onglet.")
    other.get_by_role("button", name="Continuer").last.click()
    expect(other).to_have_url(re.compile("/motifs"))


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_a_shared_device_asks_before_it_forgets(page: Page) -> None:
    page.clock.install()
    page.goto("/avant-de-commencer")
    page.get_by_label("J’utilise un téléphone ou un ordinateur partagé").check(force=True)
    page.get_by_role("button", name="Commencer ma plainte").click()
    expect(page.locator("body.js-enabled")).to_be_visible()
    dialog = page.get_by_role("dialog", name="Êtes‑vous toujours là ?")
    page.clock.fast_forward("24:59")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("00:02")
    expect(dialog).to_be_visible()
    with page.expect_response("**/rester") as kept:
        dialog.get_by_role("button", name="Continuer").click()
    assert kept.value.status == 204
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("25:01")
    dialog.get_by_role("button", name="Fermer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("On a refusé de vous soigner ?")


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_the_short_form_keeps_all_that_was_typed_when_the_page_is_left(page: Page) -> None:
    page.goto("/avant-de-commencer")
    with page.expect_navigation():
        page.get_by_role("button", name="Formulaire court").click()
    here = page.url
    page.locator("#nom").fill("Canari")
    page.locator("[name=qualite][value=moi]").check(force=True)
    page.locator("#recit").fill(STORY)
    with page.expect_response("**/court*") as kept:
        page.locator("#pro_nom").focus()
    assert kept.value.status == 200
    expect(page.locator("[data-autosave-status]")).to_have_text("Enregistré à 22 h 41")
    page.locator("#pro_nom").fill("Camille Fictif")
    page.get_by_role("link", name="Aide", exact=True).first.click()
    expect(page).to_have_url(re.compile("/aide"))
    page.goto(here)
    expect(page.locator("#nom")).to_have_value("Canari")
    expect(page.locator("#recit")).to_have_value(STORY)
    expect(page.locator("#pro_nom")).to_have_value("Camille Fictif")
    expect(page.locator("[name=qualite][value=moi]")).to_be_checked()
