"""Who owes what, by which day; each date was worked out by hand from the articles.

Received on 3 March 2026: eight days end on 11 March, three months on 3 June, fifteen days before it on 19 May. Met on
28 May: summons by 13 May, report by 5 June, after a failure chamber by 28 August.
"""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.acts.guards import is_unnamed
from app.acts.kinds import may
from app.filing.rules import AIGUILLAGE
from app.filing.status.calendar import calendar
from app.filing.status.counted_as import as_done
from app.filing.status.duties import owed, owed_on, threshold
from app.filing.status.replay import status_of
from app.routing.rules import Outcome
from tests.rules.test_conciliation_state import (
    AGREED,
    AT_ORDRE,
    CAISSE,
    CAME,
    FAILED,
    FIXED,
    ORDRE,
    PASSED_ON,
    RECEIVED,
    SENT,
    SUMMONED,
    TOLD,
    act,
)

LONG_AFTER = date(2028, 1, 1)
AGAIN = act("recidive", "2026-03-06", answer="oui")
MOVED = act("reorientation", "2026-03-06", receiver={**CAISSE, "code": "597"}, informed=ORDRE)
DECIDED = act("decision_chambre", "2026-09-01")
WITHDRAWN = act("retrait", "2026-03-10")
CLOSED = act("cloture", "2026-09-02", reason="hors_champ")
ALONE = (*TOLD, FIXED, FAILED, AGREED, SENT, PASSED_ON, AGAIN, MOVED)
EVERY = (*((one,) for one in ALONE), *zip(SUMMONED, CAME, strict=True))
"""Acts as they can follow one another: a summons comes once it was sent for the meeting of now."""


def due(document, *acts):
    days = {code: day.due_strict for code, day in calendar(document, acts).items()}
    return owed(status_of(document, acts), days)


def on(day, document, *acts):
    return [(one.authority, one.code, one.due_on.isoformat()) for one in owed_on(due(document, *acts), day)]


def test_at_the_receipt_the_receiver_owes_all_and_the_other_nothing():
    assert on(date(2026, 3, 4), RECEIVED) == [
        ("595", "D2", "2026-03-11"),
        ("595", "D3", "2026-03-11"),
        ("595", "D4", "2026-03-11"),
        ("595", "D13", "2026-05-19"),
        ("595", "D7", "2026-06-03"),
    ]


def test_a_fixed_meeting_is_summoned_and_held_on_its_own_day():
    assert on(date(2026, 5, 1), RECEIVED, *TOLD, FIXED) == [
        ("595", "D6", "2026-05-13"),
        ("595", "D7", "2026-05-28"),
        ("595", "D8", "2026-06-05"),
    ]


def test_after_the_day_of_the_meeting_its_report_is_owed_and_not_its_summons():
    for acts in ((*TOLD, FIXED), (*TOLD, FIXED, *SUMMONED, *CAME)):
        assert ("595", "D7", "2026-05-28") in on(date(2026, 5, 28), RECEIVED, *acts)
        assert on(date(2026, 5, 29), RECEIVED, *acts) == [("595", "D8", "2026-06-05")]
    assert on(date(2026, 5, 28), RECEIVED, *TOLD, FIXED, AGREED) == [("595", "D8", "2026-06-05")]
    assert on(LONG_AFTER, RECEIVED, *TOLD, FIXED, AGREED, SENT) == []


def test_the_council_passes_a_failure_on_whatever_its_role_and_however_late_the_report():
    acts = (*TOLD, FIXED, FAILED)
    assert on(date(2026, 6, 1), RECEIVED, *acts) == [("595", "D8", "2026-06-05"), ("MED-59", "D9", "2026-08-28")]
    assert on(LONG_AFTER, RECEIVED, *acts, SENT) == [("MED-59", "D9", "2026-08-28")]
    assert on(LONG_AFTER, AT_ORDRE, *acts, SENT) == [("MED-59", "D9", "2026-08-28")]
    assert on(LONG_AFTER, RECEIVED, *TOLD, AGAIN) == [("MED-59", "D10", "2026-06-03")]
    assert on(LONG_AFTER, RECEIVED, *acts, SENT, PASSED_ON) == []


def test_a_refusal_again_makes_the_transmission_the_first_thing_to_do():
    assert on(date(2026, 3, 7), RECEIVED, AGAIN)[:2] == [("595", "D3", "2026-03-03"), ("595", "D2", "2026-03-11")]


