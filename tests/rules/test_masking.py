"""What is told of territories by codes: nobody who knows every sum can work out a number that is hidden."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.statistics.masking import CodesTable, hidden_rows, hide

NUMBERS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6])
TABLES = st.integers(2, 3).flatmap(
    lambda wide: st.lists(st.lists(NUMBERS, min_size=wide, max_size=wide), min_size=1, max_size=3)
)


def believed(table, target, rows=(), *, adds_up):
    """Give every value of a number that fits all that is told, and the total of each territory but those of ``rows``.

    This reader tries every table: he knows nothing of how numbers were hidden. He adds up the columns whose sum is
    told for the country, and the one that he looks for: the others say nothing.
    """
    country, (sought, column) = table.country, target
    told = [
        one for one in range(len(table.counts[0])) if (country, one) not in table.hidden or (country, one) == target
    ]
    seen = {((0,) * len(told), 0): {None}}
    for row in range(country):
        after = defaultdict(set)
        for numbers, total in rows_of(table, row, rows, adds_up=adds_up):
            for (sums, known), values in seen.items():
                more = {numbers[column]} if sought == row else values
                after[tuple(a + numbers[one] for a, one in zip(sums, told, strict=True)), known + total] |= more
        seen = after
    fitting = {
        sums: values
        for (sums, total), values in seen.items()
        if total == table.totals[-1] and fits(table, country, dict(zip(told, sums, strict=True)))
    }
    return {sums[told.index(column)] for sums in fitting} if sought == country else set().union(*fitting.values())


def rows_of(table, row, rows, *, adds_up):
    """Yield the numbers of a territory that fit, each with its total."""
    most = sum(table.totals[one] for one in rows) if row in rows else table.totals[row]
    free = [
        range(most + 1) if (row, column) in table.hidden else (number,)
        for column, number in enumerate(table.counts[row])
    ]
    for numbers in product(*free):
        for total in range(most + 1) if row in rows else (most,):
            if sum(numbers) == total or (not adds_up and sum(numbers) > total >= max(numbers)):
                yield numbers, total


def fits(table, row, sums):
    return all((row, column) in table.hidden or table.counts[row][column] == number for column, number in sums.items())


def protected(table, rows=(), *, adds_up):
    """Look at each number that is hidden and small."""
    for row, column in table.hidden:
        if 0 < table.counts[row][column] < 5:
            assert len(believed(table, (row, column), rows, adds_up=adds_up)) > 1, (row, column, table)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_no_chain_of_subtractions_gives_a_hidden_number(counts):
    table = CodesTable(counts, [sum(row) for row in counts])
    hide(table)
    assert all(
        (r, c) in table.hidden for r, row in enumerate(table.counts) for c, number in enumerate(row) if number < 5
    )
    protected(table, adds_up=True)


@settings(max_examples=40, deadline=None)
@given(TABLES.filter(lambda counts: len(counts) < 3), st.data())
def test_nor_when_a_complaint_has_several_codes(counts, data):
    least = [data.draw(st.integers(max(row), max(*row, sum(row)))) for row in counts]
    table = CodesTable(counts, least)
    hide(table)
    protected(table, adds_up=False)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0, 1, 2, 3, 5]), min_size=2, max_size=2), min_size=2, max_size=3))
def test_nor_one_of_a_territory_that_is_hidden_whole(counts):
    totals = [sum(row) for row in counts]
    rows = hidden_rows(totals)
    table = CodesTable(counts, totals)
    hide(table, sorted(rows))
    if sum(totals) >= 5 and len(rows) > 1:
        protected(table, sorted(rows), adds_up=True)


def test_large_numbers_are_told_as_they_are():
    assert hide(CodesTable([[9, 7], [12, 30]], [16, 42])) == set()


def test_a_number_alone_in_its_row_hides_others_of_its_territory_and_elsewhere():
    table = CodesTable([[2, 40], [30, 50]], [42, 80])
    assert hide(table) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_quarter_to_come_is_told_as_none():
    table = CodesTable([[3, 9, 0], [8, 9, 0]], [12, 17], whole=[2])
    assert not [column for _, column in hide(table) if column == 2]


@pytest.mark.parametrize(
    ("totals", "rows"),
    [
        ([9, 8], set()),
        ([3, 9, 8], {0, 2}),
        ([3, 0, 9], {0, 1, 2}),
        ([3, 2, 0, 9], {0, 1, 2}),
        ([4, 4, 9, 8], {0, 1, 3}),
        ([3], {0}),
        ([], set()),
    ],
)
def test_a_small_territory_is_never_hidden_alone(totals, rows):
    assert hidden_rows(totals) == rows
