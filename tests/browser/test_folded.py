"""A box that is unticked takes its answer back: what is folded is not sent, and comes back as typed with the box."""

import pytest
from playwright.sync_api import Page, expect

from app.filing.queries import filing_by_number, open_for_person
from tests.browser.conftest import Site, lend, opened
from tests.cast import AMINA, Sent, send
from tests.journeys import DENTIST
from tests.support.client import SuspiciousClient

pytestmark = pytest.mark.viewports("phone")
PHONE = "06 00 00 00 00"


def fill(page: Page, answers: dict[str, str]) -> None:
    """Answer as a person who sees the page does."""
    for name, value in answers.items():
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f"[name={name}][value={value}]").check(force=True)
        else:
            field.fill(value)


def think_again(page: Page) -> None:
    """Give a telephone, then take it back and give an e-mail address."""
    fill(page, {"moyens": "telephone", "telephone": PHONE})
    by_phone = page.locator("[name=moyens][value=telephone]")
    by_phone.uncheck(force=True)
    expect(page.locator("#telephone")).to_be_disabled()
    by_phone.check(force=True)
    expect(page.locator("#telephone")).to_be_enabled()
    expect(page.locator("#telephone")).to_have_value(PHONE)
    by_phone.uncheck(force=True)
    fill(page, {"moyens": "email", "email": AMINA["email"]})


def means_of(site: Site, number: str) -> dict[str, object]:
    """Return how the authority may reach the person."""
    with site.portal.database.read() as session:
        filing = filing_by_number(session, number)
        assert filing is not None
        contact = open_for_person(session, site.portal.keyring, filing).contact
    return {row["name"]: row["answer"] for row in contact if row["name"] in {"moyens", "email", "telephone"}}


@pytest.mark.scripts("js")
def test_the_short_form_sends_no_telephone_that_was_taken_back(page: Page, site: Site) -> None:
    page.goto("/avant-de-commencer")
    page.get_by_role("button", name="Formulaire court").click()
    fill(page, {name: value for name, value in AMINA.items() if name not in {"moyens", "email"}})
    think_again(page)
    page.get_by_role("button", name="Envoyer ma plainte").click()
    expect(page.locator("main")).to_contain_text("Votre plainte est reçue")
    found = page.locator("main").inner_text()
    number = next(word for word in found.replace("\u2011", "-").split() if word.startswith("SA-"))
    assert means_of(site, number.rstrip(".")) == {"moyens": ["email"], "email": AMINA["email"]}


@pytest.mark.scripts("js")
def test_the_detailed_form_keeps_no_telephone_that_was_taken_back(page: Page, quick: SuspiciousClient) -> None:
    opened(page, quick, DENTIST, "identite")
    think_again(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Continuer").last.click()
    page.go_back()
    page.reload()
    expect(page.locator("[name=moyens][value=telephone]")).not_to_be_checked()
    assert page.locator("#telephone").input_value() == ""


@pytest.mark.scripts("js")
def test_the_follow_up_takes_back_a_telephone(page: Page, quick: SuspiciousClient, site: Site) -> None:
    sent = Sent(send(quick))
    lend(quick, page)
    page.goto("/reprendre")
    page.locator("#code").fill(sent.code)
    with page.expect_navigation():
        page.locator("main form button").last.click()
    page.goto("/suivi/coordonnees")
    think_again(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("Vos coordonnées sont enregistrées")
    assert means_of(site, sent.number) == {"moyens": ["email"], "email": AMINA["email"]}


@pytest.mark.scripts("nojs")
def test_without_a_script_a_filled_field_counts_as_its_box(page: Page, quick: SuspiciousClient) -> None:
    opened(page, quick, DENTIST, "identite")
    where = page.url
    page.locator("#telephone").fill(PHONE)
    with page.expect_navigation():
        page.get_by_role("button", name="Continuer").last.click()
    page.goto(where)
    expect(page.locator("[name=moyens][value=telephone]")).to_be_checked()


@pytest.mark.scripts("js")
@pytest.mark.parametrize(
    ("where", "choice", "opened_field"),
    [
        ("formes", {"formes": "tiers_payant_refuse"}, {"montant_demande": "1 200,5 €"}),
        ("motifs", {"motifs": "c2s"}, {"couverture_connue": "oui"}),
        ("identite", {"moyens": "telephone"}, {"telephone": PHONE}),
    ],
)
def test_a_field_that_a_choice_opened_makes_no_other_choice(
    page: Page, quick: SuspiciousClient, where: str, choice: dict[str, str], opened_field: dict[str, str]
) -> None:
    opened(page, quick, DENTIST, where)
    fill(page, choice)
    fill(page, opened_field)
    ((name, value),) = choice.items()
    ticked = page.locator(f"[name={name}]:checked")
    assert ticked.evaluate_all("boxes => boxes.map(one => one.value)") == [value]
