"""Gates: what a pattern cannot match without. A gate that is wrong would silence a rule, so it is tested against the matcher itself."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from support import blocks, no_remarks, rule, ruleset

from edlint.ruleset.literals import DIGIT, fold, gate, plain


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"\bwon['’]t believe", {"won't believe"}),
        (r"(?:this|here) is (?:why|how)\b", {"this is why", "this is how", "here is why", "here is how"}),
        (r"[Tt]he best.*ever", {"the best"}),
        (r"colou?r", {"colour", "color"}),
        (r"x+yes", {"yes"}),
        (r"[0-9]{2},", {DIGIT}),
        (r"\d+", {DIGIT}),
        (r"foo|ba[rz]", {"foo", "bar", "baz"}),
        (r"(?<=un)sourced", {"sourced"}),
    ],
)
def test_the_gate_of_a_pattern(pattern: str, literals: set[str]) -> None:
    assert gate(pattern) == frozenset(literals)


@pytest.mark.parametrize("pattern", [r"\w+", r"a?", r"(?:abc)?", r"foo|\w", r"[a-z]+", r"\p{L}", "(?fi)strasse", "(", ""])
def test_no_gate_where_none_is_certain(pattern: str) -> None:
    assert gate(pattern) is None


ATOMS = st.sampled_from(["a", "B", "kelp", "ſ", "K", "İ", "é", "’", "'", " ", "7", "-", ".", "\\w", "\\d", "[ab]", "[^a]", "\\b", "\\s"])
PIECES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda p: "(?:" + "|".join(p) + ")"),
        inner.map(lambda p: f"(?:{p})?"),
        inner.map(lambda p: f"(?:{p})+"),
        inner.map(lambda p: f"(?={p})"),
    ),
    max_leaves=8,
)
TEXTS = st.text(st.sampled_from("aAbBkKKſsSİiéÉ’'‘ \u00a07kelp-.\n0"), max_size=30)


@given(PIECES, st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_a_pattern_matches_only_where_its_gate_stands(pattern: str, texts: list[str], ignorecase: bool) -> None:
    literals = gate(pattern)
    flags = regex.VERSION0 | (regex.IGNORECASE if ignorecase else 0)
    for text in texts:
        if literals is not None and regex.search(pattern, text, flags):
            folded = fold(plain(text))
            assert any(any(c.isdigit() for c in folded) if literal == DIGIT else literal in folded for literal in literals)


@given(st.text(max_size=60))
def test_the_plain_and_folded_views_keep_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(fold(plain(text))) == len(text)


YAML = """
extends: score
message: m
threshold: 1
unit: {unit}
cues:
  - {{any: [kelp, "a 7", "k's", "é-é", "+1", "b."]}}
  - {{pattern: ['(?:kelp|7)\\b.', '[0-9]+ a', 'is+', '\\w+k$']}}
"""


@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from(["block", "line", "sentence"]))
def test_findings_are_equal_with_and_without_gates(texts: list[str], unit: str) -> None:
    document = blocks(*texts)
    made = rule(YAML.format(unit=unit))
    token = rule("extends: existence\nmessage: m\nignorecase: true\ntokens: ['kelp', 's[aeiou]', '7']\n", "Test.Token")
    gated = ruleset(made, token).run(document, no_remarks).matches
    assert gated == ruleset(made, token, gated=False).run(document, no_remarks).matches
