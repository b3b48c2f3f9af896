"""Another complaint for the same person, or with the same professional: what is taken, and what never is."""

import pytest
from sqlalchemy import select

from app.saisine.models import Draft
from app.saisine.queries import open_row
from tests.cast import sign_in_member
from tests.journeys import TRUE
from tests.pages.test_associations import agree, prepare
from tests.support.html import Page
from tests.support.rewind import lived

pytestmark = pytest.mark.engines("sqlite", "postgresql")
OF_PERSON = {"prenom", "nom", "mandant", "pers_joindre", "moyens", "email"}


@pytest.fixture(params=["draft", "sent"])
def b(request, run, client, portal):
    """Prepare a complaint, and send it or not; give the address of its draft."""
    return lived(run, portal, client, f"to_reuse_{request.param}", lambda: prepared(request.param, client, portal))


def prepared(kind, client, portal):
    sign_in_member(client, portal)
    agree(portal)
    last = prepare(client)
    if kind == "sent":
        client.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs")
    return str(last.url.path).split("/")[2]


def typed(portal, b):
    """Give what the new draft holds, in words."""
    with portal.database.read() as session:
        row = session.scalars(select(Draft).where(Draft.public != b)).one()
        found = open_row(session, portal.keyring, row).typed
        return {name: values for name, values in found.items() if any(values) and not name.startswith("=")}


def test_the_same_person_is_not_asked_again_and_nothing_else_is_taken(client, portal, b):
    path = f"/association/dossiers/{b}"
    after = client.submit(path, button="Une autre plainte pour la même personne", form=f"{path}/meme-personne")
    assert after.url.path.endswith("/pour-une-personne")
    found = typed(portal, b)
    assert (found["prenom"], found["nom"]) == (["Amina"], ["Canari-Nom"])
    assert found["email"] == ["amina.canari@exemple.fr"]
    assert found["mandant"] == ["personne"]
    assert set(found) <= OF_PERSON, found


def test_the_same_professional_for_another_person(client, portal, b):
    link = client.page(f"/association/dossiers/{b}").links["Même professionnel, autre personne"]
    assert "sont repris d'une autre plainte" in client.page(link).text
    wrong = client.submit(link, {"pers_nom": ""})
    assert wrong.status_code == 422
    client.send_form(Page(wrong.text), str(wrong.url), {"pers_prenom": "Sara", "pers_nom": "Inventée"})
    found = typed(portal, b)
    assert found["nom"] == ["Inventée"]
    assert found["pro_nom"] == ["Durand-Fictif"]
    assert found["profession"]
    assert not {"email", "recit", "formes", "mandat_portee", "refus_par"} & set(found), found


def test_nobody_else_takes_anything(client, portal, b):
    with portal.database.read() as session:
        before = len(session.scalars(select(Draft)).all())
    sign_in_member(client, portal, "Gaël Fictif", "autre-association", "responsable_association")
    page = client.page("/association/nouvelle")
    token = dict(next(form for form in page.forms if "pers_nom" in str(form.fill({}))).fill({}))["csrf"]
    assert client.get(f"/association/nouvelle?comme={b}").status_code == 404
    assert client.get("/association/nouvelle?comme=%00%C3%A9").status_code == 404
    data = {"csrf": token, "pers_nom": "Inventée", "mandant": "personne"}
    assert client.post(f"/association/nouvelle?comme={b}", data=data).status_code == 404
    assert client.post(f"/association/dossiers/{b}/meme-personne", data=data).status_code == 404
    with portal.database.read() as session:
        assert len(session.scalars(select(Draft)).all()) == before
