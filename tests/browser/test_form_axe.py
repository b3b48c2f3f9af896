"""Every page of the detailed form, as it is and with its mistakes: axe, one title each, no sideways scroll."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from app.saisine.journey import walk
from app.saisine.pages import PAGES
from app.saisine.steps.asked import PROCEDURES
from app.saisine.steps.facts import TODAY
from tests.browser.conftest import lend
from tests.browser.keyboard import Keyboard
from tests.browser.looking import look
from tests.journeys import (
    CARDIOLOGIST,
    DENTIST,
    FEES,
    HOSPITAL,
    LAWYER,
    PARENT,
    PHARMACIST,
    Journey,
    answer,
    begin,
    name_of,
)
from tests.support.client import SuspiciousClient

TUTOR = Journey(
    {
        **LAWYER.pages,
        "qui": {"qualite": "protege"},
        "mesure": {"mesure": "tutelle"},
        "identite": {"prenom": "Noé", "nom": "Fictif", "moyens": ["email"], "email": "noe@exemple.fr"},
    },
    "",
)
HELPER = Journey({**PHARMACIST.pages, "qui": {"qualite": "aide"}}, "")
COUSIN = Journey({**PARENT.pages, "enfant": {"lien": "autre"}}, "")
MEMBER = Journey({**PARENT.pages, "qui": {"qualite": "association"}}, "")
OSTEOPATH = Journey(
    {**PHARMACIST.pages, "lieu": {"lieu_refus": "cabinet", "profession": "autre", "profession_autre": "71"}}, ""
)
NOBODY_KNOWN = Journey({**HOSPITAL.pages, "etablissement": {"pro_connu": "non"}}, "")
ENDS = {"verifier", "association", "enfant/autorite"}
WALKS = {
    "one": (CARDIOLOGIST, COUSIN, MEMBER),
    "two": (PARENT, FEES, OSTEOPATH, DENTIST),
    "three": (TUTOR, NOBODY_KNOWN, HELPER, PHARMACIST),
}


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
@pytest.mark.parametrize("way", WALKS)
def test_every_page_of_the_form(page: Page, quick: SuspiciousClient, way: str) -> None:
    """Each page is looked at and answered by keyboard where its way first meets it; the others are passed quickly."""
    seen: set[str] = set()
    for journey in WALKS[way]:
        quick.cookies.clear()
        address = str(begin(quick).url)
        lend(quick, page)
        for _ in range(60):
            name = name_of(address)
            if name not in seen:
                seen.add(name)
                if page.url != address:
                    page.goto(address)
                look(page)
                _look_at_mistakes(page, name)
                if name in ENDS:
                    break
                Keyboard(page).answer(journey.pages.get(name, {}))
                address = page.url
            elif name in ENDS:
                break
            else:
                address = str(answer(quick, journey, quick.get(address)).url)
        else:
            pytest.fail(f"the way {way!r} has no end: it stands at {name!r}")
    assert len(seen) > 1


def _look_at_mistakes(page: Page, name: str) -> None:
    """Press the main button of an empty page, when something is asked."""
    if page.locator("main form").count() == 0 or name in {"association", "enfant/autorite", "hors-champ"}:
        return
    with page.expect_navigation():
        page.locator("main .govuk-button:not(.govuk-button--secondary)").first.click()
    if page.locator(".govuk-error-summary").count():
        assert page.title().startswith("Erreur")
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        look(page)
    elif name_of(page.url) != name:
        page.go_back()


def test_the_walks_meet_every_page() -> None:
    known = {TODAY: date(2026, 3, 3), PROCEDURES: {"91": "cpam_seule", "71": "hors_champ"}}
    ways = [walk(PAGES, journey.typed, known, skipping=True) for walks in WALKS.values() for journey in walks]
    of_directory = {"professionnel", "professionnel/adresse"}  # looked at where one is loaded: test_directory.py
    of_member = {"identite/mandant", "joindre-par", "joindre", "personne-representee"}
    of_association = {"pour-une-personne", "mandat"} | of_member  # where a member is signed in: test_mandates.py
    met = {page.name for way in ways for page in way.open}
    of_other_scripts = {"identite/latin", "personne/latin"}  # for a name that papers cannot show: test_latin_name.py
    assert {page.name for page in PAGES} - met == of_directory | of_association | of_other_scripts
