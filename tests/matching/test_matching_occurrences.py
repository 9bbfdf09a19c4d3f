"""A short text is read with the literals that it may hold, a long one with all, in portions: what is found is the same."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import blocks

from edlint.matching import occurrences
from edlint.matching.occurrences import Literals, Occurrences
from edlint.matching.prefilter import Term, prefilter
from edlint.matching.text import Text

WORDS = ["in", "said", "saidit", "critics", "critics say", "many critics say", "ümlaut", "it is widely known"]


PATTERNS = [r"\d+ said", "(?:many|most) critics", "saids?", r"\d%", "umlaut"]
TERMS = [*(Term(word, literal=True) for word in WORDS), *(Term(pattern, literal=False) for pattern in PATTERNS)]
TEXTS = st.lists(st.sampled_from([*WORDS, " ", "x", "ics", ". ", "7", "most", "%", "\u00b2"])).map("".join)


def found(text: str, *, read: int = 0) -> list[tuple[int, str]]:
    """What stands where in a text that is read after so many characters."""
    literals = Literals(TERMS)
    literals._read = read
    return list(literals.occurrences(Text(blocks(text))))


@settings(deadline=None)  # the first text loads the package
@given(TEXTS)
def test_each_literal_is_found_where_it_stands(text: str) -> None:
    everything = found(text, read=occurrences.LITTLE)
    assert everything == found(text) == sorted(everything)
    for word in WORDS:
        (literal,) = prefilter(Term(word, literal=True)).literals
        starts = [at for at in range(len(text)) if text.startswith(word, at)]
        edges = [(text[at - 1 : at], text[at + len(word) : at + len(word) + 1]) for at in starts]
        whole = [at for at, (a, b) in zip(starts, edges, strict=True) if not any(c.isalpha() or c.isdecimal() or c == "_" for c in (a, b))]
        assert [at for at, each in everything if each == literal] == whole


def test_without_the_package_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Many critics say it is widely known, said critics. 71% 5"
    with_package = found(text)
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert found(text) == with_package


@settings(deadline=None)
@given(TEXTS, st.integers(1, 9))
def test_a_long_text_is_read_in_portions(text: str, portion: int) -> None:
    whole = found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "PORTION", portion)
        assert found(text) == whole


def test_a_number_is_found_where_it_begins() -> None:
    assert [at for at, literal in found("x12 345%") if literal == "0"] == [1, 4]


def test_where_some_literals_stand() -> None:
    made = Occurrences(Literals(TERMS), Text(blocks("Critics said", "in it said")))
    said = prefilter(Term("said", literal=True)).literals
    assert list(made.of(said)) == [8, 19] == made.places(said, 0, 99)
    assert made.places(said, 9, 19) == [] and made.within(13, 15) == {"\bin\b"}
