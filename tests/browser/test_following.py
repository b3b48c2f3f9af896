"""What the person does after sending: proofs, contact details, another code, a copy; with and without a script."""

from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, lend
from tests.browser.keyboard import Keyboard
from tests.browser.looking import Judge
from tests.browser.test_languages import SMALLEST, assert_fits
from tests.browser.test_pages_axe import wrong
from tests.cast import PASSWORD, clerk, filed
from tests.support.client import SuspiciousClient
from tests.support.files import pdf, picture
from tests.support.pdf import opened

pytestmark = pytest.mark.viewports("phone")
Follow = Callable[[], str]


@pytest.fixture
def follow(page: Page, quick: SuspiciousClient, site: Site) -> Follow:
    """Send a complaint and open it with its code; gives the code."""

    def sent() -> str:
        code = filed(site.portal).code
        opened = quick.submit("/reprendre", {"code": code})
        lend(quick, page)
        page.goto(str(opened.url))
        return code

    return sent


def test_no_fault_on_what_the_person_adds_and_changes(page: Page, judge: Judge, follow: Follow, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(picture("PNG"))
    (tmp_path / "devis.pdf").write_bytes(pdf())
    code, keyboard = follow(), Keyboard(page)
    keyboard.press("Ajouter des preuves")
    judge(page)
    page.get_by_role("button", name="Envoyer à l’autorité").last.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choisissez au moins un fichier.")
    judge(page)
    page.locator("#fichiers").set_input_files(tmp_path / "photo.png")
    page.get_by_role("button", name="Ajouter", exact=True).press("Enter")
    expect(page.locator(".files__item")).to_have_count(1)
    judge(page)
    page.locator(".files__item input[type=text]").fill("Le devis affiché")
    page.locator("#fichiers").set_input_files(tmp_path / "devis.pdf")
    page.get_by_role("button", name="Envoyer à l’autorité").last.press("Enter")
    expect(page.get_by_text("Vos preuves sont envoyées à l’autorité.")).to_be_visible()
    expect(page.get_by_text("Le devis affiché")).to_be_visible()
    expect(page.get_by_text("Pas encore vu")).to_have_count(2)
    judge(page)
    page.goto("/suivi/coordonnees")
    judge(page)
    page.locator("#email").fill("canari@")
    keyboard.press("Enregistrer")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    judge(page)
    page.locator("#email").fill("canari.nouveau@exemple.fr")
    keyboard.press("Enregistrer")
    expect(page.get_by_text("Vos coordonnées sont enregistrées.")).to_be_visible()
    page.goto("/suivi/code")
    judge(page)
    keyboard.press("Créer un nouveau code")
    expect(page.locator("#code-personnel")).not_to_have_text(code)
    judge(page)
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Télécharger la feuille de suivi (PDF)").press("Enter")
    assert sheet.value.suggested_filename.startswith("feuille-de-suivi-SA-")
    page.goto("/suivi/donnees")
    judge(page)
    page.goto("/suivi")
    judge(page)


def test_no_fault_on_the_desk_and_in_the_administration(page: Page, judge: Judge, follow: Follow, site: Site) -> None:
    follow()
    keyboard = Keyboard(page)
    for authority, role, name in (("595", "responsable", "Rita Fictive"), ("", "admin", "Ada Exemple")):
        email, seed = clerk(site.portal, authority, name, role)
        page.goto("/agent/connexion")
        code = pyotp.TOTP(seed).at(site.portal.clock())
        keyboard.answer({"email": email, "mot_de_passe": PASSWORD, "code_otp": code})
        if role == "admin":
            page.goto("/administration/conservation")
            judge(page)
            return
        with page.expect_navigation():
            page.locator('main a[href^="/agent/plaintes/SA-"]').first.press("Enter")
        filing = page.url
        page.goto(f"{filing}/nouveau-code")
        judge(page)
        site.portal.clock.advance(days=5 * 365 + 3)  # type: ignore[attr-defined]
        page.goto("/agent/connexion")
        code = pyotp.TOTP(seed).at(site.portal.clock())
        keyboard.answer({"email": email, "mot_de_passe": PASSWORD, "code_otp": code})
        page.goto(f"{filing}/conserver")
        wrong(page, judge)
        page.goto("/agent")
        page.get_by_role("button", name="Se déconnecter").press("Enter")


@pytest.mark.parametrize("language", ["", "/ar", "/en"])
def test_the_recepisse_is_read_on_the_smallest_screen_and_printed_on_two_sheets(
    page: Page, judge: Judge, follow: Follow, language: str
) -> None:
    follow()
    page.goto(f"{language}/suivi")
    page.locator("main a[href$='/suivi/recepisse/lire']").press("Enter")
    page.wait_for_url(f"**{language}/suivi/recepisse/lire")
    judge(page)
    expect(page.locator("main span[lang=fr]").first).to_be_visible(visible=bool(language))
    page.set_viewport_size({"width": SMALLEST["width"], "height": SMALLEST["height"]})
    assert_fits(page)
    assert len(opened(page.pdf(prefer_css_page_size=True, format="A4")).pages) <= 2
