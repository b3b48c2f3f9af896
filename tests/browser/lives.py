"""What a clerk and a person do of a complaint in a browser: steps that several lives share."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.base.portal import Portal
from app.commission import service
from tests.browser.conftest import Site, lend
from tests.browser.keyboard import Keyboard
from tests.browser.looking import VIEWPORTS, Judge
from tests.cast import AMINA, clerk, come_in
from tests.support.client import SuspiciousClient
from tests.support.files import picture


def day(prefix: str, on: date) -> dict[str, str]:
    return {f"{prefix}_jour": str(on.day), f"{prefix}_mois": str(on.month), f"{prefix}_annee": str(on.year)}


class Worker:
    """A clerk at a keyboard, whose session is opened again each day."""

    def __init__(self, page: Page, site: Site, judge: Judge, quick: SuspiciousClient, email: str) -> None:
        """Sit down, with the account of this address."""
        self.page, self.site, self.judge, self.quick, self.email = page, site, judge, quick, email

    def on(self, month: int, when: int) -> "Worker":
        """Come to work on a day of 2026."""
        self.site.portal.clock.now = datetime(2026, month, when, 9, tzinfo=UTC)  # type: ignore[attr-defined]
        come_in(self.quick, self.site.portal, self.email)
        lend(self.quick, self.page)
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
                    box = self.page.locator(f':is([type=radio], [type=checkbox])[name="{name}"][value="{one}"]')
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


@dataclass(frozen=True)
class Life:
    """A complaint that was sent, the clerks who carry it, and the person who follows it."""

    page: Page
    quick: SuspiciousClient
    code: str
    at: str
    emile: Worker
    fatou: Worker
    signed: Path
    judge: Judge

    @property
    def person(self) -> Page:
        """Open the follow-up."""
        opened = self.quick.submit("/reprendre", {"code": self.code})
        lend(self.quick, self.page)
        self.page.goto(str(opened.url))
        self.judge(self.page)
        return self.page


LILLE = (("595", "Nour Fictive"), ("MED-59", "Lise Exemple"))


def appoints(portal: Portal, *members: tuple[str, str]) -> None:
    """Appoint members of the commission; one on each side in Lille by default."""
    with portal.database.write() as session:
        for authority, name in members or LILLE:
            service.appoint(session, authority, "", name, "titulaire", date(2026, 1, 10))


def tells(life: Life) -> None:
    """Acknowledge, and tell the other authority and the professional, on 4 March."""
    emile, at = life.emile.on(3, 4), life.at
    emile.does(f"{at}/accuser-reception", {"canal_ar": "email"})
    emile.does(f"{at}/transmettre-autorite", {})
    told = {"mode": "courrier_suivi", "relu": "oui"}
    emile.does(f"{at}/transmettre-professionnel", told, press="Marquer comme transmise")


def meets(life: Life) -> None:
    """Tell everybody, hear the professional on 19 March, fix the meeting on 1 April, summon both parties on 4 May."""
    tells(life)
    emile, at = life.emile, f"{life.at}/conciliation"
    heard = day("audition_le", date(2026, 3, 19))
    emile.on(3, 20).does(f"{at}/professionnel", heard, ("releve", life.signed), press="Enregistrer l’audition")
    fixes(emile.on(4, 1), at)
    emile.on(5, 4)
    for party in ("personne", "professionnel"):
        emile.does(f"{at}/convocations/{party}/envoi", {"mode": "courrier_recommande"})


def fixes(worker: Worker, where: str) -> None:
    """Fix the meeting on 28 May, before every member."""
    worker.sees(f"{where}/seance", "Nour Fictive")
    members = [box.get_attribute("value") or "" for box in worker.page.locator("input[name=membres]").all()]
    meeting = {**day("date_seance", date(2026, 5, 28)), "heure_seance": "14 h 30", "mode": "presentiel"}
    worker.does(f"{where}/seance", {**meeting, "membres": members, "sans_lien": members})


def passes(life: Life, joins: str) -> None:
    """Pass the complaint on to the chamber, with or without joining it."""
    where, opinion = f"{life.at}/conciliation", ("avis", life.signed)
    life.fatou.does(f"{where}/avis-motive", {"s_associe": joins}, opinion, press="Noter la transmission")
    life.fatou.sees(where, "Transmise à la chambre disciplinaire")


def reports(life: Life, issue: str, **more: str | list[str]) -> None:
    """Write the signed report on the day of the meeting, 28 May; send it on 1 June."""
    said = {"presents": ["personne", "professionnel", "m0", "m1"], "issue": issue, **more}
    scan, keep = ("signatures", life.signed), "Enregistrer le compte rendu"
    life.emile.on(5, 28).does(f"{life.at}/conciliation/releve", said, scan, press=keep)
    life.emile.on(6, 1).does(f"{life.at}/conciliation/envoi-releve", {"a_tous": "oui"})


Begin = Callable[..., Life]


@pytest.fixture
def begin(
    page: Page, browser: Browser, axe: Judge, quick: SuspiciousClient, site: Site, tmp_path: Path
) -> Iterator[Begin]:
    """Seat Émile where it was received, Fatou at the other authority if any, at a desk; it was sent from the phone."""
    signed = tmp_path / "signe.png"
    signed.write_bytes(picture("PNG"))
    width, height = VIEWPORTS["desktop"]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        desk = context.new_page()

        def seated(*authorities: str) -> Life:
            number, code = received(page)
            workers = [
                Worker(desk, site, axe, quick, clerk(site.portal, authority, name)[0])
                for authority, name in zip(authorities, ("Émile Exemple", "Fatou Exemple"), strict=False)
            ]
            return Life(page, quick, code, f"/agent/plaintes/{number}", workers[0], workers[-1], signed, axe)

        yield seated


def sends(page: Page, **changes: str) -> None:
    """Fill in the short form as Amina does, and send it."""
    page.goto("/avant-de-commencer")
    keyboard = Keyboard(page)
    keyboard.press("Formulaire court, sur une seule page")
    keyboard.answer({**AMINA, **changes})


def received(page: Page) -> tuple[str, str]:
    """Read the number and the personal code on the page that follows the sending."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre plainte est reçue")
    found = re.search(r"SA-\d{4}-\w{4}-\w{4}", page.locator("main").inner_text())
    assert found
    return found.group(), page.locator("#code-personnel").inner_text()
