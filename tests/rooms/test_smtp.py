"""Mails leave through a real server, on this machine; each of its answers has its consequence."""

import asyncio
import email
import socket
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from email import policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.forms.fields import FieldError
from app.base.forms.widgets import Email
from app.notifications import queries
from app.notifications.mail import MailRefused, ReadyMail, SmtpMailer, carried
from app.notifications.worker import Worker
from tests.cast import STORY
from tests.rooms.test_filing_receive import ready, send
from tests.rooms.test_outbox import failed_for, mails

SENDER = "saisine@exemple.fr"
LETTER = ReadyMail(
    to="amina.canari@exemple.fr",
    subject="Votre dossier SA-2026-7KM4-Q9TR",
    text="Bonjour,\n\nVotre plainte est reçue le 3 mars 2026 à 22 h 41.\n.\nUne ligne après un point.\n",
    html='<!DOCTYPE html><html lang="fr"><body><p>Reçue – « oui »</p></body></html>',
    message_id="<sa-2026-7km4-q9tr.receipt.0123456789abcdef@saisine.exemple.fr>",
)


class Post:
    """Keeps what it receives; answers what it is told to."""

    def __init__(self, rcpt="250 OK", data="250 OK"):
        self.rcpt, self.data, self.kept, self.envelopes = rcpt, data, [], []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the name aiosmtpd wants
        del server, session, options
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        del server, session
        if self.data.startswith("250"):
            self.kept.append(email.message_from_bytes(envelope.content, policy=policy.default))
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return self.data


@contextmanager
def serving(post, **settings):
    server = Controller(post, hostname="127.0.0.1", port=free_port(), **settings)
    server.start()
    try:
        yield f"smtp://127.0.0.1:{server.port}"
    finally:
        server.stop()


def free_port():
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def refused(url, **settings):
    with pytest.raises(MailRefused) as caught:
        SmtpMailer(url, SENDER, **settings).send(LETTER)
    return caught.value.code, caught.value.is_final


ACCEPTED = (
    "zelie@exämple.fr",
    "zelie@xn--exmple-cua.fr",
    "o\u2019brien@exemple.fr",
    "a+b.c_d-e@sous.exemple.fr",
    "!#$%&'*+-/=?^_`{|}~@exemple.fr",
    "nom@例え.jp",
    "NOM@EXEMPLE.FR",
)


@pytest.mark.parametrize("typed", ACCEPTED)
def test_what_the_form_accepts_a_server_without_extensions_receives(typed):
    accepted, post = Email(label="").read([typed]), Post()
    with serving(post, enable_SMTPUTF8=False) as url:
        SmtpMailer(url, SENDER).send(replace(LETTER, to=accepted))
    (mail,), ((_, (received,)),) = post.kept, post.envelopes
    assert received.isascii()
    assert mail["To"].addresses[0].addr_spec == received
    assert Email(label="").read([received]) == accepted


@settings(max_examples=40, deadline=None)
@given(local=st.text(max_size=20), domain=st.sampled_from(["exemple.fr", "exämple.fr", "例え.jp"]))
def test_whatever_the_form_accepts_can_be_carried(local, domain):
    try:
        accepted = Email(label="").read([f"{local}@{domain}"])
    except FieldError:
        return
    assert carried(accepted).isascii()


def test_an_address_kept_from_before_that_no_server_takes_is_final():
    with pytest.raises(MailRefused) as caught:
        carried("zoé@exemple.fr")
    assert (caught.value.code, caught.value.is_final) == ("address", True)


