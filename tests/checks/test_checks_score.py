"""Scored rules: cues, neighbours, features, signals that run on, runs as one finding, quotations."""

from __future__ import annotations

import pytest
from support import blocks, findings, found, plain, rule, ruleset, told

from edlint.errors import RuleError

HYPE = """
extends: score
message: "'%s' sells: %[2]s"
scope: [title, heading]
threshold: 2
mark: cues
cues:
  - {any: [you won't believe], weight: 2, why: teases}
  - {any: [amazing, epic], weight: 1}
  - {pattern: '^[0-9]+ (?:ways|things)', weight: 1.5}
  - {any: [study], weight: -1}
"""


def test_cues_add_up_to_the_threshold() -> None:
    document = blocks(("title", "9 amazing things"), ("heading", "9 ways to an amazing trip"), ("heading", "You won’t believe this study"))
    assert found(document, HYPE) == ["9 ways to an amazing"]


def test_a_cue_counts_once_in_a_unit() -> None:
    assert found(blocks(("title", "Amazing, amazing, amazing")), HYPE) == []


def test_two_entries_of_one_cue_are_still_one_cue() -> None:
    assert found(blocks(("title", "Amazing and epic")), HYPE) == []


def test_cues_and_negative_cues_are_named_and_summed() -> None:
    finding = findings(blocks(("title", "9 ways you won’t believe, a study")), HYPE)[0]
    assert finding.message == "'9 ways you won’t believe' sells: teases, “9 ways”"
    assert finding.cues == ("+2 teases", "+1.5 “9 ways”", "-1 “study”")


def test_cues_of_one_name_are_told_as_one_sum() -> None:
    told = HYPE + "  - {any: [ever], weight: 1, why: teases}\n  - {any: [plain], weight: -0.5, why: teases}\n"
    finding = findings(blocks(("title", "You won't believe this plain trick ever")), told)[0]
    assert finding.cues == ("+3 teases", "-0.5 teases")


@pytest.mark.parametrize(
    ("level", "levels"),
    [("error", ["suggestion", "error"]), ("warning", ["suggestion", "warning"]), ("suggestion", ["suggestion", "suggestion"])],
)
def test_a_weak_finding_is_a_suggestion_whatever_the_level_of_the_rule(level: str, levels: list[str]) -> None:
    document = blocks(("title", "You won't believe this"), ("heading", "9 ways you won't believe"))
    found = findings(document, f"{HYPE}suggest_below: 3.5\nlevel: {level}\n")
    assert [f.level.word for f in found] == levels


def test_what_counts_against_a_finding_lowers_its_level() -> None:
    document = blocks(("title", "9 ways you won't believe"), ("heading", "9 ways you won't believe, a study"))
    assert [f.level.word for f in findings(document, f"{HYPE}suggest_below: 3.5\nlevel: warning\n")] == ["warning", "suggestion"]


def test_weak_cues_are_no_reason_for_a_warning() -> None:
    document = blocks(("title", "Why you won't believe"), ("heading", "9 amazing ways you won't believe"))
    yaml = f"{HYPE}suggest_below: 1\nlevel: warning\nweak: [teases]\n"
    assert [f.level.word for f in findings(document, yaml)] == ["suggestion", "warning"]
    assert [f.level.word for f in findings(document, yaml.replace("weak: [teases]", "weak: []"))] == ["warning", "warning"]


def test_a_run_is_judged_by_the_sum_of_its_units() -> None:
    yaml = """
extends: score
message: "%s"
unit: line
threshold: 2
suggest_below: 5
run: {joins: 1, threshold: 2, gap: 0}
cues:
  - {pattern: '^[+]?[0-9]+$', weight: 1}
  - {any: [your reaction], weight: 3}
"""
    found = findings(blocks("Your reaction", "7", "Text.", "Your reaction", "7", "8"), yaml)
    assert [f.level.word for f in found] == ["suggestion", "warning"]


def test_curly_quotes_and_no_break_spaces_are_read_as_plain() -> None:
    assert found(blocks(("title", "You\u00a0won’t believe it")), HYPE) == ["You\u00a0won’t believe"]


def test_words_inside_words_do_not_count() -> None:
    assert found(blocks(("title", "9 waysides, amazingly epical")), HYPE) == []


def test_only_the_scope_is_read() -> None:
    assert found(blocks("You won't believe this"), HYPE) == []


def test_quoted_cues_do_not_count_unless_asked() -> None:
    text = "'You won't believe it,' the mayor says"
    assert found(blocks(("title", text)), HYPE) == []
    assert found(blocks(("title", text)), HYPE + "quotes: check\n") == ["You won't believe"]


