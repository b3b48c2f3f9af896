"""Copies of the process say what is whole; what they doubt, or do not answer, is left to the process that asked."""

import os

import pytest

from app.verification.side_by_side import Part, looked_at


def whole(session, found):
    found.entries, found.filings = os.getpid(), 3
    assert session.bind.pool.checkedout() <= 1


def doubted(session, found):
    whole(session, found)
    found.add("", "filing", "town", "is not what was committed")


def broken(session, found):
    raise OSError


def ended(session, found):
    os._exit(9)


@pytest.fixture
def database(portal):
    with portal.database.read() as session:
        session.connection()  # one that a copy must leave alone
        yield portal.database


def test_a_part_that_is_whole_was_looked_at_by_another_process(database):
    parts = [Part(whole, 3), Part(doubted, 3), Part(broken, 3), Part(whole, 4), Part(whole, 3)]
    with looked_at(database, parts, 2) as looked:
        said = [looked(part) for part in parts]
    assert [one and one.entries != os.getpid() for one in said] == [True, None, None, None, True]


def test_a_copy_that_is_ended_leaves_its_parts(database):
    parts = [Part(ended) for _ in range(3)]
    with looked_at(database, parts, 2) as looked:
        assert [looked(part) for part in parts] == [None] * 3


@pytest.mark.parametrize(("count", "copies"), [(2, 1), (1, 2), (0, 2)])
def test_where_one_would_be_enough_none_begins(database, count, copies):
    parts = [Part(ended) for _ in range(count)]
    with looked_at(database, parts, copies) as looked:
        assert [looked(part) for part in parts] == [None] * count
