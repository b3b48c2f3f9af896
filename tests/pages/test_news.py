"""What is new in the list: told to each authority until one of its clerks opens the complaint."""

import pytest

from app.acts.kinds import ACTS
from app.filing.models import ActSeen
from app.intake.news import NEWS
from tests.cast import Sent, send, sign_in
from tests.pages.test_acts import records
from tests.support.acts import COMES, FIXED, TOLD, did
from tests.support.client import SuspiciousClient

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LIST = "/agent/plaintes"


@pytest.fixture
def desks(app, portal, client):
    """A complaint that both authorities read, and a clerk of each, who opened it."""
    sent = Sent(send(client))
    records(portal, sent.number, *TOLD)
    with SuspiciousClient(app, portal.database) as emile, SuspiciousClient(app, portal.database) as fatou:
        sign_in(emile, portal, "595")
        sign_in(fatou, portal, "MED-59", "Fatou Exemple")
        for one in (emile, fatou):
            one.page(f"{LIST}/{sent.number}")
        portal.clock.advance(seconds=1)
        yield sent, emile, fatou


def news(who):
    return [one.text for one in who.page(LIST).all("strong") if "tone--new" in (one.get("class") or "")]


def test_a_message_is_news_until_the_authority_opens_the_complaint(client, portal, desks):
    sent, emile, fatou = desks
    assert news(emile) == news(fatou) == []
    client.submit("/reprendre", {"code": sent.code})
    client.submit("/suivi/message", {"message": "Bonjour."})
    client.submit("/suivi/message", {"message": "Bonsoir."})
    assert news(emile) == news(fatou) == ["Message"]
    emile.page(f"{LIST}/{sent.number}")
    assert (news(emile), news(fatou)) == ([], ["Message"])


def test_a_withdrawal_is_told_first(client, portal, desks):
    sent, emile, _ = desks
    client.submit("/reprendre", {"code": sent.code})
    client.submit("/suivi/message", {"message": "Bonjour."})
    client.submit("/suivi/retirer", {"retrait": "oui"})
    assert news(emile) == ["Retrait", "Message"]
    emile.page(f"{LIST}/{sent.number}")
    assert news(emile) == []


def test_what_an_authority_wrote_is_news_to_the_other_alone(portal, desks):
    sent, emile, fatou = desks
    records(portal, sent.number, FIXED, did("reponse_reunion", **COMES, party="professionnel", files=[]))
    assert (news(emile), news(fatou)) == ([], ["Réponse à la convocation"])


def test_an_authority_that_is_not_told_yet_reads_no_news(client, app, portal):
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    client.submit("/suivi/message", {"message": "Bonjour."})
    with SuspiciousClient(app, portal.database) as fatou:
        sign_in(fatou, portal, "MED-59", "Fatou Exemple")
        assert news(fatou) == []


def test_what_was_opened_before_it_was_noted_as_seen_is_no_news(client, portal, desks):
    """Acts of a database in which only messages, evidence and addresses were noted as seen."""
    sent, emile, _ = desks
    client.submit("/reprendre", {"code": sent.code})
    client.submit("/suivi/retirer", {"retrait": "oui"})
    portal.clock.advance(days=1)
    emile.page(f"{LIST}/{sent.number}")
    with portal.database.write() as session:
        session.query(ActSeen).delete()
    assert news(emile) == []


def test_each_kind_of_news_is_an_act():
    assert set(NEWS) <= set(ACTS)
