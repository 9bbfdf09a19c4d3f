"""Patterns are rewritten for our engine in a time that grows with their length, whatever they hold."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from edlint.checks.base import Term
from edlint.checks.dialect import MOST_FLAGS, translate
from edlint.checks.patterns import lean, ungrouped, unit_kind

SHAPES = ["[", "[^", "[[:", "(?#", "(", "(?<", "a{1", r"\p{", "|", r"[^\s", "(?P<a>x)["]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_pattern_takes_long_to_rewrite(shape: str) -> None:
    pattern = shape * (100_000 // len(shape))
    began = time.process_time()
    with suppress(ValueError):
        translate(pattern)
    ungrouped(pattern)
    lean(pattern)
    unit_kind(("text",), Term(pattern, literal=False))
    assert time.process_time() - began < 3


def test_flags_are_not_written_again_for_ever() -> None:
    """They hold for the rest of a group, and so are repeated in each of its alternatives."""
    assert translate("(?i)" * MOST_FLAGS + "|" * 9).count("(?i:") == 10 * MOST_FLAGS
    with pytest.raises(ValueError, match="flags are set more than"):
        translate("(?i)" * 10_000 + "|" * 10_000)
    assert translate("((?i)a)" * 50)
