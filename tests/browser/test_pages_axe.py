"""The short form, what follows it, the ways back, the clerk's pages: judged as they are and with mistakes."""

from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.keyboard import Keyboard
from tests.browser.looking import Judge
from tests.cast import AMINA, PASSWORD, clerk
from tests.support.files import picture
from tests.support.listed import listed

pytestmark = pytest.mark.viewports("phone")


def wrong(page: Page, judge: Judge) -> None:
    """Press the main button of a page left empty; judge it before and after."""
    judge(page)
    with page.expect_navigation():
        page.locator("main form[method=post] .govuk-button:not(.govuk-button--secondary)").first.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    judge(page)


def test_no_fault_on_the_way_of_a_person(page: Page, judge: Judge) -> None:
    for path in ("/", "/avant-de-commencer", "/nulle-part"):
        page.goto(path)
        judge(page)
    for path in ("/reprendre", "/reprendre/perdu"):
        page.goto(path)
        wrong(page, judge)
    page.goto("/avant-de-commencer")
    keyboard = Keyboard(page)
    keyboard.press("Formulaire court, sur une seule page")
    judge(page)
    keyboard.answer({"qualite": "moi"})
    judge(page)
    keyboard.answer(AMINA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre plainte est reçue")
    judge(page)
    code = page.locator("#code-personnel").inner_text()
    page.goto("/reprendre")
    keyboard.answer({"code": code})
    judge(page)
    page.goto("/suivi/message")
    wrong(page, judge)
    keyboard.answer({"message": "Bonjour.\nMerci."})
    expect(page.get_by_text("Votre message est envoyé.")).to_be_visible()
    judge(page)
    page.goto("/suivi/retirer")
    wrong(page, judge)
    keyboard.answer({"retrait": "oui"})
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre demande de retrait est enregistrée")
    judge(page)


def test_no_fault_on_the_desk(page: Page, judge: Judge, site: Site, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(picture("PNG"))
    page.goto("/avant-de-commencer")
    keyboard = Keyboard(page)
    keyboard.press("Formulaire court, sur une seule page")
    page.locator("#fichiers").set_input_files(tmp_path / "photo.png")
    keyboard.answer(AMINA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre plainte est reçue")
    email, seed = clerk(site.portal, "595")
    page.goto("/agent/connexion")
    wrong(page, judge)
    keyboard.answer({"email": email, "mot_de_passe": PASSWORD, "code_otp": pyotp.TOTP(seed).at(site.portal.clock())})
    judge(page)
    for path in ("agenda", "agenda?vue=semaine", "agenda/abonnement"):
        page.goto(f"/agent/{path}")
        judge(page)
    page.goto("/agent/plaintes?etat=recue")
    judge(page)
    page.locator('main a[href^="/agent/plaintes/SA-"]').first.press("Enter")
    expect(page.locator("#preuves")).to_be_visible()
    judge(page)
    page.get_by_role("link", name="Enregistrer photo.png").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce fichier n’a pas été analysé")
    judge(page)
    filing = page.url.split("/preuves")[0]
    page.goto(f"{filing}/attribuer")
    judge(page)
    for act in (
        *("noter", "repondre", "demander-piece", "reorienter", "accuser-reception", "exporter"),
        *("transmettre-autorite", "transmettre-professionnel"),
    ):
        page.goto(f"{filing}/{act}")
        if page.locator("#adresse_envoi").count():
            page.locator("#adresse_envoi").fill("")
        wrong(page, judge)


def test_no_fault_in_the_administration(page: Page, judge: Judge, site: Site, tmp_path: Path) -> None:
    listed(site.portal.database, tmp_path)
    email, seed = clerk(site.portal, "AIGUILLAGE", "Ada Imaginaire", "admin")
    page.goto("/agent/connexion")
    code = pyotp.TOTP(seed).at(site.portal.clock())
    Keyboard(page).answer({"email": email, "mot_de_passe": PASSWORD, "code_otp": code})
    expect(page.get_by_role("heading", level=1)).to_have_text("Autorités")
    for path in ("autorites?q=lille", "autorites/595", "autorites/nouvelle", "trous", "annuaire", "aiguillage"):
        page.goto(f"/administration/{path}")
        judge(page)