def test_a_unit_is_a_block_a_line_or_a_sentence() -> None:
    document = blocks("One bad day. One good day.\nA bad line")
    yaml = "extends: score\nmessage: m\nthreshold: 1\nunit: {}\ncues: [{{any: bad}}]\n"
    assert found(document, yaml.format("block")) == ["One bad day. One good day.\nA bad line"]
    assert found(document, yaml.format("line")) == ["One bad day. One good day.", "A bad line"]
    assert found(document, yaml.format("sentence")) == ["One bad day.", "A bad line"]


def test_neighbours_are_read_with_at() -> None:
    yaml = "extends: score\nmessage: m\nthreshold: 2\ncues: [{any: figure}, {any: source, at: after}]\n"
    assert found(blocks("A figure", "The source", "A figure", "nothing"), yaml) == ["A figure"]


def test_features_have_bounds() -> None:
    yaml = "extends: score\nmessage: m\nthreshold: 2\ncues: [{any: a}, {feature: words, at_least: 2, at_most: 3}]\n"
    assert found(blocks("a", "a b", "a b c", "a b c d"), yaml) == ["a b", "a b c"]


def test_features_alone_can_reach_the_threshold() -> None:
    yaml = "extends: score\nmessage: m\nthreshold: 1\ncues: [{feature: question}]\n"
    assert found(blocks("Why?", "Because."), yaml) == ["Why?"]


def test_signal_is_a_named_sum_and_runs_on() -> None:
    carry = "carry: {reach: 2, cues: [{any: [it added, it also]}]}"
    sourced = rule(f"extends: signal\nunit: sentence\ncues: [{{any: [report said]}}]\n{carry}\n", "Test.Sourced")
    cues = "cues: [{feature: number, weight: 1}, {signal: Test.Sourced, weight: -2}]"
    claim = rule(f"extends: score\nmessage: m\nunit: sentence\nthreshold: 1\n{cues}\n")
    text = "The report said 5 fell. It added that 6 rose. It also saw 7. It also saw 8. Then 9 came."
    reported = told(ruleset(sourced, claim), plain(text))
    assert [f.match for f in reported] == ["It also saw 8.", "Then 9 came."]


def test_a_signal_runs_on_over_a_gap() -> None:
    carry = "carry: {reach: 2, gap: 1, cues: [{any: [percent]}]}"
    sourced = rule(f"extends: signal\nunit: sentence\ncues: [{{any: [poll]}}]\n{carry}\n", "Test.Sourced")
    cues = "cues: [{feature: number, weight: 1}, {signal: Test.Sourced, weight: -2}]"
    claim = rule(f"extends: score\nmessage: m\nunit: sentence\nthreshold: 1\n{cues}\n")
    text = "The poll came. Then 8 left. Some 9 percent stayed. It rained. It snowed. And 7 percent froze."
    reported = told(ruleset(sourced, claim), plain(text))
    assert [f.match for f in reported] == ["Then 8 left.", "And 7 percent froze."]


def test_a_run_of_lines_is_one_finding() -> None:
    yaml = """
extends: score
message: "%s"
unit: line
threshold: 3
run: {joins: 1, threshold: 4, gap: 1}
cues:
  - {pattern: '^[+]?[0-9]+$', weight: 1}
  - {any: [your reaction], weight: 3}
"""
    document = blocks("Text.", "Your reaction", "+1", "0", "+1", "Text.", "Text.", "7", "8")
    assert found(document, yaml) == ["Your reaction\n\n+1\n\n0\n\n+1"]


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("threshold: 1\ncues: [{any: a, wieght: 2}]", "unknown key 'wieght' in a cue (did you mean 'weight'?)"),
        ("threshold: 1\ncues: [{weight: 2}]", "a cue has `any` or `pattern`"),
        ("threshold: 1\ncues: [{any: a, weight: 0.3}]", "steps of .5"),
        ("threshold: 9\ncues: [{any: a}]", "the cues add up to 1 at most, so 9 is never reached"),
        ("threshold: 1\nsuggest_below: 4\ncues: [{any: a}]", "suggest_below: the cues add up to 1 at most, so 4 is never reached"),
        ("threshold: 1\ncues: [{feature: wrods}]", "unknown feature 'wrods' (did you mean 'words'?)"),
        ("threshold: 1\ncues: [{any: a, at: above}]", "'above' is none of here, before, after, near"),
        ("threshold: 1\ncues: [{any: a, at: [here]}]", "a text is wanted"),
        ("threshold: 1\ncues: [{any: {a: b}}]", "a list of texts is wanted"),
        ("threshold: 1\ncues: [{any: a, pattern: [[b]]}]", "a list of texts is wanted"),
        ("threshold: 1\ncues: [{feature: words, at_most: many}]", "a number is wanted, not 'many'"),
        ("threshold: 1\ncues: [{feature: {words: 1}}]", "a text is wanted"),
        ("threshold: 1\ncues: [{any: a, case: maybe}]", "true or false is wanted"),
        ("threshold: 1\ncues: [a]", "a cue is a mapping"),
        ("threshold: 1\ncues: [{any: a}]\nrun: {join: 1}", "unknown key 'join' in `run`"),
    ],
)
def test_mistakes_are_named(yaml: str, message: str) -> None:
    with pytest.raises(RuleError, match=r"Test\.Rule\.yml:\d+: ") as caught:
        rule(f"extends: score\nmessage: m\n{yaml}\n")
    assert message in str(caught.value)


