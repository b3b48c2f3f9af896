"""A draft of an association: kept as long as it is active, its end shown, its member reminded."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app.accounts.models import Account
from app.accounts.rules import MEMBERS
from app.associations import registry
from app.associations.rules import Agreement
from app.runtime.housekeeping import tidy
from app.saisine.models import Draft
from tests.cast import ASSOCIATION, begin, come_in, sign_in_member
from tests.journeys import DENTIST
from tests.pages.test_acknowledging import delivered

pytestmark = pytest.mark.engines("sqlite", "postgresql")
DESK = "/association/plaintes"
NEW = {"pers_prenom": "Sara", "pers_nom": "Inventée"}
MONA, RITA = f"mona@{ASSOCIATION}.exemple.fr", f"rita@{ASSOCIATION}.exemple.fr"


def agree(portal, start=date(2024, 1, 1), end=date(2028, 6, 1), number="N2024RN0001"):
    with portal.database.write() as session:
        if registry.known(session, ASSOCIATION) is None:
            registry.add(session, {"name": "Entraide Inventée", "rna": "W000000001"}, ASSOCIATION)
        registry.agree(session, ASSOCIATION, Agreement(number, "national", "", start, end))


@pytest.fixture
def member(client, portal):
    sign_in_member(client, portal)
    return client


def end(portal):
    """Give the last day of the only draft; nothing once it is erased."""
    with portal.database.read() as session:
        return session.scalars(select(Draft.expires_on)).one_or_none()


def test_it_is_kept_twelve_months_after_the_last_change_and_the_desk_shows_it(member, portal, clock):
    agree(portal)
    page = member.submit("/association/nouvelle", NEW)
    assert end(portal) == date(2027, 3, 3)
    assert "Gardée jusqu'au 3 mars 2027" in member.page(DESK).text
    clock.advance(days=20)
    come_in(member, portal, MONA, MEMBERS)
    member.submit(page.url.path.replace("pour-une-personne", "lieu"), DENTIST.pages["lieu"])
    assert end(portal) == date(2027, 3, 23)
    clock.advance(days=360)
    tidy(portal)
    assert end(portal) is not None
    clock.advance(days=10)
    tidy(portal)
    assert end(portal) is None


def test_without_an_agreement_it_is_kept_thirty_days(member, portal, clock):
    member.submit("/association/nouvelle", NEW)
    assert end(portal) == date(2026, 4, 2)
    clock.advance(days=31)
    tidy(portal)
    assert end(portal) is None


def test_that_of_a_person_is_kept_thirty_days(client, portal):
    agree(portal)
    begin(client)
    tidy(portal)
    assert end(portal) == date(2026, 4, 2)


def test_an_agreement_given_since_and_a_draft_of_before_are_counted(member, portal, clock):
    agree(portal, date(2021, 1, 1), date(2025, 4, 1), "N2021RN0001")
    member.submit("/association/nouvelle", NEW)
    assert end(portal) == date(2026, 4, 2)  # active until the day before
    clock.advance(days=29)
    agree(portal, date(2026, 4, 1), date(2031, 3, 31))
    tidy(portal)
    assert end(portal) == date(2027, 3, 3)
    assert delivered(portal).to(MONA) == []


def test_the_member_is_reminded_once_a_week_before_and_again_after_a_change(member, portal, clock):
    agree(portal)
    member.submit("/association/nouvelle", NEW)
    clock.advance(days=357)
    tidy(portal)
    assert delivered(portal).to(MONA) == []
    clock.advance(days=1)
    for _ in range(2):
        tidy(portal)
    (mail,) = delivered(portal).to(MONA)
    assert "Il sera effacé le 3 mars 2027." in mail.text
    assert "Sara" not in mail.text
    assert "/association/dossiers/" in mail.text
    with portal.database.write() as session:  # a change puts it off: the year begins again
        row = session.scalars(select(Draft)).one()
        row.changed_at = portal.clock()
        row.expires_on = date(2028, 2, 24)
    tidy(portal)
    clock.advance(days=360)
    tidy(portal)
    assert len(delivered(portal).to(MONA)) == 1


def test_whoever_answers_is_reminded_of_that_of_a_former_member(member, portal, clock):
    agree(portal)
    member.submit("/association/nouvelle", NEW)
    sign_in_member(member, portal, "Rita Fictive", role="responsable_association")
    with portal.database.write() as session:
        session.scalars(select(Account).where(Account.name == "Mona Inventée")).one().disabled_at = portal.clock()
        at = portal.clock()
        session.execute(update(Draft).values(changed_at=at - timedelta(days=360), expires_on=at.date() + timedelta(5)))
    tidy(portal)
    post = delivered(portal)
    assert len(post.to(RITA)) == 1
    assert post.to(MONA) == []
