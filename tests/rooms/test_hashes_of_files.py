"""A copy of the database tells neither what a file is, nor that two complaints hold the same one."""

import hashlib
import uuid

import pytest
from sqlalchemy import select, update

from app.evidence import service
from app.evidence.models import Evidence
from app.evidence.queries import files_of
from app.evidence.store import Received
from app.runtime.housekeeping import seal_digests
from tests.rooms.test_filing_receive import ready

SHA256 = hashlib.sha256(b"une photo").hexdigest()


def photo():
    return Received(uuid.uuid4().hex, "photo.png", "image/png", 9, SHA256)


@pytest.fixture
def two(portal):
    """Two drafts with the same photo."""
    kept = [ready(portal)[0] for _ in range(2)]
    with portal.database.write() as session:
        for draft in kept:
            assert service.attach(session, draft.id, draft.key, [photo()], portal.clock) == ([], [])
    return kept


def rows(portal):
    with portal.database.read() as session:
        return session.scalars(select(Evidence).order_by(Evidence.owner)).all()


def test_the_hash_is_sealed_and_the_same_photo_of_two_complaints_is_not_told(portal, two):
    kept = rows(portal)
    assert len({row.fingerprint for row in kept}) == 2
    assert SHA256 not in {row.fingerprint for row in kept}
    assert all(SHA256.encode() not in row.digest for row in kept)
    with portal.database.read() as session:
        assert [file.sha256 for file in files_of(session, two[0].id, two[0].key)] == [SHA256]


def test_the_same_content_is_still_kept_once(portal, two):
    with portal.database.write() as session:
        twice, told = service.attach(session, two[0].id, two[0].key, [photo()], portal.clock)
    assert (len(twice), len(told), len(rows(portal))) == (1, 1, 2)


def test_those_of_an_earlier_version_are_sealed_when_the_service_starts(portal, two):
    with portal.database.write() as session:
        session.execute(update(Evidence).values(digest=None, fingerprint=SHA256))
        assert [file.sha256 for file in files_of(session, two[0].id, two[0].key)] == [SHA256]
    assert seal_digests(portal) == 2
    assert SHA256 not in {row.fingerprint for row in rows(portal)}
    with portal.database.read() as session:
        assert [file.sha256 for file in files_of(session, two[1].id, two[1].key)] == [SHA256]
    assert seal_digests(portal) == 0