def test_a_mail_arrives_text_first_with_one_name():
    post = Post()
    with serving(post) as url:
        SmtpMailer(url, SENDER).send(LETTER)
    (mail,) = post.kept
    assert post.envelopes == [(SENDER, [LETTER.to])]
    assert mail.get_all("Message-ID") == [LETTER.message_id]
    assert mail.get_all("Subject") == [LETTER.subject]
    assert [address.addr_spec for address in mail["To"].addresses] == [LETTER.to]
    assert len(mail.get_all("To")) == 1
    assert len(mail.get_all("From")) == len(mail.get_all("Date")) == 1
    assert SENDER in mail["From"]
    assert mail["Auto-Submitted"] == "auto-generated"
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in leaves] == ["text/plain", "text/html"]
    assert mail.get_content_type() == "multipart/alternative" or "multipart/alternative" in {
        part.get_content_type() for part in mail.walk()
    }
    assert leaves[0].get_content().replace("\r\n", "\n").strip() == LETTER.text.strip()
    assert "« oui »" in leaves[1].get_content()
    assert not [part for part in leaves if part.get_content_disposition()]
    assert not any(mail.get(name) for name in ("Cc", "Bcc", "Disposition-Notification-To"))


def test_a_complaint_announces_itself_without_its_story(portal):
    """From the filing to the letter box: facts, a date, an address."""
    sent = send(portal, *ready(portal))
    post = Post()
    with serving(post) as url:
        worker = Worker(portal.database, portal.keyring, SmtpMailer(url, SENDER), portal.clock, "saisine.exemple.fr")
        assert worker.run_once() == 1
    (mail,) = post.kept
    assert mail["Subject"] == f"Votre dossier {sent.number}"
    for part in (part for part in mail.walk() if not part.is_multipart()):
        said = part.get_content()
        assert sent.number in said
        assert "22\u00a0h" in said or "22 h" in said
        assert "/reprendre" in said
        for secret in (STORY, "CANARI", "Canari", "discrimination", "Amina", "CSS", "médecin", "<img", "cid:"):
            assert secret not in said, secret
    assert mails(portal.database)[0].state == "sent"


@pytest.mark.parametrize("code", [550, 553, 554])
def test_a_refused_address_is_final(code):
    with serving(Post(rcpt=f"{code} No such user")) as url:
        assert refused(url) == (f"smtp-{code}", True)


@pytest.mark.parametrize("code", [450, 451, 452])
def test_a_busy_server_is_tried_again(code):
    with serving(Post(rcpt=f"{code} Later")) as url:
        assert refused(url) == (f"smtp-{code}", False)


@pytest.mark.parametrize(("answer", "expected"), [("451 Later", ("smtp-451", False)), ("554 Spam", ("smtp-554", True))])
def test_what_the_server_says_of_the_contents_counts(answer, expected):
    with serving(Post(data=answer)) as url:
        assert refused(url) == expected


def test_a_550_becomes_a_task_and_a_451_another_try(portal):
    final, later = send(portal, *ready(portal)), None
    with serving(Post(rcpt="550 No")) as url:
        Worker(portal.database, portal.keyring, SmtpMailer(url, SENDER), portal.clock, "h").run_once()
    portal.clock.advance(minutes=1)
    later = send(portal, *ready(portal))
    with serving(Post(rcpt="451 Later")) as url:
        Worker(portal.database, portal.keyring, SmtpMailer(url, SENDER), portal.clock, "h").run_once()
    with portal.database.read() as session:
        assert [one.error for one in failed_for(session, final.number)] == ["smtp-550"]
        assert failed_for(session, later.number) == []
        assert queries.backlog(session) == {"waiting": 1, "failed": 1}


def test_a_server_that_closes_is_tried_again():
    with serving(Post(rcpt="421 Closing")) as url:
        assert not refused(url)[1]


def test_a_closed_port_is_tried_again():
    assert refused(f"smtp://127.0.0.1:{free_port()}") == ("unreachable", False)


def test_an_unknown_host_is_tried_again():
    assert refused("smtp://serveur.invalid:25", timeout=2) == ("unreachable", False)


