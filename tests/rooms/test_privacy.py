"""What has had its time goes by itself: drafts after thirty days, codes after a day; a filing never."""

import os
import uuid

import pytest
from sqlalchemy import func, select

from app.base.secrets import new_token
from app.evidence import service as evidence
from app.evidence.models import Evidence
from app.evidence.store import Intake, path_of
from app.filing.models import Filing
from app.runtime.housekeeping import tidy
from app.saisine import queries as drafts
from app.saisine import service as drafting
from app.saisine.models import Draft
from tests.cast import receive_draft


def begin(portal, *, with_file=True):
    visitor = new_token()
    with portal.database.write() as session:
        public = drafting.start(session, portal.keyring, visitor, portal.clock, shared_device=False).public
        session.flush()
        draft = drafts.open_draft(session, portal.keyring, public, visitor, portal.clock())
        if with_file:
            intake = Intake(portal.files, draft.key, 1, 10**6, free=lambda _: 2**40)
            intake.begin("fichiers", "note.txt")
            intake.add(b"Un mot invente")
            intake.end()
            evidence.attach(session, draft.id, draft.key, intake.done, portal.clock)
    return draft


def send(portal, draft):
    with portal.database.write() as session:
        number = receive_draft(session, portal, draft).number
        return session.scalars(select(Filing).where(Filing.number == number)).one()


def count(portal, model):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 1), (31, 0)])
def test_a_draft_goes_thirty_days_after_its_last_change(portal, days, left):
    draft = begin(portal)
    portal.clock.advance(days=days)
    tidy(portal)
    assert count(portal, Draft) == count(portal, Evidence) == left
    assert len(list(portal.files.rglob("*.sealed"))) == left
    assert draft.id


def test_what_was_sent_stays_and_only_the_shown_code_goes(portal):
    draft = begin(portal)
    send(portal, draft)
    portal.clock.advance(hours=23)
    tidy(portal)
    with portal.database.read() as session:
        assert drafts.sent_code(session, portal.keyring, draft.id)
    portal.clock.advance(days=400)
    tidy(portal)
    with portal.database.read() as session:
        assert drafts.sent_code(session, portal.keyring, draft.id) is None
    assert count(portal, Filing) == count(portal, Evidence) == 1
    assert len(list(portal.files.rglob("*.sealed"))) == 1


def test_a_file_that_no_row_names_goes_after_a_day(portal):
    stray = path_of(portal.files, uuid.uuid4().hex)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"sealed")
    at = portal.clock().timestamp()
    os.utime(stray, (at, at))
    portal.clock.advance(hours=23)
    assert tidy(portal) == 0
    assert stray.exists()
    portal.clock.advance(hours=2)
    assert tidy(portal) == 1
    assert not stray.exists()
