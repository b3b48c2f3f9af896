"""A6 in a browser: the list follows what is typed; by keyboard alone; with and without a script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.hand import go_on
from tests.browser.keyboard import Keyboard
from tests.browser.looking import look
from tests.journeys import CARDIOLOGIST
from tests.support.listed import listed

COUNT = "2 résultats pour « durant » près de Lille."


@pytest.fixture
def search(page: Page, site: Site, tmp_path: Path) -> Page:
    """The page of the search."""
    listed(site.portal.database, tmp_path)
    page.goto("/avant-de-commencer")
    page.get_by_role("button", name="Commencer ma plainte").click()
    go_on(Keyboard(page), CARDIOLOGIST, "professionnel")
    return page


def found(page: Page, words: str) -> None:
    expect(page.locator("#compte")).to_have_text(words.replace("« ", "«\u00a0").replace(" »", "\u00a0»"))


def test_a_professional_is_found_chosen_and_kept(search: Page, scripts: bool) -> None:  # noqa: FBT001
    looks = look if scripts else lambda _page: None  # axe is a script
    looks(search)
    search.get_by_label("Nom du professionnel").fill("durant")
    search.get_by_label("Ville ou code postal").fill("Lille")
    search.keyboard.press("Enter")
    found(search, COUNT)
    assert "durant" not in search.url
    looks(search)
    search.get_by_role("button", name="Camille EXEMPLE-DURAND").click()
    expect(search.get_by_role("heading", level=1)).to_have_text("À quelle adresse cette personne voulait‑elle aller ?")
    looks(search)
    search.get_by_label("12 Rue des Tilleuls").check(force=True)
    search.get_by_role("button", name="Continuer").last.click()
    expect(search.get_by_role("heading", level=1)).to_have_text("Que s’est‑il passé ?")
    search.go_back()
    search.go_back()
    found(search, COUNT)


def test_what_is_typed_follows_whoever_finds_nobody(search: Page) -> None:
    search.get_by_label("Nom du professionnel").fill("la dame")
    search.get_by_label("Ville ou code postal").fill("Roubaix")
    search.get_by_role("button", name="Je ne le trouve pas").click()
    expect(search.get_by_role("heading", level=1)).to_have_text("Quel professionnel cette personne voulait‑elle voir ?")
    expect(search.locator("#pro_nom")).to_have_value("la dame")


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_what_is_typed_is_kept_before_any_press(search: Page) -> None:
    search.get_by_label("Nom du professionnel").fill("la dame")
    search.get_by_label("Ville ou code postal").focus()
    expect(search.locator("[data-autosave-status]")).to_contain_text("Enregistré à")
    search.reload()
    expect(search.locator("#q")).to_have_value("la dame")


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_the_list_follows_a_town_that_is_chosen(search: Page) -> None:
    search.get_by_label("Nom du professionnel").fill("durant")
    search.get_by_label("Ville ou code postal").press_sequentially("59000")
    search.get_by_role("option", name="Lille (59000, Nord)").click()
    found(search, COUNT)


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_the_list_follows_what_is_typed(search: Page) -> None:
    address = search.url
    search.get_by_label("Ville ou code postal").press_sequentially("Lille")
    search.get_by_label("Nom du professionnel").press_sequentially("durant")
    found(search, COUNT)
    assert search.url == address
    expect(search.get_by_label("Nom du professionnel")).to_be_focused()
    search.get_by_label("Nom du professionnel").press_sequentially("zz")
    found(search, "Aucun résultat. Vérifiez l’orthographe ou décrivez le professionnel.")
    search.get_by_role("button", name="Je ne le trouve pas").click()
    expect(search.get_by_role("heading", level=1)).to_have_text("Quel professionnel cette personne voulait‑elle voir ?")


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_an_answer_that_comes_late_leaves_the_focus_where_it_is(search: Page) -> None:
    search.get_by_label("Nom du professionnel").fill("durant")
    search.get_by_label("Ville ou code postal").fill("Lille")
    found(search, COUNT)
    held: list[Route] = []
    search.route("**/professionnel?*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks the handler
    with search.expect_request("**/professionnel?*"):
        search.get_by_label("Nom du professionnel").fill("durand")
    choice = search.get_by_role("button", name="Camille EXEMPLE-DURAND")
    choice.focus()
    held[0].continue_()
    found(search, COUNT.replace("durant", "durand"))
    expect(choice).to_be_focused()
