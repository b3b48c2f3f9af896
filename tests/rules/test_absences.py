"""Who takes the place of whom: on each day one person who is there, whatever the absences."""

from datetime import date

import pytest

from app.intake.absences.rules import Away, comes_back, overlapping, replaced, stand_in


def away(account, replacement, first, last):
    return Away(account, replacement, date(2026, 3, first), date(2026, 3, last))


A_TO_B = away("a", "b", 2, 6)


@pytest.mark.parametrize(
    ("first", "last", "meets"), [(1, 1, False), (1, 2, True), (3, 4, True), (6, 9, True), (7, 9, False)]
)
def test_one_day_in_common_is_an_overlap_of_the_same_clerk(first, last, meets):
    assert overlapping(away("a", "c", first, last), [A_TO_B]) == (A_TO_B if meets else None)
    assert overlapping(away("c", "a", first, last), [A_TO_B]) is None


@pytest.mark.parametrize(
    ("new", "known", "refused"),
    [
        (away("b", "a", 6, 9), [A_TO_B], True),
        (away("b", "a", 7, 9), [A_TO_B], False),
        (away("b", "c", 2, 6), [A_TO_B], False),
        (away("c", "a", 4, 4), [A_TO_B, away("b", "c", 3, 5)], True),
        (away("c", "a", 6, 6), [A_TO_B, away("b", "c", 3, 5)], False),
        (away("a", "a", 2, 2), [], True),
    ],
)
def test_a_chain_that_comes_back_on_the_same_day_is_refused(new, known, refused):
    assert comes_back(new, known) is refused


def test_whoever_is_there_takes_the_place_to_the_end_of_the_chain():
    known = [A_TO_B, away("b", "c", 5, 9)]
    assert [stand_in("a", date(2026, 3, day), known) for day in (1, 2, 5, 6, 7)] == ["a", "b", "c", "c", "a"]
    assert [one.account for one in replaced("c", date(2026, 3, 5), known)] == ["a", "b"]
    assert replaced("b", date(2026, 3, 5), known) == []
    assert [one.account for one in replaced("b", date(2026, 3, 4), known)] == ["a"]
