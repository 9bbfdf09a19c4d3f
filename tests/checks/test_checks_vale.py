"""The first of Vale's types: existence, substitution, occurrence, repetition."""

from __future__ import annotations

import pytest
from support import blocks, findings, found, rule

from edlint.errors import RuleError
from edlint.model.finding import Edit

VERY = "extends: existence\nmessage: \"Drop '%s'.\"\nignorecase: true\ntokens: [very, really (?:big|small)]\n"


def test_existence_finds_whole_words() -> None:
    assert found("Very good, every day, a really big one, very", VERY) == ["Very", "really big", "very"]


def test_existence_respects_case_unless_told() -> None:
    assert found("Very very", VERY.replace("ignorecase: true\n", "")) == ["very"]


def test_existence_says_nothing_in_a_draft_that_speaks_of_the_tokens() -> None:
    yaml = "extends: existence\nmessage: m\ntokens: [TK]\nunless: ['\"TK\"', 'TK means']\n"
    assert [f.match for f in findings("It cost TK.\n\nIt is TK long.", yaml)] == ["TK", "TK"]
    assert findings("It cost TK.\n\nEditors write “TK” here.", yaml) == []
    assert findings("TK means to come.\n\nIt cost TK.", yaml) == []
    with pytest.raises(RuleError, match=":4: a pattern does not compile"):
        findings("It cost TK.", "extends: existence\nmessage: m\ntokens: [TK]\nunless: ['(']\n")


def test_existence_exceptions_silence_the_match_that_holds_them() -> None:
    assert found("a really big thing", VERY + "exceptions: [big]\n") == []


def test_raw_goes_before_the_tokens_and_has_no_boundaries() -> None:
    yaml = "extends: existence\nmessage: m\nraw: ['pre']\ntokens: [fix]\nnonword: true\n"
    assert found("a prefixed prefix", yaml) == ["prefix", "prefix"]


def test_quotations_are_left_alone_and_counted_by_default() -> None:
    assert found('"It is very late," she said, very tired.', VERY + "why: It pads.\n") == ["very"]
    assert found('"It is very late," she said, very tired.', VERY) == ["very", "very"]  # written for Vale, which reads quotations
    assert found('"It is very late," she said, very tired.', VERY + "quotes: check\n") == ["very", "very"]
    assert found('"It is very late," she said, very tired.', VERY + "quotes: only\n") == ["very"]


def test_limit_stops_after_so_many() -> None:
    assert len(findings("very very very very", VERY + "limit: 2\n")) == 2


def test_an_action_becomes_a_fix() -> None:
    yaml = "extends: existence\nmessage: m\nnonword: true\ntokens: ['\\u200b']\naction: {name: remove}\nsafe: true\n"
    finding = findings("a\u200bb", yaml)[0]
    assert finding.fixes[0].edits == (Edit(finding.span, ""),)
    assert finding.fixes[0].safety == "safe"


def test_an_action_refers_to_no_group_that_is_not_there() -> None:
    yaml = "extends: existence\nmessage: m\ntokens: ['ab']\naction: {name: edit, params: [regex, '(a)|(x)', '$1$2$7${no}']}\n"
    assert findings("ab", yaml)[0].fixes[0].edits[0].text == "ab"


SWAP = """
extends: substitution
message: "Use '%s' instead of '%s'."
ignorecase: true
swap: {'utili[sz]e': use, 'in order to': to, 'e-?mail': email}
"""


def test_substitution_says_what_to_write() -> None:
    messages = [f.message for f in findings("Utilize it in order to win; an e-mail, an email.", SWAP)]
    assert messages == ["Use 'use' instead of 'Utilize'.", "Use 'to' instead of 'in order to'.", "Use 'email' instead of 'e-mail'."]


def test_substitution_fills_groups_in() -> None:
    yaml = "extends: substitution\nmessage: '%s|%s'\nswap: {'(\\w+)ise\\b': $1ize}\n"
    assert findings("They organise.", yaml)[0].message == "organize|organise"


def test_substitution_keeps_the_capital_when_asked() -> None:
    assert findings("Utilise it.", SWAP + "capitalize: true\n")[0].message == "Use 'Use' instead of 'Utilise'."


