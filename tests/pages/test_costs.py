"""What one press costs: read sessions, statements and openings of sealed contents; counted, never timed."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import FastAPI
from sqlalchemy import event, text
from starlette.responses import StreamingResponse

from app.base.crypto import vault
from app.base.storage.database import Database
from app.base.storage.prepared import PreparedQuery
from app.base.web.pages import ReadOf
from tests.cast import Sent, send, sign_in
from tests.journeys import DENTIST, follow
from tests.rooms.test_filing_receive import ready
from tests.rooms.test_filing_receive import send as deposit
from tests.support.client import PlainClient, SuspiciousClient
from tests.support.reads import Reading, TooManyReads

pytestmark = pytest.mark.engines("sqlite", "postgresql")
MESSAGE = {"message": "Bonjour."}
BOUNDS = {
    "list": 8,
    "filing": 22,
    "acknowledge": 6,
    "acknowledge.do": 30,
    "reply": 5,
    "reply.do": 21,
    "follow": 8,  # one of them counts the files that wait to be sent
    "prove": 7,
    "recit": 1,
    "professionnel/decrire": 1,
    "verifier": 7,
}
"""Most statements of each press, whatever the number of complaints and of acts."""


@dataclass
class Cost:
    """What was heard while one press was answered."""

    reads: int = 0
    held: int = 0
    """Most connections that it held at once."""
    statements: list[str] = field(default_factory=list)
    opened: Counter[str] = field(default_factory=Counter)
    """How often each sealed content was opened, by its place."""

    @property
    def documents(self) -> list[int]:
        """How often each complaint and each act was opened."""
        return [n for place, n in self.opened.items() if "|payload|" in place or "|act|" in place]

    def told(self) -> str:
        """Say all of it, for whoever must find what costs more than before."""
        counts = f"{self.reads} read sessions, {self.held} connections, {len(self.statements)} statements"
        said = [counts, str(dict(self.opened))]
        return "\n".join([*said, *(" ".join(one.split())[:150] for one in self.statements)])


@pytest.fixture
def priced(portal, monkeypatch):
    """Give what listens to one press."""
    heard = [Cost()]
    read, lock = Database.read, AESGCM

    @contextmanager
    def reading(database, **how):
        heard[0].reads += 1
        with read(database, **how) as session:
            yield session

    class Lock:
        def __init__(self, key):
            self.lock = lock(key)
            self.encrypt = self.lock.encrypt

        def decrypt(self, nonce, sealed, place):
            heard[0].opened[place.decode()] += 1
            return self.lock.decrypt(nonce, sealed, place)

    monkeypatch.setattr(Database, "read", reading)
    monkeypatch.setattr(vault, "AESGCM", Lock)

    def asked(*said):
        heard[0].statements.append(said[2])
        heard[0].held = max(heard[0].held, portal.database.engine.pool.checkedout())

    event.listen(portal.database.engine, "before_cursor_execute", asked)
    ask = PreparedQuery._ask

    def ask_driver(query, dialect, driver, named):
        asked(None, None, str(query.statement))
        return ask(query, dialect, driver, named)

    monkeypatch.setattr(PreparedQuery, "_ask", ask_driver)

    @contextmanager
    def listen():
        heard[0] = Cost()
        yield heard[0]

    return listen


@pytest.fixture
def emile(app, portal, client):
    with SuspiciousClient(app, portal.database) as opened:
        sign_in(opened, portal, "595")
        opened.follow_redirects = False
        yield opened


@pytest.fixture
def sent(client):
    return Sent(send(client))


def at(sent, page=""):
    return f"/agent/plaintes/{sent.number}{page}"


def written(emile, sent, times):
    for _ in range(times):
        assert emile.submit(at(sent, "/repondre"), MESSAGE).status_code == 303


def read(priced, who, path):
    """Price a page that was read before: what is noted once is noted."""
    assert who.get(path).status_code == 200
    with priced() as cost:
        assert who.get(path).status_code == 200
    return cost


def press(priced, who, path, typed):
    page = who.page(path)
    with priced() as cost:
        assert who.send_form(page, path, typed).status_code == 303
    return cost


def judge(cost, name):
    assert len(cost.statements) <= BOUNDS[name], cost.told()
    assert cost.reads == cost.held == 1, cost.told()
    assert max(cost.documents, default=0) <= 1, cost.told()


@pytest.mark.parametrize("more", [0, 19])
def test_the_list_costs_the_same_whatever_it_holds(emile, portal, sent, priced, more):
    for _ in range(more):
        deposit(portal, *ready(portal))
    cost = read(priced, emile, "/agent/plaintes")
    assert sum("|summary|" in place for place in cost.opened) == more + 1
    judge(cost, "list")


@pytest.mark.parametrize("acts", [0, 7])
def test_a_complaint_costs_the_same_whatever_was_done(emile, sent, priced, acts):
    written(emile, sent, acts)
    cost = read(priced, emile, at(sent))
    assert len(cost.documents) == acts + 1
    judge(cost, "filing")


def test_an_acknowledgement(emile, sent, priced):
    judge(read(priced, emile, at(sent, "/accuser-reception")), "acknowledge")
    judge(press(priced, emile, at(sent, "/accuser-reception"), {"canal_ar": "email"}), "acknowledge.do")


def test_an_answer_after_seven_others(emile, sent, priced):
    written(emile, sent, 7)
    judge(read(priced, emile, at(sent, "/repondre")), "reply")
    judge(press(priced, emile, at(sent, "/repondre"), MESSAGE), "reply.do")


def test_the_person_reads_after_eight_acts(emile, client, sent, priced):
    written(emile, sent, 8)
    client.submit("/reprendre", {"code": sent.code})
    judge(read(priced, client, "/suivi"), "follow")
    judge(read(priced, client, "/suivi/preuve"), "prove")


@pytest.mark.parametrize("name", ["recit", "professionnel/decrire", "verifier"])
def test_a_page_of_the_form(client, priced, name):
    judge(read(priced, client, follow(client, DENTIST, until=name).url.path), name)


def test_a_page_that_reads_twice_is_refused(portal):
    """Each page of each test is counted so (``tests/support/reads.py``), and no address is left without a test."""
    app = FastAPI()

    @app.get("/{times}")
    def page(times: int):
        for _ in range(times):
            with portal.database.read():
                pass

    browser = PlainClient(Reading(app))
    assert [browser.get(f"/{times}").status_code for times in (0, 1)] == [200, 200]
    with pytest.raises(TooManyReads):
        browser.get("/2")


def test_no_connection_is_kept_while_an_answer_is_sent(portal):
    app, taken = FastAPI(), []
    app.state.portal = portal

    @app.get("/")
    def page(session: ReadOf):
        session.execute(text("SELECT 1"))

        def sent():
            taken.append(portal.database.engine.pool.checkedout())
            yield b"slow"

        return StreamingResponse(sent())

    assert PlainClient(app).get("/").content == b"slow"
    assert taken == [0]
