"""Prefilters: what a term cannot occur without. One that is wrong would silence a rule, so they are tested against the searches."""

from __future__ import annotations

import marshal

import pytest
import regex
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support import blocks, no_remarks, rule, ruleset

from edlint.matching.occurrences import Literals, Occurrences
from edlint.matching.prefilter import Prefilter, Term, keep, prefilter, restore
from edlint.matching.text import Text, fold, plain


def of(pattern: str) -> Prefilter:
    return prefilter(Term(pattern, literal=False))


@pytest.mark.parametrize(
    ("pattern", "literals", "begins"),
    [
        (r"\bwon['’]t believe", {"\bwon't believe"}, True),
        (r"(?:this|here) is (?:why|how)\b", {f"{a} is {b}\b" for a in ("this", "here") for b in ("why", "how")}, True),
        (r"[Tt]he best.*ever", {"the best"}, True),
        (r"(?m:\b(?:very|quite a)\b)", {"\bvery\b", "\bquite a\b"}, True),
        (r"colou?r", {"colour", "color"}, True),
        (r"x+yes", {"yes"}, False),
        (r"\b[0-9]{2},", {"\b0"}, True),
        (r"\d+ ?[a-z]", {"0"}, False),
        (r"foo|ba[rz]", {"foo", "bar", "baz"}, True),
        (r"(?<=un)sourced", {"sourced"}, True),
        (r"\w+ish kind (?:of|\w+)", {"ish kind\b"}, False),
        (r"\b(?:is|was) \w+ly accused\b", {"ly accused\b"}, False),
    ],
)
def test_the_literals_of_a_pattern(pattern: str, literals: set[str], begins: bool) -> None:
    assert (set(of(pattern).literals), of(pattern).begins) == (literals, begins)


def test_literals_of_another_part_must_occur_too() -> None:
    assert of(r"\b(?:accused|blamed) by (?:\w+ )?(?:critics|experts)\b").also == {"critics\b", "experts\b"}
    found = of(r"\b(?:critics|experts (?:\w+ )?agree)\b")
    assert found.also == {"\bcritics\b", "agree\b"} and found.among({"\bcritics\b"})
    assert found.among({"\bexperts\b", "agree\b"}) and not found.among({"\bexperts\b"})


def test_of_literals_the_rarer_are_taken() -> None:
    assert of(r"\b(?:is|are|was|were) (?:\w+ )?slammed\b").literals == {"slammed\b"}
    assert of(r"\bcritics (?:\w+ )?(?:is|are)\b").literals == {"\bcritics\b"}


NOTHING = [r"\w+", r"a?", r"(?:abc)?", r"foo|\w", r"[a-z]+", r"\p{L}", "(?fi)strasse", "(", "", "the", ", ", "foo|x*"]


@pytest.mark.parametrize("pattern", NOTHING)
def test_no_literals_where_none_is_certain_or_worth_it(pattern: str) -> None:
    assert not of(pattern).literals


def test_a_list_of_words_has_them_all() -> None:
    listed = of("|".join(f"word{number}s?" for number in range(70)))
    assert listed.begins and {"word7", "word7s"} <= listed.literals and len(listed.literals) == 140


def test_what_is_kept_is_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = [Term(pattern, literal=False) for pattern in (r"\bcritics say\b", r"[^,]+, said", r"\w")]
    kept = marshal.loads(marshal.dumps(keep(terms)))
    expected = list(map(prefilter, terms))
    monkeypatch.setattr("edlint.matching.prefilter._known", {})
    restore(kept)
    monkeypatch.setattr("edlint.matching.prefilter._of_pattern", None)
    assert list(map(prefilter, terms)) == expected


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
def test_a_pattern_matches_only_where_its_literals_stand(pattern: str, texts: list[str], ignorecase: bool) -> None:
    known = of(pattern)
    document = blocks(*texts)
    text = Text(document)
    occurrences = Occurrences(Literals([Term(pattern, literal=False)]), text)
    for found in regex.finditer(pattern, text.joined, regex.VERSION0 | (regex.IGNORECASE if ignorecase else 0)):
        start, end = found.span()
        inside = set(occurrences.within(start - 3, end + 3))  # a look behind or ahead may hold the literal
        assert known.among(inside)
        assert not known.begins or not known.literals.isdisjoint(occurrences.within(start, start + 1))


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
def test_findings_are_equal_with_and_without_prefilters(texts: list[str], unit: str) -> None:
    document = blocks(*texts)
    made = rule(YAML.format(unit=unit))
    token = rule("extends: existence\nmessage: m\nignorecase: true\ntokens: ['kelp', 's[aeiou]', '7']\n", "Test.Token")
    filtered = ruleset(made, token).run(document, no_remarks).matches
    assert filtered == ruleset(made, token, prefiltered=False).run(document, no_remarks).matches


def test_alternatives_without_literals_are_searched_for_alone_where_those_of_the_others_are_missing() -> None:
    known = of(r"(?m:\b(?:zebras?|\w+|quaggas? \w+)\b)")
    assert known.partly == {"zebra", "zebras", "quagga\b", "quaggas\b"} and known.rest == r"(?m:\b(?:\w+)\b)"
    assert not known.literals and known.among(())
    assert not of(r"\b(?:zebras?|quaggas?)\b").rest and not of(r"\w+|a").rest


@pytest.mark.parametrize("pattern", [r"(?:(zebra)|(\w)\2)", r"(?:zebra|(?i)\w)", r"(?x: zebra | \w )", r"(?P<z>zebra)|(?P=z)\w"])
def test_alternatives_that_depend_on_one_another_stay_together(pattern: str) -> None:
    assert not of(pattern).rest


TOKENS = st.lists(st.one_of(PIECES, st.sampled_from(["kelp", "7k", r"\w+K", r"[(|]a", r"\|s"])), min_size=2, max_size=5)


@given(TOKENS, st.booleans(), st.lists(TEXTS, min_size=1, max_size=4))
def test_what_is_left_of_a_pattern_finds_what_the_whole_would(tokens: list[str], nonword: bool, texts: list[str]) -> None:
    options = {"extends": "existence", "message": "m", "tokens": ["kelp k", *tokens], "nonword": nonword, "ignorecase": True}
    made = rule(yaml.safe_dump(options, allow_unicode=True))
    document = blocks(*texts)
    assert ruleset(made).run(document, no_remarks) == ruleset(made, prefiltered=False).run(document, no_remarks)