def test_occurrence_counts_in_each_block() -> None:
    yaml = "extends: occurrence\nmessage: '%d commas'\ntoken: ','\nmax: 2\n"
    found_ = findings(blocks("a, b, c, d", "a, b, c"), yaml)
    assert [(f.message, f.span.start) for f in found_] == [("3 commas", 1)]


def test_occurrence_of_too_few_points_at_the_start() -> None:
    yaml = "extends: occurrence\nmessage: '%d'\ntoken: x\nmin: 1\nscope: title\n"
    assert [(f.message, f.span) for f in findings(blocks(("title", "abc")), yaml)] == [("0", (0, 0))]


REPEATED = "extends: repetition\nmessage: \"'%s' twice\"\nignorecase: true\nalpha: true\ntokens: ['[^\\s]+']\n"


def test_repetition_reports_both_words_across_a_line_break() -> None:
    assert found(blocks("Look at the\nthe sky"), REPEATED) == ["the\nthe"]


def test_repetition_stays_inside_a_sentence() -> None:
    assert found(blocks("We did that. That was it. It it is."), REPEATED) == ["It it"]


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("extends: existance\nmessage: m\ntokens: [a]", "unknown check type 'existance' (did you mean 'existence'?)"),
        ("message: m\ntokens: [a]", "`extends` is missing"),
        ("extends: capitalization\nmessage: m\nmatch: '*'", "a pattern does not compile"),
        ("extends: capitalization\nmessage: m\nmatch: $title\nprefix: '('", "a pattern does not compile"),
        ("extends: existence\ntokens: [a]", "`message` is missing"),
        ("extends: existence\nmessage: m\ntoken: [a]", "unknown key 'token' (did you mean 'tokens'?)"),
        ("extends: existence\nmessage: m", "needs `tokens` or `raw`"),
        ("extends: existence\nmessage: m\ntokens: ['a', '(b']", "does not compile"),
        ("extends: existence\nmessage: m\ntokens: [a]\nlevel: fatal", "'fatal' is none of suggestion, warning, error"),
        ("extends: existence\nmessage: m\ntokens: [a]\nignorecase: 'yes'", "true or false is wanted, not 'yes'"),
        ("extends: occurrence\nmessage: m\ntoken: a", "needs `max` or `min`"),
        ("extends: occurrence\nmessage: m\ntoken: a\nmax: many", "a whole number is wanted, not 'many'"),
        ("extends: substitution\nmessage: m\nswap: {}", "at least one pair"),
        ("extends: existence\nmessage: m\ntokens: [a]\nscope: headings", "unknown scope 'headings' (did you mean 'heading'?)"),
        ("extends: existence\nmessage: m\ntokens: [a]\naction: {name: delete}", "unknown action 'delete'"),
        ("extends: existence\nmessage: m\ntokens: [a]\naction: {name: [remove]}", "a text is wanted"),
        ("extends: existence\nmessage: m\ntokens: [a]\naction: {name: convert}", "the wrong number of params"),
        ("extends: existence\nmessage: m\ntokens: [a]\naction: {name: convert, params: {a: b, c: d}}", "a list of texts is wanted"),
        ("extends: existence\nmessage: m\ntokens: [a]\naction: {name: edit, params: [split, ' ', first]}", "'edit split'"),
        ("extends: existence\nmessage: m\ntokens: [a]\naction: {name: edit, params: [split, '', 1]}", "'edit split'"),
        ("extends: existence\nmessage: m\ntokens: [a]\naction: {name: edit, params: [regex, '(', x]}", "'edit regex'"),
        ("extends: existence\nmessage: m\ntokens: [a]\nexamples: {worse: [a]}", "unknown key 'worse' in examples"),
        ("- a", "a rule is a mapping"),
    ],
)
def test_mistakes_are_named(yaml: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        rule(yaml)
    assert message in str(caught.value)
    assert str(caught.value).startswith("Test.Rule.yml:")


def test_the_place_of_a_broken_pattern_is_its_own_line() -> None:
    with pytest.raises(RuleError) as caught:
        rule("extends: existence\nmessage: m\ntokens:\n  - fine\n  - '(broken'\n")
    assert caught.value.place is not None
    assert caught.value.place.line == 5
