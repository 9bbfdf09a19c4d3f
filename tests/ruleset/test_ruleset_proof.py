"""Mistakes in patterns, tags and messages are told with the token at fault and the nearest right thing."""

from __future__ import annotations

import pytest
from support import rule

from edlint.checks.tags import TAGS
from edlint.errors import RuleError
from edlint.ruleset.message import fill, wanted
from edlint.text.tagger import load


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("extends: existence\nmessage: m\ntokens:\n- a\n- 'b(c'\n", 5, "(b(c; to find these very characters, write b\\(c)"),
        ("extends: existence\nmessage: m\ntokens:\n- a\n- c++\n- '*'\n", 6, "(*; to find these very characters, write \\*)"),
        ("extends: substitution\nmessage: m\nswap:\n  a: b\n  'c[d': e\n", 5, "(c[d; to find these very characters, write c\\[d)"),
        ("extends: existence\nmessage: m\nwhy: w\nexceptions: [a, '(b']\ntokens: [c]\n", 4, "write \\(b)"),
        (
            "extends: sequence\nmessage: m\nwhy: w\ntokens:\n- pattern: ^a$\n- pattern: 'b('\n",
            6,
            "tokens.1.pattern: the pattern does not compile: ",
        ),
    ],
)
def test_a_pattern_that_does_not_compile_is_named_and_the_way_out(text: str, line: int, said: str) -> None:
    with pytest.raises(RuleError, match=f":{line}: .*does not compile") as told:
        rule(text)
    assert said in str(told.value)


SEQUENCE = "extends: sequence\nmessage: m\nwhy: w\ntokens:\n- pattern: '{}'\n- tag: '{}'\n"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("VBNN", "tokens.1.tag: there is no tag 'VBNN' (did you mean 'VBN'?)"),
        ("NN|VBNN", "there is no tag 'VBNN'"),
        ("^VBX$", "there is no tag 'VBX' (did you mean "),
        ("QQQ", "there is no tag 'QQQ' (tags of the Penn Treebank, such as NN, VBD or JJ)"),
        ("^V$", "no tag fits '^V$'"),
    ],
)
def test_a_tag_that_no_word_has_is_named_with_the_nearest(tag: str, said: str) -> None:
    with pytest.raises(RuleError, match=":6: ") as told:
        rule(SEQUENCE.format("^a$", tag))
    assert said in str(told.value)


@pytest.mark.parametrize("tag", ["NN", "^VB[DN]$", "VB", "^(?:NN|NNS)$", r"PRP\$", "^V", "N|J", "VB."])
def test_tags_that_words_have_are_fine(tag: str) -> None:
    assert rule(SEQUENCE.format("^a$", tag))


def test_phrases_name_tags_as_well() -> None:
    text = "extends: phrase\nmessage: m\nwhy: w\ncases:\n- pattern: (?P<a>x)\n  tags: {a: VBNN}\n"
    with pytest.raises(RuleError, match="there is no tag 'VBNN'"):
        rule(text)


def test_the_tags_are_those_of_the_tagger() -> None:
    assert sorted(TAGS) == sorted(load().lexicon.tags)


@pytest.mark.parametrize("pattern", ["is", "was|were", "(?:is)", "un[a-z]", "(?i)is"])
def test_a_pattern_that_is_found_inside_words_is_refused_where_a_word_is_meant(pattern: str) -> None:
    with pytest.raises(RuleError, match=r":5: tokens\.0\.pattern: .* has neither \^ nor \$") as told:
        rule(SEQUENCE.format(pattern, "NN"))
    assert f"write ^(?:{pattern})$ for the whole word, or .*{pattern} if" in str(told.value)
    assert rule(SEQUENCE.format(pattern, "NN").replace("why: w\n", ""))  # as written for Vale


@pytest.mark.parametrize("pattern", ["^is$", "^un", "ing$", r"\bis\b", ".*is", ",", "^(?:is|are)$", r"\w+", "(?<=a)b"])
def test_patterns_that_say_where_they_stand_are_fine(pattern: str) -> None:
    assert rule(SEQUENCE.format(pattern, "NN"))


EXISTENCE = 'extends: existence\nmessage: "{}"\nwhy: w\ntokens: [a]\n'


@pytest.mark.parametrize("message", ["%s %s", "%[2]s", "%[1]s and %s"])
def test_a_message_that_asks_for_more_than_there_is_is_refused(message: str) -> None:
    with pytest.raises(RuleError, match=":2: the message has 2 places for what was found, and a rule of type existence fills 1"):
        rule(EXISTENCE.format(message))
    assert rule(EXISTENCE.format(message).replace("why: w\n", ""))  # as written for Vale


@pytest.mark.parametrize("message", ["m", "%s", "%s, 100 %%", "100 %", "%[1]s %[1]s %[1]s"])
def test_a_message_that_asks_for_what_there_is_is_fine(message: str) -> None:
    assert rule(EXISTENCE.format(message))


def test_an_action_gives_a_value_of_its_own() -> None:
    assert rule(EXISTENCE.format("%s, not %s") + "action: {name: replace, params: [b]}\n")


@pytest.mark.parametrize(("message", "count"), [("", 0), ("%s %d", 2), ("%%s", 0), ("%[2]s %s", 3), ("%.2f", 1), ("%", 0)])
def test_values_are_counted_as_they_are_filled(message: str, count: int) -> None:
    assert wanted(message) == count
    assert "MISSING" not in fill(message, ["a"] * count)
