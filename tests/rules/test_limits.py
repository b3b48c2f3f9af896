"""Limits on tries: never more than was said, even all at once; an address counts as what one subscriber holds."""

import pytest

from app.base.errors import TooMany
from app.base.limits import KEPT, Limit, Limits, network_of
from tests.support.crowd import at_once


class Hand:
    """A clock moved by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def taken(limits, *wanted):
    try:
        limits.take(*wanted)
    except TooMany as many:
        return many.minutes
    return 0


def test_a_try_counts_for_a_quarter_of_an_hour():
    hand = Hand()
    limits, three = Limits(hand), Limit("code", "a", 3)
    for _ in range(3):
        assert taken(limits, three) == 0
        hand.now += 60
    assert taken(limits, three) == 12
    hand.now += 12 * 60 - 1
    assert taken(limits, three) == 1
    hand.now += 1
    assert taken(limits, three) == 0
    assert taken(limits, three) > 0
    assert taken(limits, Limit("code", "b", 3)) == taken(limits, Limit("perdu", "a", 3)) == 0


def test_a_right_try_is_given_back_and_only_that_one():
    limits, two = Limits(Hand()), Limit("code", "a", 2)
    for _ in range(10):
        limits.take(two)
        limits.give_back(two)
    assert [taken(limits, two) > 0 for _ in range(3)] == [False, False, True]


def test_when_one_limit_is_reached_nothing_is_counted_under_the_others():
    limits, narrow, wide = Limits(Hand()), Limit("x", "a", 1), Limit("y", "a", 2)
    assert [taken(limits, narrow, wide) > 0 for _ in range(5)] == [False, True, True, True, True]
    assert taken(limits, wide) == 0


def test_tries_at_the_same_time_are_never_more_than_the_limit():
    limits, ten = Limits(), Limit("code", "a", 10)
    told = at_once([lambda: taken(limits, ten)] * 64)
    assert told.count(0) == 10


def test_the_memory_of_many_visitors_is_given_back():
    hand = Hand()
    limits = Limits(hand)
    for number in range(KEPT):
        limits.take(Limit("code", str(number), 3))
    hand.now += 15 * 60
    limits.take(Limit("code", "last", 3))
    assert limits.held == 1


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1::7", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::7", "2001:db8:0:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_address_counts_as_what_one_subscriber_holds(host, network):
    assert network_of(host) == network