@contextmanager
def mute(says=b""):
    """Listen, say a few bytes, then nothing more."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        held = []

        def answer():
            try:
                line, _ = listening.accept()
            except OSError:
                return
            held.append(line)
            line.sendall(says)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{listening.getsockname()[1]}"
        thread.join(5)
        for line in held:
            line.close()


@pytest.mark.parametrize("says", [b"", b"220 bonjour\r\n", b"220-encore", b"\xff\xfe\0garbage\r\n"])
def test_a_server_that_falls_silent_is_left_in_time(says):
    """A wait of its own would be five minutes: the test itself ends the run before."""
    with mute(says) as url:
        code, is_final = refused(url, timeout=1)
    assert not is_final
    assert code in {"unreachable", "smtp--1"} or code.startswith("smtp-4")


def test_a_server_without_the_encryption_asked_for_receives_nothing():
    post = Post()
    with serving(post) as url:
        assert refused(url.replace("smtp://", "smtp+starttls://"), timeout=3) == ("unreachable", False)
        assert refused(url.replace("smtp://", "smtps://"), timeout=3) == ("unreachable", False)
    assert post.kept == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_name_and_password_are_given_and_a_wrong_one_is_tried_again():
    seen = []

    def check(server, session, envelope, mechanism, login):
        del server, session, envelope, mechanism
        seen.append((login.login, login.password))
        return AuthResult(success=login.password == b"mot de passe/@:", handled=False)  # the server says which

    post = Post()
    with serving(post, authenticator=check, auth_require_tls=False, auth_required=True) as url:
        good = url.replace("//", "//compte%40exemple.fr:mot%20de%20passe%2F%40%3A@")
        SmtpMailer(good, SENDER).send(LETTER)
        assert refused(url.replace("//", "//compte:faux@")) == ("unreachable", False)
    assert seen[0] == (b"compte@exemple.fr", b"mot de passe/@:")
    assert len(post.kept) == 1


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://courrier.exemple.fr", 25, False, False),
        ("smtp+starttls://courrier.exemple.fr", 587, True, False),
        ("smtps://courrier.exemple.fr", 465, False, True),
        ("smtp://courrier.exemple.fr:2525", 2525, False, False),
        ("smtp://[::1]:2525", 2525, False, False),
    ],
)
def test_the_address_of_the_server_is_read(url, port, starttls, tls):
    config = SmtpMailer(url, SENDER)._config
    assert (port, starttls, tls) == (config.MAIL_PORT, config.MAIL_STARTTLS, config.MAIL_SSL_TLS)
    assert config.VALIDATE_CERTS
    assert not config.USE_CREDENTIALS


def test_variables_of_the_library_change_nothing(monkeypatch):
    for name in ("SUPPRESS_SEND", "MAIL_DEBUG"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("VALIDATE_CERTS", "0")
    monkeypatch.setenv("MAIL_SERVER", "ailleurs.exemple.fr")
    config = SmtpMailer("smtps://courrier.exemple.fr", SENDER)._config
    assert config.VALIDATE_CERTS
    assert (config.SUPPRESS_SEND, config.MAIL_DEBUG, config.MAIL_SERVER) == (0, 0, "courrier.exemple.fr")


@pytest.mark.parametrize(
    "url", ["", "courrier.exemple.fr", "http://courrier.exemple.fr", "smtp://", "smtp:25", "smtp://a:b"]
)
def test_an_address_that_is_not_a_servers_is_refused_at_once(url):
    with pytest.raises(ValueError, match=r"SAISINE_SMTP_URL|Port"):
        SmtpMailer(url, SENDER)


@pytest.mark.parametrize("to", ["amina", "@", "amina@", "a b@exemple.fr"])
def test_an_address_that_cannot_be_one_is_final(to):
    with serving(Post()) as url, pytest.raises(MailRefused) as caught:
        SmtpMailer(url, SENDER).send(ReadyMail(to, "s", "t", "h", "<a@b>"))
    assert (caught.value.code, caught.value.is_final) == ("address", True)


def test_a_refusal_never_names_the_address():
    with serving(Post(rcpt=f"550 {LETTER.to} unknown")) as url, pytest.raises(MailRefused) as caught:
        SmtpMailer(url, SENDER).send(LETTER)
    assert "canari" not in str(caught.value)


def test_sending_leaves_no_loop_running():
    with serving(Post()) as url:
        SmtpMailer(url, SENDER).send(LETTER)
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
