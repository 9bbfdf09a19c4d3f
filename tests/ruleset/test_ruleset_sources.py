"""Which claims a draft gives a source for, and the words that do."""

from __future__ import annotations

from support import plain, rule, ruleset

from edlint.ruleset.sources import sourced

FIGURE = "extends: score\nmessage: x\nunit: sentence\nthreshold: 1\ncues: [{any: [half]}, {signal: Test.Said, weight: -2}]\n"
SAID = "extends: signal\nunit: sentence\nsource: true\ncues: [{any: [the board said]}]\ncarry: {cues: [{any: [it also]}]}\n"


def test_only_what_would_be_reported_has_a_source_and_the_words_are_found() -> None:
    draft = plain("Exports fell by half. Imports fell by half, the board said. It also halved, by half, the fees. The board said no.\n")
    rules = ruleset(rule(FIGURE, "Test.Figure"), rule(SAID, "Test.Said"))
    text = draft.source.text
    assert [(c.rule, text[slice(*c.span)], [text[slice(*by)] for by in c.by]) for c in sourced(rules, draft)] == [
        ("Test.Figure", "Imports fell by half, the board said.", ["the board said"]),
        ("Test.Figure", "It also halved, by half, the fees.", []),
    ]


def test_without_signals_there_is_nothing_to_tell() -> None:
    rules = ruleset(rule("extends: score\nmessage: x\nunit: sentence\ncues: [{any: [half]}, {any: [not], weight: -2}]\n"))
    assert list(sourced(rules, plain("It fell by half. Not by half.\n"))) == []


def test_a_signal_that_tells_of_no_source_is_none() -> None:
    asked = "extends: signal\nunit: sentence\ncues: [{feature: question}]\n"
    rules = ruleset(rule(FIGURE.replace("Test.Said", "Test.Asked"), "Test.Figure"), rule(asked, "Test.Asked"))
    assert list(sourced(rules, plain("Did it fall by half?\n"))) == []
