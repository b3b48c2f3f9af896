"""Nothing that a person typed, sent or holds is in the journal, nor in clear on the disk: canaries go everywhere."""

import json
import logging
import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

from app.base import log
from app.filing.models import Filing
from app.notifications.models import OutboxMail
from tests.cast import AMINA, Sent, begin
from tests.pages.conciliation_steps import PHONE, TYPED, CanaryJourney


class Worst(logging.Formatter):
    """Writes all that a record holds, for libraries whose journal is not ours."""

    def format(self, record):
        return f"{super().format(record)} {record.__dict__}"


@pytest.fixture
def journal(monkeypatch, quiet_after):
    """All that goes to the outputs: the journal of production, what is printed, the worst that libraries may say."""
    heard = StringIO()
    monkeypatch.setattr(sys, "stderr", heard)
    monkeypatch.setattr(sys, "stdout", heard)
    log.start_log()
    others = logging.StreamHandler(heard)
    others.setFormatter(Worst())
    others.addFilter(lambda record: not record.name.startswith(("httpx", "httpcore")))  # the browser's own
    root = logging.getLogger()
    root.handlers = [*root.handlers, others]
    root.setLevel(logging.INFO)
    return heard


@pytest.fixture
def canary(client, portal):
    return CanaryJourney(client, portal)


def test_nothing_told_reaches_the_journal_or_the_disk(canary, journal, app, portal, tmp_path, monkeypatch):
    of_reference = songs(portal, tmp_path)
    number = canary.files_a_complaint()
    canary.files_the_long_form()
    canary.reads_as_a_clerk(number)
    canary.meets_refusals(monkeypatch)
    monkeypatch.undo()
    canary.meets_our_own_errors(app, monkeypatch)
    said = journal.getvalue()
    assert is_silent(said.encode(), canary.secrets), found(said, canary.secrets)
    _the_journal_is_useful(said)
    _the_disk_is_sealed(portal, tmp_path, number, canary.secrets)
    assert songs(portal, tmp_path) == of_reference


def on_disk(portal, folder):
    """Give the files of this instance: those of its folder, its database, the journal of its writes."""
    base = Path(portal.database.url.database)
    return [path for path in (*folder.rglob("*"), *base.parent.glob(f"{base.name}*")) if path.is_file()]


def songs(portal, folder):
    """Count the canaries in clear in the bytes of each file: Canari is also a town of Corsica."""
    found = {path.name: path.read_bytes().lower().count(b"canari") for path in on_disk(portal, folder)}
    return {name: count for name, count in found.items() if count}


def is_silent(content, secrets):
    """Tell whether no canary and no secret is in these bytes."""
    low = content.lower()
    return b"canari" not in low and not any(secret.encode() in content for secret in secrets)


def found(said, secrets):
    """Give the lines that sing."""
    return [line[:300] for line in said.splitlines() if not is_silent(line.encode(), secrets)]


def _the_journal_is_useful(said):
    """A journal that says nothing would pass any test: each answer has its line, each error its place."""
    lines = [json.loads(line) for line in said.splitlines()]
    asked = [line for line in lines if line["event"] == "request"]
    assert {200, 303, 400, 403, 404, 405, 410, 413, 422, 429, 500, 503} <= {line["status"] for line in asked}
    assert {"filing.short.send", "intake.evidence", "followup.link.use", "-"} <= {line["route"] for line in asked}
    told = {line["event"] for line in lines}
    assert {"surprise", "storage trouble", "sign-in refused", "mail", "the error page is broken"} <= told
    assert all(re.fullmatch(r"\w+\.py:\d+", line["where"]) for line in lines if line["event"] == "surprise")


def _the_disk_is_sealed(portal, folder, number, secrets):
    """Read the bytes: the database, its journal of writes, the folder of files."""
    written = on_disk(portal, folder)
    base = portal.database.url.database
    assert {base, f"{base}-wal"} <= set(map(str, written))
    assert any(path.suffix == ".sealed" for path in written)
    assert any(number.encode() in path.read_bytes() for path in written), "what is read here is what was written"
    contents = {path.name: path.read_bytes() for path in written}
    assert [(name, one) for name, content in contents.items() for one in secrets if one.encode() in content] == []


def test_a_mail_that_waits_is_sealed(canary, portal):
    Sent(canary.client.submit(begin(canary.client), TYPED))
    with portal.database.read() as session:
        waits = session.scalars(select(OutboxMail)).one()
        number = session.scalars(select(Filing.number)).one()
    row = " ".join(str(bytes(v) if isinstance(v, bytes) else v) for v in vars(waits).values())
    assert number in row
    assert is_silent(row.encode(), {PHONE, AMINA["email"]})
    (letter,) = canary.mails()
    assert letter.to == AMINA["email"]


def test_a_line_of_the_journal_cannot_be_forged(client, journal):
    """Whatever is asked, one request is one line, with the name of a route and no other word of the request."""
    forged = '","status":200}\n{"event":"request","route":"forged'
    for path in ("/%0a%7b%22event%22%3a%22forged%22%7d", "/saisine/%0aforged", "/static/%0d%0aforged", "/?%0aforged"):
        client.get(path, headers={"user-agent": forged.replace("\n", "\t"), "x-request-id": "forged"})
    lines = [json.loads(line) for line in journal.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["request"] * 4
    assert "forged" not in journal.getvalue()
    assert all(set(line) == {"event", "level", "timestamp", "id", "route", "method", "status", "ms"} for line in lines)
