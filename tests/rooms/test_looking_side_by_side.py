"""Copies of the process say what is whole; what they doubt, or do not answer, is left to the process that asked."""

import os

import pytest

from app.verification.side_by_side import looked_at


def check(session, found, part):
    found.entries = os.getpid()
    assert session.bind.pool.checkedout() <= 1
    if part == "doubted":
        found.add("", "filing", "town", "is not what was committed")
    if part == "broken":
        raise OSError


@pytest.fixture
def database(portal):
    with portal.database.read() as session:
        session.connection()  # one that a copy must leave alone
        yield portal.database


def test_a_part_that_is_whole_was_looked_at_by_another_process(database):
    with looked_at(database, ["whole", "doubted", "broken", "whole"], check, 2) as looked:
        said = [looked(place) for place in range(4)]
    assert [one and one.entries != os.getpid() for one in said] == [True, None, None, True]


def test_a_copy_that_is_ended_leaves_its_parts(database):
    with looked_at(database, [1, 2, 3], lambda *_: os._exit(9), 2) as looked:
        assert [looked(place) for place in range(3)] == [None] * 3


@pytest.mark.parametrize(("parts", "copies"), [([1, 2], 1), ([1], 2), ([], 2)])
def test_where_one_would_be_enough_none_begins(database, parts, copies):
    with looked_at(database, parts, lambda *_: os._exit(9), copies) as looked:
        assert [looked(place) for place in range(len(parts))] == [None] * len(parts)
