"""A short text is read with the needles that it may hold, a long one with all: what is found is the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.checks.base import Term
from edlint.ruleset import matcher
from edlint.ruleset.matcher import Matcher
from edlint.ruleset.plans import Gates

WORDS = ["in", "said", "saidit", "critics", "critics say", "many critics say", "ümlaut", "it is widely known"]


def made() -> Matcher:
    return Matcher([Term(word, literal=True) for word in WORDS], Gates(), planned=False)


@settings(deadline=None)  # the first text loads the package
@given(st.lists(st.sampled_from([*WORDS, " ", "x", "ics", ". "])).map("".join))
def test_the_likely_needles_are_all_that_stand_in_a_text(text: str) -> None:
    whole = made()
    whole.occurrences("x" * matcher.LITTLE)
    found = made().occurrences(text)
    assert found == whole.occurrences(text)
    assert set(found) == {word for word in WORDS if word in text}


def test_without_the_package_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Many critics say it is widely known, said critics.".lower()
    with_package = made().occurrences(text)
    monkeypatch.setattr(matcher, "_automaton", lambda needles: None)
    assert made().occurrences(text) == with_package


@settings(deadline=None)
@given(st.lists(st.sampled_from([*WORDS, " ", "x"])).map("".join), st.integers(1, 9))
def test_a_long_text_is_read_in_portions(text: str, portion: int) -> None:
    whole = made().occurrences(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matcher, "PORTION", portion)
        assert made().occurrences(text) == whole
