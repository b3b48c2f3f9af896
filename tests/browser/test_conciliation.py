"""The life of a complaint in a browser: received, told, met without agreement, passed on to the chamber.

Received on Tuesday 3 March 2026; meeting on Thursday 28 May; summons by 13 May; report by 5 June; chamber by 28 August.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from app.conciliation import service
from tests.browser.conftest import Site
from tests.browser.keyboard import Keyboard
from tests.browser.looking import look
from tests.cast import AMINA, PASSWORD, clerk
from tests.support.files import picture

DENSE = 24
Judge = Callable[[Page], None]
pytestmark = pytest.mark.viewports("phone")


@pytest.fixture
def judge(axe: Judge, scripts: bool) -> Judge:  # noqa: FBT001
    """Every look with the script; axe on the same page without it."""
    return (lambda page: look(page, thumb=DENSE if "/agent" in page.url else 44)) if scripts else axe


def day(prefix: str, on: date) -> dict[str, str]:
    return {f"{prefix}_jour": str(on.day), f"{prefix}_mois": str(on.month), f"{prefix}_annee": str(on.year)}


class Worker:
    """A clerk at a keyboard, who signs in again each day."""

    def __init__(self, page: Page, site: Site, judge: Judge, authority: str, name: str) -> None:
        """Make the account."""
        self.page, self.site, self.judge = page, site, judge
        self.email, self.seed = clerk(site.portal, authority, name)

    def on(self, month: int, when: int) -> "Worker":
        """Come to work on a day of 2026."""
        self.site.portal.clock.now = datetime(2026, month, when, 9, tzinfo=UTC)  # type: ignore[attr-defined]
        self.page.context.clear_cookies()
        self.page.goto(f"{self.site.url}/agent/connexion")
        code = pyotp.TOTP(self.seed).at(self.site.portal.clock())
        Keyboard(self.page).answer({"email": self.email, "mot_de_passe": PASSWORD, "code_otp": code})
        return self

    def does(
        self, where: str, fields: Mapping[str, object], file: tuple[str, Path] | None = None, press: str = ""
    ) -> None:
        """Open a page, judge it, answer it, and end elsewhere."""
        self.page.goto(f"{self.site.url}{where}")
        self.judge(self.page)
        if file:
            self.page.locator(f"#{file[0]}").set_input_files(file[1])
        if press:
            for name, value in fields.items():
                for one in value if isinstance(value, list) else [value]:
                    box = self.page.locator(f'[name="{name}"][value="{one}"]')
                    box.check() if box.count() else self.page.locator(f"#{name}").fill(str(one))
            self.page.get_by_role("button", name=press).press("Enter")
        else:
            Keyboard(self.page).answer(fields)
        expect(self.page).not_to_have_url(re.compile(re.escape(where) + "(#.*)?$"))
        expect(self.page.locator(".govuk-error-summary")).to_have_count(0)

    def sees(self, where: str, *words: str) -> None:
        """Open a page, judge it, and find words on it."""
        self.page.goto(f"{self.site.url}{where}")
        self.judge(self.page)
        for one in words:
            expect(self.page.get_by_text(one).first).to_be_visible()


@pytest.fixture
def desk(browser: Browser, scripts: bool) -> Iterator[Page]:  # noqa: FBT001
    """Another browser, on the clerks' desk."""
    with browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripts) as context:
        yield context.new_page()


def sends(page: Page) -> tuple[str, str]:
    """Send a complaint; give its number and the personal code."""
    page.goto("/avant-de-commencer")
    Keyboard(page).press("Formulaire court, sur une seule page")
    Keyboard(page).answer(AMINA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre plainte est reçue")
    number = re.search(r"SA-\d{4}-\w{4}-\w{4}", page.locator("main").inner_text())
    assert number
    return number.group(), page.locator("#code-personnel").inner_text()


def follows(page: Page, code: str) -> None:
    """Open the follow-up."""
    page.goto("/reprendre")
    Keyboard(page).answer({"code": code})


def meets(emile: Worker, at: str) -> None:
    """Tell everybody on 4 March, fix the meeting on 1 April, summon both parties on 4 May."""
    emile.on(3, 4).does(f"{at}/accuser-reception", {"canal_ar": "email"})
    emile.does(f"{at}/transmettre-autorite", {})
    told = {"mode": "courrier_suivi", "relu": "oui"}
    emile.does(f"{at}/transmettre-professionnel", told, press="Marquer comme transmise")
    emile.on(4, 1).sees(f"{at}/conciliation/seance", "Nour Fictive")
    members = [box.get_attribute("value") or "" for box in emile.page.locator("input[name=membres]").all()]
    meeting = {**day("date_seance", date(2026, 5, 28)), "heure_seance": "14 h 30", "mode": "presentiel"}
    emile.does(f"{at}/conciliation/seance", {**meeting, "membres": members, "sans_lien": members})
    emile.on(5, 4)
    for party in ("personne", "professionnel"):
        emile.does(f"{at}/conciliation/convocations/{party}/envoi", {"mode": "courrier_recommande"})


def test_from_the_receipt_to_the_chamber(page: Page, desk: Page, judge: Judge, site: Site, tmp_path: Path) -> None:
    with site.portal.database.write() as session:
        for authority, name in (("595", "Nour Fictive"), ("MED-59", "Lise Exemple")):
            service.appoint(session, authority, "", name, "titulaire", date(2026, 1, 10))
    number, code = sends(page)
    at, signed = f"/agent/plaintes/{number}", tmp_path / "signe.png"
    signed.write_bytes(picture("PNG"))
    emile = Worker(desk, site, judge, "595", "Émile Exemple")
    fatou = Worker(desk, site, judge, "MED-59", "Fatou Exemple")
    meets(emile, at)
    follows(page, code)
    page.goto("/suivi/reunion")
    judge(page)
    Keyboard(page).answer({"presence": "oui"})
    expect(page.get_by_text("Votre réponse est envoyée.")).to_be_visible()
    came = f"{at}/conciliation/convocations/professionnel/reception"
    emile.on(5, 12).does(came, day("recue_le", date(2026, 5, 11)), ("preuve", signed), press="Noter la réception")
    emile.sees(f"{at}/conciliation/convocations", "Reçue 17 jours avant", "Reçue 24 jours avant")
    here = {"presents": ["personne", "professionnel", "m0", "m1"], "issue": "desaccord"}
    ended, keep = {**here, "points_desaccord": "Le prix."}, "Enregistrer le compte rendu"
    emile.on(5, 28).does(f"{at}/conciliation/releve", ended, ("signatures", signed), press=keep)
    emile.on(6, 1).does(f"{at}/conciliation/envoi-releve", {"a_tous": "oui"})
    fatou.on(7, 1).sees(at, "Après un échec, transmettre à la chambre disciplinaire")
    fatou.does(f"{at}/conciliation/avis-motive", {"s_associe": "oui"}, ("avis", signed), press="Noter la transmission")
    fatou.sees(f"{at}/conciliation", "Transmise à la chambre disciplinaire")
    follows(page, code)
    expect(page.get_by_text("à la chambre disciplinaire le mercredi 1er juillet 2026")).to_be_visible()
