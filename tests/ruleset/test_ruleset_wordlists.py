from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from edlint.errors import RuleError
from edlint.linter import Linter
from edlint.model.config import Config
from edlint.ruleset.load import make_rule

RULE = """\
extends: existence
message: "'%s' names nobody."
scope: [paragraph]
ignorecase: true
lists:
  says: {verbs: [whisper, "point out"]}
  group: {plurals: [insider, spokeswoman]}
  some: [some, a few]
tokens: ['(?:{some} )?{group} {says}']
why: It names nobody.
examples: {bad: [Insiders whisper., Some spokeswomen pointed out more.], good: [The insider whispers., Insiders shout.]}
"""


def made(**more: Any) -> tuple[str, ...]:
    data = {"extends": "existence", "message": "m", "tokens": ["{a} b"], "lists": {"a": ["x", "xy"]}, **more}
    return tuple(make_rule("A.B", data, {}, "A/B.yml").options["tokens"])


def test_a_list_stands_for_its_words_the_longest_first() -> None:
    assert made() == ("(?:xy|x) b",)
    assert made(lists={"a": {"verbs": ["say"], "words": ["x.y"]}}) == (r"(?:saying|said|says|say|x\.y) b",)


def test_any_takes_the_words_of_a_list() -> None:
    lists = {"a": {"nouns": ["thug", "bully"]}}
    cues = [{"any": ["{a}", "a {a}", "goon"], "weight": 2}]
    rule = make_rule("A.B", {"extends": "score", "message": "m", "lists": lists, "cues": cues}, {}, "A/B.yml")
    assert rule.options["cues"][0]["any"] == ["thug", "thugs", "bully", "bullies", "a {a}", "goon"]
    with pytest.raises(RuleError, match="there is no list 'b'"):
        make_rule("A.B", {"extends": "score", "message": "m", "lists": lists, "cues": [{"any": ["{b}"]}]}, {}, "A/B.yml")


def test_what_has_no_lists_keeps_its_braces() -> None:
    rule = make_rule("A.B", {"extends": "existence", "message": "m", "tokens": ["{a} b{2}"]}, {}, "A/B.yml")
    assert rule.options["tokens"] == ("{a} b{2}",)


def test_quantifiers_and_messages_stay() -> None:
    assert made(tokens=[r"x{2} \b{a}{1,3} \p{lu}"], message="{a} %s") == (r"x{2} \b(?:xy|x){1,3} \p{lu}",)


@pytest.mark.parametrize(
    ("lists", "words"),
    [
        ("x", "a mapping of names"), ({"A": ["x"]}, "no name for a list"), ({"a": []}, "holds no words"), ({"a": [1]}, "a list of words"),
        ({"a": "x"}, "a list of words"), ({"a": {"verb": ["say"]}}, "did you mean 'verbs'"), ({"b": ["x"]}, "there is no list 'a'"),
    ],
)  # fmt: skip
def test_lists_that_cannot_work_are_errors(lists: Any, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        made(lists=lists)


def test_a_rule_with_lists_runs(tmp_path: Path) -> None:
    file = tmp_path / "House" / "Whispers.yml"
    file.parent.mkdir()
    file.write_text(RULE, "utf-8")
    linter = Linter(Config(extends=(file.parent,)))
    found = linter.lint_text(
        "Title\n\nA few insiders were whispering. A few insiders whispered, and spokeswomen point out the rest of it all.\n"
    )
    assert [f.match for f in found.findings] == ["A few insiders whispered", "spokeswomen point out"]


def test_an_error_in_a_pattern_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "House" / "Whispers.yml"
    file.parent.mkdir()
    file.write_text(RULE.replace("{group} ", "{grup} "), "utf-8")
    with pytest.raises(RuleError, match=r"Whispers.yml:9: .*did you mean 'group'"):
        Linter(Config(extends=(file.parent,))).rules_for("a.txt")
