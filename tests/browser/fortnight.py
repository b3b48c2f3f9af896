"""An office of a caisse: its people, each in a browser, what comes to them, and what each morning tells of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from sqlalchemy import or_, select

from app.base.dates import date_text
from app.base.portal import Portal
from app.filing.models import Filing, FilingDuty
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker as Postman
from app.runtime.monitor import Monitor
from tests.browser.conftest import Site
from tests.browser.lives import Worker, appoints, day
from tests.browser.looking import Judge
from tests.cast import Filed, clerk, come_in, filed
from tests.journeys import PNG
from tests.support.client import SuspiciousClient

LILLE, LIST = "595", "/agent/plaintes"
DESK: ViewportSize = {"width": 1280, "height": 900}
MONTH = 3
"""March 2026, all along."""
PAPER = {"fichiers": [("plainte.png", PNG, "image/png")]}
TOLD = re.compile(r"(\d+) plaintes? : [^:]*?(?:avant la fin du|en retard depuis le) (\w+ \d+(?:er)? \w+ \d{4})")
"""A line of a digest or of an alert: how many, and their day."""
PEOPLE = (
    {"prenom": "Ana", "nom": "Montagne-Fictive", "profession": "medecin"},
    {"prenom": "Bao", "nom": "Inventé", "profession": "chirurgien_dentiste", "pro_nom": "Lou Exemple"},
    {"prenom": "Chloé", "nom": "Imaginaire", "profession": "sage_femme", "pro_nom": "Ines Fictive"},
    {"prenom": "Driss", "nom": "Exemple", "profession": "infirmier", "pro_nom": "Max Inventé"},
    {"prenom": "Élise", "nom": "Fictive", "profession": "masseur_kinesitherapeute", "pro_nom": "Noa Fictif"},
    {"prenom": "Farid", "nom": "Supposé", "profession": "pedicure_podologue", "pro_nom": "Zoé Imaginaire"},
    {"profession": "medecin", "qualite": "enfant", "pers_prenom": "Gil", "pers_nom": "Fictif"},
)


@dataclass(frozen=True)
class Office:
    """Two clerks and their manager, at their desks, and whoever complains."""

    portal: Portal
    quick: SuspiciousClient
    emile: Worker
    zoe: Worker
    rita: Worker

    def set(self, month: int, day: int, hour: int, minute: int = 0) -> None:
        """Set the clock."""
        self.portal.clock.now = datetime(2026, month, day, hour, minute, tzinfo=UTC)  # type: ignore[attr-defined]

    def comes(self, n: int, month: int, day: int, hour: int = 14, **more: str) -> Filed:
        """Receive the complaint of one of the people."""
        self.set(month, day, hour, n)
        return filed(self.portal, by_association=n % 8 == 7, **{**PEOPLE[n % len(PEOPLE)], **more})

    def records(self, who: Worker, name: str, on: int) -> None:
        """Record a letter that came on a day, as the page of the browser does."""
        come_in(self.quick, self.portal, who.email)
        typed = {"recu_par": "courrier_recommande", "recu_le_jour": str(on), "recu_le_mois": "3"}
        more = {"recu_le_annee": "2026", "nom": name, "profession": "medecin", "pro_commune": "59350"}
        button = "Enregistrer la plainte"
        shown = self.quick.submit("/agent/saisir", {**typed, **more}, PAPER, button=button)
        assert re.search(r"SA-\d{4}-\w{4}-\w{4}$", str(shown.url).partition("?")[0])

    def morning(self, day: int) -> int:
        """Come to work: the mails leave, and nothing late is unseen. Return how many days passed since yesterday."""
        for one in (self.emile, self.zoe, self.rita):
            one.on(MONTH, day)
        monitor = Monitor(self.portal)
        monitor.withdraw()
        monitor.notify()
        today, owed = date(2026, MONTH, day), self.owed(date(2026, MONTH, day))
        digest, alert = self.mails()
        near = Counter(date_text(due) for _, due in owed if due <= today + timedelta(days=8))
        assert digest == near, f"{today}: the digest"
        passed = Counter(date_text(due) for _, due in owed if due == today - timedelta(days=1))
        assert passed <= alert, f"{today}: the alert"
        self.rita.page.goto(f"{self.rita.site.url}{LIST}?echeance=retard&par=100")
        assert set(numbers(self.rita.page)) == {number for number, due in owed if due < today}, f"{today}: the list"
        return passed.total()

    def owed(self, today: date) -> Sequence[Any]:
        """List what is still owed of the complaints: number and day; the councils do not work here."""
        own = or_(FilingDuty.authority == LILLE, Filing.receiver == LILLE)
        wanted = select(Filing.number, FilingDuty.due_on).join(Filing, Filing.id == FilingDuty.filing_id)
        with self.portal.database.read() as session:
            return session.execute(wanted.where(own, FilingDuty.until >= today)).all()

    def mails(self) -> tuple[Counter[str], Counter[str]]:
        """Read what the digest and the alert of the morning told the manager: how many, by their day."""
        post = MemoryMailer()
        postman = Postman(self.portal.database, self.portal.keyring, post, self.portal.clock, "exemple.fr")
        while postman.run_once():
            pass
        told: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for letter in post.to(self.rita.email):
            assert "SA-" not in letter.text
            text = " ".join(letter.text.replace("\u00a0", " ").split())
            for n, due in TOLD.findall(text):
                told["presse" in letter.subject][due] += int(n)
        return told


@pytest.fixture
def office(
    browser: Browser,
    axe: Judge,
    quick: SuspiciousClient,
    site: Site,
    scripts: bool,  # noqa: FBT001
) -> Iterator[Office]:
    """Seat Émile, Zoé and Rita, each in a browser of their own."""
    roles = {"Émile Exemple": "agent", "Zoé Fictive": "agent", "Rita Inventée": "responsable"}
    appoints(site.portal)
    with ExitStack() as stack:
        workers = []
        for name, role in roles.items():
            context = stack.enter_context(browser.new_context(viewport=DESK, java_script_enabled=scripts))
            email, _ = clerk(site.portal, "595", name, role)
            workers.append(Worker(context.new_page(), site, axe, quick, email))
        yield Office(site.portal, quick, *workers)


def rows(page: Page) -> Locator:
    """Find the complaints of the list."""
    return page.locator("[data-rows] tbody tr")


def numbers(page: Page) -> list[str]:
    """Read the numbers of the list, as it is sorted."""
    return page.locator("[data-rows] th[scope=row] a").all_inner_texts()


def opens(who: Worker, where: str = LIST) -> Page:
    """Open a page, without judging it: others do."""
    who.site.portal.clock.advance(seconds=20)  # type: ignore[attr-defined]
    who.page.goto(f"{who.site.url}{where}")
    return who.page


def writes_down(who: Worker, name: str, on: int) -> None:
    """Record a registered letter beside its scan."""
    desk = opens(who, "/agent/saisir")
    desk.locator("input[type=file]").set_input_files({"name": "lettre.png", "mimeType": "image/png", "buffer": PNG})
    expect(desk.get_by_role("region", name="Scan de la plainte").get_by_role("img")).to_be_visible()
    desk.get_by_label("Lettre recommandée avec avis de réception").check()
    for part, text in day("recu_le", date(2026, 3, on)).items():
        desk.locator(f"[name={part}]").fill(text)
    desk.get_by_label("Nom", exact=True).fill(name)
    desk.get_by_role("button", name="Enregistrer la plainte").click()
    expect(desk.get_by_text(f"reçue le {on} mars 2026 par lettre recommandée")).to_be_visible()


def follows(person: Page, one: Filed) -> None:
    """Open the follow-up of a complaint."""
    person.goto("/reprendre")
    person.locator("#code").fill(one.code)
    person.get_by_role("button", name="Continuer").click()
    expect(person.get_by_role("heading", level=1)).to_contain_text(one.number)


def withdraws(person: Page, one: Filed) -> None:
    """Withdraw a complaint; there is a day to change one's mind."""
    follows(person, one)
    person.goto("/suivi/retirer")
    person.locator("[name=retrait][value=oui]").check()
    person.get_by_role("button", name="Continuer").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("Votre demande de retrait est enregistrée")
