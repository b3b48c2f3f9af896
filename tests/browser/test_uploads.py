"""Adding files with the script: one after the other, told in words, smaller if wanted; a failure loses no other."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from app.evidence.models import Evidence
from tests.browser.conftest import Site, lend, opened
from tests.cast import Sent, send
from tests.journeys import DENTIST
from tests.support.client import SuspiciousClient
from tests.support.files import pdf, picture

pytestmark = [pytest.mark.viewports("phone"), pytest.mark.scripts("js")]


@pytest.fixture
def proofs(page: Page, quick: SuspiciousClient, tmp_path: Path) -> Page:
    """The page of the files, with three files at hand."""
    for name, content in {"a.png": picture("PNG"), "b.pdf": pdf(), "c.png": picture("PNG", colour="red")}.items():
        (tmp_path / name).write_bytes(content)
    return opened(page, quick, DENTIST, "preuves")


def choose(page: Page, folder: Path, *names: str) -> None:
    page.locator("#fichiers").set_input_files([folder / name for name in names])


def rows(page: Page) -> list[str]:
    return page.locator(".files__name bdi").all_inner_texts()


def expect_seen(page: Page, name: str) -> None:
    """Wait until the small picture of a photo is drawn; pictures wait until they are near the screen."""
    small = page.get_by_role("img", name=name)
    small.scroll_into_view_if_needed()
    expect(small).to_have_js_property("complete", True)  # noqa: FBT003
    assert small.evaluate("image => image.naturalWidth") > 0


def test_files_go_one_by_one_and_the_focus_goes_to_the_first_new_one(proofs: Page, tmp_path: Path) -> None:
    sent = posts(proofs)
    choose(proofs, tmp_path, "a.png", "b.pdf", "c.png")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator(".files__item")).to_have_count(3)
    assert sent == ["POST"] * 3
    assert sorted(rows(proofs)) == ["a.png", "b.pdf", "c.png"]
    expect_seen(proofs, "a.png")
    expect_seen(proofs, "c.png")
    assert proofs.evaluate("document.activeElement.className") == "files__item"


def test_going_on_with_files_chosen_adds_them_first(proofs: Page, tmp_path: Path, site: Site) -> None:
    choose(proofs, tmp_path, "a.png", "b.pdf")
    proofs.get_by_role("button", name="Continuer", exact=True).click()
    expect(proofs.get_by_role("heading", level=1)).to_have_text("Qui êtes‑vous ?")
    with site.portal.database.read() as session:
        assert len(session.scalars(select(Evidence.id)).all()) == 2


def test_a_line_cut_in_the_middle_is_told_and_tried_again(proofs: Page, tmp_path: Path) -> None:
    seen = [0]

    def cuts_the_second(route: Route) -> None:
        seen[0] += route.request.method == "POST"
        if route.request.method == "POST" and seen[0] == 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    proofs.route("**/preuves*", cuts_the_second)
    choose(proofs, tmp_path, "a.png", "b.pdf", "c.png")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    list_ = proofs.locator("[data-uploads]")
    expect(list_).to_contain_text("a.png : ajouté")
    expect(list_).to_contain_text("“b.pdf” n’a pas pu être envoyé. Réessayez.")
    expect(list_).to_contain_text("c.png : ajouté")
    again = proofs.get_by_role("button", name="Réessayer b.pdf")
    expect(again).to_be_focused()
    again.click()
    expect(proofs.locator(".files__item")).to_have_count(3)


def test_what_the_server_refuses_is_said_beside_what_it_took(proofs: Page, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(pdf(password="lune"))
    choose(proofs, tmp_path, "secret.pdf", "a.png")
    proofs.get_by_role("button", name="Continuer", exact=True).click()
    list_ = proofs.locator("[data-uploads]")
    expect(list_).to_contain_text("“secret.pdf” est protégé par un mot de passe.")
    expect(list_).to_contain_text("a.png : ajouté")
    expect(proofs.locator(".files__item")).to_have_count(1)
    assert rows(proofs) == ["a.png"]
    expect_seen(proofs, "a.png")
    expect(proofs.get_by_role("heading", name="Vos fichiers (1)")).to_be_visible()
    expect(proofs.get_by_role("button", name="Retirer a.png")).to_be_visible()
    expect(proofs).to_have_title(re.compile(r"^Erreur\s:"))
    proofs.reload()
    assert rows(proofs) == ["a.png"]


def test_after_a_refusal_the_focus_goes_to_the_next_file_that_is_new(proofs: Page, tmp_path: Path) -> None:
    (tmp_path / "vide.pdf").write_bytes(b"")
    choose(proofs, tmp_path, "vide.pdf", "a.png")
    proofs.get_by_role("button", name="Continuer", exact=True).click()
    expect(proofs).to_have_title(re.compile(r"^Erreur\s:"))
    expect(proofs.locator("[data-uploads]")).to_contain_text("“vide.pdf” est vide.")
    choose(proofs, tmp_path, "c.png")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator(".files__item").filter(has_text="Retirer c.png")).to_be_focused()


def posts(page: Page) -> list[str]:
    """Count what is sent from now on."""
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method) if asked.method == "POST" else None)
    return sent


def many(folder: Path, count: int) -> list[str]:
    """Draw pictures, each another one."""
    names = [f"{n}.png" for n in range(count)]
    for n, name in enumerate(names):
        (folder / name).write_bytes(picture("PNG", size=(8 + n, 6)))
    return names


def test_files_too_many_are_told_before_anything_leaves_and_the_others_go(proofs: Page, tmp_path: Path) -> None:
    told = "La limite est de 20 fichiers. Ne seront pas ajoutés : 20.png, 21.png."
    list_, sent = proofs.locator("[data-uploads]"), posts(proofs)
    choose(proofs, tmp_path, *many(tmp_path, 22))
    expect(list_).to_have_text(told)
    expect(proofs.locator("[data-uploads-said]")).to_have_text(told)
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator(".files__item")).to_have_count(20)
    expect(list_).to_contain_text("19.png : ajouté")
    expect(list_).to_contain_text(told)
    assert sent == ["POST"] * 20
    choose(proofs, tmp_path, "20.png")
    expect(list_).to_have_text("La limite est de 20 fichiers. Ne seront pas ajoutés : 20.png.")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(list_).to_have_text("La limite est de 20 fichiers. Ne seront pas ajoutés : 20.png.")
    assert sent == ["POST"] * 20


def test_files_that_would_pass_the_whole_limit_do_not_leave_the_phone(
    proofs: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = (tmp_path / "a.png").stat().st_size
    monkeypatch.setattr("app.evidence.rules.TOTAL_MOST", first + 1)
    proofs.reload()
    sent = posts(proofs)
    choose(proofs, tmp_path, "a.png", "b.pdf")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator("[data-uploads]")).to_contain_text("“b.pdf” ne peut pas être ajouté : vos fichiers dépassent")
    expect(proofs.locator(".files__item")).to_have_count(1)
    assert sent == ["POST"]


def test_a_file_beyond_the_limit_does_not_leave_the_phone(proofs: Page, tmp_path: Path) -> None:
    (tmp_path / "vaste.pdf").write_bytes(pdf() + bytes(15 * 1024 * 1024))
    sent = posts(proofs)
    choose(proofs, tmp_path, "vaste.pdf")
    expect(proofs.locator("[data-uploads]")).to_have_text(
        "“vaste.pdf” est trop lourd (15,0 Mo). La limite est de 15 Mo."
    )
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator("[data-uploads]")).to_contain_text("“vaste.pdf” est trop lourd (15,0 Mo).")
    assert sent == []


def test_a_photo_beyond_the_limit_is_made_smaller_unasked(proofs: Page, tmp_path: Path) -> None:
    (tmp_path / "vaste.png").write_bytes(picture("PNG", (900, 700)) + bytes(15 * 1024 * 1024))
    choose(proofs, tmp_path, "vaste.png")
    expect(proofs.locator("[data-uploads]").get_by_role("checkbox")).to_have_count(0)
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.get_by_role("button", name="Retirer vaste.jpg")).to_be_visible()


def test_a_heavy_photo_may_be_sent_smaller(proofs: Page, tmp_path: Path, site: Site) -> None:
    from PIL import Image  # noqa: PLC0415 - only here is a large photo needed

    noise = Image.effect_noise((2600, 2000), 100).convert("RGB")
    noise.save(tmp_path / "grande.jpg", quality=97)
    heavy = (tmp_path / "grande.jpg").stat().st_size
    assert heavy > 4 * 1024 * 1024
    choose(proofs, tmp_path, "grande.jpg")
    box = proofs.get_by_label(re.compile("Envoyer une version plus légère"))
    expect(box).to_be_visible()
    box.check(force=True)
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator(".files__item")).to_have_count(1)
    with site.portal.database.read() as session:
        row = session.scalars(select(Evidence)).one()
    assert row.media_type == "image/jpeg"
    assert row.size < heavy / 2


def test_what_a_file_shows_may_be_written_again_once_it_saved_itself(proofs: Page, tmp_path: Path) -> None:
    choose(proofs, tmp_path, "a.png")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator(".files__item")).to_have_count(1)
    title = proofs.get_by_label(re.compile("Que montre ce fichier"))
    title.fill("Une photo")
    proofs.locator("#fichiers").focus()
    expect(proofs.locator("[data-autosave-status]")).to_contain_text("Enregistré à")
    title.fill("Une photo du courrier")
    proofs.get_by_role("button", name="Continuer", exact=True).click()
    expect(proofs.get_by_role("heading", level=1)).to_have_text("Qui êtes‑vous ?")
    proofs.go_back()
    expect(title).to_have_value("Une photo du courrier")


def test_words_save_themselves_again_after_a_line_cut_in_the_middle_of_a_file(proofs: Page, tmp_path: Path) -> None:
    choose(proofs, tmp_path, "a.png")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator(".files__item")).to_have_count(1)
    proofs.route("**/preuves*", lambda route: route.abort("internetdisconnected"))
    choose(proofs, tmp_path, "b.pdf")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.get_by_role("button", name="Réessayer b.pdf")).to_be_focused()
    proofs.unroute("**/preuves*")
    title = proofs.get_by_label(re.compile("Que montre ce fichier"))
    title.fill("Une photo du courrier")
    proofs.locator("#fichiers").focus()
    expect(proofs.locator("[data-autosave-status]")).to_contain_text("Enregistré à")
    proofs.reload()
    expect(title).to_have_value("Une photo du courrier")


@pytest.mark.parametrize("name", ["preuves", "court"])
def test_a_slow_press_says_that_it_goes_and_shows_no_pattern(proofs: Page, name: str) -> None:
    """The page sends itself, without a file: what waits says so in words, on the line made for it."""
    proofs.goto(proofs.url.replace("/preuves", f"/{name}"))
    pressed = "form => form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))"
    proofs.locator("#reponses").evaluate(pressed)  # what a press does, and the page stays
    expect(proofs.locator("[data-uploads]")).to_be_empty()
    if name == "court":
        expect(proofs.locator("#reponses .sending")).to_have_text("Envoi en cours, ne fermez pas la page.")


def test_a_page_that_closed_never_says_that_a_file_was_added(proofs: Page, tmp_path: Path) -> None:
    """Nor does it offer to try again what cannot go: it leads to the page that says so."""
    proofs.context.clear_cookies()
    choose(proofs, tmp_path, "a.png")
    proofs.get_by_role("button", name="Ajouter", exact=True).click()
    expect(proofs.locator("main")).to_contain_text("Cette plainte n’est pas ouverte sur cet appareil")


SAID = """list => new MutationObserver(() => (sessionStorage.said = `${sessionStorage.said} ${list.textContent}`))
    .observe(list, { childList: true, subtree: true, characterData: true })"""


def test_a_follow_up_that_closed_never_says_that_a_file_was_added(
    page: Page, quick: SuspiciousClient, tmp_path: Path
) -> None:
    """It answers with the page of the code, and the file is nowhere."""
    (tmp_path / "a.png").write_bytes(picture("PNG"))
    quick.submit("/reprendre", {"code": Sent(send(quick)).code})
    lend(quick, page)
    page.goto("/suivi/preuves")
    page.context.clear_cookies()
    page.locator("[data-uploads]").evaluate(SAID)
    choose(page, tmp_path, "a.png")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page).to_have_url(re.compile("/reprendre"))
    assert "100" in page.evaluate("sessionStorage.said")
    assert "ajouté" not in page.evaluate("sessionStorage.said")
