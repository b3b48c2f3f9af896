"""The saved views of an authority: kept without any word searched, shared by its clerks, opened on arrival."""

import pytest

from app.intake import saved_views
from app.intake.filters import Filters
from app.intake.models import ListDisplay, SavedView
from tests.cast import sign_in
from tests.rooms.test_intake_desk import HAINAUT, LILLE, ORDRE, Given, put
from tests.support.client import page_of
from tests.support.html import words

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LIST, NEW, DISPLAY = "/agent/plaintes", "/agent/vues/nouvelle", "/agent/affichage"
LATE = f"{LIST}?echeance=retard&tri=-numero"


@pytest.fixture
def desk(client, portal):
    """A clerk of Lille, whose desk holds a late complaint and one that is not."""
    for person, days in (("Léa Fictive", -3), ("Noé Inventé", 8)):
        put(portal, Given(person=person, days=days))
    sign_in(client, portal, LILLE)
    return client


def keep(client, name="Retards d'abord", asked="?echeance=retard&tri=-numero"):
    return client.submit(NEW + asked, {"nom_vue": name}, form="nouvelle#erreurs")


def kept(portal):
    with portal.database.read() as session:
        return {row.name: (row.authority, row.asked) for row in session.query(SavedView)}


def counted(page):
    """Give the views of the list, with how many complaints each holds."""
    items = [words(item) for item in page.all("li")]
    return {name: int(n) for name, _, n in (item.rpartition(" ") for item in items) if n.isdigit()}


def test_a_list_is_kept_as_it_is_asked_and_counted_beside_the_others(desk, portal):
    asked = desk.page(desk.page(f"{LATE}&page=1&par=50").links["Enregistrer cette vue"])
    assert asked.h1 == "Enregistrer cette vue"
    for said in ("Échéance : En retard", "Triée par : Numéro, du dernier au premier"):
        assert said in asked.text
    page = page_of(desk.send_form(asked, NEW, {"nom_vue": "Retards d'abord"}, form="nouvelle#erreurs"))
    assert kept(portal) == {"Retards d'abord": (LILLE, "echeance=retard&tri=-numero")}
    assert page.done == "La vue est enregistrée."
    assert (counted(page)["Toutes"], counted(page)["Retards d'abord"]) == (2, 1)
    here = [link for link in page.all("a") if link.get("aria-current") == "page"]
    assert [words(link) for link in here] == ["Plaintes", "Retards d'abord"]
    assert here[-1].get("href") == LATE


def test_the_words_and_the_number_searched_are_never_kept(desk, portal):
    found = page_of(desk.submit(f"{LIST}?canal=patient", {"q": "Fictive"}, form=LIST))
    link = found.links["Enregistrer cette vue"]
    assert "ictive" not in link
    keep(desk, "Écrites par elles", link.removeprefix(NEW))
    desk.post(NEW, data={"csrf": token(desk), "canal": "patient", "q": "Fictive", "nom_vue": "Autre"})
    keep(desk, "Sans numéro", "?canal=patient&q=SA-2026-7KM4-Q9TR")
    assert {asked for _, asked in kept(portal).values()} == {"canal=patient"}


def token(client):
    return dict(next(form for form in client.page(NEW + "?etat=recue").forms if form.method == "post").fill({}))["csrf"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Écrivez un nom."), ("a" * 41, "1 caractère en trop"), ("RETARDS D'ABORD", "Une vue porte déjà ce nom.")],
)
def test_a_name_that_cannot_be_kept_is_told_beside_the_field(desk, portal, name, said):
    keep(desk)
    answer = keep(desk, name, "?etat=recue")
    page = page_of(answer)
    assert answer.status_code == 422
    assert said in page.text.replace("\u00a0", " ")
    assert page.by_id("nom_vue").get("value", "") == name
    assert list(kept(portal)) == ["Retards d'abord"]


def test_an_authority_has_twenty_views_at_most(desk, portal):
    with portal.database.write() as session:
        for n in range(saved_views.MOST):
            saved_views.save(session, LILLE, f"Vue {n}", Filters(etat="recue"))
        saved_views.save(session, HAINAUT, "Ailleurs", Filters(etat="recue"))
    answer = keep(desk)
    assert (answer.status_code, "Votre service a déjà 20 vues." in page_of(answer).text) == (422, True)
    assert len(kept(portal)) == saved_views.MOST + 1


