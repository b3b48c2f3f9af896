"""What is told of numbers: no small one can be worked out from the others, by any reader who knows the rules."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.counters.rules import StatisticsRecord, added, changes, read_counts, read_record, write_counts, write_record
from app.statistics.drawing import HEIGHT, WIDEST, draw
from app.statistics.figure import Figure, lines_of
from app.statistics.rules import LEAST, Cell, beside, median, quartiles, share, told

NUMBERS = st.lists(st.integers(0, 30), min_size=2, max_size=5)


def fits(cell, n):
    """Tell whether a reader who sees this cell still believes that the number may be ``n``."""
    return cell.low <= n <= cell.high


def believed(cells, total):
    """List every set of numbers that a reader may believe in, knowing the cells and what they add up to."""
    free = [range(cell.low, min(cell.high, total) + 1) for cell in cells[:-1]]
    for numbers in product(*free):
        last = total - sum(numbers)
        if fits(cells[-1], last):
            yield (*numbers, last)


@pytest.mark.parametrize("n", range(LEAST))
def test_a_number_under_five_is_never_told(n):
    assert told([n, 40], adds_up=False)[0].is_small
    assert told([n, 40], adds_up=True)[0].is_small
    assert beside(Cell(0, 4), [n, 40]).is_small


def test_numbers_from_five_are_told_as_they_are():
    assert told([5, 6, 400], adds_up=True) == [Cell(5, 5), Cell(6, 6), Cell(400, 400)]


def test_the_largest_is_told_as_a_range_when_a_total_would_give_a_small_one_away():
    small, large = told([2, 48], adds_up=True)
    assert small.is_small
    assert (large.low, large.high) == (46, 50)


def test_small_numbers_protect_one_another():
    assert told([2, 2, 50], adds_up=True)[2] == Cell(50, 50)


@given(NUMBERS)
def test_whoever_knows_the_total_learns_nothing_of_a_small_number(counts):
    total = sum(counts)
    if total < LEAST:
        return
    cells = told(counts, adds_up=True)
    assert all(fits(cell, n) for cell, n in zip(cells, counts, strict=True))
    seen = [set() for _ in counts]
    for numbers in believed(cells, total):
        for place, n in enumerate(numbers):
            seen[place].add(n)
    for cell, values in zip(cells, seen, strict=True):
        assert not cell.is_small or values >= set(range(LEAST)) or values == {0}


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_a_list_too_small_for_a_total_tells_nothing(counts):
    if sum(counts) < LEAST:
        assert all(cell.is_small for cell in told(counts, adds_up=True))


def test_zeros_hide_nobody_and_take_nothing_from_the_others():
    assert told([0, 0, 50], adds_up=True) == [Cell(0, 4), Cell(0, 4), Cell(50, 50)]


def test_a_narrowed_list_never_tells_what_the_whole_one_hides():
    assert beside(Cell(48, 48), [48, 2]) == Cell(46, 50)
    assert beside(Cell(48, 48), [48, 60]) == Cell(48, 48)
    assert beside(Cell(9, 9), [9, 20, 3]) == Cell(9, 9)
    assert told([20, 9, 3], adds_up=True)[0] == Cell(19, 23)


def test_the_median_waits_for_five_values():
    assert median({3: 4}) is None
    assert median({3: 2, 90: 3}) == 90
    assert median({10: 3, 20: 3}) == 10


def test_quarters_are_values_that_were_seen():
    assert quartiles({}) is None
    assert quartiles({7: 1}) == (7, 7, 7)
    assert quartiles({1: 3, 4: 3, 8: 2, 9: 1, 40: 1}) == (1, 4, 8)
    assert quartiles(dict.fromkeys(range(1, 9), 1)) == (2, 4, 6)


@pytest.mark.parametrize("kind", ["columns", "bars"])
def test_a_range_is_drawn_from_its_least_to_its_most_and_never_as_zero(kind):
    lines = lines_of(["a", "b", "c"], [Cell(0, 13), Cell(0, 4), Cell(0, 0)], str)
    wide, small, none = draw(Figure("x", "x", "x", lines, kind=kind)).marks
    assert wide.most == (HEIGHT if kind == "columns" else WIDEST)
    assert (small.is_small, small.most) == (True, 0)
    assert (none.is_small, none.most, none.shown) == (False, 0, "0")
    assert wide.shown == ("0–13" if kind == "columns" else "de 0 à 13")


def test_a_share_is_never_rounded_up_to_all():
    assert share(999, 1000) == 99


def test_a_complaint_is_taken_out_of_one_counter_and_put_into_another():
    before = StatisticsRecord("595", "2026-03", "10", "59350", ("etat|recue",))
    after = StatisticsRecord("597", "2026-03", "10", "59350", ("etat|recue",))
    found = changes(before, after)
    assert len(found) == 8
    assert not [cut for cut in found if cut[0] == "*"]
    assert found["595", "2026-03", "*", "*"] == {"recue": -1, "etat|recue": -1}
    assert found["597", "2026-03", "10", "59350"] == {"recue": 1, "etat|recue": 1}
    assert changes(before, before) == {}
    assert added({"recue": 1}, {"recue": -1}) == {}


@given(st.lists(st.sampled_from(["motif|c2s", "motif|ame", "forme|autre"]), unique=True))
def test_the_length_of_what_is_sealed_tells_nothing(codes):
    record = StatisticsRecord("595", "2026-03", "10", "59350", tuple(codes))
    assert read_record(write_record(record)) == record
    counts = dict.fromkeys(codes, 1)
    assert read_counts(write_counts(counts)) == counts
    assert {len(write_record(record)), len(write_counts(counts))} == {512}
