"""The loop of a work beside the pages: what it notes of its rounds, and what whoever runs the service is told."""

import threading
from dataclasses import replace

import pytest

from app.base.errors import StorageTrouble
from app.base.heartbeat import FAILED_ROUNDS, Heartbeats, WorkState, WorkTrouble
from app.base.storage.leader import Leader
from app.base.working import Work, keep, one_round
from app.notifications.mail import MemoryMailer
from app.runtime.health import STATES, WORKS, look
from app.runtime.monitor import Monitor
from app.runtime.workers import BackgroundWorkers
from tests.support.portal import make_portal

HOUR = 3600.0


class Steady:
    """Reads what it is told."""

    at = 1000.0

    def __call__(self):
        return self.at


class Rounds:
    """A work that does what it is told at each round, and ends after the last one."""

    def __init__(self, *told):
        self.stop, self.told = threading.Event(), list(told)
        self.work = Work("mails", 0.0, self.step, by_each=True)

    def step(self, stop):
        del stop
        what = self.told.pop(0)
        if not self.told:
            self.stop.set()
        if isinstance(what, BaseException):
            raise what
        return what


@pytest.fixture
def steady():
    return Steady()


@pytest.fixture
def portal(database, clock, tmp_path, steady):
    return replace(make_portal(database, clock, tmp_path), heartbeats=Heartbeats(steady))


@pytest.fixture
def room(portal):
    return BackgroundWorkers(portal, MemoryMailer())


def states(portal):
    return look(portal)["workers"]


def test_a_process_that_runs_no_work_says_that_each_is_done_elsewhere(portal, room):
    found = look(portal)
    assert list(found["workers"]) == ["leader", *(work.name for work in room.works)]
    assert set(found["workers"].values()) == {"elsewhere"}
    assert found["alarms"] == []


def test_every_work_and_every_state_has_its_words(room, portal):
    assert set(WORKS) == {*states(portal), "registered"}  # a work of those who have a provider alone
    assert set(STATES) == set(WorkState)


def test_an_instance_that_follows_leaves_to_the_leader_what_is_its_own(portal, room):
    assert Leader(portal.database).beat()
    for work in room.works:
        one_round(work, room.leader, threading.Event(), portal.heartbeats)
    mine = {work.name for work in room.works if work.by_each}
    assert {work for work, state in states(portal).items() if state == "ok"} == mine
    assert room.leader.beat() is False


def test_each_round_of_the_one_that_leads_is_a_sign_of_life(portal, room, steady):
    assert room.leader.beat()
    for work in room.works:
        assert one_round(work, room.leader, threading.Event(), portal.heartbeats) is not None
    assert {work for work, state in states(portal).items() if state != "ok"} == {"leader"}
    steady.at += 2 * HOUR
    told = states(portal)
    assert (told["mails"], told["tidying"]) == ("late", "ok")
    assert look(portal)["alarms"] == ["travail_en_retard"]


def test_rounds_that_fail_are_told_by_the_state_and_by_a_mail(portal, room, clock):
    rounds = Rounds(*[OSError("broken")] * FAILED_ROUNDS)
    work = rounds.work
    for _ in range(FAILED_ROUNDS):
        assert one_round(work, room.leader, rounds.stop, portal.heartbeats) == 0
    found = look(portal)
    assert (found["workers"]["mails"], found["alarms"]) == ("failing", ["travail_en_echec"])
    Monitor(portal).tell()
    room.worker.run_once()
    (letter,) = [one for one in room.worker._mailer.letters if "demande votre attention" in one.subject]
    assert "échoue plusieurs fois de suite" in letter.text


def test_a_thread_that_ends_by_itself_is_seen_at_once(portal, room, caplog):
    rounds = Rounds(SystemExit(3), 0)
    with pytest.raises(SystemExit):
        keep(rounds.work, room.leader, rounds.stop, portal.heartbeats)
    assert states(portal)["mails"] == "late"
    assert portal.heartbeats.alarms() == [WorkTrouble.LATE]
    assert "ended by itself" in caplog.text


def test_one_that_ends_as_told_is_no_trouble(portal, room):
    rounds = Rounds(1, OSError("broken"), 0)
    keep(rounds.work, room.leader, rounds.stop, portal.heartbeats)
    assert states(portal)["mails"] == "elsewhere"
    assert not rounds.told


def test_a_lease_that_cannot_be_kept_fails_and_leaves_things_as_they_are(portal, room, monkeypatch):
    assert room.leader.beat()

    def refused():
        raise StorageTrouble

    with monkeypatch.context() as broken:
        broken.setattr(portal.database, "write", refused)
        for _ in range(FAILED_ROUNDS):
            assert one_round(room._every[0], room.leader, threading.Event(), portal.heartbeats) == 0
    assert states(portal)["leader"] == "failing"
    assert room.leader.leads()
    one_round(room._every[0], room.leader, threading.Event(), portal.heartbeats)
    assert states(portal)["leader"] == "ok"
