"""The conciliation of a complaint: each date was worked out by hand from the articles."""

from datetime import UTC, date, datetime

import pytest

from app.filing.desk_rows import laid
from app.filing.status.act_codes import act_of
from app.filing.status.calendar import calendar
from app.filing.status.duties import owed
from app.filing.status.replay import status_of

CAISSE = {"code": "595", "kind": "cpam"}
ORDRE = {"code": "MED-59", "kind": "ordre_departemental"}
RECEIVED = {
    "receiver": "595",
    "informed": "MED-59",
    "outcome": "resolu",
    "received_at": "2026-03-03T21:41:07.000000Z",
    "zone": "Europe/Paris",
    "authorities": {"receiver": CAISSE, "informed": ORDRE, "proposed": []},
}
AT_ORDRE = {
    **RECEIVED,
    "receiver": "MED-59",
    "informed": "595",
    "authorities": {"receiver": ORDRE, "informed": CAISSE, "proposed": []},
}


def act(kind, on, **more):
    return act_of({"kind": kind, "at": f"{on}T09:00:00.000000Z", "on": on, **more})


TOLD = (
    act("accuse_reception", "2026-03-04"),
    act("transmise_autorite", "2026-03-04", is_shared=True),
    act("transmise_professionnel", "2026-03-05"),
)
FIXED = act("seance", "2026-05-28")
SUMMONED = tuple(act("convocation", "2026-05-04", party=one) for one in ("personne", "professionnel"))
CAME = (
    act("convocation_recue", "2026-05-06", party="personne"),
    act("convocation_recue", "2026-05-11", party="professionnel"),
)
FAILED = act("releve", "2026-05-28", issue="desaccord")
AGREED = act("releve", "2026-05-28", issue="retrait")
SENT = act("releve_envoye", "2026-06-01")
PASSED_ON = act("avis_motive", "2026-07-01")


def due(document, *acts):
    return {code: day.due_strict for code, day in calendar(document, acts).items()}


def seen(document, *acts):
    now = status_of(document, acts)
    return now.state, {who: code for who, _role, code, _due_on in laid(now, owed(now, due(document, *acts)))}


@pytest.mark.parametrize(
    ("acts", "state", "caisse", "ordre"),
    [
        ((), "recue", "D2", ""),
        (TOLD[:1], "accusee", "D3", ""),
        (TOLD, "transmise", "D13", ""),
        ((*TOLD, act("audition", "2026-03-20")), "transmise", "D13", ""),
        ((*TOLD, FIXED), "conciliation_fixee", "D6", ""),
        ((*TOLD, FIXED, *SUMMONED), "conciliation_fixee", "D6", ""),
        ((*TOLD, FIXED, *SUMMONED, CAME[0]), "conciliation_fixee", "D6", ""),
        ((*TOLD, FIXED, *SUMMONED, *CAME), "conciliation_fixee", "D7", ""),
        ((*TOLD, FIXED, *SUMMONED, *CAME, AGREED), "conciliation_faite", "D8", ""),
        ((*TOLD, FIXED, *SUMMONED, *CAME, AGREED, SENT), "accord", "", ""),
        ((*TOLD, FIXED, *SUMMONED, *CAME, FAILED), "conciliation_faite", "D8", "D9"),
        ((*TOLD, FIXED, *SUMMONED, *CAME, FAILED, SENT), "sans_accord", "", "D9"),
        ((*TOLD, FIXED, *SUMMONED, *CAME, FAILED, SENT, PASSED_ON), "sans_accord", "", ""),
        ((*TOLD, act("recidive", "2026-03-06", answer="oui")), "sans_conciliation", "", "D10"),
        ((*TOLD, act("recidive", "2026-03-06", answer="a_verifier")), "transmise", "D13", ""),
        ((TOLD[0], act("recidive", "2026-03-06", answer="oui")), "sans_conciliation", "D3", "D10"),
        ((*TOLD, act("cloture", "2026-03-06", reason="hors_champ")), "close", "", ""),
    ],
)
def test_who_must_do_what_next(acts, state, caisse, ordre):
    assert seen(RECEIVED, *acts) == (state, {"595": caisse, "MED-59": ordre})


def test_the_council_that_received_passes_a_failure_on_itself():
    acts = (*TOLD, FIXED, *SUMMONED, *CAME, FAILED, SENT)
    assert seen(AT_ORDRE, *acts) == ("sans_accord", {"MED-59": "D9", "595": ""})


def test_the_days_of_a_complaint_just_received():
    assert due(RECEIVED) == {
        "D1": date(2026, 3, 4),
        "D2": date(2026, 3, 11),
        "D3": date(2026, 3, 11),
        "D4": date(2026, 3, 11),
        "D5": date(2026, 4, 3),
        "D7": date(2026, 6, 3),
        "D13": date(2026, 5, 19),
    }


def test_the_days_around_a_meeting_then_after_its_failure():
    fixed = due(RECEIVED, *TOLD, FIXED)
    assert (fixed["D6"], fixed["D8"]) == (date(2026, 5, 13), date(2026, 6, 5))
    assert "D13" not in fixed
    assert "D9" not in fixed
    assert due(RECEIVED, *TOLD, FIXED, *SUMMONED, *CAME, FAILED)["D9"] == date(2026, 8, 28)
    assert "D9" not in due(RECEIVED, *TOLD, FIXED, *SUMMONED, *CAME, AGREED)


def test_a_meeting_of_the_last_day_of_november_gives_the_last_day_of_february():
    late = {**RECEIVED, "received_at": "2026-11-01T10:00:00.000000Z"}
    acts = (act("seance", "2026-11-30"), act("releve", "2026-11-30", issue="absence"))
    assert due(late, *acts)["D9"] == date(2027, 2, 28)


def test_a_meeting_that_is_moved_must_be_summoned_again():
    moved = act("seance", "2026-06-02")
    acts = (*TOLD, FIXED, *SUMMONED, *CAME)
    assert status_of(RECEIVED, acts).done["D6"].on == date(2026, 5, 11)
    assert "D6" not in status_of(RECEIVED, (*acts, moved)).done
    assert due(RECEIVED, *acts, moved)["D6"] == date(2026, 5, 18)
    assert seen(RECEIVED, *acts, moved)[1]["595"] == "D6"


def test_what_was_done_keeps_the_day_that_it_had():
    again = act("recidive", "2026-03-06", answer="oui")
    assert due(RECEIVED, *TOLD, again) == {
        "D1": date(2026, 3, 4),
        "D2": date(2026, 3, 11),
        "D3": date(2026, 3, 11),
        "D4": date(2026, 3, 11),
        "D10": date(2026, 6, 3),
    }
    assert due(RECEIVED, again)["D3"] == date(2026, 3, 3)


def test_a_sanction_noted_by_mistake_gives_the_meeting_back():
    acts = (*TOLD, act("recidive", "2026-03-06", answer="oui"), act("recidive", "2026-03-07", answer="non"))
    assert due(RECEIVED, *acts) == due(RECEIVED)
    assert seen(RECEIVED, *acts) == ("transmise", {"595": "D13", "MED-59": ""})


def test_the_summons_is_received_when_the_last_party_has_it():
    done = status_of(RECEIVED, (*TOLD, FIXED, *SUMMONED, *reversed(CAME))).done["D6"]
    assert done.on == date(2026, 5, 11)
    assert done.at == datetime(2026, 5, 11, 9, tzinfo=UTC)
