"""« Logiciels »: whoever answers for an association opens, renews and cuts the access of its software."""

import re

import pytest

from app.accounts.rules import MEMBERS
from tests.cast import come_in, sign_in_member
from tests.support.api import GRANT, TOKEN, manager_of
from tests.support.client import page_of

HOME = "/association/logiciels"
ASKED = {"libelle": "Antenne fictive, logiciel", "droits": ["brouillons:lire", "brouillons:ecrire"]}


@pytest.fixture
def rita(client, portal):
    """One who answers for the association, signed in a moment ago."""
    come_in(client, portal, manager_of(portal).email, MEMBERS)
    return client


def given(answer):
    """Read the identifier and the secret on the page that shows them once."""
    return tuple(re.search(f'id="{name}">([^<]+)<', answer.text)[1] for name in ("identifiant", "secret"))


def opens(client, auth):
    return client.post(TOKEN, data=GRANT, auth=auth).status_code == 200


def test_an_access_is_opened_renewed_and_cut(rita, portal):
    assert rita.page("/association/plaintes").links["Logiciels"] == HOME
    assert rita.page(HOME).links["Brancher un logiciel"] == f"{HOME}/nouveau"
    first = given(rita.submit(f"{HOME}/nouveau", ASKED, button="Brancher"))
    assert opens(rita, first)
    listed = rita.page(HOME).text
    assert "Antenne fictive, logiciel" in listed
    assert first[1] not in listed
    renewed = given(rita.submit(f"{HOME}/{first[0]}/secret", form="/secret#erreurs"))
    assert renewed[0] == first[0]
    assert opens(rita, renewed)
    assert opens(rita, first)
    portal.clock.advance(hours=24)
    assert not opens(rita, first)
    rita.cookies.clear()
    come_in_again(rita, portal)
    cut = rita.submit(f"{HOME}/{first[0]}/couper", form="/couper")
    assert (cut.url.path, page_of(cut).done) == (HOME, "L'accès du logiciel est coupé.")
    assert not opens(rita, renewed)
    assert rita.get(f"{HOME}/{first[0]}/couper").status_code == 404
    assert "Coupé" in rita.page(HOME).text


def come_in_again(client, portal):
    come_in(client, portal, "rita@association-canari.exemple.fr", MEMBERS)


def test_what_lacks_is_asked(rita):
    refused = rita.submit(f"{HOME}/nouveau", {"libelle": ""}, button="Brancher")
    assert refused.status_code == 422
    assert "Cochez au moins un droit." in refused.text
    made = given(rita.submit(f"{HOME}/nouveau", ASKED | {"essai": "oui"}, button="Brancher"))
    page = rita.page(f"{HOME}/{made[0]}/secret")
    form = next(form for form in page.forms if form.action.endswith("/secret#erreurs"))
    pairs = [(name, value) for name, value in form.fill({}) if name != "duree"]
    answer = rita.post(f"{HOME}/{made[0]}/secret", data=dict(pairs) | {"duree": "9999"})
    assert answer.status_code == 422


def test_a_member_who_does_not_answer_for_it_sees_nothing(client, portal):
    sign_in_member(client, portal)
    assert "Logiciels" not in client.page("/association/plaintes").links
    assert client.get(HOME).status_code == 403


def test_another_association_finds_nothing(rita, portal):
    made = given(rita.submit(f"{HOME}/nouveau", ASKED, button="Brancher"))
    rita.cookies.clear()
    come_in(rita, portal, manager_of(portal, "autre-association", "Gaël Fictif").email, MEMBERS)
    assert made[0] not in rita.page(HOME).text
    for page in ("secret", "couper"):
        assert rita.get(f"{HOME}/{made[0]}/{page}").status_code == 404


def test_an_old_proof_is_asked_for_again(rita, portal):
    portal.clock.advance(minutes=11)
    assert rita.get(HOME).url.path == "/association/confirmer"
