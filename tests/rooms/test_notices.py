"""The morning digest and the alerts of an authority: counts and dates, told once, never a person."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.accounts.queries import Clerk
from app.filing.models import FilingDuty
from app.intake.reminders import Notices
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from tests.cast import Sent, clerk, send
from tests.support.acts import act

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


def pressed(portal):
    """Give to whom an alert went since the last look, with what it says."""
    return {one.to: " ".join(one.text.split()) for one in mails(portal) if "presse" in one.subject}


@pytest.mark.parametrize(
    ("mornings", "alerts"),
    [
        ((7, 8, 9, 10, 11, 12, 13, 20), {8, 10, 12}),
        ((7, 9, 11, 13), {9, 11, 13}),
        ((4, 20, 21), {20}),
        ((11, 12), {11, 12}),
    ],
)
def test_the_managers_are_told_each_threshold_once_whatever_mornings_are_skipped(client, portal, mornings, alerts):
    """The last day is 11 March: at most three days are left from 8 March, at most one from the 10th, none on the 12th.

    Each morning begins with a restart, and begins twice.
    """
    Sent(send(client))
    clerk(portal, "595")
    clerk(portal, "595", "Rita Fictive", "responsable")
    for day in mornings:
        at_nine(portal, day)
        Notices(portal).step()
        Notices(portal).step()
        told = pressed(portal)
        assert set(told) == ({"emile@595.exemple.fr", "rita@595.exemple.fr"} if day in alerts else set()), day
        if day in alerts and day > 11:
            assert "en retard depuis le mercredi 11 mars 2026" in told["rita@595.exemple.fr"]
        assert not any("SA-" in words for words in told.values())


def test_an_alert_of_the_same_day_about_another_complaint_is_told_too(client, portal):
    Sent(send(client))
    clerk(portal, "595")
    at_nine(portal, 8)
    Notices(portal).step()
    assert "1 plainte : Envoyer" in pressed(portal)["emile@595.exemple.fr"]
    with portal.database.write() as session:
        session.execute(update(FilingDuty).where(FilingDuty.code == "D4").values(told=0))
    portal.clock.advance(minutes=5)
    Notices(portal).step()
    again = pressed(portal)["emile@595.exemple.fr"]
    assert "Informer le professionnel" in again
    assert "Envoyer l’accusé" not in again


def test_the_council_is_alerted_of_its_own_date_though_it_only_was_informed(client, portal):
    """A refusal again: received on 3 March 2026, the council passes it on by 3 June; 31 May is three days before."""
    sent = Sent(send(client))
    clerk(portal, "595")
    clerk(portal, "MED-59", "Fatou Exemple")
    emile = Clerk("e" * 32, "Émile Exemple", "emile@595.exemple.fr", "595", "CPAM de Lille-Douai", "agent")
    content = {"answer": "oui", "on": "2026-03-04"}
    act(portal, emile, sent.number, "recidive", **content)
    wanted = portal.clock().replace(month=5, day=31, hour=8)
    portal.clock.advance(seconds=(wanted - portal.clock()).total_seconds())
    Notices(portal).step()
    told = pressed(portal)
    assert "Transmettre à la juridiction" in told["fatou@med-59.exemple.fr"]
    assert "accusé" not in told["fatou@med-59.exemple.fr"]
    assert "juridiction" not in told["emile@595.exemple.fr"]


@pytest.mark.parametrize("works_here", [True, False])
def test_the_date_of_a_council_without_any_account_is_told_to_who_holds_the_complaint(client, portal, works_here):
    """The same dates: the secretariat is told in the place of a council where nobody signs in, and only then."""
    sent = Sent(send(client))
    clerk(portal, "595")
    clerk(portal, "597", "Noé Fictif")
    if works_here:
        clerk(portal, "MED-59", "Fatou Exemple")
    emile = Clerk("e" * 32, "Émile Exemple", "emile@595.exemple.fr", "595", "CPAM de Lille-Douai", "agent")
    content = {"answer": "oui", "on": "2026-03-04"}
    act(portal, emile, sent.number, "recidive", **content)
    for day, is_past in ((31, False), (33, False), (35, True)):  # 31 May, 2 June, then 4 June: the last was 3 June
        wanted = portal.clock().replace(month=5, day=31, hour=8) + timedelta(days=day - 31)
        portal.clock.advance(seconds=(wanted - portal.clock()).total_seconds())
        Notices(portal).step()
        told = pressed(portal)
        assert "noe@597.exemple.fr" not in told
        own = told.get("emile@595.exemple.fr", "")
        assert ("Transmettre à la juridiction" in own) is not works_here, day
        assert ("en retard depuis le mercredi 3 juin 2026" in own) is (is_past and not works_here)
        assert ("fatou@med-59.exemple.fr" in told) is works_here


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
