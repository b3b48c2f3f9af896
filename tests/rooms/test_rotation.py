"""Changing keys while the service runs: all still opens, a cut loses nothing, old keys go when nothing needs them."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import LargeBinary, select, update

from app.accounts.models import Account
from app.accounts.queries import seed_place
from app.base.crypto.keyfile import WRAPPING, KeyFile, KeyringTrouble
from app.base.crypto.relocking import relock
from app.base.crypto.vault import DecryptionError, Keyring, new_key
from app.base.storage.migrate import every_table
from app.counters.models import CountedComplaint
from app.filing.models import FilingKey
from app.filing.queries import filing_by_number, open_for_person
from app.runtime import key_rotation
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import clerk
from tests.rooms.test_filing_receive import ready, send

TODAY = date(2026, 3, 3)
UNDER_ITS_OWN_KEY = {
    *(
        "filing.payload",
        "filing.summary",
        "filing_act.content",
        "filing_event.why",
        "post_letter.content",
        "registered_letter.content",
        "access_line.why",
    ),
    *(
        "draft.answers",
        "draft.code",
        "draft.email",
        "mandate_request.content",
        "mandate_request.link",
    ),
    *("evidence.name", "evidence.title", "evidence.digest"),
    "association_record.content",
}
"""Sealed under the key of a complaint, of a draft or of a record, which is what rotates."""
ELSE = {"stamp.token", "filing_word.word", "association_word.word", "authority_logo.content"}
"""A proof to be published, keyed hashes, which no key opens, and the logos of authorities, which are public."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "ring.json"


@pytest.fixture
def service(portal, path):
    """A running service: it read its keys once, from a file."""
    return replace(portal, keyring=Keyring.create(path, TODAY))


@pytest.fixture
def operator(service, path):
    """The command, in a process of its own."""
    return replace(service, keyring=Keyring.load(path))


@pytest.fixture
def number(service):
    clerk(service, "595")
    return send(service, *ready(service)).number


def versions(portal):
    """List under which versions rows are locked, column by column."""
    found = {}
    with portal.database.read() as session:
        for locks in key_rotation.LOCKS:
            values = session.scalars(select(locks.column).where(locks.column.is_not(None)))
            named = {bytes(v.encode() if isinstance(v, str) else v).partition(b".")[0].decode() for v in values}
            found[locks.name] = named
    return found


def opens(portal, number):
    with portal.database.read() as session:
        opened = open_for_person(session, portal.keyring, filing_by_number(session, number))
        seeds = [portal.keyring.unseal(one.totp_seed, seed_place(one.id)) for one in session.scalars(select(Account))]
    return bool(opened.payload) and all(seeds)


def is_whole(portal):
    return verify(portal, trust_of(portal.settings, portal.keyring)).problems == []


def test_every_column_that_a_master_key_locks_is_known():
    binary = {
        f"{table.name}.{column.name}"
        for table in every_table().sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) or column.name == "wrapped"
    }
    assert {locks.name for locks in key_rotation.LOCKS} == binary - UNDER_ITS_OWN_KEY - ELSE


def test_everything_is_locked_again_and_opens(operator, service, number, path):
    before = versions(operator)
    assert {name for names in before.values() for name in names} == {"v1"}
    assert key_rotation.rotate(operator, path, TODAY) > 5
    assert {name for names in versions(operator).values() for name in names} == {"v2"}
    assert opens(service, number)
    assert is_whole(service)
    found = key_rotation.status(operator, path, TODAY)
    assert [one.rows for one in found.versions if one.name == "v1" and one.family in WRAPPING] == [0, 0, 0]
    assert not found.is_rotating


def test_a_running_service_follows_the_file(operator, service, number, path):
    key_rotation.rotate(operator, path, TODAY)
    assert service.keyring.newest("autorite") == "v2"
    service.clock.advance(seconds=1)
    other = send(service, *ready(service)).number
    assert opens(service, other)
    assert {name for names in versions(operator).values() for name in names} == {"v2"}


def test_a_rotation_cut_in_the_middle_goes_on_with_the_same_keys(operator, service, number, path, monkeypatch):
    calls = []

    def cut(*words):
        calls.append(words)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return relock(*words)

    with monkeypatch.context() as patched:
        patched.setattr(key_rotation, "relock", cut)
        with pytest.raises(KeyboardInterrupt):
            key_rotation.rotate(operator, path, TODAY)
    assert {name for names in versions(operator).values() for name in names} == {"v1", "v2"}
    assert opens(service, number)
    assert is_whole(service)
    assert any("cut" in what for what in key_rotation.status(operator, path, TODAY).due)
    assert key_rotation.destroy_ended(operator, path, TODAY + timedelta(days=99)) == []
    key_rotation.rotate(operator, path, TODAY)
    assert [one.name for one in KeyFile.read(path).families["autorite"]] == ["v1", "v2"]
    assert {name for names in versions(operator).values() for name in names} == {"v2"}
    assert opens(service, number)


