"""edlint agrees with Vale: the recorded cases and the published styles, as far as the data is there."""

from __future__ import annotations

import pytest
from components import shared

from tests.conformance.cases import compare_cases, compare_styles


@pytest.fixture(autouse=True, scope="module")
def _data() -> None:
    shared("vale")


def test_the_cases() -> None:
    tally = compare_cases()
    expected = sum(tally.expected.values())
    assert sum(tally.exact.values()) >= 0.98 * expected, tally.missing
    assert sum(tally.extra.values()) <= 0.02 * expected, tally.surplus
    assert tally.noisy == []


def test_the_published_styles() -> None:
    expected = exact = 0
    for _, tally in compare_styles():
        expected += sum(tally.expected.values())
        exact += sum(tally.exact.values())
    assert exact >= 0.97 * expected
