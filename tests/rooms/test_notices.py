"""The morning digest and the alerts of an authority: counts and dates, told once, never a person."""

from datetime import date, timedelta

import pytest

from app.intake.notices import Notices, Waiting, is_pressing
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from tests.cast import Sent, clerk, send

pytestmark = pytest.mark.engines("sqlite", "postgresql")


def mails(portal):
    """Send what waits; give the notices by address."""
    post = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, post, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    return [one for one in post.letters if one.subject.startswith("Plaintes")]


def at_nine(portal, day):
    """Go to nine o'clock in Paris, on this day of March 2026 (winter time: 8:00 UTC)."""
    wanted = portal.clock().replace(month=3, day=day, hour=8, minute=0, second=0, microsecond=0)
    portal.clock.advance(seconds=(wanted - portal.clock()).total_seconds())


def test_a_digest_comes_after_eight_and_once_whatever_restarts(client, portal):
    """Received on 3 March 2026 at 22:41: the eighth day is 11 March."""
    Sent(send(client))
    Sent(send(client))
    clerk(portal, "595")
    at_nine(portal, 4)
    portal.clock.advance(hours=-2)
    assert Notices(portal).step() == 0
    portal.clock.advance(hours=2)
    notices = Notices(portal)
    assert notices.step() == 1
    assert notices.step() == 0
    Notices(portal).step()
    (one,) = mails(portal)
    assert one.to == "emile@595.exemple.fr"
    assert "2 plaintes : Envoyer l’accusé de réception, avant la fin du mercredi 11 mars 2026" in " ".join(
        one.text.split()
    )
    assert "CANARI" not in one.text
    assert "SA-" not in one.text
    at_nine(portal, 5)
    assert notices.step() == 1


@pytest.mark.parametrize(
    ("day", "presses"), [(7, False), (8, True), (9, False), (10, True), (11, False), (12, True), (13, False)]
)
def test_the_managers_are_told_three_days_before_one_day_before_and_once_it_is_late(client, portal, day, presses):
    """The last day is 11 March: 8 and 10 March are three days and one day before, 12 March is the first day late."""
    Sent(send(client))
    clerk(portal, "595")
    clerk(portal, "595", "Rita Fictive", "responsable")
    at_nine(portal, day)
    Notices(portal).step()
    told = [one for one in mails(portal) if "presse" in one.subject]
    assert {one.to for one in told} == ({"emile@595.exemple.fr", "rita@595.exemple.fr"} if presses else set())
    assert is_pressing(Waiting("D2", date(2026, 3, 11), 1), date(2026, 3, day)) is presses
    if day == 12:
        assert "en retard depuis le mercredi 11 mars 2026" in told[0].text


def test_who_only_waits_for_another_authority_is_not_told(client, portal):
    Sent(send(client))
    clerk(portal, "MED-59", "Fatou Exemple")
    at_nine(portal, 12)
    Notices(portal).step()
    assert not mails(portal)


def test_what_is_far_is_not_told(client, portal):
    Sent(send(client))
    clerk(portal, "595")
    portal.clock.advance(days=-1)
    at_nine(portal, 2)
    assert date(2026, 3, 11) - date(2026, 3, 2) > timedelta(days=8)
    assert Notices(portal).step() == 0
