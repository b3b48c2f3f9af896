"""What calls for a clerk: in the list, on the page of the complaint, in the mail of the morning, until it is done."""

from datetime import date

import pytest

from app.accounts.queries import Clerk
from app.base.clock import PARIS
from app.base.dates import local_day
from app.commission import queries as commissions
from app.commission.service import end_term
from app.intake.reminders import Notices
from app.notifications.mail import MailRefused, MemoryMailer
from app.notifications.worker import Worker
from tests.cast import Sent, send
from tests.pages.test_conciliation import LILLE, ORDRE, at, change_commission, desks, fix, told
from tests.support.acts import act
from tests.support.html import words

__all__ = ["desks", "told"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
LIST = "/agent/plaintes"
EMILE = Clerk("e" * 32, "Émile Exemple", "emile@595.exemple.fr", "595", "CPAM de Lille-Douai", "agent")
CALL = {"appelant": "autorite", "appel_contenu": "La personne donne une autre adresse."}


class Refusing:
    """A server that knows no address."""

    def send(self, _letter):
        """Refuse it for good."""
        raise MailRefused("smtp-550", is_final=True)


def leave(portal, mailer):
    worker = Worker(portal.database, portal.keyring, mailer, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    return mailer


def tags(who):
    return [one.text for one in who.page(LIST).all("strong") if "govuk-tag" in (one.get("class") or "")]


def digest(portal, desk):
    """Let the morning come, and give what the mail of a clerk says."""
    Notices(portal).step()
    own = [one for one in leave(portal, MemoryMailer()).letters if one.to == desk.email]
    found = [one for one in own if "presse" not in one.subject]
    return " ".join(found[-1].text.split()).replace("\u00a0", " ") if found else ""


def to_do(who, sent):
    return next(words(one) for one in who.page(at(sent)).all("section") if one.get("aria-labelledby") == "a-faire")


def test_a_refused_mail_is_told_until_the_person_is_reached_otherwise(client, portal, desks):
    sent = Sent(send(client))
    leave(portal, Refusing())
    emile = desks[0].on(3, 5)
    assert tags(emile) == ["E-mail non remis"]
    assert "joindre la personne autrement" in to_do(emile, sent)
    assert "1 plainte : un e-mail n’a pas été remis à la personne" in digest(portal, desks[0])
    assert at(sent, "appel") in emile.page(at(sent)).links.values()
    assert emile.submit(at(sent, "appel"), CALL).status_code == 200
    assert tags(emile) == []
    assert "joindre la personne autrement" not in to_do(emile, sent)
    portal.clock.advance(days=1)
    assert "e-mail" not in digest(portal, desks[0])


def test_a_message_that_nobody_read_for_five_days_is_told_until_it_is_read(client, portal, desks):
    sent = Sent(send(client))
    client.submit("/reprendre", {"code": sent.code})
    client.submit("/suivi/message", {"message": "Bonjour."})
    leave(portal, MemoryMailer())
    assert local_day(portal.clock(), PARIS) == date(2026, 3, 3)
    emile = desks[0].on(3, 7)
    assert tags(emile) == ["Message"]
    assert "message" not in digest(portal, desks[0])
    emile = desks[0].on(3, 10)
    assert tags(emile) == ["Message non lu", "Message"], "two mornings without service lose nothing"
    assert "1 plainte : un message de la personne n’est pas lu depuis cinq jours" in digest(portal, desks[0])
    emile.page(at(sent))
    assert tags(emile) == []
    portal.clock.advance(days=1)
    assert "message de la personne" not in digest(portal, desks[0])


def test_summons_that_nothing_proves_are_told_twenty_days_before_the_meeting(told, portal, desks):
    """Met on Thursday 28 May: twenty days before is 8 May."""
    emile, fatou = desks[0].on(3, 5), desks[1]
    fix(emile, told, date(2026, 5, 28))
    assert tags(desks[0].on(5, 7)) == []
    emile = desks[0].on(5, 8)
    assert tags(emile) == ["Convocation sans preuve"]
    assert "prouver la réception des convocations" in to_do(emile, told)
    assert "réception des convocations n’est pas prouvée" in digest(portal, desks[0])
    assert "Convocation sans preuve" not in tags(fatou.on(5, 8)), "the secretariat alone summons"
    for party in ("personne", "professionnel"):
        summons = {"mode": "remise", "reference": "", "letter": []}
        act(portal, EMILE, told.number, "convocation", party=party, on="2026-05-08", **summons)
        act(portal, EMILE, told.number, "convocation_recue", party=party, on="2026-05-08", files=[])
    assert tags(emile) == []
    portal.clock.advance(days=1)
    assert "convocations" not in digest(portal, desks[0]).replace("Convoquer", "")


def test_a_commission_that_cannot_sit_is_told_a_week_before_until_another_sits(told, portal, desks):
    """Met on Thursday 28 May: a week before is 21 May. A term ended on 5 May leaves nobody on the side of the ordre."""
    fix(desks[0].on(4, 6), told, date(2026, 5, 28))
    with portal.database.write() as session:
        (member,) = [one for one in commissions.members_of(session, "MED-59") if one.name == ORDRE[0]]
        end_term(member, date(2026, 5, 5))
    assert "Commission incomplète" not in tags(desks[0].on(5, 20))
    emile = desks[0].on(5, 21)
    assert "Commission incomplète" in tags(emile)
    assert "désigner d'autres membres" in to_do(emile, told)
    assert at(told, "conciliation/commission") in emile.page(at(told)).links.values()
    said = "1 plainte : la réunion est dans moins de huit jours, et la commission est incomplète"
    assert said in digest(portal, desks[0])
    assert "Commission incomplète" not in tags(desks[1].on(5, 21)), "the secretariat alone composes it"
    change_commission(desks[0].on(5, 21), told, (LILLE[0], ORDRE[1]))
    assert "Commission incomplète" not in tags(desks[0].browser)
    portal.clock.advance(days=1)
    assert "incomplète" not in digest(portal, desks[0])


def test_a_mail_refused_to_a_colleague_is_not_one_of_the_person(client, portal, desks):
    sent = Sent(send(client))
    leave(portal, MemoryMailer())
    client.submit("/reprendre", {"code": sent.code})
    client.submit("/suivi/message", {"message": "Bonjour."})
    leave(portal, Refusing())
    assert tags(desks[0].on(3, 4)) == ["Message"]