def test_a_list_that_asks_nothing_is_no_view(desk, portal):
    assert "Enregistrer cette vue" not in desk.page(LIST).links
    assert "n'a ni filtre ni ordre" in desk.page(NEW).text.replace("’", "'")
    desk.post(NEW, data={"csrf": token(desk), "nom_vue": "Rien"})
    assert kept(portal) == {}


def test_a_view_is_renamed_then_taken_away_for_all(desk, portal):
    keep(desk)
    keep(desk, "Reçues", "?etat=recue")
    where = next(link for link in desk.page(DISPLAY).links.values() if link.startswith("/agent/vues/"))
    answer = desk.submit(where, {"nom_vue": "Reçues"}, form="erreurs")
    assert (answer.status_code, "Une vue porte déjà ce nom." in page_of(answer).text) == (422, True)
    assert desk.submit(where, {"nom_vue": ""}, form="erreurs").status_code == 422
    answer = desk.submit(where, {"nom_vue": "Retards"}, form="erreurs")
    assert page_of(answer).done == "La vue est renommée."
    assert set(kept(portal)) == {"Reçues", "Retards"}
    where = where_of(portal, "Retards")
    answer = desk.submit(where, {}, button="Supprimer la vue", form=where)
    assert page_of(answer).done == "La vue est supprimée."
    assert set(kept(portal)) == {"Reçues"}
    assert desk.get(where).status_code == 404


def where_of(portal, name):
    with portal.database.read() as session:
        return f"/agent/vues/{session.query(SavedView.id).filter_by(name=name).scalar()}"


def test_each_clerk_opens_the_list_on_the_view_of_a_choice(desk, portal):
    keep(desk)
    view = where_of(portal, "Retards d'abord")
    answer = desk.submit(DISPLAY, {"vue": view.rpartition("/")[2]})
    assert f"{LATE}&" in str(answer.url)
    assert page_of(answer).done == "L'affichage de la liste est enregistré."
    assert str(desk.get("/agent").url).endswith(LATE)
    assert str(desk.get(LIST).url).endswith(LIST), "« Toutes » stays"
    desk.submit(view, {}, button="Supprimer la vue", form=view)
    assert str(desk.get("/agent").url).endswith(LIST)
    desk.cookies.clear()
    sign_in(desk, portal, LILLE, "Awa Exemple")
    assert str(desk.get("/agent").url).endswith(LIST)


def test_a_clerk_of_another_authority_sees_none_of_it(desk, portal):
    keep(desk)
    view = where_of(portal, "Retards d'abord")
    desk.cookies.clear()
    sign_in(desk, portal, ORDRE, "Fatou Exemple")
    assert "Retards" not in desk.page(LIST).text + desk.page(DISPLAY).text
    assert desk.get(view).status_code == 404
    answer = desk.post(DISPLAY, data={"csrf": token(desk), "colonnes": "personne", "vue": view.rpartition("/")[2]})
    assert answer.status_code == 200
    with portal.database.read() as session:
        assert [row.view for row in session.query(ListDisplay)] == [""]


def test_who_only_reads_uses_views_and_saves_none(desk, portal):
    keep(desk)
    view = where_of(portal, "Retards d'abord")
    desk.cookies.clear()
    sign_in(desk, portal, LILLE, "Sara Inventée", role="lecteur")
    assert "Retards" in desk.page(LIST).text
    assert "Enregistrer cette vue" not in desk.page(f"{LIST}?etat=recue&canal=patient").links
    assert "Renommer" not in desk.page(DISPLAY).text
    assert {desk.get(path).status_code for path in (view, NEW + "?etat=recue")} == {403}
    assert f"{LATE}&" in str(desk.submit(DISPLAY, {"vue": view.rpartition("/")[2]}).url)


def test_what_a_view_asks_and_no_longer_exists_is_left_aside(desk, portal):
    keep(desk, "D'avant", "?etat=recue&attribution=" + "0" * 32)
    with portal.database.write() as session:
        session.query(SavedView).update({"asked": "etat=disparu&profession=zz&canal=patient&inconnu=1&tri=x"})
    page = desk.page(LIST)
    assert f"{LIST}?canal=patient" in page.links.values()
    assert "Un filtre de cette adresse" not in page.text


def test_a_colleague_who_left_is_told_in_words(desk):
    gone = "0" * 32
    page = desk.page(f"{LIST}?attribution={gone}")
    assert "quelqu'un qui n'est plus là" in page.text.replace("’", "'")
    assert gone not in page.text
