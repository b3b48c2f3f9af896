"""Nobody takes the demonstration for the service: each page says what it is, each sheet of each paper too."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from app.base.crypto.vault import Keyring
from app.base.resources import TEMPLATES
from app.base.settings import Settings
from app.demo import directory
from app.directory.models import Edition, Listing, Site
from app.pages import blank, posters
from app.printing import pdf as printing
from app.runtime import instance
from tests.cast import Sent, send, sign_in
from tests.journeys import DENTIST, follow
from tests.support.client import SuspiciousClient
from tests.support.pdf import bare, faults, opened, text_of
from tests.support.portal import make_portal
from tests.support.routes import listed
from tests.support.source import HOME

BAND = "Démonstration : rien n'est envoyé, tout est inventé"
FIXED = sorted({path for method, path, _ in listed() if method == "GET" and "{" not in path})
PAPERS = "/formulaire-a-imprimer.pdf", "/affiche.pdf", "/depliant.pdf"


def said(page):
    return page.text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.fixture(autouse=True)
def papers_laid_out_again():
    """Forget the papers that are the same for everybody: a process prints for one instance alone."""
    made = blank.blank_form, posters.poster, posters.leaflet
    for one in made:
        one.cache_clear()
    yield
    for one in made:
        one.cache_clear()


@pytest.fixture
def real(reference, clock, tmp_path):
    """A browser on a service that is not the demonstration."""
    from app.runtime.app import create_app  # noqa: PLC0415

    portal = make_portal(reference, clock, tmp_path / "real", env="production")
    with SuspiciousClient(create_app(portal.settings, portal=portal), portal.database) as browser:
        yield browser


@pytest.mark.parametrize("who", ["nobody", "clerk"])
def test_each_page_of_the_demonstration_says_so(client, portal, who):
    if who == "clerk":
        sign_in(client, portal, "595")
    shown = [client.get(path) for path in FIXED]
    pages = [one for one in shown if one.headers.get("content-type", "").startswith("text/html")]
    assert len(pages) > 20
    assert not [one.url.path for one in pages if BAND not in said(client.page(one.url.path))]


def test_a_page_of_trouble_and_a_page_that_was_sent_say_so_too(client):
    assert BAND in said(client.page("/nulle-part"))
    assert BAND in said(Sent(send(client)).page)


def test_every_page_has_the_one_frame_that_says_so():
    whole = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if re.search("<!doctype|<html", path.read_text(encoding="utf-8"), re.IGNORECASE)
    }
    assert whole - {"emails/layout.html"} == {"base.html"}
    blocks = re.sub(
        r"{% block .*?{% endblock", "", (TEMPLATES / "base.html").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert BAND in blocks  # a page that writes its own header keeps it


def test_a_real_service_says_nothing_of_a_demonstration(real):
    assert "Démonstration" not in said(real.page("/"))


def marks(content):
    """Count the words that cross each sheet."""
    with opened(content) as file:
        alone = [pikepdf.new() for _ in file.pages]
        for one, page in zip(alone, file.pages, strict=True):
            one.pages.append(page)
        return ["SPÉCIMEN" in words_of(one) for one in alone]


def words_of(file):
    kept = BytesIO()
    file.save(kept)
    return text_of(kept.getvalue())


@pytest.mark.parametrize("path", PAPERS)
def test_each_sheet_of_a_paper_of_the_demonstration_is_a_specimen(client, path):
    printing.print_for(demo=True)
    made = client.get(path).content
    assert all(marks(made))
    assert not faults(made)


def test_the_receipt_of_the_demonstration_is_a_specimen_and_still_verified(client):
    printing.print_for(demo=True)
    sent = Sent(send(client))
    made = client.get(sent.path.replace("confirmation", "recepisse")).content
    assert all(marks(made))
    assert client.get(sent.path.replace("confirmation", "recepisse")).content == made
    assert bare(sent.number) in text_of(made)


def test_a_paper_of_a_real_service_is_no_specimen(real):
    assert not any(marks(real.get(PAPERS[0]).content))


def test_every_paper_is_laid_out_in_one_place():
    found = {
        path.relative_to(HOME).as_posix(): len(calls)
        for path in Path(HOME, "app").rglob("*.py")
        if (calls := re.findall(r"typst\.compile\(", path.read_text(encoding="utf-8")))
    }
    assert found == {"app/printing/pdf.py": 1}


@pytest.mark.parametrize(("env", "is_marked"), [("demo", True), ("production", False)])
def test_an_instance_says_what_it_prints_for(client, tmp_path, env, is_marked):
    instance.make_portal(Settings(env=env, data=tmp_path / "data"), Keyring.throwaway())
    assert all(marks(client.get(PAPERS[0]).content)) is is_marked


def test_the_demonstration_has_a_directory_of_invented_people(client, portal):
    for _ in range(2):  # also at the next start
        directory.add(portal)
    with portal.database.read() as session:
        editions = session.scalars(select(Edition)).all()
        people = session.scalars(select(Listing)).all()
        zones = session.scalars(select(Site.commune)).all()
    assert [(one.state, one.people, one.rejected) for one in editions] == [("active", directory.PEOPLE, "{}")]
    assert all(one.rpps.startswith("000") for one in people)
    assert all(set(one.family.split("-")) & set(directory.MADE_UP) for one in people)
    assert set(zones) == {commune for commune, _, _ in directory.TOWNS}


def test_the_search_appears_in_the_demonstration_and_finds_somebody(client, portal):
    directory.add(portal)
    there = follow(client, DENTIST, until="professionnel").url.path
    made = directory.InventedDirectory().lines(lambda _done, _all: None)
    wanted = next(one for one in made if (one["profession"], one["town"]) == ("40", "Bastia"))
    assert f"{wanted['given']} {wanted['family']}" in client.page(f"{there}?q={wanted['family']}&ou=Bastia").text


def test_the_directory_is_always_the_same():
    once, again = ([*directory.InventedDirectory().lines(lambda _done, _all: None)] for _ in range(2))
    assert once == again


@pytest.mark.parametrize("profession", {code for code, _, _ in directory.PROFESSIONS})
def test_each_town_has_each_profession(profession):
    made = directory.InventedDirectory().lines(lambda _done, _all: None)
    assert {one["commune"] for one in made if one["profession"] == profession} == {one for one, _, _ in directory.TOWNS}
