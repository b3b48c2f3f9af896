"""A long list of authorities: with script, the search suggests while one types and chooses in the list, by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from app.filing.rules import AIGUILLAGE
from tests.browser.conftest import Site, lend
from tests.browser.looking import assert_accessible
from tests.cast import filed, sign_in
from tests.support.client import SuspiciousClient


def search(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Chercher une autorité")


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Autorités proposées").get_by_role("option")


@pytest.mark.scripts("js")
def test_a_successor_is_chosen_by_keyboard(page: Page, site: Site, quick: SuspiciousClient) -> None:
    sign_in(quick, site.portal, AIGUILLAGE, "Ada Imaginaire", "admin")
    lend(quick, page)
    page.goto("/administration/autorites/595/fermer")
    chosen = page.locator("#successeur")
    search(page).press_sequentially("ROUBAIX tour")
    expect(offered(page)).to_have_text(["CPAM de Roubaix-Tourcoing"])
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    search(page).press("ArrowDown")
    search(page).press("Enter")
    expect(chosen).to_have_value("597")
    expect(offered(page)).to_have_count(0)
    expect(page.get_by_text("Choisie dans la liste : CPAM de Roubaix-Tourcoing")).to_have_count(1)
    search(page).fill("cpam")
    expect(offered(page)).to_have_count(10)
    search(page).press("Escape")
    expect(chosen).to_have_value("597")
    search(page).fill("flandres")
    expect(offered(page)).to_have_count(1)
    search(page).press("Enter")  # nothing is marked: the list is made shorter by the service
    expect(page).to_have_url(re.compile(r"\?cherche=flandres$"))
    expect(chosen.locator("option")).to_have_text(["", "CPAM des Flandres"])


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
@pytest.mark.parametrize(
    ("where", "listed", "words", "code"),
    [
        ("reorienter", "nouvelle_autorite", "roubaix", "597"),
        ("confirmer-ordre", "autre_autorite", "médecins somme", "MED-80"),
    ],
)
def test_the_lists_of_clerks_do_the_same(
    page: Page, site: Site, quick: SuspiciousClient, where: str, listed: str, words: str, code: str
) -> None:
    number = filed(site.portal).number
    sign_in(quick, site.portal, "595")
    lend(quick, page)
    page.goto(f"/agent/plaintes/{number}/{where}")
    search(page).press_sequentially(words)
    expect(offered(page)).to_have_count(1)
    search(page).press("ArrowDown")
    search(page).press("Enter")
    expect(page.locator(f"#{listed}")).to_have_value(code)
