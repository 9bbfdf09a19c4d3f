"""Texts searched as lines of one give what they give one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.regexes import budget
from edlint.regexes.programs import compiled
from edlint.ruleset.search import PORTION, Range, in_lines, keeps_to_lines, one_by_one

KEEPS = [
    r"\b(?:some|many) (?:of the )?(?:\w+ ){0,3}?say\b",
    r"(?<!\bthe )(?<=\w )(?:critics|experts)\b(?! say)",
    r"[$£€]\d[\d,.]*(?: ?(?:million|m)\b)?",
    r".{0,9}say\b",
    r"\S+(?=,)",
    r"x*",
    r"\bsay\b|",
]
CROSSES = [
    r"^The",
    r"say$",
    r"[^,]+",
    r"\s+",
    r"\W",
    r"a\nb",
    "a\nb",
    r"\[$",
    r"(?s).",
    r"(\w) \1",
    r"say\Z",
    r"(?<a>x)",
    r"[[:space:]]",
    r"\Bx",
]


@pytest.mark.parametrize("pattern", KEEPS)
def test_a_pattern_that_keeps_to_lines(pattern: str) -> None:
    assert keeps_to_lines(pattern)


@pytest.mark.parametrize("pattern", CROSSES)
def test_a_pattern_that_may_tell_where_a_text_ends(pattern: str) -> None:
    assert not keeps_to_lines(pattern)


@settings(deadline=None)  # the first text loads a package
@given(st.sampled_from(KEEPS), st.lists(st.lists(st.sampled_from(["some", "the", "critics", "say", ",", "$5", " ", "x"])).map("".join)))
def test_lines_of_one_text_give_what_each_gives(pattern: str, texts: list[str]) -> None:
    numbers = range(0, len(texts), 2)
    alone = list(one_by_one(compiled(pattern), texts, numbers))
    assert list(in_lines(compiled(pattern), texts, numbers)) == alone


def test_many_texts_are_searched_in_portions() -> None:
    texts = ["they say", ""] * PORTION
    found = list(in_lines(compiled("say"), texts, range(len(texts))))
    assert found == [(number, 5, 8) for number in range(0, 2 * PORTION, 2)]


@pytest.mark.parametrize("search", [one_by_one, in_lines])
def test_time_runs_out(search: Callable[..., Iterator[Range]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "ALLOWED", 1e-9)
    with budget.budget(0), pytest.raises(TimeoutError):
        list(search(compiled("say"), ["they say"], [0]))
