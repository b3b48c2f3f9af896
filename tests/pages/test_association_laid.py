"""Complaints on the desk of the association that filed them: laid, verified, and the same in a database of before."""

from datetime import date
from importlib import import_module

import pytest
from sqlalchemy import delete, select, update

from app.filing.ledger import register
from app.filing.models import FilingDesk
from app.filing.queries import filing_by_number
from app.filing.rules import MANDATED, NEVER, NO_MORE_MANDATED, NOTHING, association_holder
from app.filing.sealed.person import WithdrawalAsked, Withdrawn
from app.filing.status.case_status import WITHDRAWING, WITHDRAWN
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import ASSOCIATION, filed_for, sign_in_member
from tests.pages.test_association_list import DESK, SENT, acts, order_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
OF_ASSOCIATION = FilingDesk.authority == association_holder(ASSOCIATION)


@pytest.fixture
def rita(client, portal):
    """Sign in who answers for the association."""
    sign_in_member(client, portal, "Rita Fictive", role="responsable_association")
    return client


def test_a_database_of_before_has_the_same_list(rita, portal):
    going, ended, over = (filed_for(portal, "Rita Fictive").number for _ in range(3))
    rita.submit(f"{DESK}/{ended}/rendre-mandat", form="rendre-mandat")
    acts(portal, over, (WITHDRAWING, WithdrawalAsked(reason="", is_pressed=False)), (WITHDRAWN, Withdrawn()))
    revision = import_module("migrations.versions.0039_complaints_on_the_desk_of_their_association")
    numbers = import_module("migrations.versions.0059_words_and_numbers_found_on_the_desk")
    with portal.database.write() as session:
        wanted = own_desk(session)
        session.execute(delete(FilingDesk).where(OF_ASSOCIATION))
        assert own_desk(session) == []
        session.execute(revision.LAID)
        session.execute(numbers.NUMBERED)
        assert own_desk(session) == wanted
    assert [(row.role, row.next_code, row.next_due_on) for row in wanted] == [
        (MANDATED, NOTHING, date(2026, 3, 11)),
        (MANDATED, NOTHING, NEVER),
        (NO_MORE_MANDATED, NOTHING, NEVER),
    ]
    assert order_of(rita.page(SENT)) == [going]
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_a_word_of_the_desk_that_was_changed_is_told(rita, portal):
    number = filed_for(portal, "Rita Fictive").number
    with portal.database.write() as session:
        session.execute(update(FilingDesk).where(OF_ASSOCIATION).values(next_due_on=NEVER))
    found = verify(portal, trust_of(portal.settings, portal.keyring)).problems
    assert [(one.number, one.table, one.column) for one in found] == [(number, "filing_desk", "next_code")]


def test_an_association_keeps_no_list_of_a_day_of_the_register(rita, portal):
    number = filed_for(portal, "Rita Fictive").number
    with portal.database.write() as session:
        point = register.publish(session, portal.clock)
        receiver = filing_by_number(session, number).receiver
        lists = register.received_since_last(session, point)
        assert register.holders(session) == sorted(lists)
    assert lists[receiver] == [number]
    assert not any(holder.startswith("association:") for holder in lists)


def own_desk(session):
    """Read the desk of the association, what is due first before."""
    wanted = select(FilingDesk.__table__).where(OF_ASSOCIATION)
    return session.execute(wanted.order_by(FilingDesk.role.desc(), FilingDesk.next_due_on)).all()
