"""What nobody did is told to the software of an association, once: a day of the law, an answer about a mandate.

Received on 3 March 2026: eight days end on Wednesday 11 March; the last day to summon in time is 19 May.
"""

from datetime import date

import pytest
from sqlalchemy import delete, select

from app.acts import mandate_end
from app.filing.queries import filing_by_number
from app.filing.sealed.receipt import Acknowledged
from app.runtime.monitor import Monitor
from app.saisine import mandate_requests
from app.saisine import service as drafting
from app.webhooks import service
from app.webhooks.events import WebhookEvent
from app.webhooks.models import WebhookDelivery
from tests.cast import ASSOCIATION, filed_for, member
from tests.pages.test_association_list import acts

pytestmark = pytest.mark.engines("sqlite", "postgresql")
OVER = [WebhookEvent.DAY_MISSED.value, WebhookEvent.MANDATE_UNANSWERED.value]
ACKNOWLEDGEMENT = Acknowledged(on=date(2026, 3, 4), channel="email", letter=(), message="")


def declare(portal, events=OVER, association=ASSOCIATION):
    url = "https://logiciel.exemple.fr/"
    with portal.database.write() as session:
        assert service.declare(session, portal.keyring, association, url, events, portal.clock())


def told(portal):
    Monitor(portal).tell_software()
    with portal.database.read() as session:
        rows = session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id))
        return [(row.kind, row.number, row.path) for row in rows]


def come(portal, day):
    portal.clock.advance(days=(day - portal.clock().date()).days)


@pytest.fixture(autouse=True)
def mona(portal):
    member(portal)


def test_a_day_that_was_missed_is_told_once_it_is_past_and_once_only(portal):
    declare(portal)
    declare(portal, association="autre-association")
    late, kept = filed_for(portal).number, filed_for(portal).number
    acts(portal, kept, ("accuse_reception", ACKNOWLEDGEMENT))
    come(portal, date(2026, 3, 11))
    assert told(portal) == []
    come(portal, date(2026, 3, 12))
    expected = [("date.depassee", late, f"/association/plaintes/{late}")]
    assert [told(portal), told(portal)] == [expected, expected]
    come(portal, date(2026, 5, 20))
    assert sorted(told(portal)[1:]) == sorted(("date.depassee", n, f"/association/plaintes/{n}") for n in (late, kept))


def test_what_is_not_wanted_or_not_held_any_more_is_not_told(portal):
    declare(portal, [WebhookEvent.SENT.value])
    ended = filed_for(portal).number
    come(portal, date(2026, 3, 12))
    assert told(portal) == []
    with portal.database.write() as session:
        assert mandate_end.revoke(session, portal, filing_by_number(session, ended))
    declare(portal)
    assert told(portal) == []


def test_what_was_told_and_forgotten_is_not_told_again(portal):
    declare(portal)
    filed_for(portal)
    come(portal, date(2026, 3, 12))
    assert len(told(portal)) == 1
    portal.clock.advance(days=portal.settings.keep_mails_days)
    with portal.database.write() as session:
        session.execute(delete(WebhookDelivery))
    assert [kind for kind, _, _ in told(portal)] == ["date.depassee"]  # the summons, not the eight days


def test_a_mandate_that_nobody_answered_is_told_once_its_fifteen_days_are_over(portal):
    declare(portal)
    with portal.database.write() as session:
        draft = drafting.start_for(session, portal.keyring, ASSOCIATION, "", {}, portal.clock)
        path, key = f"/saisine/{draft.public}/verifier", portal.keyring.unwrap(draft.wrapped, "portail")
        mandate_requests.ask(session, portal.keyring, draft.id, key, portal.clock())
        draft_id = draft.id
    portal.clock.advance(days=14, hours=23)
    assert told(portal) == []
    portal.clock.advance(hours=1)
    expected = [("mandat.expire", "", path)]
    assert [told(portal), told(portal)] == [expected, expected]
    with portal.database.write() as session:  # asked again: another link, another end
        mandate_requests.ask(session, portal.keyring, draft_id, key, portal.clock())
    portal.clock.advance(days=15)
    assert told(portal) == expected * 2
