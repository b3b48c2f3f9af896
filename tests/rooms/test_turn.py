"""What is asked of the database under the turn of the ledger: each question there makes everybody wait."""

import pytest
from sqlalchemy import event

from app.filing.acts import act_store
from app.filing.ledger import chain
from app.filing.queries import filing_by_number, open_for_person
from app.filing.receipt.receive import PersonalCode, receive
from app.filing.status.case_status import ACKNOWLEDGED
from tests.rooms.test_filing_receive import WORDS, ready, send

RECEIVED, ACKNOWLEDGE = 24, 23
"""Most statements of a deposit, and of an acknowledgement."""
BY = {"by": "Émile Exemple", "authority": "595", "words": ""}
LETTER = {**BY, "on": "2026-03-12", "channel": "email", "letter": [], "message": ""}


@pytest.fixture
def statements(portal):
    """Give the list to which each statement is added; one that runs over many rows counts once."""
    heard = []
    event.listen(portal.database.engine, "before_cursor_execute", lambda *said: heard.append(said[2]))
    return heard


def told(statements):
    return "\n".join(" ".join(one.split())[:110] for one in statements)


def test_a_deposit_asks_few_questions(portal, statements):
    draft, complaint = ready(portal)
    code = PersonalCode.draw(portal.keyring)
    statements.clear()
    with portal.database.write() as session:
        receive(session, portal.keyring, draft, complaint, code, portal.clock, WORDS)
    assert len(statements) <= RECEIVED, told(statements)


def test_an_act_asks_few_questions_and_reads_the_calendar_once(portal, statements):
    number = send(portal, *ready(portal)).number
    statements.clear()
    with portal.database.write() as session:
        chain.take_turn(session)
        opened = open_for_person(session, portal.keyring, filing_by_number(session, number))
        act_store.record(session, portal.keyring, opened, ACKNOWLEDGED, LETTER, portal.clock)
    assert len(statements) <= ACKNOWLEDGE, told(statements)
    assert len([one for one in statements if "FROM deadline" in one]) == 1, told(statements)
