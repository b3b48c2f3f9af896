"""Several processes of the service on one database, started and killed as the system does."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.base.clock import system_clock
from app.base.crypto.vault import Keyring
from app.demo.association_stories import ASSOCIATION_STORIES
from app.demo.stories import STORIES
from app.filing.ledger import chain
from app.filing.models import Filing, LedgerEntry
from app.saisine.models import Draft
from tests.rooms.test_filing_receive import ready, send
from tests.support.portal import make_portal
from tests.support.source import HOME

pytestmark = pytest.mark.engines("sqlite", "postgresql")


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Start commands over one folder; what is left of them is killed."""
    monkeypatch.setenv("SAISINE_DATA", str(tmp_path / "data"))
    running = []

    def starts(database, *words):
        """Give the process, and the file of all that it says: a pipe that nobody reads would stop it."""
        url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        program = [sys.executable, "-m", "app.cli", *words]
        place, said = os.environ | {"SAISINE_DATABASE_URL": url}, tmp_path / f"said-{len(running)}"
        with said.open("w") as out:
            running.append(subprocess.Popen(program, cwd=HOME, env=place, stdout=out, stderr=out))
        return running[-1], said

    yield starts
    for process in running:
        process.kill()
        process.wait()


def test_two_that_prepare_an_empty_database_wait_for_each_other(started, empty_database):
    """Tables, reference data, keys, accounts and complaints of the demonstration: each once, and nobody dies."""
    both = [started(empty_database, "demo", "load") for _ in range(2)]
    assert [process.wait(180) for process, _ in both] == [0, 0], [said.read_text() for _, said in both]
    with empty_database.read() as session:
        of_association = session.scalars(select(Draft.id).where(Draft.association != "")).all()
        sent = session.scalars(select(Filing.draft_id)).all()
    assert len(of_association) == len(ASSOCIATION_STORIES)
    assert len(set(sent) - set(of_association)) == len(sent) - len(set(of_association) & set(sent)) == len(STORIES)


MANY = 200


@pytest.mark.engines("postgresql")
def test_two_workers_of_which_one_is_killed_do_everything_once(started, reference, tmp_path):
    """Complaints come all the while; the worker that leads is killed midway, and the other takes its place."""
    Keyring.create(tmp_path / "data-keyring.json")
    portal = make_portal(reference, system_clock, tmp_path)
    portal = replace(portal, keyring=Keyring.load(tmp_path / "data-keyring.json"))
    workers = [started(reference, "work") for _ in range(2)]
    leader = until(lambda: next((one for one in workers if '"leads"' in one[1].read_text()), None))
    for n in range(MANY):
        send(portal, *ready(portal, nom=f"Canari-{n}", email=f"canari-{n}@exemple.fr"))
        if n == MANY // 4:
            leader[0].send_signal(signal.SIGKILL)
            leader[0].wait(30)
    until(lambda: tokens(reference).total() > MANY)
    (other,) = (one for one in workers if one is not leader)
    other[0].send_signal(signal.SIGTERM)
    assert other[0].wait(60) == 0, other[1].read_text()
    with reference.read() as session:
        dated = session.scalars(select(LedgerEntry.number).where(LedgerEntry.kind.in_(chain.STAMPED))).all()
    assert tokens(reference) == Counter(dated)
    assert max(Counter(dated).values()) == 1
    assert len(dated) == MANY + 1, "one point of the register"
    mails = Counter(mail for _, said in workers for mail in sent(said))
    assert mails.total() > MANY // 2
    assert set(mails.values()) == {1}
    verified, said = started(reference, "verify")
    assert verified.wait(120) == 0, said.read_text()
    assert f"{MANY} complaints" in said.read_text()
    assert "note:" not in said.read_text()


def until(found, seconds=120):
    """Wait until there is something to give."""
    end = time.monotonic() + seconds
    while not (what := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)
    return what


def tokens(database):
    """Count the tokens that the ledger holds, by what they are for."""
    with database.read() as session:
        return Counter(session.scalars(select(LedgerEntry.number).where(LedgerEntry.kind == chain.TOKEN)))


def sent(said):
    """List the mails that a process says it sent."""
    lines = [json.loads(line) for line in said.read_text().splitlines() if line.startswith("{") and line.endswith("}")]
    return [line["mail"] for line in lines if line.get("event") == "mail" and line["code"] == "sent"]
