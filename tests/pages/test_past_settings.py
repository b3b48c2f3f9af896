"""What two administrators change at once: the second press replaces nothing that its page did not show."""

from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.associations.models import Agrement, Association
from app.directory.models import Edition
from app.filing.rules import AIGUILLAGE
from app.routing.models import Authority
from tests.cast import clerk, sign_in
from tests.pages.test_associations_register import DATED, DESCRIBED
from tests.support.tabs import CONFLICT, Tab

PAST = "Depuis que cette page est ouverte, une autre réponse a été enregistrée :"
REGISTER = "/administration/associations"


@pytest.fixture
def admin(client, portal):
    """A browser signed in as an administrator."""
    sign_in(client, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
    return client


@pytest.fixture
def known(admin, portal):
    """The page of an association of the register."""
    admin.submit(f"{REGISTER}/nouvelle", {**DESCRIBED, **DATED})
    return f"{REGISTER}/{row(portal, Association).id}"


def row(portal, model, **wanted):
    with portal.database.read() as session:
        return session.scalars(select(model).filter_by(**wanted)).one()


def contradict(admin, path, one, two, form=None):
    """Press with other answers in two tabs; check that the second page says what is kept, and give it."""
    first, second, again = (Tab(admin, path) for _ in range(3))
    assert first.press(one, form=form).status == 200
    assert again.press(one, form=form).status == 200, "the same answers are accepted"
    second.press(two, form=form)
    assert second.status == CONFLICT
    assert "Rien n'a été remplacé" in second.page.text.replace("’", "'")
    return second


@pytest.mark.engines("sqlite", "postgresql")
def test_how_to_reach_an_authority(admin, portal):
    place = "/administration/autorites/595"
    second = contradict(admin, place, {"ville": "Ville-Une"}, {"ville": "Ville-Deux"})
    assert PAST in second.page.text
    assert "Ville-Une" in second.page.text
    assert row(portal, Authority, code="595").town == "Ville-Une"
    assert second.press(form="#erreurs").status == 200
    assert row(portal, Authority, code="595").town == "Ville-Deux"


def test_a_mistake_makes_nothing_seen(admin, portal):
    place = "/administration/autorites/595"
    first, second = Tab(admin, place), Tab(admin, place)
    first.press({"ville": "Ville-Une"})
    assert second.press({"ville": "Ville-Deux", "courriel": "x"}).status == 422
    assert second.press({"courriel": ""}).status == CONFLICT
    assert row(portal, Authority, code="595").town == "Ville-Une"


@pytest.mark.engines("sqlite", "postgresql")
def test_what_an_association_is(admin, portal, known):
    second = contradict(admin, known, {"nom": "Nom Un"}, {"nom": "Nom Deux"}, form=f"{known}#erreurs")
    assert "Nom Un" in second.page.text
    assert row(portal, Association).name == "Nom Un"
    assert second.press(form=f"{known}#erreurs").status == 200
    assert row(portal, Association).name == "Nom Deux"


def test_the_days_of_an_agreement(admin, portal, known):
    form = f"{known}/agrements#erreurs"
    one, two = ({**DATED, "fin_jour": day, "fin_mois": "2"} for day in ("27", "28"))
    second = contradict(admin, known, one, two, form=form)
    assert "27 2" in second.page.text
    assert row(portal, Agrement).ends_on.day == 27
    assert second.press(form=form).status == 200
    assert row(portal, Agrement).ends_on.day == 28


def test_the_role_of_an_account(admin, portal):
    email, _ = clerk(portal, "595", "Émile Exemple", "agent")
    clerk(portal, "595", "Rita Fictive", "responsable")
    place = f"/administration/utilisateurs/{row(portal, Account, email=email).id}"
    second = contradict(admin, place, {"role": "responsable"}, {"role": "secretariat"}, form="#nouveau-role")
    assert row(portal, Account, email=email).role == "responsable"
    assert second.press(form="#nouveau-role").status == 200
    assert row(portal, Account, email=email).role == "secretariat"


def test_going_back_to_the_directory_of_before_is_done_once(admin, portal, clock):
    place = "/administration/annuaire"
    for day in (1, 2):
        with portal.database.write() as session:
            session.add(edition("active" if day == 2 else "ancienne", date(2026, 3, day), clock()))
    first, second = Tab(admin, place), Tab(admin, place)
    assert first.press(button="Revenir à celle d'avant", form="annuaire").status == 200
    second.press(button="Revenir à celle d'avant", form="annuaire")
    assert second.status == CONFLICT
    assert "l'annuaire a changé" in second.page.text.replace("’", "'")
    with portal.database.read() as session:
        assert session.scalars(select(Edition.taken_on).where(Edition.state == "active")).one() == date(2026, 3, 1)


def edition(state, taken_on, at):
    """An extraction without any line."""
    return Edition(state=state, taken_on=taken_on, file_name=f"{taken_on}.csv", loaded_at=at)
