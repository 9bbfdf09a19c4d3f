import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.text.span import LineIndex, Position, Span

TEXT = st.text(alphabet="a\n\r\t\x0b\x0c\x85\u2028\u2029\xa0é\u0301😀", max_size=40)


def test_span() -> None:
    assert Span(1, 5).covers(Span(1, 5)) and Span(1, 5).covers(Span(2, 2)) and not Span(1, 5).covers(Span(4, 6))
    assert Span(1, 3).overlaps(Span(2, 9)) and not Span(1, 3).overlaps(Span(3, 4)) and not Span(3, 4).overlaps(Span(1, 3))


@given(TEXT)
def test_lines_are_those_of_the_three_line_ends(text: str) -> None:
    lines = LineIndex(text)
    expected = re.split("\r\n|\n|\r", text)
    assert len(lines) == len(expected)
    assert [text[slice(*lines.line_span(n))] for n in range(1, len(lines) + 1)] == expected


@given(TEXT)
def test_positions_rise_and_lead_back(text: str) -> None:
    lines = LineIndex(text)
    positions = [lines.position(offset) for offset in range(len(text) + 1)]
    assert positions == sorted(set(positions))
    assert positions[0] == Position(1, 1)
    assert [lines.line_span(line).start + column - 1 for line, column in positions] == list(range(len(text) + 1))


@given(TEXT, st.data())
def test_last_line_is_that_of_the_last_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = LineIndex(text)
    assert lines.last_line(Span(start, end)) == lines.position(end - 1 if end > start else start).line


def test_outside() -> None:
    lines = LineIndex("a\n")
    assert len(lines) == 2 and lines.position(2) == (2, 1) and lines.line_span(2) == (2, 2)
    for offset in (-1, 3):
        with pytest.raises(ValueError, match="outside the text"):
            lines.position(offset)
    for line in (0, 3):
        with pytest.raises(IndexError, match="no line"):
            lines.line_span(line)


def test_empty() -> None:
    assert len(LineIndex("")) == 1 and LineIndex("").position(0) == (1, 1) and LineIndex("").line_span(1) == (0, 0)
