"""The life of a complaint in a browser: received, told, met without agreement, passed on to the chamber.

Received on Tuesday 3 March 2026; meeting on Thursday 28 May; summons by 13 May; report by 5 June; chamber by 28 August.

The longest life runs with and without a script on both databases. A page is the same whatever keeps it: the others run
with a script on SQLite, without on PostgreSQL; ``tests/pages/test_conciliation.py`` asks for their pages on both.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.keyboard import Keyboard
from tests.browser.lives import Life, Worker, appoints, day, meets, passes, reports, tells
from tests.browser.looking import Judge
from tests.cast import clerk, filed
from tests.support.client import SuspiciousClient
from tests.support.files import picture

pytestmark = pytest.mark.viewports("phone")


@pytest.fixture
def desk(browser: Browser, scripts: bool) -> Iterator[Page]:  # noqa: FBT001
    """Another browser, on the clerks' desk."""
    with browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripts) as context:
        yield context.new_page()


@pytest.fixture
def life(page: Page, desk: Page, judge: Judge, quick: SuspiciousClient, site: Site, tmp_path: Path) -> Life:
    """Appoint the commission, and send a complaint on 3 March."""
    appoints(site.portal)
    signed = tmp_path / "signe.png"
    signed.write_bytes(picture("PNG"))
    sent = filed(site.portal)
    emile, fatou = (
        Worker(desk, site, judge, quick, clerk(site.portal, authority, name)[0])
        for authority, name in (("595", "Émile Exemple"), ("MED-59", "Fatou Exemple"))
    )
    return Life(page, quick, sent.code, f"/agent/plaintes/{sent.number}", emile, fatou, signed, judge)


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
    expect(page.get_by_text("Confirmez‑vous la récidive ?")).to_be_visible()
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
