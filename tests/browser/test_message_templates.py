"""A message template put in a message: with the script in the page as it is, without it in the page drawn again."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.intake.message_templates.service import Wording, create
from tests.browser.conftest import Site, lend
from tests.browser.looking import Judge
from tests.cast import filed, sign_in
from tests.support.client import SuspiciousClient


@pytest.fixture
def number(page: Page, site: Site, quick: SuspiciousClient) -> str:
    """Give the number of a complaint, whose clerk is signed in and has a template."""
    portal = site.portal
    with portal.database.write() as session:
        wording = Wording("Premier mot", "Votre plainte {numero} est suivie.", "Rosa Exemple", portal.clock())
        create(session, "595", "message_autorite", wording)
    sign_in(quick, portal, "595")
    lend(quick, page)
    return filed(portal).number


@pytest.mark.viewports("desktop", "phone")
def test_the_text_is_put_after_what_was_typed(page: Page, number: str, judge: Judge) -> None:
    page.goto(f"/agent/plaintes/{number}/repondre")
    page.get_by_label("Votre message").fill("Bonjour,")
    page.get_by_label("Modèle").select_option(label="Premier mot")
    page.get_by_role("button", name="Reprendre ce modèle").click()
    expect(page.get_by_label("Votre message")).to_have_value(f"Bonjour,\n\nVotre plainte {number} est suivie.")
    expect(page.get_by_role("status").first).to_contain_text("Premier mot")
    judge(page)
    page.get_by_role("button", name="Envoyer le message").click()
    expect(page).to_have_url(re.compile(f"/agent/plaintes/{number}(#.*)?$"))


@pytest.mark.viewports("desktop")
@pytest.mark.parametrize("button", ["Reprendre ce modèle", "Envoyer le message"])
def test_whoever_signed_out_in_another_tab_reads_what_was_typed(
    page: Page, number: str, judge: Judge, button: str, *, scripts: bool
) -> None:
    """A press that htmx sends for a part of the page shows the whole page of trouble, as one that it does not send."""
    page.goto(f"/agent/plaintes/{number}/repondre")
    page.get_by_label("Votre message").fill("Bonjour, nous avons lu votre plainte.")
    page.get_by_label("Modèle").select_option(label="Premier mot")
    page.context.clear_cookies(name="agent")
    page.get_by_role("button", name=button).click()
    heading = page.get_by_role("heading", name="Vous n’êtes plus connecté")
    expect(heading).to_be_visible()
    if scripts and button == "Reprendre ce modèle":
        expect(heading).to_be_focused()
    expect(page).to_have_title(re.compile("Vous n’êtes plus connecté"))
    expect(page.get_by_text("Bonjour, nous avons lu votre plainte.")).to_be_visible()
    judge(page)
    page.get_by_role("link", name="Se connecter").click()
    expect(page.get_by_role("heading", name="Se connecter à l’espace agents")).to_be_visible()
