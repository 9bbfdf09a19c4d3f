"""Units in columns behave as the lists they stand for; equal units of different scopes are one object."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import blocks

from edlint.matching.scan import Scan
from edlint.matching.units import Unit, UnitKind, Units

TEXTS = ["The port", "It is shut. Nobody said why.", "One line\n\nand another"]


@pytest.fixture
def scan() -> Scan:
    """A title, a paragraph of two sentences, and a list item of two lines."""
    document = blocks(("title", TEXTS[0]), ("paragraph", TEXTS[1]), ("list", TEXTS[2]))
    return Scan(document, None, {}, lambda d: ())


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("block", [(0, 0, 8), (1, 0, 28), (2, 0, 21)]),
        ("sentence", [(0, 0, 8), (1, 0, 11), (1, 12, 28), (2, 0, 8), (2, 10, 21)]),
        ("line", [(0, 0, 8), (1, 0, 28), (2, 0, 8), (2, 10, 21)]),
    ],
)
def test_kinds_of_units(scan: Scan, kind: UnitKind, expected: list[tuple[int, int, int]]) -> None:
    units = scan.units(("text",), kind)
    assert list(units) == [units[n] for n in range(len(units))] == expected
    assert units[-1] == expected[-1] and units[1:] == expected[1:]
    assert [units.number(unit) for unit in units] == list(range(len(expected)))
    assert units.number(Unit(1, 0, 3)) == -1 == units.number(Unit(2, 20, 21))


def test_units_that_are_the_same_are_one_object(scan: Scan) -> None:
    assert scan.units(("title",), "line") is scan.units(("heading & title",), "block")
    assert scan.units(("paragraph",), "sentence") is not scan.units(("paragraph",), "block")
    assert scan.units(("list",), "block") is not scan.units(("title",), "block")
    assert list(scan.units(("code",), "block")) == []


def test_overlapping_units_are_layered() -> None:
    assert Units([Unit(0, 0, 9), Unit(0, 2, 4)], [0]).layered
    assert not Units([Unit(0, 0, 2), Unit(0, 2, 4)], [0]).layered


@given(st.sets(st.integers(0, 40)))
def test_the_places_of_offsets(offsets: set[int]) -> None:
    units = Units([Unit(0, at, at + 6) for at in range(0, 40, 8)], [0])
    assert list(units.places(sorted(offsets))) == [(at, at // 8) for at in sorted(offsets) if at < 40 and at % 8 < 6]
