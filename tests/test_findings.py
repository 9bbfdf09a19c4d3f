"""What names a finding: its rule, its words, and those around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.findings import REACH, digest, folded, make_findings
from edlint.formats import read
from edlint.model.finding import Finding, Level
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.text.span import Span


def named(text: str, *spans: tuple[int, int], kind: str = "markdown", rule: str = "A.b") -> tuple[Finding, ...]:
    document = read(Source("a", text), kind)
    return make_findings(document, [Match(Span(*span), text[slice(*span)]).of(Rule(rule, "existence", "m")) for span in spans])[0]


def near(text: str, words: str, kind: str = "markdown") -> str:
    at = text.index(words)
    return named(text, (at, at + len(words)), kind=kind)[0].near


@pytest.mark.parametrize(
    ("text", "near_it"),
    [
        ("One two X three.", "one two … three"),
        ("Go. One two X three. Stop.", "one two … three"),
        ("X three.", "… three"),
        ("One X", "one …"),
        ("X", ""),
        ("# One X\n\nTwo.", "one …"),
        ("One\ntwo X\nthree.", "one two … three"),
        ("> One\n> two X\n> three.", "one two … three"),
        ("One **two** X [three](http://a.b/c).", "one two … three http a b c"),
        ("a b c d e f g h i j k l X m n o p q r s t u v w x.", "c d e f g h i j k l … m n o p q r s t u v"),
    ],
)
def test_the_neighbourhood_is_that_of_the_sentence(text: str, near_it: str) -> None:
    assert near(text, "X") == near_it


def test_a_finding_over_several_sentences_has_the_ends_of_the_first_and_the_last() -> None:
    assert near("One X. Two. Three X four.", "X. Two. Three X") == "one … four"
    assert near("One X.\n\nTwo.\n\nThree X four.", "X.\n\nTwo.\n\nThree X") == "one …"


def test_a_long_line_is_not_read_whole() -> None:
    text = "word " * 200_000
    assert len(named(text, *((n, n + 4) for n in range(0, 1_000_000, 500)))[9].near.split()) == 2 * REACH + 1


def test_equal_findings_have_different_fingerprints() -> None:
    found = named("One X X. One X X.", (4, 5), (6, 7), (13, 14), (15, 16))
    assert len({f.fingerprint for f in found}) == 4
    assert found[0].near == found[2].near


@given(st.lists(st.sampled_from(["It rained.", "Snow fell here.", "Nobody came."]), max_size=4), st.sampled_from(["\n\n", "\n", " "]))
def test_what_stands_around_the_sentence_does_not_count(others: list[str], join: str) -> None:
    text = join.join([*others, "We will leverage the fund."])
    at = text.index("leverage")
    found = named(text, (at, at + 8))[0]
    assert found.near == "we will … the fund"
    assert found.fingerprint == digest("A.b\0leverage\0we will … the fund\x001")


@pytest.mark.parametrize(("text", "wanted"), [("Don’t  “Go”\n", 'don\'t "go"'), ("\u00a0", "\u00a0"), ("", ""), ("ÄB", "äb")])
def test_words_are_compared_without_dress(text: str, wanted: str) -> None:
    assert folded(text) == wanted


def test_what_is_silenced_stands_apart_and_changes_no_fingerprint() -> None:
    document = read(Source("a", "One X X."), "plain")
    first, second = (Match(Span(at, at + 1), "X").of(Rule("A.b", "existence", "m")) for at in (4, 6))
    (alone,), _ = make_findings(document, [second])
    (kept,), (silenced,) = make_findings(document, [first._replace(silenced="own"), second])
    assert (kept.fingerprint, silenced.finding.span, silenced.reason) == (alone.fingerprint, Span(4, 5), "own")


def test_a_finding_has_the_level_of_its_rule_or_a_lower_one_of_its_match() -> None:
    document = read(Source("a", "One X X."), "plain")
    warning, error = (Rule("A.b", "existence", "%s!", level) for level in (Level.WARNING, Level.ERROR))
    match = Match(Span(4, 5), "X", ("it",))
    levels = [made[0].level for rule in (warning, error) for made, _ in [make_findings(document, [match.of(rule)])]]
    assert levels == [Level.WARNING, Level.ERROR]
    assert [make_findings(document, [match._replace(level=level).of(warning)])[0][0].level for level in Level] == [1, 2, 2]
    assert make_findings(document, [match.of(warning)])[0][0].message == "it!"
