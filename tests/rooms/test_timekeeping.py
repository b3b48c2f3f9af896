"""Tokens of real receipts: asked for beside them, kept in the ledger, tried again, never in the way."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.filing.ledger import chain as ledger
from app.filing.models import LedgerEntry
from app.runtime import timestamping
from app.runtime.timestamping import TimestampWorker
from app.runtime.workers import BackgroundWorkers
from app.stamping import queries
from app.stamping.client import TimestampAuthorityUnavailable
from app.stamping.models import Stamp
from app.stamping.rules import Alarm
from app.stamping.tokens import recheck
from app.stamping.trust import trust_of
from tests.support.authority import OpensslAuthority, over_http
from tests.support.portal import make_portal


@pytest.fixture
def portal(database, clock, tmp_path):
    return make_portal(database, clock, tmp_path)


def deposit(portal, number="SA-2026-7KM4-Q9TR"):
    """Write a deposit in the ledger, as a receipt does."""
    with portal.database.write() as session:
        ledger.take_turn(session)
        at, read_at = ledger.now_after_last(session, portal.clock)
        return ledger.append(session, ledger.DEPOSIT, number, "c" * 64, at, read_at).n


def chain(portal):
    with portal.database.read() as session:
        return session.scalars(select(LedgerEntry).order_by(LedgerEntry.n)).all()


def row(portal, n):
    with portal.database.read() as session:
        return session.get(Stamp, n)


def keeping(portal):
    made = TimestampWorker(portal)
    return lambda: made.step(threading.Event())


def test_each_deposit_gets_a_token_once_and_the_ledger_holds_its_hash(portal):
    first, second = deposit(portal), deposit(portal, "SA-2026-7KM4-Q9TS")
    step = keeping(portal)
    assert step() == 2
    assert step() == 0
    entries = chain(portal)
    assert [entry.kind for entry in entries] == ["depot", "depot", "jeton", "jeton"]
    for n, entry in ((first, entries[2]), (second, entries[3])):
        kept = row(portal, n)
        token = recheck(ledger.stamped_bytes(entries[n - 1]), kept.token, trust_of(portal.settings, portal.keyring))
        assert entry.commitment == token.digest
        assert entry.number == entries[n - 1].number
        assert kept.gen_time == token.at == portal.clock().replace(microsecond=0)
        assert kept.qualified == ""


class Authority:
    """The embedded one, seen by a test at each question."""

    def __init__(self, made, seen):
        self.real, self.seen, self.asked = made._authority, seen, 0
        made._authority = self

    def answer(self, request):
        self.asked += 1
        self.seen(self.asked)
        return self.real.answer(request)


def states(portal):
    with portal.database.read() as session:
        return [row.state for row in session.scalars(select(Stamp).order_by(Stamp.n))]


def test_the_tokens_of_a_round_are_kept_in_one_transaction(portal, monkeypatch):
    for number in range(5):
        deposit(portal, f"SA-{number}")
    step, commits, commit = keeping(portal), [], Session.commit

    def counted(session):
        commits.append(1)
        commit(session)

    monkeypatch.setattr(Session, "commit", counted)
    assert step() == 5
    assert len(commits) == 1
    assert states(portal) == ["obtenu"] * 5


def test_what_came_before_a_silence_is_kept(portal):
    for number in range(5):
        deposit(portal, f"SA-{number}")

    def silent(asked):
        if asked == 3:
            raise TimestampAuthorityUnavailable("timeout")

    made = TimestampWorker(portal)
    Authority(made, silent)
    assert made.step(threading.Event()) == 2
    assert states(portal) == ["obtenu", "obtenu", "attend"]
    assert made.step(threading.Event()) == 2
    assert [entry.kind for entry in chain(portal)] == ["depot"] * 5 + ["jeton"] * 4


def test_a_slow_authority_makes_short_rounds_and_none_is_asked_twice(portal, monkeypatch):
    for number in range(5):
        deposit(portal, f"SA-{number}")
    at = [0.0]
    monkeypatch.setattr(timestamping, "steady_clock", lambda: at[0])

    def slow(_asked):
        at[0] += timestamping.ASKING_SECONDS / 2 + 1

    made = TimestampWorker(portal)
    authority = Authority(made, slow)
    assert [made.step(threading.Event()) for _ in range(4)] == [2, 2, 1, 0]
    assert authority.asked == 5
    assert states(portal) == ["obtenu"] * 5


def test_told_to_stop_it_keeps_what_it_has(portal):
    for number in range(5):
        deposit(portal, f"SA-{number}")
    stop, made = threading.Event(), TimestampWorker(portal)
    Authority(made, lambda asked: stop.set() if asked == 2 else None)
    assert made.step(stop) == 2
    assert states(portal) == ["obtenu"] * 2


def test_a_token_of_another_deposit_does_not_hold(portal):
    deposit(portal), deposit(portal)
    keeping(portal)()
    entries = chain(portal)
    with pytest.raises(Exception, match="imprint"):
        recheck(ledger.stamped_bytes(entries[1]), row(portal, 1).token, trust_of(portal.settings, portal.keyring))


def test_a_silent_authority_is_asked_again_later_and_less_and_less(database, clock, tmp_path):
    portal = make_portal(database, clock, tmp_path, tsa_url="http://127.0.0.1:1/", tsa_root=None)
    n = deposit(portal)
    step = keeping(portal)
    assert step() == 0
    assert (row(portal, n).state, row(portal, n).attempts) == ("attend", 1)
    assert step() == 0
    assert row(portal, n).attempts == 1  # not before its time
    for after, attempts in ((5, 2), (30, 3), (120, 4)):
        clock.advance(seconds=after)
        step()
        assert row(portal, n).attempts == attempts
    with portal.database.read() as session:
        assert queries.alarms(session, clock()) == []
        assert queries.alarms(session, clock() + timedelta(hours=1)) == [Alarm.LATE]
    clock.advance(days=7)
    step()
    assert row(portal, n).state == "abandonne"


def test_a_lying_authority_never_gets_its_token_in(database, clock, tmp_path):
    own, liar = OpensslAuthority.make(tmp_path / "own"), OpensslAuthority.make(tmp_path / "liar")
    with over_http(liar.answer) as (url, _):
        settings = {"tsa_url": url, "tsa_root": tmp_path / "own" / "root.pem"}
        portal = make_portal(database, clock, tmp_path, **settings)
        n = deposit(portal)
        keeping(portal)()
    assert row(portal, n).token is None
    assert row(portal, n).error in {"signature", "certificate", "time"}
    assert [entry.kind for entry in chain(portal)] == ["depot"]
    assert own.root != liar.root


def test_a_remote_authority_stamps_and_a_qualified_one_is_named(database, tmp_path):
    from app.base.clock import system_clock  # noqa: PLC0415 - the program of OpenSSL reads the real time

    own = OpensslAuthority.make(tmp_path / "own")
    with over_http(own.answer) as (url, asked):
        settings = {"tsa_url": url, "tsa_root": own.folder / "root.pem", "tsa_qualified": "Prestataire Exemple"}
        portal = make_portal(database, system_clock, tmp_path, **settings)
        n = deposit(portal)
        assert keeping(portal)() == 1
    assert len(asked) == 1
    assert row(portal, n).qualified == "Prestataire Exemple"


def test_an_authority_that_sends_no_certificate_is_known_by_its_own(database, tmp_path):
    from app.base.clock import system_clock  # noqa: PLC0415

    own = OpensslAuthority.make(tmp_path / "own")
    with over_http(own.answer) as (url, _):
        settings = {"tsa_url": url, "tsa_root": own.folder / "root.pem", "tsa_certificates": own.folder / "signer.pem"}
        portal = make_portal(database, system_clock, tmp_path, tsa_cert_req=False, **settings)
        deposit(portal)
        assert keeping(portal)() == 1


def test_the_worker_stamps_within_two_seconds(database, tmp_path):
    from app.base.clock import system_clock  # noqa: PLC0415

    portal = make_portal(database, system_clock, tmp_path)
    room = BackgroundWorkers(portal)
    room.start()
    try:
        n, began = deposit(portal), time.monotonic()
        while row(portal, n) is None:
            assert time.monotonic() - began < 2
            time.sleep(0.02)
    finally:
        room.stop()
    assert row(portal, n).state == "obtenu"
