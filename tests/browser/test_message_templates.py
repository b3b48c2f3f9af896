"""A message template put in a message: with the script in the page as it is, without it in the page drawn again."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.intake.message_templates.service import Wording, create
from tests.browser.conftest import Site, lend
from tests.browser.looking import Judge
from tests.cast import filed, sign_in
from tests.support.client import SuspiciousClient


@pytest.mark.viewports("desktop", "phone")
def test_the_text_is_put_after_what_was_typed(page: Page, site: Site, quick: SuspiciousClient, judge: Judge) -> None:
    portal = site.portal
    with portal.database.write() as session:
        wording = Wording("Premier mot", "Votre plainte {numero} est suivie.", "Rosa Exemple", portal.clock())
        create(session, "595", "message_autorite", wording)
    sign_in(quick, portal, "595")
    lend(quick, page)
    number = filed(portal).number
    page.goto(f"/agent/plaintes/{number}/repondre")
    page.get_by_label("Votre message").fill("Bonjour,")
    page.get_by_label("Modèle").select_option(label="Premier mot")
    page.get_by_role("button", name="Reprendre ce modèle").click()
    expect(page.get_by_label("Votre message")).to_have_value(f"Bonjour,\n\nVotre plainte {number} est suivie.")
    expect(page.get_by_role("status").first).to_contain_text("Premier mot")
    judge(page)
    page.get_by_role("button", name="Envoyer le message").click()
    expect(page).to_have_url(re.compile(f"/agent/plaintes/{number}(#.*)?$"))
