"""`sequence`: words in a row by text and part of speech; where they stand, what stays silent, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from components import shared
from hypothesis import given
from hypothesis import strategies as st
from support import blocks, findings, found, rule, ruleset, told

from edlint.errors import RuleError
from edlint.model.source import Source
from edlint.ruleset.load import read_rule
from edlint.vale.reading import read_vale
from edlint.vale.settings import Reading

INSTEAD = """
extends: sequence
message: "'%[4]s' after '%[2]s %[3]s'"
tokens:
  - tag: MD
  - pattern: ^be$
  - tag: JJ
  - tag: VB
"""
BEST = """
extends: sequence
message: "%s"
tokens:
  - tag: JJS
    skip: 2
  - pattern: of
  - pattern: all
  - pattern: times
"""
DATA = """
extends: sequence
message: "data ... %[2]s"
ignorecase: true
tokens:
  - pattern: '\\b(?:meta)?data\\b'
  - tag: VBZ
    skip: 3
"""


def test_words_and_tags_make_a_match_and_its_words_fill_the_message() -> None:
    draft = "It would be great write a story."
    assert found(draft, INSTEAD) == ["would be great write"]
    assert findings(draft, INSTEAD)[0].message == "'write' after 'be great'"


@pytest.mark.parametrize("draft", ["It would be great to write.", "It would be great.", "Write to the great bee.", "would be", ""])
def test_a_sequence_broken_off_is_no_match(draft: str) -> None:
    assert found(draft, INSTEAD) == []


def test_words_may_be_skipped_on_either_side_of_the_anchor() -> None:
    assert found("She is the greatest chess player of all times, the best of all times.", BEST) == [
        "greatest chess player of all times",
        "best of all times",
    ]
    assert found("The greatest and very luckiest old chess player here of all times.", BEST) == []
    assert found("Metadata for this is here. The data is in, metadata for this one other purpose is not.", DATA) == [
        "Metadata for this is",
        "data is",
    ]


def test_a_token_may_stand_for_nothing_but_a_gap() -> None:
    yaml = "extends: sequence\nmessage: m\ntokens: [{pattern: ^so$}, {skip: 1}, {pattern: ^far$}]\n"
    assert found("We came so far, so very far, so very very far.", yaml) == ["so far", "so very far"]


def test_patterns_and_tags_are_searched_not_matched() -> None:
    yaml = "extends: sequence\nmessage: m\ntokens: [{pattern: house, tag: NN}]\n"
    assert found("The houses and the lighthouse.", yaml) == ["houses", "lighthouse"]
    assert found("The houses and the lighthouse.", yaml.replace("NN", "NN$").replace("house,", "^house,")) == []
    assert found("The house and the houses.", yaml.replace("house,", "^house$,")) == ["house"]


def test_negated_tokens_fit_what_they_do_not_find() -> None:
    yaml = "extends: sequence\nmessage: m\ntokens: [{pattern: '^(?:the|a)$', negate: true}, {pattern: ^meeting$, tag: NN}]\n"
    assert found("We left the meeting. We had that meeting. Meeting again?", yaml) == ["that meeting"]


def test_case_counts_unless_told() -> None:
    assert found("Data is here.", DATA.replace("ignorecase: true\n", "")) == []
    assert found("Data is here.", DATA) == ["Data is"]


def test_contractions_are_two_words_and_curly_quotes_are_straight() -> None:
    yaml = "extends: sequence\nmessage: '%[1]s+%[2]s'\ntokens: [{tag: NN}, {pattern: \"'s\"}, {pattern: are}]\n"
    for mark in "'’":
        (finding,) = findings(f"The endpoint{mark}s are here.", yaml)
        assert finding.match == f"endpoint{mark}s are"
        assert finding.message == "endpoint+'s"


def test_a_sequence_stays_inside_its_sentence() -> None:
    assert found("Here are the data. Is it late?", DATA) == []


def test_positions_hold_across_line_breaks_and_blocks() -> None:
    document = blocks("Nothing here.", "We know the data\nis late, and data is data.")
    assert [(f.span.start, f.match) for f in findings(document, DATA)] == [(27, "data\nis"), (45, "data is")]


def test_a_sentence_without_end_is_left_alone() -> None:
    assert found("word, " * 2_000 + "data is", DATA) == []


def test_only_sentences_with_the_anchor_are_tagged() -> None:
    document = blocks("The house is old. The data is new. It is late.")
    findings(document, DATA, DATA.replace("VBZ", "JJ"))
    assert len(document._tagged) == 1


@given(st.lists(st.sampled_from(["the", "data", "is", "was", "Data", "\n", "é", "😀", ".", ",", "n't", "“", "metadata"]), max_size=25))
def test_matches_are_where_they_say(words: list[str]) -> None:
    draft = " ".join(words)
    gated, plain = (told(ruleset(rule(DATA), prefiltered=gated), blocks(draft)) for gated in (True, False))
    assert gated == plain
    for finding in gated:
        assert draft[finding.span.start : finding.span.end] == finding.match
        assert finding.match.lower().startswith(("data", "metadata"))


@pytest.mark.parametrize(
    ("tokens", "line", "message"),
    [
        ("[]", 3, "tokens: a sequence rule needs a token with a `pattern`"),
        ("\n- tag: NN", 3, "tokens: a sequence rule needs a token with a `pattern`"),
        ("\n- pattern: a\n  negate: true", 3, "tokens: a sequence rule needs a token with a `pattern`"),
        ("\n- a", 4, "tokens.0: a token is a mapping"),
        ("\n- pattern: a\n- tags: NN", 5, "tokens.1.tags: unknown key 'tags' in a token (did you mean 'tag'?)"),
        ("\n- pattern: a\n- {}", 5, "tokens.1: a token needs a `pattern`, a `tag`, or both"),
        ("\n- pattern: a\n  skip: some", 5, "tokens.0.skip: a whole number from 0 to 100 is wanted, not 'some'"),
        ("\n- pattern: a\n  skip: -1", 5, "tokens.0.skip: a whole number from 0 to 100 is wanted, not -1"),
        ("\n- pattern: a\n  negate: perhaps", 5, "tokens.0.negate: true or false is wanted, not 'perhaps'"),
        ("\n- pattern: a\n- tag: NN\n  pattern: (b", 6, "tokens.1.pattern: the pattern does not compile"),
        ("\n- pattern: a\n  tag: '[N'", 5, "tokens.0.tag: a pattern does not compile"),
        ("\n- pattern: [a]", 4, "tokens.0.pattern: a text is wanted, not ['a']"),
    ],
)
def test_mistakes_are_named(tokens: str, line: int, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        rule(f"extends: sequence\nmessage: m\ntokens: {tokens}\n")
    assert message in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.line == line


def reported(folder: Path, draft: Path) -> set[tuple[int, int, str, str]]:
    """(line, column, rule, message) of every finding of a style's sequence rules in a Markdown or plain-text draft."""
    rules = [read_rule(path) for path in sorted(folder.glob("*.yml")) if "extends: sequence" in path.read_text(encoding="utf-8")]
    source = Source(draft.name, draft.read_text(encoding="utf-8"))
    document = read_vale(source, "markdown" if draft.suffix == ".md" else "plain", Reading(), frozenset({"sentence"}))
    made = [(document.source.lines.position(f.span.start), f) for f in findings(document, *rules)]
    return {(at.line, at.column, f.rule, f.message) for at, f in made}


def test_the_reference_implementations_own_fixture_is_read_alike() -> None:
    cases = json.loads(shared("vale/cases.json").read_text(encoding="utf-8"))
    (case,) = [c for c in cases if c["scenario"] == "Sequence"]
    wanted = {(e["line"], e["column"], e["check"], e["message"]) for e in case["expected"]}
    assert reported(shared("vale/testdata/styles/LanguageTool"), shared(f"vale/{case['file']}")) == wanted


def test_published_rules_say_the_same_on_published_texts() -> None:
    results = json.loads(shared("vale/styles-expected.json").read_text(encoding="utf-8"))["Splunk"]["results"]
    folder = shared("vale/styles/Splunk")
    sequences = {f"Splunk.{path.stem}" for path in folder.glob("*.yml") if "extends: sequence" in path.read_text(encoding="utf-8")}
    assert results and sequences
    for text, rows in results.items():
        wanted = {(row["line"], row["check"]) for row in rows if row["check"] in sequences}
        assert {(line, name) for line, _, name, _ in reported(folder, shared(f"vale/{text}"))} == wanted, text
