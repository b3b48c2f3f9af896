"""Whether the work beside the pages goes on: read on a clock that is set by hand."""

import pytest

from app.base.heartbeat import (
    FAILED_ROUNDS,
    LABELS,
    TROUBLE_OF,
    Heartbeat,
    Heartbeats,
    WorkState,
    WorkTrouble,
    state_of,
)
from app.base.working import MISSED_PAUSES, Work

PATIENCE = 90.0


class Steady:
    """Reads what it is told."""

    at = 1000.0

    def __call__(self):
        return self.at


@pytest.fixture
def steady():
    return Steady()


@pytest.fixture
def heartbeats(steady):
    known = Heartbeats(steady)
    for work in ("mails", "tokens"):
        known.expect(work, PATIENCE)
    return known


@pytest.mark.parametrize(
    ("beat", "state"),
    [
        (None, WorkState.ELSEWHERE),
        (Heartbeat(1000 - PATIENCE), WorkState.OK),
        (Heartbeat(999 - PATIENCE), WorkState.LATE),
        (Heartbeat(float("-inf")), WorkState.LATE),
        (Heartbeat(1000, FAILED_ROUNDS - 1), WorkState.OK),
        (Heartbeat(1000, FAILED_ROUNDS), WorkState.FAILING),
        (Heartbeat(999 - PATIENCE, FAILED_ROUNDS), WorkState.LATE),
        (Heartbeat(1000, is_aside=True), WorkState.ELSEWHERE),
        (Heartbeat(999 - PATIENCE, is_aside=True), WorkState.LATE),
    ],
)
def test_the_last_sign_of_life_tells_how_a_work_goes(beat, state):
    assert state_of(beat, PATIENCE, 1000.0) is state


def test_the_patience_is_some_pauses_and_the_longest_round():
    assert Work("x", 60.0, lambda _: 0, lasts=500.0).patience == MISSED_PAUSES * 60 + 500


def test_a_work_that_nobody_begins_here_is_elsewhere_and_no_alarm(heartbeats, steady):
    steady.at += 1e9
    assert heartbeats.states() == {"mails": WorkState.ELSEWHERE, "tokens": WorkState.ELSEWHERE}
    assert heartbeats.alarms() == []


def test_a_work_whose_round_does_not_end_is_late_until_it_does(heartbeats, steady):
    heartbeats.note("mails")
    heartbeats.note("tokens")
    steady.at += PATIENCE
    heartbeats.note("tokens")
    assert heartbeats.states() == {"mails": WorkState.OK, "tokens": WorkState.OK}
    steady.at += 1
    assert heartbeats.states() == {"mails": WorkState.LATE, "tokens": WorkState.OK}
    assert heartbeats.alarms() == [WorkTrouble.LATE]
    heartbeats.note("mails")
    assert heartbeats.alarms() == []


def test_rounds_that_fail_in_a_row_are_told_and_one_that_passes_ends_it(heartbeats):
    for _ in range(FAILED_ROUNDS - 1):
        heartbeats.note("mails", WorkState.FAILING)
    assert heartbeats.states()["mails"] is WorkState.OK
    heartbeats.note("mails")
    for _ in range(FAILED_ROUNDS - 1):
        heartbeats.note("mails", WorkState.FAILING)
    assert heartbeats.states()["mails"] is WorkState.OK, "they must be in a row"
    heartbeats.note("mails", WorkState.FAILING)
    assert (heartbeats.states()["mails"], heartbeats.alarms()) == (WorkState.FAILING, [WorkTrouble.FAILING])
    heartbeats.note("mails")
    assert heartbeats.alarms() == []


def test_one_that_ends_by_itself_is_late_at_once_and_one_that_is_told_to_is_not(heartbeats):
    heartbeats.note("mails")
    heartbeats.note("tokens")
    heartbeats.end("mails", is_told=True)
    heartbeats.end("tokens", is_told=False)
    assert heartbeats.states() == {"mails": WorkState.ELSEWHERE, "tokens": WorkState.LATE}


def test_each_alarm_has_its_sentence():
    assert set(LABELS) == set(WorkTrouble) == set(TROUBLE_OF.values())
