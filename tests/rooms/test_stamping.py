"""Tokens of RFC 3161: what is believed, and every answer that is not."""

import hashlib
import socket
import subprocess
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.base.crypto.vault import Keyring
from app.stamping.client import ANSWER_MOST, RemoteAuthority, TimestampAuthorityUnavailable
from app.stamping.embedded import EmbeddedAuthority, embedded
from app.stamping.rules import next_try
from app.stamping.tokens import TokenRefused, Trust, ask, believe, recheck
from tests.support.authority import OpensslAuthority, over_http

CONTENT = b'\x01{"n":1}'


def now():
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return OpensslAuthority.make(tmp_path_factory.mktemp("tsa") / "own")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return OpensslAuthority.make(tmp_path_factory.mktemp("tsa") / "other", "Une autre autorite")


def stamped(authority, trust=None, content=CONTENT, **times):
    asked = ask(content)
    limits = {"not_before": now() - timedelta(seconds=1), "now": now()} | times
    return believe(asked, authority.answer(asked.body), trust or Trust((authority.root,)), **limits)


def refused(action, *given, **named):
    with pytest.raises(TokenRefused) as why:
        action(*given, **named)
    return why.value.code


def test_a_token_of_a_real_authority_is_believed_then_and_later(authority):
    token = stamped(authority)
    assert abs(token.at - now()) < timedelta(seconds=5)
    assert token.digest == hashlib.sha256(token.answer).hexdigest()
    assert recheck(CONTENT, token.answer, Trust((authority.root,))).at == token.at


def test_the_embedded_authority_is_one_that_a_stock_tool_verifies(tmp_path):
    own = EmbeddedAuthority(b"s" * 32, now)
    again = EmbeddedAuthority(b"s" * 32, now)
    assert own.root == again.root
    assert own.signer == again.signer
    token = stamped(own)
    (tmp_path / "content").write_bytes(CONTENT)
    (tmp_path / "token.tsr").write_bytes(token.answer)
    (tmp_path / "root.pem").write_bytes(again.root.public_bytes(Encoding.PEM))
    command = ["openssl", "ts", "-verify", "-data", "content", "-in", "token.tsr", "-CAfile", "root.pem"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "Verification: OK\n", done.stderr
    (tmp_path / "content").write_bytes(CONTENT + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode


def test_each_version_of_the_keyring_has_its_own_root():
    first, second = (embedded(Keyring.throwaway(), now)[-1] for _ in range(2))
    assert first.root != second.root
    assert refused(stamped, first, Trust((second.root,))) == "signature"


def test_a_token_over_something_else_is_refused(authority):
    asked, other = ask(CONTENT), ask(CONTENT + b"x")
    trust, times = Trust((authority.root,)), {"not_before": now(), "now": now()}
    assert refused(believe, asked, authority.answer(other.body), trust, **times) == "nonce"
    assert refused(recheck, CONTENT + b"x", stamped(authority).answer, trust) == "imprint"


def test_an_answer_to_an_earlier_request_is_refused(authority):
    first, second = ask(CONTENT), ask(CONTENT)
    answer = authority.answer(first.body)
    trust = Trust((authority.root,))
    assert refused(believe, second, answer, trust, not_before=now(), now=now()) == "nonce"


def test_a_stranger_and_another_policy_are_refused(authority, stranger):
    assert refused(stamped, stranger, Trust((authority.root,))) in {"signature", "certificate"}
    assert refused(stamped, authority, Trust((authority.root,), policy="1.2.3.4.9")) == "policy"
    assert stamped(authority, Trust((authority.root,), policy="1.2.3.4.1"))


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_wrong_is_refused(authority, hours):
    del authority
    own = EmbeddedAuthority(b"s" * 32, lambda: now() + timedelta(hours=hours))
    assert refused(stamped, own) == "time"


def test_a_certificate_that_had_ended_is_refused(monkeypatch):
    monkeypatch.setattr("app.stamping.embedded.ENDS", now() - timedelta(days=1))
    own = EmbeddedAuthority(b"s" * 32, now)
    assert refused(stamped, own) == "expired"


def test_a_token_outlives_the_certificate_that_signed_it(monkeypatch):
    """Checked at the instant that the token says: years later, the certificate has ended and the token still holds."""
    long_ago = datetime(2026, 1, 2, tzinfo=UTC)
    monkeypatch.setattr("app.stamping.embedded.ENDS", now() - timedelta(days=1))
    own = EmbeddedAuthority(b"s" * 32, lambda: long_ago)
    asked = ask(CONTENT)
    answer = own.answer(asked.body)
    token = believe(asked, answer, Trust((own.root,)), not_before=long_ago, now=long_ago)
    assert recheck(CONTENT, token.answer, Trust((own.root,))).at == long_ago


REJECTION = bytes.fromhex("30053003020102")
"""TimeStampResp { status PKIStatusInfo { status rejection(2) } }, with nothing after (RFC 3161, 2.4.2)."""


@pytest.mark.parametrize("answer", [b"", b"\0" * 300, b"<html>non</html>", REJECTION], ids=repr)
def test_what_is_no_token_is_refused(authority, answer):
    asked = ask(CONTENT)
    trust = Trust((authority.root,))
    assert refused(believe, asked, answer, trust, not_before=now(), now=now()) in {"garbage", "rejected"}


def test_a_token_with_any_byte_changed_is_refused_or_says_the_same(authority):
    token, trust = stamped(authority), Trust((authority.root,))
    believed = 0
    for place in range(0, len(token.answer), 7):
        changed = bytearray(token.answer)
        changed[place] ^= 1
        try:
            believed += recheck(CONTENT, bytes(changed), trust).at != token.at
        except TokenRefused:
            continue
    assert believed == 0


def test_an_authority_is_asked_over_http_as_the_standard_says(authority):
    with over_http(authority.answer) as (url, asked):
        assert stamped_by(RemoteAuthority(url), authority.root)
    assert asked[0][:2] == ("/tsa", "application/timestamp-query")


def stamped_by(remote, root):
    asked = ask(CONTENT)
    return believe(asked, remote.answer(asked.body), Trust((root,)), not_before=now() - timedelta(seconds=2), now=now())


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (500, (), b"x"),
        (404, (), b""),
        (302, (("location", "http://127.0.0.1:1/"),), b""),
        (200, (), b"x" * (ANSWER_MOST + 1)),
        (200, (), b"x" * (10 * 1024 * 1024)),
    ],
    ids=["500", "404", "elsewhere", "long", "10 MB"],
)
def test_an_authority_that_does_not_answer_as_one_is_silent(status, headers, body):
    with over_http(lambda _: body, status, headers) as (url, asked), pytest.raises(TimestampAuthorityUnavailable):
        RemoteAuthority(url, timeout=5).answer(b"x")
    assert len(asked) == 1


