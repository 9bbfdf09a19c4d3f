"""Whole lines that may go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.text.span import LineIndex, Span, whole_lines


def left(text: str, words: str) -> str | None:
    at = text.index(words)
    span = whole_lines(text, LineIndex(text), Span(at, at + len(words)))
    return None if span is None else text[: span.start] + text[span.end :]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("x", ""),
        ("x\n", ""),
        ("\nx\n", ""),
        ("a\nx\nb", "a\nb"),
        ("a\n\nx\n\nb", "a\n\nb"),
        ("a\n\nx\nb", "a\n\nb"),
        ("a\nx\n\nb", "a\n\nb"),
        ("x\n\nb", "b"),
        ("a\n\nx", "a\n"),
        ("a\n\nx\n", "a\n"),
        ("a\n\n\nx\n\nb", "a\n\n\nb"),
        ("a\r\n\r\n  x \r\n\r\nb", "a\r\n\r\nb"),
        ("a\n\u00a0\nx\n \nb", "a\n\u00a0\nb"),
        ("a\n\nx\ny\n\nb", "a\n\ny\n\nb"),
        ("a x\nb", None),
        ("x b\nb", None),
        ("x\n===\nb", None),
        ("x\n ---\nb", None),
    ],
)
def test_what_is_left(text: str, after: str | None) -> None:
    assert left(text, "x") == after


@given(st.lists(st.sampled_from(["a", "", "b c"]), max_size=5), st.lists(st.sampled_from(["a", "", "b c"]), max_size=5))
def test_no_more_than_one_blank_line_goes_and_no_new_double_blank_comes(before: list[str], after: list[str]) -> None:
    text = "\n".join([*before, "x", *after])
    rest = left(text, "x")
    assert rest is not None
    assert [line for line in rest.split("\n") if line] == [line for line in (*before, *after) if line]
    assert text.count("\n") - rest.count("\n") <= 2
    assert "\n\n\n" in text or "\n\n\n" not in rest
