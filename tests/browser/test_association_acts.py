"""An act of an association that comes with files, in a browser: one press, one act, whatever the script adds."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.filing.queries import filing_by_number, open_for_association
from app.filing.sealed.act import of_kind
from app.filing.sealed.person import ProofsAdded
from tests.browser.conftest import Site, lend
from tests.cast import ASSOCIATION, filed_for, sign_in_member
from tests.pages.test_association_desk import register
from tests.support.client import SuspiciousClient
from tests.support.files import pdf, picture


@pytest.mark.viewports("phone")
def test_two_files_are_sent_by_one_act(page: Page, site: Site, quick: SuspiciousClient, tmp_path: Path) -> None:
    register(site.portal)
    sign_in_member(quick, site.portal)
    number = filed_for(site.portal).number
    (tmp_path / "a.png").write_bytes(picture("PNG"))
    (tmp_path / "b.pdf").write_bytes(pdf())
    lend(quick, page)
    page.goto(f"/association/plaintes/{number}/preuves")
    page.locator("#fichiers").set_input_files([tmp_path / "a.png", tmp_path / "b.pdf"])
    page.get_by_role("button", name=re.compile("^Envoyer")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plainte")
    with site.portal.database.read() as session:
        filing = filing_by_number(session, number)
        assert filing is not None
        opened = open_for_association(session, site.portal.keyring, filing, ASSOCIATION)
        assert opened is not None
        acts = [[file["name"] for file in act.sealed.files] for act in of_kind(opened.acts, ProofsAdded)]
    assert acts == [["a.png", "b.pdf"]]
