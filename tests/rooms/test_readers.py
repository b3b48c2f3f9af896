"""Who holds the key of a complaint, from its receipt through every act, a rotation of keys and its erasing."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.base.crypto.vault import Keyring
from app.filing.acts.act_store import record
from app.filing.ledger import chain
from app.filing.models import FilingKey
from app.filing.queries import filing_by_number, open_for_person
from app.filing.status.contact import CONTACT
from app.filing.upkeep.erase import erase
from app.runtime import key_rotation
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import ASSOCIATION
from tests.rooms.test_filing_receive import ready, send
from tests.support.acts import LIFE, missing_kinds

TODAY = date(2026, 3, 3)
PORTAL, CAISSE, OTHER, ORDRE = "portail", "autorite:595", "autorite:597", "autorite:MED-59"
OURS = f"association:{ASSOCIATION}"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "ring.json"


@pytest.fixture
def service(portal, path):
    return replace(portal, keyring=Keyring.create(path, TODAY))


@pytest.fixture
def filed(service, monkeypatch):
    """Send a complaint, of an association or not; its mandate has tests of its own."""

    def send_one(*, association):
        named = {"id": ASSOCIATION, "name": "Entraide Inventée"} if association else None
        monkeypatch.setattr("app.filing.receipt.mandate.statement", lambda *_: named)
        return send(service, *ready(service)).number

    return send_one


def holders(portal, number):
    with portal.database.read() as session:
        filing = filing_by_number(session, number)
        return set(session.scalars(select(FilingKey.holder).where(FilingKey.filing_id == filing.id)))


def do(portal, number, kind, content):
    with portal.database.write() as session:
        chain.take_turn(session)
        opened = open_for_person(session, portal.keyring, filing_by_number(session, number))
        more = {CONTACT: opened.contact} if kind == "coordonnees" else {}
        record(session, portal.keyring, opened, kind, {**content, **more}, portal.clock)


def problems(portal):
    return verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_every_kind_of_act_has_a_sample():
    assert missing_kinds() == set()


@pytest.mark.parametrize("association", [True, False])
def test_the_same_people_read_through_every_act(service, filed, path, association):
    own = {PORTAL, OURS} if association else {PORTAL}
    number = filed(association=association)
    expected = own | {CAISSE}
    assert holders(service, number) == expected
    for kind, content in LIFE:
        do(service, number, kind, content)
        if kind == "reorientation":
            expected = own | {f"autorite:{content['receiver']['code']}"}
        if kind == "transmise_autorite":
            expected = own | {CAISSE, ORDRE}
        if kind.startswith("mandat_"):
            expected = expected - {OURS}
        assert (kind, holders(service, number)) == (kind, expected)
        assert (kind, problems(service)) == (kind, [])
    key_rotation.rotate(replace(service, keyring=Keyring.load(path)), path, TODAY)
    assert holders(service, number) == expected
    assert problems(service) == []
    with service.database.write() as session:
        chain.take_turn(session)
        assert erase(session, service.keyring, number, service.clock) is not None
    assert holders(service, number) == set()
    assert problems(service) == []


@pytest.mark.parametrize("holder", [OURS, ORDRE])
def test_a_key_too_many_or_too_few_is_told(service, filed, holder):
    number = filed(association=True)
    with service.database.write() as session:
        filing = filing_by_number(session, number)
        key = open_for_person(session, service.keyring, filing).key
        found = session.get(FilingKey, (filing.id, holder))
        if found:
            session.delete(found)
        else:
            session.add(FilingKey(filing_id=filing.id, holder=holder, wrapped=service.keyring.wrap(key, holder)))
    assert [(one.number, one.table, one.column) for one in problems(service)] == [(number, "filing_key", "holder")]
