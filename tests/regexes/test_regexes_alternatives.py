"""The alternatives of a pattern, split where the parser splits them."""

from __future__ import annotations

import pytest

from edlint.regexes.alternatives import alternatives
from edlint.regexes.syntax import parse


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a|b", ("a", "b")),
        (r"(?m:\b(?:a|b c|d)\b)", ("a", "b c", "d")),
        (r"(?:(?:a|b)|c)", ("(?:a|b)", "c")),
        (r"(?i:a\|b|[|(]|\)x|)", (r"a\|b", "[|(]", r"\)x", "")),
        (r"(?:[]|]|[^]|]|[[:alpha:]|])", ("[]|]", "[^]|]", "[[:alpha:]|]")),
        (r"\ba\b|\bb\b", (r"\ba\b", r"\bb\b")),
    ],
)
def test_a_pattern_is_its_alternatives(pattern: str, parts: tuple[str, ...]) -> None:
    found = alternatives(pattern)
    assert found is not None and found.parts == parts
    assert found.only(parts) == pattern
    for part in parts:
        parse(found.only((part,)))


ONE = ["", "a", "(?:a)", "(?:a|b)c", "(?:a|b)(?:c|d)", r"(a)|\1", "(?i)a|b", "a|(?x: b )", "(?(a)b|c)", "[a|b]", r"\|"]


@pytest.mark.parametrize("pattern", ONE)
def test_anything_else_is_one_piece(pattern: str) -> None:
    assert alternatives(pattern) is None
