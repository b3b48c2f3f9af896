"""A clerk records a letter: the page on a phone and on a desk, wrong once, then right."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, lend
from tests.browser.looking import Judge
from tests.cast import sign_in
from tests.journeys import PNG
from tests.support.client import SuspiciousClient


@pytest.mark.scripts("js")
def test_a_letter_is_recorded_and_nothing_is_lost_on_the_way(
    page: Page, site: Site, quick: SuspiciousClient, judge: Judge
) -> None:
    sign_in(quick, site.portal, "595")
    lend(quick, page)
    page.goto("/agent/saisir")
    judge(page)
    page.locator("input[type=file]").set_input_files({"name": "lettre.png", "mimeType": "image/png", "buffer": PNG})
    scan = page.get_by_role("region", name="Scan de la plainte")
    expect(scan.get_by_role("img", name="lettre.png")).to_be_visible()
    expect(page.get_by_label("Lettre recommandée avec avis de réception")).to_be_focused()
    judge(page)
    page.get_by_label("Lettre recommandée avec avis de réception").check()
    page.get_by_label("Nom", exact=True).fill("Inventée")
    page.get_by_role("button", name="Enregistrer la plainte").click()
    expect(page.get_by_text("Déjà reçu : lettre.png")).to_be_visible()
    judge(page)
    for part, text in (("jour", "27"), ("mois", "2"), ("annee", "2026")):
        page.locator(f"[name=recu_le_{part}]").fill(text)
    page.get_by_role("button", name="Enregistrer la plainte").click()
    expect(page.get_by_text("reçue le 27 février 2026 par lettre recommandée")).to_be_visible()
    judge(page)
