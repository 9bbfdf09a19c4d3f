"""Columns of ranges behave as the lists they stand for."""

from __future__ import annotations

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.text.ranges import Overlaps, RangeTable

RANGES = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=5)


@given(st.dictionaries(st.integers(0, 4), RANGES))
def test_the_ranges_of_blocks_added_in_any_order(given_: dict[int, list[tuple[int, int]]]) -> None:
    table = RangeTable(5)
    for block, ranges in given_.items():
        assert not table.has(block)
        table.add(block, ranges)
    assert [list(ranges) for ranges in table] == [given_.get(block, []) for block in range(5)]
    assert all(table[block] == given_.get(block, []) and len(table[block]) == len(given_.get(block, [])) for block in range(5))


def test_ranges_are_asked_for_as_those_of_a_list() -> None:
    table = RangeTable(2)
    table.add(1, [(7, 8)])
    table.add(0, [(1, 3), (4, 6), (6, 9)])
    ranges = table[0]
    assert (ranges[0], ranges[-1], ranges[1:]) == ((1, 3), (6, 9), [(4, 6), (6, 9)])
    assert bisect_right(ranges, 5, key=lambda r: r[0]) == 2 and bool(ranges)
    assert not RangeTable(1)[0]
    for at in (3, -4):
        with pytest.raises(IndexError):
            ranges[at]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=12), st.integers(0, 22), st.integers(0, 4))
def test_ranges_that_overlap_are_found_where_they_stand(given_: list[tuple[int, int]], start: int, length: int) -> None:
    ranges = sorted((begin, begin + width) for begin, width in given_)
    overlaps, end = Overlaps(ranges), start + length
    assert overlaps.meeting(start, end) == [n for n, (a, b) in enumerate(ranges) if a < end and start < b]
    assert sorted(overlaps.at(start)) == [n for n, (a, b) in enumerate(ranges) if a <= start < b]
