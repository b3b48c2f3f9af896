"""A browser that lacks one thing that the script uses: the form goes all the same, with its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.evidence.models import Evidence
from tests.browser.conftest import Site
from tests.cast import AMINA
from tests.support.files import picture

pytestmark = pytest.mark.viewports("phone")
PROTOTYPES = (
    "HTMLFormElement.prototype.requestSubmit", "SubmitEvent.prototype.submitter", "Element.prototype.replaceChildren",
    "Element.prototype.scrollIntoView", "Element.prototype.append",
    "HTMLDialogElement.prototype.showModal", "String.prototype.normalize", "Array.prototype.at",
    "XMLHttpRequest.prototype.upload", "History.prototype.replaceState", "FormData.prototype.set",
    "DOMTokenList.prototype.toggle",
)  # fmt: skip
GLOBALS = (
    "fetch", "AbortController", "structuredClone", "XMLHttpRequest", "FormData", "DOMParser", "URLSearchParams", "File",
    "createImageBitmap", "Intl.NumberFormat", "Intl.PluralRules", "navigator.clipboard",
)  # fmt: skip
TOGETHER = "HTMLFormElement.prototype.requestSubmit", "SubmitEvent.prototype.submitter"
"""What Safari 15.3 and older ones lack at once."""
MISSING = [(name,) for name in (*PROTOTYPES, *GLOBALS)] + [TOGETHER]


@pytest.fixture
def old(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab where some interfaces are not there."""
    with browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740}) as context:
        for name in request.param:
            owner, _, key = name.rpartition(".")
            owner = owner or "globalThis"
            context.add_init_script(
                f"delete {owner}.{key}; if ('{key}' in {owner}) "
                f"Object.defineProperty({owner}, '{key}', {{value: undefined, configurable: true}});"
            )
        yield context.new_page()


@pytest.mark.parametrize("old", MISSING, indirect=True, ids="+".join)
def test_the_form_goes_with_its_file_whatever_the_browser_lacks(old: Page, site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture("PNG"))
    old.goto("/avant-de-commencer")
    old.get_by_role("button", name="Formulaire court").click()
    expect(old.locator("body.js-enabled")).to_be_visible()
    for name, value in AMINA.items():
        field = old.locator(f"[name={name}]")
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            old.locator(f"[name={name}][value={value}]").check(force=True)
        else:
            field.fill(value)
    old.locator("#fichiers").set_input_files(tmp_path / "a.png")
    old.get_by_role("button", name="Envoyer ma plainte").click()
    expect(old.locator("main")).to_contain_text("Votre plainte est reçue", timeout=8000)
    with site.portal.database.read() as session:
        assert len(session.scalars(select(Evidence.id)).all()) == 1
