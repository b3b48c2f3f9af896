"""The life of a complaint in a browser: received, told, met without agreement, passed on to the chamber.

Received on Tuesday 3 March 2026; meeting on Thursday 28 May; summons by 13 May; report by 5 June; chamber by 28 August.

The longest life runs with and without a script on both databases. A page is the same whatever keeps it: the others run
with a script on SQLite, without on PostgreSQL; ``tests/pages/test_conciliation.py`` asks for their pages on both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.conciliation import service
from tests.browser.conftest import Site, lend
from tests.browser.keyboard import Keyboard
from tests.browser.looking import Judge
from tests.cast import clerk, come_in, filed
from tests.support.client import SuspiciousClient
from tests.support.files import picture

pytestmark = pytest.mark.viewports("phone")


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


def tells(life: "Life") -> None:
    """Acknowledge, and tell the other authority and the professional, on 4 March."""
    emile, at = life.emile.on(3, 4), life.at
    emile.does(f"{at}/accuser-reception", {"canal_ar": "email"})
    emile.does(f"{at}/transmettre-autorite", {})
    told = {"mode": "courrier_suivi", "relu": "oui"}
    emile.does(f"{at}/transmettre-professionnel", told, press="Marquer comme transmise")


def meets(life: "Life") -> None:
    """Tell everybody, hear the professional on 19 March, fix the meeting on 1 April, summon both parties on 4 May."""
    tells(life)
    emile, at = life.emile, f"{life.at}/conciliation"
    heard = day("audition_le", date(2026, 3, 19))
    emile.on(3, 20).does(f"{at}/professionnel", heard, ("releve", life.signed), press="Enregistrer l’audition")
    emile.on(4, 1).sees(f"{at}/seance", "Nour Fictive")
    members = [box.get_attribute("value") or "" for box in emile.page.locator("input[name=membres]").all()]
    meeting = {**day("date_seance", date(2026, 5, 28)), "heure_seance": "14 h 30", "mode": "presentiel"}
    emile.does(f"{at}/seance", {**meeting, "membres": members, "sans_lien": members})
    emile.on(5, 4)
    for party in ("personne", "professionnel"):
        emile.does(f"{at}/convocations/{party}/envoi", {"mode": "courrier_recommande"})


def passes(life: "Life", joins: str) -> None:
    """Pass the complaint on to the chamber, with or without joining it."""
    where, opinion = f"{life.at}/conciliation", ("avis", life.signed)
    life.fatou.does(f"{where}/avis-motive", {"s_associe": joins}, opinion, press="Noter la transmission")
    life.fatou.sees(where, "Transmise à la chambre disciplinaire")


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


@pytest.fixture
def life(page: Page, desk: Page, judge: Judge, quick: SuspiciousClient, site: Site, tmp_path: Path) -> Life:
    """Appoint the commission, and send a complaint on 3 March."""
    with site.portal.database.write() as session:
        for authority, name in (("595", "Nour Fictive"), ("MED-59", "Lise Exemple")):
            service.appoint(session, authority, "", name, "titulaire", date(2026, 1, 10))
    signed = tmp_path / "signe.png"
    signed.write_bytes(picture("PNG"))
    sent = filed(site.portal)
    emile, fatou = (
        Worker(desk, site, judge, quick, clerk(site.portal, authority, name)[0])
        for authority, name in (("595", "Émile Exemple"), ("MED-59", "Fatou Exemple"))
    )
    return Life(page, quick, sent.code, f"/agent/plaintes/{sent.number}", emile, fatou, signed, judge)


def reports(life: Life, issue: str, **more: str) -> None:
    """Write the signed report on the day of the meeting, 28 May; send it on 1 June."""
    said = {"presents": ["personne", "professionnel", "m0", "m1"], "issue": issue, **more}
    scan, keep = ("signatures", life.signed), "Enregistrer le compte rendu"
    life.emile.on(5, 28).does(f"{life.at}/conciliation/releve", said, scan, press=keep)
    life.emile.on(6, 1).does(f"{life.at}/conciliation/envoi-releve", {"a_tous": "oui"})


@pytest.mark.engines("sqlite", "postgresql")
def test_from_the_receipt_to_the_chamber(life: Life) -> None:
    emile, fatou, at = life.emile, life.fatou, life.at
    meets(life)
    page = life.person
    page.goto("/suivi/reunion")
    life.judge(page)
    Keyboard(page).answer({"presence": "oui"})
    expect(page.get_by_text("Votre réponse est envoyée.")).to_be_visible()
    came = f"{at}/conciliation/convocations/professionnel/reception"
    proof = ("preuve", life.signed)
    emile.on(5, 12).does(came, day("recue_le", date(2026, 5, 11)), proof, press="Noter la réception")
    emile.sees(f"{at}/conciliation/convocations", "Reçue 17 jours avant", "Reçue 24 jours avant")
    reports(life, "desaccord", points_desaccord="Le prix.")
    fatou.on(7, 1).sees(at, "Après un échec, transmettre à la chambre disciplinaire")
    passes(life, "oui")
    expect(life.person.get_by_text("à la chambre disciplinaire le mercredi 1er juillet 2026")).to_be_visible()


@pytest.mark.scripts("js")
def test_a_withdrawal_at_the_meeting_ends_the_procedure(life: Life) -> None:
    meets(life)
    reports(life, "retrait")
    life.emile.sees(f"{life.at}/cloturer", "La conciliation a abouti.")
    life.emile.does(f"{life.at}/cloturer", {}, press="Clore le dossier")
    expect(life.person.get_by_text("Ce dossier est terminé depuis le lundi 1er juin 2026.")).to_be_visible()


@pytest.mark.engines("postgresql")
@pytest.mark.scripts("nojs")
def test_after_a_first_sanction_the_chamber_without_a_meeting(life: Life) -> None:
    """A sanction final on 3 March 2020 is within six years of 3 March 2026: chamber within three months, 3 June."""
    emile, at = life.emile, life.at
    tells(life)
    page = emile.on(4, 2).page
    page.goto(f"{emile.site.url}{at}/recidive")
    emile.judge(page)
    first = {"sanction_autorite": "Chambre inventée", "source": "Registre inventé", "recidive": "oui"}
    Keyboard(page).answer({**first, **day("sanction_date", date(2020, 3, 3))})
    expect(page.get_by_text("Confirmez-vous la récidive ?")).to_be_visible()
    emile.judge(page)
    Keyboard(page).press("Confirmer la récidive")
    life.fatou.on(4, 3).sees(at, "avant la fin du mercredi 3 juin 2026", "Dans 61 jours")
    expect(life.person.get_by_text("il est transmis sans réunion de conciliation")).to_be_visible()
    expect(life.page.get_by_text("récidive")).to_have_count(0)
    passes(life, "non")


@pytest.mark.scripts("js")
def test_when_the_council_does_not_act_the_director_decides(life: Life) -> None:
    """Met on 28 May: the council had until 28 August; on the 29th the director may act (CSP R. 1110-14)."""
    emile, where = life.emile, f"{life.at}/conciliation/carence"
    meets(life)
    reports(life, "desaccord", points_desaccord="Tout.")
    page = emile.on(8, 28).page
    page.goto(f"{emile.site.url}{where}")
    expect(page.get_by_text("L’ordre n’a pas transmis.")).to_have_count(0)
    emile.on(8, 29).sees(where, "L’ordre n’a pas transmis. Le directeur peut engager une sanction.")
    today = date(2026, 8, 29)
    emile.does(where, {"suite": "sanction", **day("decision_le", today), **day("ordre_informe_le", today)})
    life.fatou.on(8, 30).sees(f"{life.at}/conciliation", "Une sanction est prononcée")
    expect(life.person.get_by_text("sanction")).to_have_count(0)
