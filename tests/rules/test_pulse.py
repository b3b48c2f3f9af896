"""Whether the work beside the pages goes on: read on a clock that is set by hand."""

import pytest

from app.base.pulse import FAILED_ROUNDS, LABELS, TROUBLE_OF, Beat, Pulse, State, Trouble, state_of
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
def pulse(steady):
    known = Pulse(steady)
    for work in ("mails", "tokens"):
        known.expect(work, PATIENCE)
    return known


@pytest.mark.parametrize(
    ("beat", "state"),
    [
        (None, State.ELSEWHERE),
        (Beat(1000 - PATIENCE), State.OK),
        (Beat(999 - PATIENCE), State.LATE),
        (Beat(float("-inf")), State.LATE),
        (Beat(1000, FAILED_ROUNDS - 1), State.OK),
        (Beat(1000, FAILED_ROUNDS), State.FAILING),
        (Beat(999 - PATIENCE, FAILED_ROUNDS), State.LATE),
        (Beat(1000, is_aside=True), State.ELSEWHERE),
        (Beat(999 - PATIENCE, is_aside=True), State.LATE),
    ],
)
def test_the_last_sign_of_life_tells_how_a_work_goes(beat, state):
    assert state_of(beat, PATIENCE, 1000.0) is state


def test_the_patience_is_some_pauses_and_the_longest_round():
    assert Work("x", 60.0, lambda _: 0, lasts=500.0).patience == MISSED_PAUSES * 60 + 500


def test_a_work_that_nobody_begins_here_is_elsewhere_and_no_alarm(pulse, steady):
    steady.at += 1e9
    assert pulse.states() == {"mails": State.ELSEWHERE, "tokens": State.ELSEWHERE}
    assert pulse.alarms() == []


def test_a_work_whose_round_does_not_end_is_late_until_it_does(pulse, steady):
    pulse.note("mails")
    pulse.note("tokens")
    steady.at += PATIENCE
    pulse.note("tokens")
    assert pulse.states() == {"mails": State.OK, "tokens": State.OK}
    steady.at += 1
    assert pulse.states() == {"mails": State.LATE, "tokens": State.OK}
    assert pulse.alarms() == [Trouble.LATE]
    pulse.note("mails")
    assert pulse.alarms() == []


def test_rounds_that_fail_in_a_row_are_told_and_one_that_passes_ends_it(pulse):
    for _ in range(FAILED_ROUNDS - 1):
        pulse.note("mails", State.FAILING)
    assert pulse.states()["mails"] is State.OK
    pulse.note("mails")
    for _ in range(FAILED_ROUNDS - 1):
        pulse.note("mails", State.FAILING)
    assert pulse.states()["mails"] is State.OK, "they must be in a row"
    pulse.note("mails", State.FAILING)
    assert (pulse.states()["mails"], pulse.alarms()) == (State.FAILING, [Trouble.FAILING])
    pulse.note("mails")
    assert pulse.alarms() == []


def test_one_that_ends_by_itself_is_late_at_once_and_one_that_is_told_to_is_not(pulse):
    pulse.note("mails")
    pulse.note("tokens")
    pulse.end("mails", is_told=True)
    pulse.end("tokens", is_told=False)
    assert pulse.states() == {"mails": State.ELSEWHERE, "tokens": State.LATE}


def test_each_alarm_has_its_sentence():
    assert set(LABELS) == set(Trouble) == set(TROUBLE_OF.values())
