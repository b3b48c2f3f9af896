"""A page drawn once for all who chose the same is the page that each would have alone, and holds nobody else's."""

import re
from itertools import product

import pytest

from app.saisine.pages import PAGES
from app.saisine.web import common_page
from tests.journeys import JOURNEYS, follow, name_of
from tests.support.client import SuspiciousClient, without_tokens

COMMON = [page.name for page in PAGES if page.template == common_page.TEMPLATE]
NOBODY = "ZZZZZZZZ"


@pytest.fixture
def other(app, portal):
    with SuspiciousClient(app, portal.database) as client:
        yield client


def read(client, last, name, query=""):
    """Read a page of the draft whose last page is ``last``; nothing when it is not on its way."""
    path = last.url.path.replace(name_of(last.url), name) + query
    answer = client.get(path)
    return path.split("/saisine/")[1][:8], answer.text if name_of(answer.url).startswith(name) else ""


def lasting(source):
    """Leave out what is drawn at random for each showing."""
    return re.sub(r'(?<=name="version" value=")([^"]+)\.[^."]+', r"\1", without_tokens(source))


def anonymous(source, draft):
    return lasting(source).replace(draft, NOBODY)


@pytest.mark.parametrize("code", ["fr", "ar", "facile"])
def test_a_common_page_is_the_one_that_each_would_have_alone(client, other, monkeypatch, code):
    """Whoever came before: a parent, a lawyer, somebody who speaks for herself."""
    met = set()
    for who in ("ordinary", "parent", "lawyer"):
        own, its = (follow(one, JOURNEYS[who], code=code) for one in (client, other))
        for name, query in product(COMMON, ("", f"?{common_page.CHANGING}=oui")):
            mine, drawn = read(client, own, name, query)
            theirs, again = read(other, its, name, query)
            with monkeypatch.context() as patch:
                patch.setattr(common_page, "TEMPLATE", "")
                _, alone = read(client, own, name, query)
            assert lasting(drawn) == lasting(alone)
            assert anonymous(drawn, mine) == anonymous(again, theirs)
            assert theirs not in drawn
            met |= {name} if drawn else set()
    assert met >= {"qui", "enfant", "soins", "formes", "couverture"}


def test_a_common_page_is_drawn_once(client, other, portal):
    own, its = (follow(one, JOURNEYS["ordinary"], until="soins") for one in (client, other))
    read(client, own, "soins")
    before = len(portal.pages.once._kept)
    assert before > 0
    for _ in range(3):
        read(other, its, "soins")
    assert len(portal.pages.once._kept) == before


def test_no_color_asked_by_a_cookie_fills_what_is_kept(client, portal):
    own = follow(client, JOURNEYS["ordinary"], until="soins")
    for theme in ("dark", "light", "a", "b"):
        client.cookies.set("theme", theme, domain="127.0.0.1", path="/")
        _, drawn = read(client, own, "soins")
        assert ("data-theme" in drawn) == (theme in {"dark", "light"})
    asked = [key[1] for key in portal.pages.once._kept]
    assert {key[-1] for key in asked} == {"dark", "light", None}
