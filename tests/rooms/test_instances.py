"""Several instances on one database: one leads, it is replaced, and each work that must be done once is done once."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.acts import succession, withdrawal
from app.base.heartbeat import Heartbeats
from app.base.secrets import new_token
from app.base.storage.database import Database
from app.base.storage.leader import LASTS, Leader
from app.base.storage.models import Lease
from app.base.working import one_round
from app.demo import accounts as demo_accounts
from app.demo import service as demo
from app.evidence import service as evidence
from app.evidence import store
from app.filing.models import Filing, LedgerEntry
from app.notifications import service as notifications
from app.notifications.kinds import Mail
from app.notifications.mail import MemoryMailer
from app.notifications.models import OutboxMail
from app.notifications.service import Message
from app.routing import closures
from app.runtime.timestamping import TimestampWorker
from app.runtime.workers import BackgroundWorkers
from app.saisine import service as drafts
from app.saisine.models import Draft
from app.stamping import service as stamping
from app.stamping.models import ClockJump, Stamp
from app.stamping.tokens import TokenRefused
from app.webhooks import service as webhooks
from app.webhooks.events import WebhookEvent
from app.webhooks.models import WebhookDelivery
from app.webhooks.service import Happening
from tests.cast import ASSOCIATION
from tests.rooms.test_timekeeping import deposit
from tests.support.files import picture


@pytest.fixture
def beside(portal):
    """Another instance, with connections of its own, over the same database, files and keys."""
    other = Database(portal.settings.database)
    yield replace(portal, database=other)
    other.close()


def at_once(*calls):
    """Call all at the same moment, each in its thread; give what each answered."""
    ready, said = threading.Barrier(len(calls)), [None] * len(calls)

    def one(place, call):
        ready.wait(10)
        said[place] = call()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def count(portal, column, *which):
    with portal.database.read() as session:
        return session.scalar(select(func.count(column)).where(*which))


def test_one_instance_leads_and_keeps_the_lease_while_it_lives(portal, beside):
    first, second = Leader(portal.database), Leader(beside.database)
    assert [first.beat(), second.beat(), first.beat(), second.beat()] == [True, False, True, False]
    assert (first.leads(), second.leads()) == (True, False)


def test_eight_that_start_at_once_make_one_leader(portal, beside):
    leaders = [Leader(one.database) for one in (portal, beside) for _ in range(4)]
    assert Counter(at_once(*(leader.beat for leader in leaders))) == {True: 1, False: 7}
    assert Counter(at_once(*(leader.beat for leader in leaders))) == {True: 1, False: 7}
    assert sum(leader.leads() for leader in leaders) == 1


def test_one_that_leaves_is_replaced_at_once_and_one_that_dies_when_its_lease_ends(portal, beside):
    first, second = Leader(portal.database), Leader(beside.database)
    assert first.beat()
    first.leave()
    assert not first.leads()
    assert second.beat()
    first.leave()  # what another holds is not given back
    assert not first.beat()
    with portal.database.write() as session:
        held = session.scalars(select(Lease)).one()
        held.until -= LASTS
    assert first.beat()
    assert not second.beat()
    assert not second.leads()


def test_one_that_cannot_renew_stops_before_another_may_begin(portal):
    at = [100.0]
    leader = Leader(portal.database, lambda: at[0])
    assert leader.beat()

    at[0] += LASTS.total_seconds() - 3
    assert leader.leads()
    at[0] += 1.5
    assert not leader.leads()


def test_a_lease_ends_within_a_minute():
    assert timedelta(seconds=45) >= LASTS


class Counted:
    """An authority, and how often it was asked."""

    def __init__(self, room):
        self.real, self.asked = room._timekeeping._authority, 0
        room._timekeeping._authority = self

    def answer(self, request):
        self.asked += 1
        return self.real.answer(request)


class Scenes:
    """For each work of the list: what makes it due, and how often it was done."""

    def __init__(self, portal, rooms, posts):
        self.portal, self.rooms, self.posts = portal, rooms, posts
        self.reads = []

    def mails(self):
        to = [Message(f"p{n}@exemple.fr", Mail.ALARM, "x", {"lines": "x", "address": "x"}) for n in range(30)]
        with self.portal.database.write() as session:
            notifications.queue(session, self.portal.keyring, to, self.portal.clock)
        yield
        sent = Counter(letter.to for post in self.posts for letter in post.letters if letter.to.startswith("p"))
        assert set(sent.values()) == {1}

    def webhooks(self):
        with self.portal.database.write() as session:
            told = ("https://logiciel.exemple.fr/", [WebhookEvent.SENT.value])
            assert webhooks.declare(session, self.portal.keyring, ASSOCIATION, *told, self.portal.clock())
            for n in range(8):
                number = f"SA-2026-0000-000{n}"
                what = Happening(WebhookEvent.SENT, self.portal.clock(), number, webhooks.path_of(number))
                webhooks.tell(session, ASSOCIATION, what)
        sent = []
        for room in self.rooms:
            room.telling._sender = SimpleNamespace(post=partial(self.taken, sent))
        yield
        assert sorted(Counter(one["webhook-id"] for one in sent).values()) == [1] * 8

    @staticmethod
    def taken(sent, _url, headers, _body):
        sent.append(headers)
        return 200

    def clock(self):
        self.portal.clock.advance(seconds=30)
        yield
        assert count(self.portal, ClockJump.id) == 2  # two machines, two clocks

    def tokens(self):
        authorities = [Counted(room) for room in self.rooms]
        wanted = count(self.portal, LedgerEntry.n)
        yield
        assert sum(one.asked for one in authorities) == count(self.portal, Stamp.n) == min(wanted, 20)

    def files(self):
        with self.portal.database.write() as session:
            draft = drafts.start(session, self.portal.keyring, new_token(), self.portal.clock, shared_device=False)
            key = self.portal.keyring.unwrap(draft.wrapped, "portail")
            intake = store.Intake(self.portal.files, key, 1, 10**6, free=lambda _: 2**40)
            intake.begin("fichiers", "a.png")
            intake.add(picture("PNG"))
            intake.end()
            evidence.attach(session, draft.id, key, intake.done, self.portal.clock)
        for room in self.rooms:
            room._examination._read = self.noted(room._examination._read)
        yield
        assert self.reads
        assert set(Counter(self.reads).values()) == {1}

    def noted(self, look):
        def looks(file):
            self.reads.append(file.id)
            look(file)

        return looks

    def register(self):
        yield
        assert count(self.portal, LedgerEntry.n, LedgerEntry.kind == "point_de_controle") == 1
        assert set(Counter(self.outbox("checkpoint")).values()) == {1}

    def alarms(self):
        with self.portal.database.write() as session:
            stamping.note_jump(session, 9, self.portal.clock())
        yield
        assert len(self.outbox("alarm", OutboxMail.filing_number != "x")) == 1

    def withdrawals(self):
        with self.portal.database.write() as session:
            of_person = (Filing.state == "recue", Filing.channel == "patient")  # that of an association has a scene too
            filing = session.scalars(select(Filing).where(*of_person).limit(1)).one()
            assert withdrawal.ask(session, self.portal, filing, "", is_pressed=False)
        self.portal.clock.advance(days=1, minutes=1)
        yield
        assert count(self.portal, LedgerEntry.n, LedgerEntry.kind == "retrait") == 1

    def successions(self):
        moved = LedgerEntry.kind.in_(("reorientation", "confirmation_ordre"))
        with self.portal.database.write() as session:
            held = succession.open_complaints(session, "131")
            closing = closures.Closing(self.portal.clock().date(), "202", "Une fusion inventée", moves_accounts=False)
            closures.decide(session, "131", closing, "ada", self.portal.clock())
        before = count(self.portal, LedgerEntry.n, moved)
        yield
        assert count(self.portal, LedgerEntry.n, moved) - before == held > 0
        with self.portal.database.read() as session:
            assert succession.open_complaints(session, "131") == 0

    def notices(self):
        yield
        told = self.outbox("digest")
        assert told
        assert set(Counter(told).values()) == {1}

    def days(self):
        events = [WebhookEvent.DAY_MISSED.value, WebhookEvent.MANDATE_UNANSWERED.value]
        with self.portal.database.write() as session:
            told = ("https://logiciel.exemple.fr/dates", events)
            assert webhooks.declare(session, self.portal.keyring, demo_accounts.ASSOCIATION, *told, self.portal.clock())
        self.portal.clock.advance(days=20)
        yield
        with self.portal.database.read() as session:
            kinds = session.scalars(select(WebhookDelivery.kind).where(WebhookDelivery.kind.in_(events)))
            assert Counter(kinds) == {"date.depassee": 1, "mandat.expire": 1}

    def tidying(self):
        for room in self.rooms:
            room._housekeeping._is_current = True
        with self.portal.database.write() as session:
            draft = drafts.start(session, self.portal.keyring, new_token(), self.portal.clock, shared_device=False)
            drafts_end = draft.expires_on
            row = session.scalars(select(Draft).where(Draft.expires_on == drafts_end).limit(1)).one()
            row.expires_on -= timedelta(days=90)
            self.left = row.id
        yield
        assert count(self.portal, Draft.id, Draft.id == self.left) == 0

    def outbox(self, kind, *which):
        with self.portal.database.read() as session:
            keys = select(OutboxMail.filing_number, OutboxMail.recipient_key).where(OutboxMail.kind == kind, *which)
            return [tuple(row) for row in session.execute(keys)]


BY_EACH = {"mails", "webhooks", "clock"}
"""A mail has a lease of its own; each machine has a clock of its own."""


def test_each_work_is_done_once_by_two_at_once(portal, beside):
    """Every work of the list has its scene here: one that is added without a scene fails."""
    demo.fill(portal)
    posts = [MemoryMailer(), MemoryMailer()]
    rooms = [BackgroundWorkers(one, post) for one, post in zip((portal, beside), posts, strict=True)]
    assert sorted(at_once(*(room.leader.beat for room in rooms))) == [False, True]
    first, second = (room.leader for room in rooms)
    scenes, stop = Scenes(portal, rooms, posts), threading.Event()
    assert {work.name for work in rooms[0].works if work.by_each} == BY_EACH
    for work, same in zip(*(room.works for room in rooms), strict=True):
        scene = getattr(scenes, work.name)()
        next(scene)
        said = at_once(*(partial(one_round, *mine, stop, Heartbeats()) for mine in ((work, first), (same, second))))
        assert said.count(None) == (0 if work.by_each else 1), work.name
        assert next(scene, "done") == "done"
    for room in rooms:
        room.stop()


class Together:
    """An authority that answers when as many as there are instances have asked: the worst moment."""

    def __init__(self, real, ready):
        self.real, self.ready = real, ready

    def answer(self, request):
        self.ready.wait(10)
        return self.real.answer(request)


def test_two_that_ask_at_the_same_moment_keep_one_token(portal, beside):
    """Without any lease: as an instance that was cut off, or one of an older version, would."""
    n, ready = deposit(portal), threading.Barrier(2)
    both = [TimestampWorker(one) for one in (portal, beside)]
    for one in both:
        one._authority = Together(one._authority, ready)
    at_once(*(lambda one=one: one.step(threading.Event()) for one in both))
    assert count(portal, LedgerEntry.n, LedgerEntry.kind == "jeton") == 1
    with portal.database.read() as session:
        kept = session.get_one(Stamp, n)
        assert (kept.state, kept.attempts) == ("obtenu", 1)


def test_a_refusal_that_comes_late_takes_no_token_away(portal, beside):
    n = deposit(portal)
    late = TimestampWorker(beside)

    class Late:
        def answer(self, request):
            del request
            assert TimestampWorker(portal).step(threading.Event()) == 1
            raise TokenRefused("nonce")

    late._authority = Late()
    assert late.step(threading.Event()) == 0
    with portal.database.read() as session:
        assert session.get_one(Stamp, n).state == "obtenu"
