"""Roles at the desk: what one may not do is neither shown nor done, and is told clearly."""

import pytest

from tests.cast import Sent, send, sign_in
from tests.support.html import Page

HOLDS, ACTS = {"repondre", "noter", "attribuer"}, {"accuser-reception", "reorienter", "exporter"}


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("lecteur", set(), HOLDS | ACTS),
        ("secretariat", HOLDS, ACTS),
        ("agent", HOLDS | ACTS, set()),
    ],
)
def test_a_button_that_a_role_may_not_press_is_not_shown(client, portal, role, shown, hidden):
    number = Sent(send(client)).number
    sign_in(client, portal, "595", role=role)
    page = client.page(f"/agent/plaintes/{number}")
    assert "Canari-Nom" in page.text
    found = {link.rpartition("/")[2] for link in page.links.values()}
    assert shown <= found
    assert not hidden & found


def test_an_act_that_a_role_may_not_do_says_so_and_does_nothing(client, portal):
    number = Sent(send(client)).number
    sign_in(client, portal, "595", role="lecteur")
    here = f"/agent/plaintes/{number}"
    form = next(form for form in client.page("/reprendre").forms if form.method == "post")
    token = dict(form.fill({}))["csrf"]
    for answer in (client.get(f"{here}/noter"), client.post(f"{here}/noter", data={"csrf": token, "note": "Essai"})):
        page = Page(answer.text)
        assert (answer.status_code, page.h1) == (403, "Cette action ne vous est pas ouverte")
        assert "Demandez à la personne responsable de votre service." in page.text
    assert "Essai" not in client.page(here).text
