"""Sessions in the database: who may open what, and until when."""

from datetime import timedelta

import pytest

from app.accounts.models import AuthSession
from app.accounts.service import sessions

IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=8)
AMINA, GAEL = "token-of-amina", "token-of-gael"


@pytest.fixture
def opened(database, clock):
    """Amina holds two drafts and a follow-up; Gaël holds his own draft, and always must stay apart."""
    with database.write() as session:
        for token, kind, subject in [
            (AMINA, "brouillon", "draft-1"),
            (AMINA, "brouillon", "draft-2"),
            (AMINA, "suivi", "filing-1"),
            (GAEL, "brouillon", "draft-9"),
        ]:
            sessions.open_session(session, kind, subject, token=token, idle=IDLE, absolute=WHOLE, now=clock())
    return database


def holds(database, clock, token, kind, subject):
    with database.read() as session:
        return subject in sessions.subjects_of(session, token, kind, clock())


def test_one_browser_holds_several_drafts_and_nobody_elses(opened, clock):
    with opened.read() as session:
        assert sessions.subjects_of(session, AMINA, "brouillon", clock()) == ["draft-1", "draft-2"]
    assert holds(opened, clock, AMINA, "suivi", "filing-1")
    assert not holds(opened, clock, AMINA, "brouillon", "draft-9")
    assert not holds(opened, clock, AMINA, "agent", "draft-1")
    assert not holds(opened, clock, "", "brouillon", "draft-1")


def test_the_token_itself_is_not_stored(opened):
    with opened.read() as session:
        stored = {row.holder_hash for row in session.query(AuthSession)}
    assert AMINA not in stored
    assert {len(one) for one in stored} == {64}


def test_an_idle_session_ends(opened, clock):
    clock.advance(minutes=29, seconds=59)
    assert holds(opened, clock, AMINA, "suivi", "filing-1")
    clock.advance(seconds=1)
    assert not holds(opened, clock, AMINA, "suivi", "filing-1")


def test_use_pushes_the_idle_end_back_but_never_the_whole_end(opened, clock):
    for _ in range(23):
        clock.advance(minutes=20)
        with opened.write() as session:
            sessions.touch(session, AMINA, "suivi", clock())
    assert holds(opened, clock, AMINA, "suivi", "filing-1")
    clock.advance(minutes=20)
    assert not holds(opened, clock, AMINA, "suivi", "filing-1")


def test_a_session_is_seen_at_most_once_a_minute(opened, clock):
    with opened.read() as session:
        assert not sessions.opened_by(session, AMINA, "suivi", clock.advance(seconds=60)).is_stale
        assert sessions.opened_by(session, AMINA, "suivi", clock.advance(seconds=1)).is_stale


def test_looking_in_a_read_session_writes_nothing(opened, clock):
    clock.advance(minutes=10)
    assert holds(opened, clock, AMINA, "suivi", "filing-1")
    clock.advance(minutes=21)
    assert not holds(opened, clock, AMINA, "suivi", "filing-1")


def test_a_new_id_takes_everything_along_and_the_old_one_opens_nothing(opened, clock):
    with opened.write() as session:
        sessions.move(session, AMINA, "new-token")
    assert holds(opened, clock, "new-token", "brouillon", "draft-2")
    assert not holds(opened, clock, AMINA, "brouillon", "draft-2")
    assert holds(opened, clock, GAEL, "brouillon", "draft-9")


def test_closing_ends_what_is_named_and_no_more(opened, clock):
    with opened.write() as session:
        sessions.close_session(session, AMINA, "brouillon", "draft-1")
    assert not holds(opened, clock, AMINA, "brouillon", "draft-1")
    assert holds(opened, clock, AMINA, "brouillon", "draft-2")
    with opened.write() as session:
        sessions.close_session(session, AMINA, "brouillon")
    assert not holds(opened, clock, AMINA, "brouillon", "draft-2")
    assert holds(opened, clock, AMINA, "suivi", "filing-1")


def test_closing_all_ends_a_subject_in_every_browser(opened, clock):
    with opened.write() as session:
        sessions.open_session(session, "brouillon", "draft-1", token="other", idle=IDLE, absolute=WHOLE, now=clock())
        sessions.close_all(session, "draft-1")
    assert not holds(opened, clock, AMINA, "brouillon", "draft-1")
    assert not holds(opened, clock, "other", "brouillon", "draft-1")
    assert holds(opened, clock, AMINA, "brouillon", "draft-2")


def test_opening_again_starts_the_time_again(opened, clock):
    clock.advance(hours=7, minutes=59)
    with opened.write() as session:
        sessions.open_session(session, "suivi", "filing-1", token=AMINA, idle=IDLE, absolute=WHOLE, now=clock())
    clock.advance(minutes=20)
    assert holds(opened, clock, AMINA, "suivi", "filing-1")


def test_the_sweep_erases_what_ended_and_nothing_else(opened, clock):
    clock.advance(hours=7)
    with opened.write() as session:
        sessions.open_session(session, "suivi", "filing-2", token=GAEL, idle=IDLE, absolute=WHOLE, now=clock())
    clock.advance(hours=1)
    with opened.write() as session:
        sessions.sweep(session, clock())
        assert [row.subject for row in session.query(AuthSession)] == ["filing-2"]
