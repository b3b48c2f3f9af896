"""The demonstration shows a desk at work: tags, a message template, complaints that a clerk takes care of."""

import pytest
from sqlalchemy import select

from app.demo import accounts, desk
from app.intake.tags.models import FilingTag
from tests.cast import come_in
from tests.rooms.test_intake_desk import LILLE, Given, put

EMILE, ROSA = (email for email, _, authority, _ in accounts.CLERKS if authority == LILLE)


@pytest.fixture
def prepared(portal):
    with portal.database.write() as session:
        accounts.add_all(session, portal, portal.clock)
    numbers = [put(portal, Given(person=f"{name} Fictive"))[0] for name in ("Léa", "Noé", "Ana", "Ida")]
    desk.prepare(portal)
    return numbers


def test_its_clerk_takes_care_of_half_of_the_complaints_and_has_a_template(client, portal, prepared):
    come_in(client, portal, EMILE)
    mine = [number for number in prepared if number in client.page("/agent/plaintes?attribution=moi").text]
    assert len(mine) == len(prepared) / 2
    assert desk.TEMPLATE in client.page(f"/agent/plaintes/{mine[0]}/repondre").text


def test_its_manager_keeps_the_tags_that_complaints_bear(client, portal, prepared):
    come_in(client, portal, ROSA)
    kept = client.page("/agent/etiquettes").text
    assert [name for name in desk.TAGS if name not in kept] == []
    with portal.database.read() as session:
        borne = set(session.scalars(select(FilingTag.filing_id).where(FilingTag.authority == LILLE)))
    assert len(borne) == len(prepared) / 2
