"""Guards: a pattern that begins with a repeated class is not tried inside a run of that class, and finds the same."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from edlint.regexes.leading import guarded as guarded_by
from edlint.regexes.syntax import parse


def guarded(pattern: str) -> str:
    return guarded_by(pattern, parse(pattern))


@pytest.mark.parametrize("pattern", [r"[^,]+, and", r"(?m:(?:[ \w]+\[x\]))", r"(?:([^\s,.]*|\S),)", r"(?:[^x]+x){2,}y", r".*z"])
def test_what_runs_over_blanks_gets_a_guard(pattern: str) -> None:
    assert (guarded(pattern) != pattern) is (pattern[:5] != r"(?:([")


STAYING = [r"\w+ise", r"\d+ x", r"a+b", r"(?:[^,]+,)?x", r"\b[^,]+,", r"[^,]{1,5}x", r"(?i:[^a]+b)", r"x[^,]+"]


@pytest.mark.parametrize("pattern", STAYING)
def test_other_patterns_stay(pattern: str) -> None:
    assert guarded(pattern) == pattern


CLASSES = st.sampled_from([r"[^a]", r"[ab ]", r"\S", r"[^\s,]", ".", r"[\w ]", r"\W"])
RESTS = st.sampled_from(["a", ",", " b", "b|a", r"\b", "(?=a)", "$", "", "c?a", r"\w{2}"])
REPEATS = st.sampled_from(["+", "*", "+?", "*?"])
FRAMES = st.sampled_from(["{}", "({})", "(?m:(?:{}))", "(?:{},)+", r"(?m:\b(?:{})\b)", r"(?m:\b(?:(?:{},)+a)\b)"])


@given(CLASSES, REPEATS, RESTS, FRAMES, st.text("ab, c\n", max_size=30))
def test_a_guard_changes_no_match(kind: str, repeat: str, rest: str, frame: str, text: str) -> None:
    pattern = frame.format(f"{kind}{repeat}(?:{rest})")
    whole, searcher = regex.compile(pattern, regex.VERSION0), regex.compile(guarded(pattern), regex.VERSION0)
    expected = [m.span() for m in whole.finditer(text) if m.start() < m.end()]
    if any(m.start() == m.end() for m in whole.finditer(text)):
        return  # what may be empty gets no guard
    assert [m.span() for m in searcher.finditer(text)] == expected


def test_a_long_line_is_read_once() -> None:
    text = "word " * 40_000
    assert list(regex.finditer(guarded(r"[ \w]+\[x\]"), text, timeout=2)) == []
