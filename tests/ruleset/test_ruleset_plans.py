"""Plans: where a pattern's matches can begin. A head that is missing would silence a rule, so plans are tested against the matcher."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from edlint.checks.base import Term
from edlint.checks.dialect import translate
from edlint.model.document import Block, Document
from edlint.model.source import Source
from edlint.ruleset.heads import Head
from edlint.ruleset.literals import DIGIT, fold, plain
from edlint.ruleset.matcher import Matcher, Search
from edlint.ruleset.plans import Gates, plan
from edlint.ruleset.search import beginnings, matches
from edlint.ruleset.views import Views
from edlint.text.sourcemap import SourceMap


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        (r"(?m:\b(?:very|quite a)\b)", {Head("very", True, True), Head("quite a", True, True)}),
        (r"(?m:(?:colou?r\w*))", {Head("color", False, False), Head("colour", False, False)}),
        (r"\b(am|is)\b\s*\w+ed", {Head("am", True, True), Head("is", True, True)}),
        (r"I(?=\s)", {Head("i ", False, False)}),
    ],
)
def test_the_heads_of_a_pattern(pattern: str, heads: set[Head]) -> None:
    assert set(plan(pattern).heads) == heads


def test_alternatives_are_looked_for_each_in_its_way() -> None:
    made = plan(r"(?m:\b(?:plain|\w+ish kind|[A-Z]{3})\b)")
    assert [head.text for head in made.heads] == ["plain"]
    assert [literals for _, literals in made.gated] == [("ish kind",)]
    assert "[A-Z]{3}" in made.free


@pytest.mark.parametrize("pattern", [r"a*", r"x?", r"(?:^|$)"])
def test_what_depends_on_more_is_searched_whole(pattern: str) -> None:
    made = plan(pattern)
    assert not made.heads and made.free


ATOMS = st.sampled_from(["a", "B", "kelp", "é", "’", "'", " ", "7", "-", r"\.", r"\w", r"\d", "[ab]", "[^a]", r"\b", r"\s", "^", "$"])
PIECES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda p: "(?:" + "|".join(p) + ")"),
        inner.map(lambda p: f"(?:{p})?"),
        inner.map(lambda p: f"(?:{p})+"),
        inner.map(lambda p: f"(?={p})"),
        inner.map(lambda p: f"(?<={p})"),
    ),
    max_leaves=8,
)
TEXTS = st.text(st.sampled_from("aAbBkKéÉ’'‘ \u00a07kelp-.\n0_"), max_size=40)


@given(st.lists(PIECES, min_size=1, max_size=4), st.booleans(), TEXTS, st.booleans())
def test_a_search_by_plan_finds_what_a_plain_search_finds(tokens: list[str], nonword: bool, text: str, ignorecase: bool) -> None:
    joined = "|".join(tokens)
    pattern = translate(f"(?m)(?:{joined})" if nonword else rf"(?m)\b(?:{joined})\b")
    flags = regex.VERSION0 | (regex.IGNORECASE if ignorecase else 0)
    whole = regex.compile(pattern, flags)
    made = plan(pattern)
    if not made.heads and not made.gated:
        return
    folded = fold(plain(text))
    heads = {head.text: Head(head.text, False, False) if sum(h.text == head.text for h in made.heads) > 1 else head for head in made.heads}
    document = Document(Source("a.txt", text), "plain", (Block("paragraph", text, SourceMap.verbatim(0)),))
    matcher = Matcher([Term(pattern, literal=False, ignorecase=ignorecase)], Gates(), planned=True)
    search = Search(heads, frozenset(heads), made.gated, made.free)
    begins = beginnings(search, Views(document, matcher))
    parts = [part for part, of in made.gated if any((x == DIGIT and any(map(str.isdigit, folded))) or x in folded for x in of)]
    searchers = [regex.compile(p, flags) for p in (*parts, *([made.free] if made.free else []))]
    found = [m.span() for m in matches(whole, text, begins, searchers)]
    assert found == [m.span() for m in whole.finditer(text)]


def test_a_long_list_of_words_is_planned_whatever_the_rule() -> None:
    words = "|".join(f"word{number}s?" for number in range(70))
    listed = Term(rf"\b(?:{words})\b", literal=False)
    gates = Gates()
    assert gates.listed(listed)
    again = Gates(gates.known, gates.packed())
    assert again.listed(listed)
    assert "word7" in (again.of(listed) or ())


@pytest.mark.parametrize("pattern", [r"\b(?:a|b)\b", "|".join([r"\w+"] * 70)])
def test_other_patterns_are_not(pattern: str) -> None:
    gates = Gates()
    gates.of(Term(pattern, literal=False))
    assert not gates.listed(Term(pattern, literal=False))
    assert not gates.packed()
