"""The watch: one point a day, told to those who hold complaints; a clock that moves by itself is seen."""

import threading

import pytest
from sqlalchemy import select

from app.filing.ledger import chain, register
from app.filing.models import LedgerEntry
from app.notifications.worker import Worker
from app.runtime.monitor import Monitor
from app.runtime.timestamping import TimestampWorker
from app.stamping.models import ClockJump
from app.stamping.rules import Alarm
from tests.support.authority import OpensslAuthority, over_http
from tests.support.clock import StoppedClock
from tests.support.portal import make_portal


class Mailbox:
    """Keeps what leaves."""

    def __init__(self):
        self.letters = []

    def send(self, letter):
        self.letters.append(letter)


class Steady:
    """Reads what it is told."""

    at = 100.0

    def __call__(self):
        return self.at


@pytest.fixture
def portal(database, clock, tmp_path):
    return make_portal(database, clock, tmp_path)


@pytest.fixture
def steady():
    """A clock that only goes forward, in seconds."""
    return Steady()


def letters(portal):
    box = Mailbox()
    Worker(portal.database, portal.keyring, box, portal.clock, "exemple.fr").run_once()
    return box.letters


def points(portal):
    with portal.database.read() as session:
        return register.points(session)


def entries(portal):
    with portal.database.read() as session:
        return session.scalars(select(LedgerEntry).order_by(LedgerEntry.n)).all()


def test_one_point_a_day_in_paris_over_the_whole_past(portal, clock, steady):
    watch = Monitor(portal, steady)
    for _ in range(3):
        watch.step()
    assert [point.day for point in points(portal)] == ["2026-03-03"]
    clock.advance(hours=1, minutes=18, seconds=52)  # 23:59:59 in Paris
    steady.at += 4732
    watch.step()
    assert len(points(portal)) == 1
    clock.advance(seconds=1)  # midnight in Paris, still the 3rd in universal time
    steady.at += 1
    watch.step()
    assert [point.day for point in points(portal)] == ["2026-03-03", "2026-03-04"]
    first, second = entries(portal)
    assert (first.commitment, second.commitment) == (chain.FIRST, first.hash)
    assert points(portal)[1].line == f"2026-03-04 2 {second.hash}"


def test_a_point_gets_its_token_which_the_register_names(portal, steady):
    Monitor(portal, steady).step()
    TimestampWorker(portal).step(threading.Event())
    token = entries(portal)[1]
    assert (token.kind, token.number) == ("jeton", "2026-03-03")
    assert points(portal)[0].line.endswith(f" {token.commitment}")


def test_two_workers_publish_one_point(portal, steady):
    watches = [Monitor(portal, steady) for _ in range(4)]
    threads = [threading.Thread(target=watch.step) for watch in watches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(points(portal)) == 1


def test_a_clock_that_moves_by_itself_is_noted_and_told_once_a_day(portal, clock, steady):
    watch = Monitor(portal, steady)
    clock.advance(seconds=60)
    steady.at += 58.5
    watch.step()
    with portal.database.read() as session:
        assert register.alarms(session, clock()) == []
    clock.advance(seconds=60)
    steady.at += 57.5
    watch.step()
    watch.step()
    with portal.database.read() as session:
        assert [round(row.seconds, 3) for row in session.scalars(select(ClockJump))] == [2.5]
        assert register.alarms(session, clock()) == [Alarm.JUMP]
    told = [letter for letter in letters(portal) if "demande votre attention" in letter.subject]
    assert len(told) == 1
    assert "a sauté de plus de 2 secondes" in told[0].text
    assert "a sauté de plus de 2 secondes" in told[0].html
    clock.advance(days=7, seconds=1)
    with portal.database.read() as session:
        assert register.alarms(session, clock()) == []


def test_a_clock_that_goes_back_is_an_alarm_and_the_order_stays(portal, clock, steady):
    Monitor(portal, steady).step()
    clock.advance(minutes=-5)
    with portal.database.write() as session:
        chain.take_turn(session)
        at, read_at = chain.now_after_last(session, clock)
        chain.append(session, chain.DEPOSIT, "SA-2026-7KM4-Q9TR", "c" * 64, at, read_at)
    with portal.database.read() as session:
        assert register.alarms(session, clock()) == [Alarm.BACK]
    first, second = entries(portal)
    assert (second.at - first.at).total_seconds() == 1e-6
    assert second.read_at == clock()


@pytest.mark.parametrize(("wrong_by", "doubtful"), [(0, False), (30, False), (90, True), (-90, True)])
def test_an_authority_that_reads_another_hour_tells_of_our_clock(database, tmp_path, wrong_by, doubtful):
    from datetime import timedelta  # noqa: PLC0415

    from app.base.clock import system_clock  # noqa: PLC0415 - the program of OpenSSL reads the real time
    from app.filing.ledger.proof import is_hour_doubtful  # noqa: PLC0415

    own = OpensslAuthority.make(tmp_path / "own")
    clock = StoppedClock(system_clock() + timedelta(seconds=wrong_by))
    with over_http(own.answer) as (url, _):
        portal = make_portal(database, clock, tmp_path, tsa_url=url, tsa_root=own.folder / "root.pem")
        with portal.database.write() as session:
            chain.append(session, chain.DEPOSIT, "SA-2026-7KM4-Q9TR", "c" * 64, clock(), None)
        TimestampWorker(portal).step(threading.Event())
    with portal.database.read() as session:
        assert is_hour_doubtful(session, "SA-2026-7KM4-Q9TR") == doubtful
        assert (Alarm.GAP in register.alarms(session, clock())) == (wrong_by != 0)
