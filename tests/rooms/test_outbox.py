"""A mail is queued with what it tells, leaves once, is tried again, and its failure is seen."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from app.base.crypto.vault import Keyring
from app.base.heartbeat import Heartbeats
from app.base.storage.leader import Leader
from app.base.working import Work, keep
from app.notifications import queries, rules, service
from app.notifications.kinds import Mail
from app.notifications.mail import FolderMailer, MailRefused, MemoryMailer, ReadyMail, SmtpMailer
from app.notifications.models import OutboxMail
from app.notifications.service import Message
from app.notifications.worker import Worker
from app.runtime.workers import BackgroundWorkers, mailer_of
from tests.support.portal import make_portal

AMINA, BILAL, NUMBER = "amina.canari@exemple.fr", "bilal@exemple.fr", "SA-2026-7KM4-Q9TR"
WORDS = {"number": NUMBER, "moment": "3 mars 2026 à 22 h 41", "address": "https://saisine.exemple.fr"}
KEYRING = Keyring.throwaway()
HOST = "saisine.exemple.fr"


def failed_for(session, number):
    """List the mails about a complaint that did not leave."""
    wanted = select(OutboxMail).where(OutboxMail.filing_number == number, OutboxMail.state == rules.FAILED)
    return session.scalars(wanted.order_by(OutboxMail.id)).all()


class Broken:
    """A mailer that refuses, until told otherwise."""

    def __init__(self, trouble):
        self.trouble, self.tries = trouble, 0

    def send(self, letter):
        del letter
        self.tries += 1
        if self.trouble:
            raise self.trouble


def queue(database, clock, *to, number=NUMBER, kind="receipt", words=WORDS):
    with database.write() as session:
        service.queue(session, KEYRING, [Message(one, kind, number, words) for one in to], clock)


def mails(database):
    with database.read() as session:
        return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def worker(database, clock, mailer):
    return Worker(database, KEYRING, mailer, clock, HOST)


def test_a_mail_is_queued_once_for_a_matter_and_a_person(database, clock):
    queue(database, clock, AMINA, AMINA.upper(), BILAL)
    queue(database, clock, AMINA)
    queue(database, clock, AMINA, number="SA-2026-AUTR-E000")
    queue(database, clock, AMINA, kind="reminder")
    found = [(mail.filing_number, mail.kind) for mail in mails(database)]
    assert sorted(found) == sorted(
        [(NUMBER, "receipt"), (NUMBER, "receipt"), ("SA-2026-AUTR-E000", "receipt"), (NUMBER, "reminder")]
    )
    assert len({mail.recipient_key for mail in mails(database)}) == 2


def test_what_was_not_committed_is_never_sent(database, clock):
    with pytest.raises(RuntimeError), database.write() as session:
        service.queue(session, KEYRING, [Message(AMINA, Mail.RECEIPT, NUMBER, WORDS)], clock)
        raise RuntimeError
    assert worker(database, clock, MemoryMailer()).run_once() == 0


def test_the_address_is_sealed(database, clock):
    queue(database, clock, AMINA)
    (mail,) = mails(database)
    kept = repr([getattr(mail, column.key) for column in OutboxMail.__table__.columns]).lower()
    assert "canari" not in kept
    assert "amina" not in kept


def test_a_mail_leaves_once_and_is_noted(database, clock):
    queue(database, clock, AMINA)
    post = MemoryMailer()
    assert worker(database, clock, post).run_once() == 1
    assert worker(database, clock, post).run_once() == 0
    (letter,) = post.letters
    assert (letter.to, letter.subject) == (AMINA, f"Votre dossier {NUMBER}")
    (mail,) = mails(database)
    assert (mail.state, mail.sent_at, mail.error, mail.attempts) == ("sent", clock(), "", 0)


def test_the_name_of_a_mail_is_that_of_its_matter_and_person(database, clock):
    queue(database, clock, AMINA, BILAL)
    post = MemoryMailer()
    worker(database, clock, post).run_once()
    names = {letter.message_id for letter in post.letters}
    assert len(names) == 2
    assert all(name.startswith("<sa-2026-7km4-q9tr.receipt.") and name.endswith(f"@{HOST}>") for name in names)
    assert not [name for name in names if "amina" in name or "bilal" in name]


def test_a_lease_keeps_the_others_away_until_it_ends(database, clock):
    queue(database, clock, AMINA)

    def lease():
        with database.write() as session:
            return [mail.to for mail in service.lease(session, KEYRING, clock(), 20)]

    assert lease() == [AMINA]
    clock.advance(minutes=4, seconds=59)
    assert lease() == []
    clock.advance(seconds=1)
    assert lease() == [AMINA]


def test_the_oldest_leave_first_and_no_more_than_asked(database, clock):
    for n in range(5):
        queue(database, clock, f"p{n}@exemple.fr")
        clock.advance(seconds=1)
    with database.write() as session:
        assert [m.to for m in service.lease(session, KEYRING, clock(), 2)] == ["p0@exemple.fr", "p1@exemple.fr"]
        assert [m.to for m in service.lease(session, KEYRING, clock(), 9)] == [f"p{n}@exemple.fr" for n in (2, 3, 4)]


def test_two_workers_send_each_mail_once(database, clock):
    queue(database, clock, *(f"p{n}@exemple.fr" for n in range(50)))
    post, gate, troubles = MemoryMailer(), threading.Barrier(3), []

    def work():
        mine = worker(database, clock, post)
        gate.wait(10)
        try:
            while mine.run_once():
                pass
        except Exception as trouble:  # noqa: BLE001 - told below
            troubles.append(trouble)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not troubles
    assert sorted(letter.to for letter in post.letters) == sorted(f"p{n}@exemple.fr" for n in range(50))
    assert {mail.state for mail in mails(database)} == {"sent"}


def test_a_slow_server_never_makes_two_workers_send_the_same_mail(database, clock):
    """Each mail takes a minute: what a first worker had no time for is sent by a second, and by it alone."""
    queue(database, clock, *(f"p{n}@exemple.fr" for n in range(8)))
    sent = []

    class Slow:
        def send(self, letter):
            sent.append(letter.to)
            clock.advance(minutes=1)
            if clock() >= start + rules.LEASE and not others:
                others.append(worker(database, clock, MemoryMailer()))
                others[0].run_once()

    start, others = clock(), []
    first = worker(database, clock, Slow())
    while first.run_once():
        clock.advance(minutes=5)
    assert sorted(sent) == sorted(set(sent))
    assert not others or not {m.to for m in others[0]._mailer.letters} & set(sent)
    assert {mail.state for mail in mails(database)} == {"sent"}


def test_tries_grow_apart_then_a_person_must_act(database, clock):
    queue(database, clock, AMINA)
    post = Broken(MailRefused("unreachable", is_final=False))
    waits = []
    while mails(database)[0].state == "queued":
        due = mails(database)[0].not_before
        clock.now = due - timedelta(microseconds=1)
        assert worker(database, clock, post).run_once() == 0
        waits.append(due)
        clock.now = due
        assert worker(database, clock, post).run_once() == 1
    hours = [round((b - a).total_seconds() / 60) for a, b in pairwise(waits)]
    assert hours == [1, 5, 30, 120, 360, 720, 1440]
    assert post.tries == 8
    clock.advance(days=30)
    assert worker(database, clock, post).run_once() == 0
    with database.read() as session:
        (failed,) = failed_for(session, NUMBER)
        assert (failed.kind, failed.attempts, failed.error) == ("receipt", 8, "unreachable")
        assert failed_for(session, "SA-2026-AUTR-E000") == []
        assert queries.backlog(session) == {"waiting": 0, "failed": 1}


def test_a_final_refusal_is_not_tried_again(database, clock):
    queue(database, clock, AMINA, BILAL)
    assert worker(database, clock, Broken(MailRefused("smtp-550", is_final=True))).run_once() == 2
    with database.read() as session:
        assert [one.error for one in failed_for(session, NUMBER)] == ["smtp-550", "smtp-550"]


def test_a_mail_that_failed_leaves_later(database, clock):
    queue(database, clock, AMINA)
    post = Broken(MailRefused("unreachable", is_final=False))
    worker(database, clock, post).run_once()
    post.trouble = None
    clock.advance(minutes=1)
    worker(database, clock, post).run_once()
    (mail,) = mails(database)
    assert (mail.state, mail.error, mail.attempts) == ("sent", "", 1)


@pytest.mark.parametrize(
    "trouble", [ValueError("canari"), OSError(28, "canari"), RuntimeError("canari"), KeyError("canari")]
)
def test_one_mail_that_cannot_be_made_stops_no_other(database, clock, trouble, capsys):
    queue(database, clock, AMINA, BILAL)

    class Choosy(MemoryMailer):
        def send(self, letter):
            if letter.to == AMINA:
                raise trouble
            super().send(letter)

    post = Choosy()
    assert worker(database, clock, post).run_once() == 2
    assert [letter.to for letter in post.letters] == [BILAL]
    states = sorted((mail.state, mail.error) for mail in mails(database))
    assert states == [("queued", "error"), ("sent", "")]


def test_words_that_are_missing_are_told_not_left_blank(database, clock):
    queue(database, clock, AMINA, words={"number": NUMBER})
    queue(database, clock, BILAL, kind="unknown")
    post = MemoryMailer()
    worker(database, clock, post).run_once()
    assert post.letters == []
    assert {mail.error for mail in mails(database)} == {"error"}


def test_a_mail_whose_seal_is_broken_is_shown_and_stops_no_other(database, clock):
    queue(database, clock, AMINA, BILAL)
    with database.write() as session:
        first = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).first()
        session.execute(update(OutboxMail).where(OutboxMail.id == first.id).values(sealed=first.sealed[:-1] + b"\0\0"))
    post = MemoryMailer()
    worker(database, clock, post).run_once()
    assert [letter.to for letter in post.letters] == [BILAL]
    with database.read() as session:
        assert [one.error for one in failed_for(session, NUMBER)] == ["locked"]


@pytest.mark.parametrize("where", ["is_anything_due", "lease", "mark_sent"])
def test_the_worker_outlives_a_database_in_trouble(database, clock, monkeypatch, where):
    queue(database, clock, AMINA)
    post, stop, whole, seen = MemoryMailer(), threading.Event(), getattr(service, where), []

    def breaks_once(*given, **named):
        if not seen:
            seen.append(1)
            raise OperationalError("SELECT", {}, Exception("disk I/O error"))
        return whole(*given, **named)

    monkeypatch.setattr(service, where, breaks_once)
    mine = worker(database, clock, post)
    rounds = []

    class Stop(threading.Event):
        def wait(self, timeout=None):
            del timeout
            clock.advance(minutes=6)
            rounds.append(1)
            if len(rounds) > 5 or mails(database)[0].state == "sent":
                stop.set()
                self.set()
            return True

    keep(Work("mails", 1, mine.run_once, by_each=True), Leader(database), Stop(), Heartbeats())
    assert seen
    assert mails(database)[0].state == "sent"
    assert {letter.message_id for letter in post.letters} == {post.letters[0].message_id}


class StopsAtRest(threading.Event):
    """Ends a work that finds nothing more to do: a test that fails does not wait for ever."""

    def wait(self, timeout=None):
        del timeout
        self.set()
        return True


def test_told_to_stop_the_worker_ends_after_the_mail_in_hand(database, clock):
    queue(database, clock, *(f"p{n}@exemple.fr" for n in range(9)))
    stop = StopsAtRest()

    class Stopping(MemoryMailer):
        def send(self, letter):
            super().send(letter)
            stop.set()

    post = Stopping()
    keep(Work("mails", 1, worker(database, clock, post).run_once, by_each=True), Leader(database), stop, Heartbeats())
    assert len(post.letters) == 1
    assert sorted(mail.state for mail in mails(database)) == ["queued"] * 8 + ["sent"]


@pytest.mark.engines("sqlite")
def test_the_mailroom_sends_beside_the_pages_then_stops(database, clock, tmp_path):
    portal = make_portal(database, clock, tmp_path)
    with database.write() as session:
        service.queue(session, portal.keyring, [Message(AMINA, Mail.RECEIPT, NUMBER, WORDS)], clock)
    left = threading.Event()

    class Telling(MemoryMailer):
        def send(self, letter):
            super().send(letter)
            left.set()

    room = BackgroundWorkers(portal, Telling())
    room.start()
    try:
        assert left.wait(20)
    finally:
        room.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("work-")]
    assert mails(database)[0].state == "sent"


@pytest.mark.engines("sqlite")
def test_the_demonstration_keeps_its_mails_in_a_folder(database, clock, tmp_path):
    portal = make_portal(database, clock, tmp_path)
    post = mailer_of(portal)
    assert isinstance(post, FolderMailer)
    with database.write() as session:
        service.queue(session, KEYRING, [Message(AMINA, Mail.RECEIPT, NUMBER, WORDS)], clock)
    worker(database, clock, post).run_once()
    folder = portal.settings.data / "courriels"
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "text/plain" in file.read_text()


@pytest.mark.engines("sqlite")
def test_a_server_that_is_set_is_used(database, clock, tmp_path):
    portal = make_portal(database, clock, tmp_path, smtp_url="smtp://127.0.0.1:2525", mail_from="s@exemple.fr")
    assert isinstance(mailer_of(portal), SmtpMailer)


@pytest.mark.parametrize("where", ["to", "subject", "message_id"])
@pytest.mark.parametrize("bad", ["\r\nBcc: gael@exemple.fr", "\n", "\r", "\0", "\x1b", "\x7f"])
def test_a_header_is_one_line(where, bad):
    parts = {"to": AMINA, "subject": "Votre dossier", "text": "x", "html": "x", "message_id": "<a@b>"}
    with pytest.raises(ValueError, match="control character"):
        ReadyMail(**{**parts, where: parts[where] + bad})
    assert ReadyMail(**{**parts, "text": "a\r\nb"}).text == "a\r\nb"


def test_an_address_is_sent_few_mails_an_hour_of_those_that_anybody_may_cause(database, clock, caplog):
    kinds = sorted(rules.FROM_ANYBODY)
    for number in range(3 * rules.FROM_ANYBODY_MOST):
        queue(database, clock, AMINA, number=f"SA-{number}", kind=kinds[number % len(kinds)])
    assert len(mails(database)) == rules.FROM_ANYBODY_MOST
    assert caplog.text.count("too many mails") == 2 * rules.FROM_ANYBODY_MOST
    assert AMINA not in caplog.text
    queue(database, clock, BILAL, number="SA-1", kind="receipt")
    queue(database, clock, AMINA, number="SA-1", kind="acknowledged")
    assert [mail.kind for mail in mails(database)[rules.FROM_ANYBODY_MOST :]] == ["receipt", "acknowledged"]
    clock.advance(hours=1)
    queue(database, clock, AMINA, number="SA-later", kind="receipt")
    assert mails(database)[-1].filing_number == "SA-later"