@pytest.mark.parametrize("level", ["error", "off"])
def test_a_scored_rule_is_a_signal_too_even_where_it_is_off(level: str) -> None:
    head = "extends: score\nmessage: m\nunit: sentence\nthreshold: 2\n"
    poll = rule(f"{head}cues: [{{any: [poll], weight: 1}}, {{feature: number, weight: 1}}]", "Test.Poll")
    cues = "cues: [{signal: Test.Poll, weight: 1}, {any: [quay], weight: 1}]"
    quay = rule(f"{head}{cues}")
    poll = poll._replace(level=None) if level == "off" else poll
    text = "A poll of 12 on the quay. A poll on the quay. Twelve on the quay."
    reported = told(ruleset(poll, quay), plain(text))
    assert [f.match for f in reported if f.rule == quay.name] == ["A poll of 12 on the quay."]


@pytest.mark.parametrize(("level", "left"), [("error", ["The quay."]), ("off", ["A poll on the quay.", "The quay."])])
def test_a_rule_yields_to_another_while_that_one_is_on(level: str, left: list[str]) -> None:
    head = "extends: score\nmessage: m\nunit: sentence\nthreshold: 1\n"
    poll = rule(f"{head}cues: [{{any: [poll]}}]", "Test.Poll")
    quay = rule(f"{head}cues: [{{any: [quay]}}]\nyields_to: [Test.Poll]", "Test.Quay")
    poll = poll._replace(level=None) if level == "off" else poll
    reported = told(ruleset(poll, quay), plain("A poll on the quay. The quay. A poll."))
    assert [f.match for f in reported if f.rule == quay.name] == left


def test_a_rule_yields_to_rules_there_are_and_in_one_direction() -> None:
    head = "extends: score\nmessage: m\nthreshold: 1\ncues: [{any: [quay]}]\n"
    with pytest.raises(RuleError, match=r"'Test\.Nil'"):
        ruleset(rule(f"{head}yields_to: [Test.Nil]"))
    one, two = rule(f"{head}yields_to: [Test.Two]", "Test.One"), rule(f"{head}yields_to: [Test.One]", "Test.Two")
    with pytest.raises(RuleError, match="circle"):
        ruleset(one, two)


def test_units_that_fall_short_cue_by_cue_are_dropped_and_others_kept() -> None:
    cues = "cues: [{feature: number, weight: 1}, {any: [poll], weight: 1}, {feature: question, weight: 1}, {any: [old], weight: -1}]"
    counted = f"extends: score\nmessage: m\nunit: sentence\nthreshold: 2\n{cues}"
    text = "A poll of 12. A poll? A poll. 12? An old poll of 12. An old poll of 12?"
    assert found(plain(text), counted) == ["A poll of 12.", "A poll?", "12?", "An old poll of 12?"]


def test_a_signal_that_does_not_exist_is_named() -> None:
    with pytest.raises(RuleError, match=r"there is no signal 'Test\.Nil'"):
        ruleset(rule("extends: score\nmessage: m\nthreshold: 1\ncues: [{signal: Test.Nil}]"))


def test_signals_in_a_circle_are_refused() -> None:
    one = rule("extends: signal\ncues: [{signal: Test.Two}]", "Test.One")
    two = rule("extends: signal\ncues: [{signal: Test.One}]", "Test.Two")
    user = rule("extends: score\nmessage: m\nthreshold: 1\ncues: [{signal: Test.One}]")
    with pytest.raises(RuleError, match="circle"):
        ruleset(one, two, user)


@pytest.mark.parametrize(
    "part",
    [
        "carry: {cues: null}",
        "carry: {cues: 3}",
        "carry: {cues: {any: [a]}}",
        "carry: {cues: [{any: [a]}], reach: x}",
        "carry: {cues: [{any: [a]}], gap: .inf}",
        "carry: {cues: [{any: [a]}], threshold: null}",
        "carry: {cuez: []}",
        "carry: {1: 2}",
        "run: {gap: .inf}",
        "run: {joins: .nan}",
    ],
)
def test_a_signal_that_runs_on_says_what_is_wrong_with_it(part: str) -> None:
    with pytest.raises(RuleError) as caught:
        rule(f"extends: score\nmessage: m\ncues: [{{any: [poll]}}]\n{part}\n")
    assert caught.value.place and caught.value.place.line == 4