@pytest.mark.parametrize("said", [b"", b"HTTP/1.0 200 OK\r\n\r\n"], ids=["head", "body"])
def test_an_answer_that_comes_drop_by_drop_is_cut(said):
    """Each byte comes in time; the whole never ends."""
    listening, is_over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip():
        line, _ = listening.accept()
        with line, suppress(OSError):
            line.sendall(said)
            while not is_over.wait(0.05):
                line.sendall(b"H")

    dripping = threading.Thread(target=drip)
    dripping.start()
    host, port = listening.getsockname()
    outcome: list[bytes | None] = []

    def ask_it():
        try:
            outcome.append(RemoteAuthority(f"http://{host}:{port}/tsa", timeout=60, whole=0.5).answer(b"x"))
        except TimestampAuthorityUnavailable:
            outcome.append(None)

    asking = threading.Thread(target=ask_it, daemon=True)
    asking.start()
    asking.join(30)
    is_over.set()
    dripping.join()
    listening.close()
    assert outcome == [None]


def test_nobody_there_is_silence():
    with pytest.raises(TimestampAuthorityUnavailable):
        RemoteAuthority("http://127.0.0.1:1/tsa", timeout=2).answer(b"x")


@pytest.mark.parametrize("url", ["ftp://exemple.fr/", "file:///etc/passwd", "exemple.fr", ""])
def test_an_address_that_is_none_is_told(url):
    with pytest.raises(ValueError, match="SAISINE_TSA_URL"):
        RemoteAuthority(url)


def test_tries_are_spaced_and_end_after_a_week():
    start = datetime(2026, 3, 3, 21, 41, tzinfo=UTC)
    assert next_try(1, start, start) == start + timedelta(seconds=5)
    assert next_try(6, start, start + timedelta(hours=1)) == start + timedelta(hours=2)
    assert next_try(200, start, start + timedelta(days=6, hours=23)) == start + timedelta(days=7)
    assert next_try(201, start, start + timedelta(days=7)) is None


def test_the_certificates_say_what_they_are():
    own = EmbeddedAuthority(b"s" * 32, now)
    assert "non qualifie" in own.signer.subject.rfc4514_string()
    assert own.root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