@given(st.lists(st.sampled_from(EVERY), max_size=9), st.sampled_from((RECEIVED, AT_ORDRE)))
def test_a_day_has_one_owner_and_an_end_leaves_nothing(steps, document):
    acts = [one for step in steps for one in step]
    found = due(document, *acts)
    codes = [one.code for one in found]
    assert len(codes) == len(set(codes))
    now = status_of(document, acts)
    assert {one.authority for one in found} <= {now.receiver, now.ordre}
    assert all(one.authority == now.ordre for one in found if one.code in {"D9", "D10"})
    assert all(one.authority == now.receiver for one in found if one.code not in {"D9", "D10"})
    for end in (DECIDED, WITHDRAWN, CLOSED):
        assert due(document, *acts, end) == ()


UNNAMED = {**RECEIVED, "informed": "", "authorities": {"receiver": CAISSE, "informed": {}, "proposed": [ORDRE]}}
BOX = {
    **UNNAMED,
    "receiver": "AIGUILLAGE",
    "authorities": {"receiver": {}, "informed": {}, "proposed": [CAISSE, ORDRE]},
}
NAMED, NOBODY = (act("confirmation_ordre", "2026-03-05", informed=other) for other in (ORDRE, {}))


def is_searched(now):
    """Tell whether the complaint waits for its own act first: its receiver is to be chosen, or its duties are due."""
    return now.receiver == AIGUILLAGE or not now.are_told


LEAVES = {
    "D2": lambda now: may(now, "accuse_reception"),
    "D3": lambda now: may(now, "transmise_autorite") or is_unnamed(now) or now.receiver == AIGUILLAGE,
    "D4": lambda now: may(now, "transmise_professionnel"),
    "D6": lambda now: may(now, "convocation"),
    "D7": lambda now: may(now, "releve") or may(now, "seance") or is_searched(now),
    "D8": lambda now: may(now, "releve") or may(now, "releve_envoye"),
    "D9": lambda now: may(now, "avis_motive"),
    "D10": lambda now: may(now, "avis_motive"),
    "D13": lambda now: may(now, "seance") or is_searched(now),
}
"""The guard of the page that keeps each day."""


@given(
    st.lists(st.sampled_from((*EVERY, (NAMED,), (NOBODY,))), max_size=9),
    st.sampled_from((RECEIVED, AT_ORDRE, UNNAMED, BOX)),
    st.sampled_from(Outcome),
)
def test_every_day_that_is_owed_has_an_act_that_keeps_it(steps, document, outcome):
    acts = [one for step in steps for one in step]
    document = {**document, "outcome": outcome.value}
    now = status_of(document, acts)
    for duty in due(document, *acts):
        assert LEAVES[duty.code](now), duty
    if "D3" in now.duties and "D3" not in now.told and now.is_open:
        assert LEAVES["D3"](now)


def test_the_other_authority_must_be_told_known_or_not():
    assert ("595", "D3", "2026-03-11") in on(date(2026, 3, 4), UNNAMED)
    assert status_of(UNNAMED, (TOLD[0], TOLD[2])).state == "accusee"
    assert status_of(UNNAMED, (TOLD[0], TOLD[2], NOBODY)).state == "transmise"
    named = status_of(UNNAMED, (NAMED,))
    assert (named.receiver, named.informed, named.ordre) == ("595", "MED-59", "MED-59")
    assert status_of(UNNAMED, (NOBODY, NAMED)).duties == ("D2", "D3", "D4")
    assert not may(status_of(UNNAMED, (NAMED, TOLD[1])), "confirmation_ordre")
    assert not may(status_of({**UNNAMED, "outcome": "cpam_seule"}, ()), "confirmation_ordre")


def test_who_has_nobody_to_tell_is_not_counted_as_waiting():
    document = {**UNNAMED, "channel": "patient", "profession": "10", "commune": "59350", "complaint": []}

    def counted(*acts):
        return [code for code in as_done(document, acts).codes if code.startswith("echeance|D3|")]

    assert counted() == ["echeance|D3|attente"]
    assert counted(NOBODY) == []
    assert counted(NOBODY, NAMED) == ["echeance|D3|attente"]
    assert counted(NAMED, TOLD[1]) == ["echeance|D3|tenue"]


@given(st.sets(st.integers(-20, 20), min_size=1))
def test_each_threshold_is_told_once_whatever_mornings_are_skipped(mornings):
    last, told, alerts = date(2026, 3, 11), 0, Counter()
    for n in sorted(mornings):
        reached = threshold(last, last + timedelta(days=n))
        if reached > told:
            told = reached
            alerts[reached] += 1
    assert set(alerts.values()) <= {1}
    assert told == threshold(last, last + timedelta(days=max(mornings)))


def test_the_thresholds_worked_out_by_hand():
    last = date(2026, 3, 11)
    found = [threshold(last, date(2026, 3, day)) for day in (7, 8, 9, 10, 11, 12, 31)]
    assert found == [0, 1, 1, 2, 2, 3, 3]
