"""The list of complaints on a desk: how many are seen at once, on a phone too, and from one to the next by keys."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from app.filing.upkeep import reindex
from tests.browser.conftest import Site, lend
from tests.browser.looking import Judge
from tests.cast import filed, sign_in
from tests.rooms.test_intake_desk import Given, put
from tests.support.client import SuspiciousClient
from tests.support.pdf import opened

LIST = "/agent/plaintes"
LEAST, FOLD = 9, 260
"""Complaints seen whole at 1280 × 900, and how far down the first of them may begin."""


@pytest.fixture
def inbox(page: Page, site: Site, quick: SuspiciousClient) -> Page:
    """Show a clerk a desk with more complaints than a screen holds."""
    names = ("Léa Fictive", "Maximilienne-Alexandra Inventée-Imaginaire", "Noé Inventé")
    for n in range(20):
        put(site.portal, Given(person=names[n % 3], days=n - 4, signs="mineur besoins" if n % 4 == 0 else ""))
    sign_in(quick, site.portal, "595")
    lend(quick, page)
    page.goto(LIST)
    return page


def rows(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.locator("[data-rows] tbody tr").evaluate_all(
        "rows => rows.map(row => ({top: row.getBoundingClientRect().top, end: row.getBoundingClientRect().bottom,"
        " display: getComputedStyle(row).display}))"
    )
    return found


@pytest.mark.viewports("desktop")
def test_nine_complaints_are_seen_without_scrolling(inbox: Page, judge: Judge) -> None:
    inbox.set_viewport_size({"width": 1280, "height": 900})
    seen = rows(inbox)
    assert len(seen) == 20
    assert seen[0]["top"] < FOLD
    assert sum(row["end"] <= 900 for row in seen) >= LEAST
    assert not inbox.locator("details").first.evaluate("one => one.open")
    judge(inbox)
    inbox.goto(f"{LIST}?canal=patient&tri=-numero")
    expect(inbox.get_by_role("button", name="Enlever : Écrite par")).to_be_visible()
    judge(inbox)


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("nojs")
def test_twenty_complaints_are_a_table_on_three_sheets_at_most(inbox: Page) -> None:
    assert len(opened(inbox.pdf(prefer_css_page_size=True, format="A4")).pages) <= 3
    inbox.set_viewport_size({"width": 700, "height": 900})
    assert {row["display"] for row in rows(inbox)} == {"block"}
    inbox.emulate_media(media="print")
    assert {row["display"] for row in rows(inbox)} == {"table-row"}
    expect(inbox.get_by_role("searchbox")).to_be_hidden()
    expect(inbox.locator("[name=dossier]").first).to_be_hidden()


@pytest.mark.viewports("phone")
def test_each_complaint_is_a_card_on_a_phone(inbox: Page, judge: Judge) -> None:
    assert {row["display"] for row in rows(inbox)} == {"block"}
    assert inbox.evaluate("document.documentElement.scrollWidth") <= 360
    judge(inbox)


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
def test_keys_go_to_the_search_and_from_one_complaint_to_the_next(inbox: Page) -> None:
    links = inbox.locator("[data-rows] th[scope=row] a")
    inbox.keyboard.press("/")
    expect(inbox.locator("#q")).to_be_focused()
    inbox.keyboard.type("jk/")
    expect(inbox.locator("#q")).to_have_value("jk/")
    inbox.locator("#q").blur()
    for key, place in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("ArrowUp", 0)):
        inbox.keyboard.press(key)
        expect(links.nth(place)).to_be_focused()
    inbox.get_by_label("Raccourcis clavier").uncheck()
    inbox.reload()
    inbox.keyboard.press("/")
    inbox.keyboard.press("j")
    expect(inbox.locator("body")).to_be_focused()


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
def test_the_keyboard_follows_a_search_from_page_to_page_and_from_order_to_order(inbox: Page, site: Site) -> None:
    for n in range(10):
        put(site.portal, Given(person="Noé Inventé", days=n))
    reindex.index(site.portal.database, site.portal.keyring)
    inbox.get_by_role("searchbox").fill("lille")
    inbox.get_by_role("searchbox").press("Enter")
    said = inbox.locator("#compte")
    expect(said).to_have_text("30 plaintes, Page 1 sur 2")
    inbox.get_by_role("button", name="Page suivante").press("Enter")
    expect(said).to_have_text("30 plaintes, Page 2 sur 2")
    expect(inbox.get_by_role("region", name="Plaintes, par colonne : Échéance")).to_be_focused()
    inbox.get_by_role("button", name="Reçue le").press("Enter")
    expect(said).to_have_text("30 plaintes, Page 1 sur 2")
    expect(inbox.get_by_role("button", name="Reçue le")).to_be_focused()
    expect(inbox.locator("[aria-sort]")).to_have_text("Reçue le")
    inbox.get_by_role("searchbox").press("Enter")
    expect(said).to_have_text("30 plaintes, Page 1 sur 2")
    expect(inbox.locator("[aria-sort]")).to_have_text("Reçue le")
    expect(inbox.get_by_role("searchbox")).to_be_focused()


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
def test_a_search_written_on_while_another_goes_is_the_one_that_is_answered(inbox: Page, site: Site) -> None:
    """Three presses within a second, the first ones on their way: none is swallowed, no late answer takes the place."""
    reindex.index(site.portal.database, site.portal.keyring)
    late: list[Route] = []

    def delay_the_first_ones(route: Route) -> None:
        late.append(route) if len(late) < 2 else route.continue_()

    inbox.route(f"**{LIST}", delay_the_first_ones)
    for words in ("fictive", "imaginaire", "inventé"):
        inbox.get_by_role("searchbox").fill(words)
        inbox.get_by_role("searchbox").press("Enter")
    expect(inbox.locator("#compte")).to_have_text("6 plaintes")
    assert len(late) == 2


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
def test_a_second_press_that_sends_the_same_is_one(inbox: Page) -> None:
    sent: list[str] = []
    inbox.on("request", lambda asked: sent.append(asked.method) if asked.method == "POST" else None)
    inbox.get_by_role("searchbox").fill("SA-CANARI")
    inbox.get_by_role("button", name="Rechercher").dblclick()
    expect(inbox.locator("#compte")).to_have_text("0 plainte")
    assert sent == ["POST"]


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
def test_the_view_that_is_shown_is_told_when_filters_change_it(inbox: Page) -> None:
    current = inbox.get_by_role("navigation", name="Listes").locator("[aria-current]")
    expect(current).to_have_text("Toutes")
    inbox.get_by_text("Filtres", exact=True).click()
    inbox.get_by_label("Écrite par").select_option("patient")
    inbox.get_by_role("button", name="Filtrer").click()
    expect(inbox).to_have_url(re.compile("canal=patient$"))
    expect(current).to_have_count(0)


@pytest.mark.viewports("desktop", "phone")
def test_a_view_is_kept_then_opens_the_list_and_two_complaints_are_given(inbox: Page, judge: Judge) -> None:
    inbox.goto(f"{LIST}?canal=patient&tri=-numero")
    inbox.get_by_role("link", name="Enregistrer cette vue").click()
    judge(inbox)
    inbox.get_by_label("Nom de la vue").fill("Les plus récentes")
    inbox.get_by_role("button", name="Enregistrer cette vue").click()
    inbox.get_by_role("link", name="Affichage : colonnes et vues").click()
    judge(inbox)
    inbox.get_by_label("Vue à l").select_option("Les plus récentes")
    inbox.get_by_label("Ville").check()
    inbox.get_by_role("button", name="Enregistrer l").click()
    expect(inbox).to_have_url(re.compile("canal=patient&tri=-numero&fait=affichage_enregistre(#erreurs)?$"))
    judge(inbox)
    inbox.locator("[name=dossier]").first.check()
    inbox.get_by_role("button", name="Attribuer les plaintes cochées").click()
    inbox.get_by_role("button", name="Continuer").click()
    judge(inbox)
    inbox.get_by_role("button", name="Attribuer").click()
    expect(inbox).to_have_url(re.compile("canal=patient&tri=-numero&fait=plaintes_attribuees(#erreurs)?$"))


@pytest.mark.viewports("desktop")
@pytest.mark.scripts("js")
def test_what_comes_is_told_each_minute_while_the_tab_is_seen_and_the_list_stays(
    page: Page, site: Site, quick: Any
) -> None:
    put(site.portal, Given())
    sign_in(quick, site.portal, "595")
    lend(quick, page)
    page.clock.install()
    page.goto(LIST)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    was = page.locator("[data-rows] tbody tr").bounding_box()
    put(site.portal, Given(person="Noé Inventé"))
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.clock.run_for(180_000)
    assert asked == []
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    page.clock.run_for(61_000)
    link = page.get_by_role("status").get_by_role("link")
    expect(link).to_have_text(re.compile("1.nouvelle plainte – Afficher"))
    assert (len(asked), len(rows(page))) == (1, 1)
    assert page.locator("[data-rows] tbody tr").bounding_box() == was
    link.click()
    expect(page.locator("[data-rows] tbody tr")).to_have_count(2)
    expect(page.locator("[data-arrivals]")).to_be_hidden()


@pytest.mark.viewports("desktop")
def test_back_from_a_complaint_shows_the_search_again(page: Page, site: Site, quick: SuspiciousClient) -> None:
    wanted = filed(site.portal, prenom="Zoé", nom="Retrouvée").number
    filed(site.portal)
    sign_in(quick, site.portal, "595")
    lend(quick, page)
    page.goto("/agent/plaintes")
    page.get_by_role("searchbox").fill("retrouvée")
    page.get_by_role("button", name="Rechercher").click()
    rows = page.locator("#resultats tbody tr")
    expect(rows).to_have_count(1)
    page.get_by_role("link", name=wanted).click()
    expect(page).to_have_url(re.compile(wanted))
    page.go_back()
    expect(rows).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_have_value("retrouvée")
    page.go_back()
    expect(rows).to_have_count(2)
