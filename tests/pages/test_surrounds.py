"""A page of trouble has the frame of whoever reads it: the desk, that of an association, the administration."""

import pytest
from fastapi import HTTPException
from sqlalchemy.exc import OperationalError

from app.base.errors import Refusal, StorageTrouble, TooMany
from tests.cast import sign_in, sign_in_member
from tests.support.client import PlainClient
from tests.support.html import Page, words

DESKS = {
    "clerk": ("/agent/plaintes", "app.intake.queries.inbox"),
    "admin": ("/administration/conservation", "app.privacy.queries.ending"),
    "member": ("/association/plaintes", "app.association_desk.desk.page"),
}
"""A page of each desk, and what it calls once its door knew who asks."""
OFFLINE = OperationalError("SELECT", {}, Exception("unable to open"))
TROUBLES = [
    *((status, status) for status in (403, 404, 409, 410, 413, 422)),
    (429, TooMany(3)),
    (413, HTTPException(413)),
    (503, StorageTrouble("disk full")),
    (503, OFFLINE),
    (500, ValueError("unforeseen")),
]


@pytest.fixture(params=DESKS)
def desk(request, client, portal):
    """Sign in; give the page of this desk, its menu, and what to break."""
    if request.param == "member":
        sign_in_member(client, portal)
    elif request.param == "admin":
        sign_in(client, portal, "", "Ada Exemple", "admin")
    else:
        sign_in(client, portal, "595")
    address, broken = DESKS[request.param]
    menu = links(client.page(address))
    assert len(menu) == {"clerk": 6, "admin": 10, "member": 1}[request.param]
    return address, menu, broken


def links(page):
    """Give the menu of a desk: addresses and words; nothing in the frame of the form."""
    return [(link.get("href"), words(link)) for link in page.tree.findall(".//{*}nav[@class='top__nav']//{*}a")]


def refuse(trouble):
    def do(*_, **__):
        if isinstance(trouble, int):
            refusal = Refusal()
            refusal.status = trouble
            raise refusal
        raise trouble

    return do


@pytest.mark.parametrize(("status", "trouble"), TROUBLES)
def test_a_trouble_after_the_door_has_the_menu_of_the_desk(desk, client, monkeypatch, status, trouble):
    address, menu, broken = desk
    monkeypatch.setattr(broken, refuse(trouble))
    answer = PlainClient.request(client, "GET", address)  # the client that trusts nothing refuses a page of status 500
    assert (answer.status_code, links(Page(answer.text))) == (status, menu)


def test_a_trouble_before_the_door_has_the_menu_of_the_desk(desk, client):
    address, menu, _ = desk
    unknown = client.get(address.rsplit("/", 1)[0] + "/inconnu")
    unsigned = client.post("/accessibilite/probleme", data={"csrf": "faux"})
    assert [(one.status_code, links(Page(one.text))) for one in (unknown, unsigned)] == [(404, menu), (403, menu)]


def test_who_reads_cannot_be_known_and_there_is_a_page_all_the_same(desk, client, monkeypatch):
    for name in ("clerk_behind", "member_behind"):
        monkeypatch.setattr(f"app.runtime.error_frame.{name}", refuse(OFFLINE))
    answer = client.get("/inconnu")
    assert (answer.status_code, Page(answer.text).h1, links(Page(answer.text))) == (404, "Cette page n'existe pas", [])


def test_anybody_else_has_the_frame_of_the_form(client):
    assert links(client.page("/inconnu")) == []