def test_what_is_written_meanwhile_with_the_old_key_is_seen(operator, service, number, path, monkeypatch):
    stale, late = replace(service, keyring=Keyring(KeyFile.read(path).families)), []

    def slow(session, keyring, locks, after):
        found = relock(session, keyring, locks, after)
        if locks.name == "tallied.portrait" and not late:
            session.commit()
            service.clock.advance(seconds=1)
            late.append(None)
            late.append(wrapped_late(stale, session))
        return found

    monkeypatch.setattr(key_rotation, "relock", slow)
    key_rotation.rotate(operator, path, TODAY)
    assert late[1]
    assert {name for names in versions(operator).values() for name in names} == {"v2"}


def wrapped_late(stale, session):
    """Wrap a key again with the old version, as a request that began before would."""
    row = session.scalars(select(FilingKey).where(FilingKey.holder == "autorite:595")).one()
    own = (FilingKey.filing_id == row.filing_id, FilingKey.holder == row.holder)
    wrapped = stale.keyring.wrap(new_key(), row.holder)
    session.execute(update(FilingKey).where(*own).values(wrapped=wrapped))
    session.commit()
    return wrapped.startswith("v1.")


def test_a_row_that_opens_under_no_key_stops_nothing(operator, service, number, path):
    with operator.database.write() as session:
        session.execute(update(CountedComplaint).values(portrait=b"v1.xxxx"))
    key_rotation.rotate(operator, path, TODAY)
    assert versions(operator)["tallied.portrait"] == {"v1"}
    assert opens(service, number)


def test_old_keys_go_after_thirty_five_days_and_not_before(operator, service, number, path):
    key_rotation.rotate(operator, path, TODAY)
    assert key_rotation.destroy_ended(operator, path, TODAY + timedelta(days=34)) == []
    late = TODAY + timedelta(days=35)
    assert any("destroy" in what for what in key_rotation.status(operator, path, late).due)
    assert key_rotation.destroy_ended(operator, path, late) == [f"{family} v1" for family in WRAPPING]
    assert [one.name for one in KeyFile.read(path).families["portail"]] == ["v2"]
    assert [one.name for one in KeyFile.read(path).families["index"]] == ["v1"]
    assert opens(service, number)
    assert is_whole(service)


def test_what_a_restored_copy_brings_back_is_locked_again_before_its_key_goes(operator, service, number, path):
    with operator.database.read() as session:
        copied = session.execute(select(FilingKey.filing_id, FilingKey.holder, FilingKey.wrapped)).all()
    key_rotation.rotate(operator, path, TODAY)
    with operator.database.write() as session:
        for row in copied:
            own = (FilingKey.filing_id == row.filing_id, FilingKey.holder == row.holder)
            session.execute(update(FilingKey).where(*own).values(wrapped=row.wrapped))
    assert any("restored" in what for what in key_rotation.status(operator, path, TODAY).due)
    key_rotation.destroy_ended(operator, path, TODAY + timedelta(days=35))
    assert versions(operator)["filing_key.wrapped"] == {"v2"}
    assert opens(service, number)


@pytest.mark.engines("sqlite")
def test_the_key_that_signs_keeps_its_former_versions(operator, path):
    before = operator.keyring.seeds("horodatage")
    key_rotation.rotate(operator, path, TODAY, signature=True)
    after = operator.keyring.seeds("horodatage")
    assert after[:1] == before
    assert len(after) == 2
    key_rotation.destroy_ended(operator, path, TODAY + timedelta(days=99))
    assert operator.keyring.seeds("horodatage") == after


@pytest.mark.engines("sqlite")
def test_the_file_is_replaced_whole_and_stays_its_owners(operator, path):
    key_rotation.rotate(operator, path, TODAY)
    assert path.stat().st_mode & 0o777 == 0o400
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert json.loads(path.read_text(encoding="utf-8"))["rotating"] is False


@pytest.mark.engines("sqlite")
def test_a_damaged_new_file_changes_nothing_for_a_running_service(service, path):
    wrapped = service.keyring.wrap(new_key(), "portail")
    path.chmod(0o600)
    path.write_text("{}", encoding="utf-8")
    assert service.keyring.unwrap(wrapped, "portail")
    with pytest.raises(KeyringTrouble):
        Keyring.load(path)
    with pytest.raises(DecryptionError):
        Keyring.throwaway().unwrap(wrapped, "portail")


@pytest.mark.engines("sqlite")
def test_what_is_due_is_said(operator, path):
    assert [what for what in key_rotation.status(operator, path, TODAY).due if "outside" not in what] == []
    key_rotation.note_escrow(path, TODAY)
    assert key_rotation.status(operator, path, TODAY).due == ()
    later = TODAY + timedelta(days=366)
    assert len(key_rotation.status(operator, path, later).due) == 2
