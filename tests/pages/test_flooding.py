"""Floods: mails to a stranger, files that wait, complaints by the hundred. Nothing is refused but what harms others."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.base.clock import system_clock
from app.base.traces import KEPT_SECONDS, MOST, Traces
from app.evidence import rules as evidence
from app.evidence.models import Evidence
from app.filing.ledger import chain
from app.filing.upkeep import flood
from app.notifications.models import OutboxMail
from app.notifications.rules import FROM_ANYBODY_MOST
from app.runtime.monitor import Monitor
from tests.cast import AMINA, Sent, begin, send
from tests.support.client import SuspiciousClient
from tests.support.crowd import seen_from
from tests.support.html import Page

VICTIM = "victime@exemple.fr"


def queued(portal, kind=None):
    with portal.database.read() as session:
        kinds = list(session.scalars(select(OutboxMail.kind)))
    return [one for one in kinds if kind in {None, one}]


def files(portal):
    with portal.database.read() as session:
        return len(list(session.scalars(select(Evidence.id))))


def test_codes_and_receipts_to_a_stranger_stop_and_every_complaint_is_received(client, portal):
    told = []
    for _ in range(FROM_ANYBODY_MOST - 4):
        path = begin(client).replace("court", "pause")
        told.append(client.submit(path, {"email_reprise": VICTIM}).status_code)
    for _ in range(8):
        assert Sent(send(client, email=VICTIM)).number
    late = client.submit(begin(client).replace("court", "pause"), {"email_reprise": VICTIM})
    assert (set(told), late.status_code) == ({200}, 429)
    assert "Attendez 60 minutes" in Page(late.text).text
    assert (len(queued(portal, "code")), len(queued(portal, "receipt"))) == (FROM_ANYBODY_MOST - 4, 4)
    assert client.submit(begin(client).replace("court", "pause"), {"email_reprise": "autre@exemple.fr"}).is_success


def test_files_that_wait_in_many_drafts_of_one_network_are_bounded(app, portal, monkeypatch):
    monkeypatch.setattr(evidence, "UNSENT_MOST", 2500)

    def adds(address, path=None):
        with SuspiciousClient(seen_from(app, address), portal.database) as one:
            path = path or begin(one)
            before = files(portal)
            given = [("note.txt", f"note {before} ".encode() * 200, "")]
            answer = one.submit(path, {"recit": "mes mots"}, {"fichiers": given}, button="Ajouter ces fichiers")
            page = Page(answer.text)
            assert "mes mots" in one.get(path).text
            told = "trop de fichiers attendent d'être envoyés depuis votre réseau" in page.text
            assert told == (files(portal) == before)
            return not told

    assert [adds("192.0.2.1") for _ in range(4)] == [True, True, False, False]
    assert adds("192.0.2.2"), "nobody else is held"
    with SuspiciousClient(seen_from(app, "192.0.2.3"), portal.database) as sender:
        for _ in range(3):
            path = begin(sender)
            given = [("note.txt", f"note {path} ".encode() * 200, "")]
            sender.submit(path, {}, {"fichiers": given}, button="Ajouter ces fichiers")
            assert Sent(sender.submit(path, dict(AMINA))).number
    assert adds("192.0.2.3"), "what was sent waits no more"
    assert len(portal.traces.of("192.0.2.3")) == 1, "nor is it asked about again"


def alarms(portal):
    with portal.database.read() as session:
        return flood.alarms(session, portal.limits, portal.clock())


@pytest.mark.engines("sqlite", "postgresql")
def test_more_than_three_hundred_complaints_in_an_hour_are_an_alarm(portal):
    def receive(count):
        with portal.database.write() as session:
            chain.take_turn(session)
            for _ in range(count):
                at, read_at = chain.now_after_last(session, portal.clock)
                chain.append(session, chain.DEPOSIT, "SA-2026-7KM4-Q9TR", "c" * 64, at, read_at)

    receive(flood.FROM_ALL)
    assert alarms(portal) == []
    receive(1)
    assert alarms(portal) == [flood.Flood.ALL]
    watch = Monitor(portal)
    watch.step()
    watch.step()
    assert len(queued(portal, "alarm")) == 1, "told once a day"
    portal.clock.advance(hours=1)
    assert alarms(portal) == []


def test_many_complaints_from_one_network_are_received_and_told(app, client, portal):
    with SuspiciousClient(seen_from(app, "2001:db8::1"), portal.database) as one:
        for _ in range(flood.FROM_ONE):
            portal.clock.advance(seconds=1)
            Sent(send(one))
    assert alarms(portal) == []
    portal.clock.advance(seconds=1)
    with SuspiciousClient(seen_from(app, "2001:db8::2"), portal.database) as one:
        assert Sent(send(one)).number, "none is refused"
    assert alarms(portal) == [flood.Flood.ONE]
    Monitor(portal).tell()
    assert len(queued(portal, "alarm")) == 1
    told = client.get("/etat", headers={"accept": "application/json"}).json()
    assert told["alarms"] == ["afflux_une_adresse"]
    assert told["tsa"] == "embedded", "the clock is not in doubt"


def test_the_traces_of_drafts_are_forgotten():
    now = [system_clock().timestamp()]
    traces = Traces(lambda: now[0])
    traces.note("a", "draft")
    traces.note("b", "other")
    assert traces.of("a") == ("draft",)
    now[0] += timedelta(seconds=KEPT_SECONDS).total_seconds()
    assert traces.of("a") == ()
    for number in range(MOST + 5):
        traces.note("c", str(number))
    assert len(traces.of("c")) == MOST
    traces.forget("c", {str(number) for number in range(MOST)})
    assert len(traces.of("c")) == 5
