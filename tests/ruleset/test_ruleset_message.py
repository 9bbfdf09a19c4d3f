from __future__ import annotations

import pytest

from edlint.ruleset.message import fill


@pytest.mark.parametrize(
    ("message", "values", "said"),
    [
        ("Drop '%s'.", ("very",), "Drop 'very'."),
        ("'%s' for '%s'", ("a", "b"), "'a' for 'b'"),
        ("%[2]s, %[1]s", ("a", "b"), "b, a"),
        ("%v and %d", ("x", 3), "x and 3"),
        ("100%% of %s", ("it",), "100% of it"),
        ("no value", ("a",), "no value"),
        ("one more: '%s%s'", ("a",), "one more: 'a'"),
        ("two more: '%s%s%s'", ("a",), "two more: 'a%!s(MISSING)'"),
        ("%d", ("x",), "%!d(string=x)"),
        ("%s", (2,), "%!s(int=2)"),
        ("a\nb", (), "a b"),
    ],
)
def test_verbs(message: str, values: tuple[str | int, ...], said: str) -> None:
    assert fill(message, values) == said
