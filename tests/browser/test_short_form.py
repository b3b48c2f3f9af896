"""The short form by keyboard alone and without a script: six people, the authorities of each, and their clerks."""

import re

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.keyboard import Keyboard
from tests.cast import AMINA, PASSWORD, clerk

STRANGER = "974"
"""An authority that none of these complaints concerns."""
PEOPLE = {
    "a doctor of Lille": (
        {"profession": "medecin", "pro_commune": "Lille"},
        ("directeur de la CPAM de Lille-Douai", "conseil départemental de l’ordre des médecins du Nord"),
        "595",
    ),
    "a dentist of Bastia": (
        {"profession": "chirurgien_dentiste", "pro_commune": "Bastia", "destinataire": "ordre"},
        ("directeur de la CPAM de la Haute-Corse", "ordre des chirurgiens-dentistes"),
        "CD-2B",
    ),
    "the owner of a pharmacy of Marseille": (
        {
            "profession": "pharmacien", "pharmacie_type": "officine", "pharmacie_titulaire": "oui",
            "pro_commune": "Marseille 1er",
        },
        ("directeur de la CPAM des Bouches-du-Rhône", "ordre des pharmaciens"),
        "131",
    ),
    "an orthoptist, who has no ordre": (
        {"profession": "autre", "profession_autre": "92", "pro_commune": "Lyon 3e"},
        ("directeur de la CPAM du Rhône", "Cette profession n’a pas d’ordre"),
        "691",
    ),
    "a doctor in Mayotte": (
        {"profession": "medecin", "pro_commune": "Mamoudzou", "destinataire": "cpam"},
        ("Sur ce territoire, la loi donne votre plainte à l’ordre seul",),
        "",
    ),
    "somebody known by a surname and a town": (
        {"profession": "ne_sait_pas", "pro_nom": "Inventé", "pro_commune": "Toulouse"},
        ("directeur de la CPAM",),
        "",
    ),
}  # fmt: skip
DUE = "mercredi 11 mars 2026"
"""Eight days after Tuesday 3 March 2026 (CSP R. 1110-11)."""
DUE_IN_MAYOTTE = "jeudi 12 mars 2026"
"""It was already Wednesday 4 March there."""


@pytest.mark.viewports("phone")
@pytest.mark.scripts("nojs")
@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_files_by_keyboard(page: Page, context: BrowserContext, site: Site, who: str) -> None:
    changes, shown, desk = PEOPLE[who]
    fields = {**AMINA, **changes}
    keyboard = Keyboard(page)
    page.goto("/avant-de-commencer")
    keyboard.press("Formulaire court, sur une seule page")
    keyboard.answer({name: fields[name] for name in ("qualite", "nom", "recit")})
    expect(page.get_by_role("heading", name=re.compile("réponses sont à corriger"))).to_be_visible()
    expect(page.locator("#recit")).to_have_value(fields["recit"])
    left = {name: value for name, value in fields.items() if name not in {"qualite", "nom", "recit"}}
    keyboard.answer(left)
    main = page.locator("main")
    expect(main).to_contain_text("Votre plainte est reçue")
    expect(main).to_contain_text("mardi 3 mars 2026 à 22 h 41 min 07 s")
    for words in (*shown, DUE_IN_MAYOTTE if "Mayotte" in who else DUE):
        expect(main).to_contain_text(words, ignore_case=True)
    found = re.search(r"SA-\d{4}-\w{4}-\w{4}", main.inner_text())
    assert found
    with page.expect_download() as download:
        keyboard.start(page.get_by_role("link", name="Télécharger le récépissé (PDF)").inner_text())
    assert download.value.suggested_filename == f"recepisse-{found.group()}.pdf"
    if desk:
        opens(context, site, desk, found.group(), fields["recit"])
    opens(context, site, STRANGER, found.group(), None)


def opens(context: BrowserContext, site: Site, desk: str, number: str, story: str | None) -> None:
    """Sign in as a clerk of this authority: the story is read, or nothing is there."""
    email, seed = clerk(site.portal, desk)
    assert context.browser is not None
    with context.browser.new_context(base_url=site.url, java_script_enabled=False) as own:
        page = own.new_page()
        page.goto("/agent/connexion")
        code = pyotp.TOTP(seed).at(site.portal.clock())
        Keyboard(page).answer({"email": email, "mot_de_passe": PASSWORD, "code_otp": code})
        answer = page.goto(f"/agent/plaintes/{number}")
        assert answer is not None
        assert answer.status == (404 if story is None else 200)
        if story is not None:
            expect(page.locator("main")).to_contain_text(story)
