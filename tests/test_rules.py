"""Every shipped rule proves itself: its bad examples are found, its good ones are met with silence, by it and by every other rule."""

from __future__ import annotations

import re
from functools import cache

import pytest

from edlint.authoring.ruletest import SelfTest, read_example
from edlint.checks import kind_of
from edlint.linter import Linter
from edlint.model.finding import Level
from edlint.model.rule import TITLE, Rule
from edlint.ruleset.load import load_rules
from edlint.ruleset.places import rule_files, shipped_folder, shipped_packs

RULES = load_rules(path for folder in shipped_packs().values() for path in rule_files(folder))


@cache
def self_test() -> SelfTest:
    return SelfTest(RULES)


@cache
def linter() -> Linter:
    return Linter()


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_examples(rule: Rule) -> None:
    assert [failure.message for failure in self_test().run(rule)] == []


@pytest.mark.parametrize("rule", [r for r in RULES.values() if kind_of(r).reports], ids=lambda r: r.name)
def test_a_page_can_be_made_of_it(rule: Rule) -> None:
    assert rule.why and rule.instead
    assert rule.title and len(rule.title) <= TITLE
    assert rule.message
    assert rule.level is not None


@pytest.mark.parametrize("rule", [r for r in RULES.values() if kind_of(r).reports], ids=lambda r: r.name)
def test_good_examples_are_clean_for_all_errors(rule: Rule) -> None:
    """What one rule praises no other rule may call an error."""
    for example in rule.good:
        document = read_example(rule, example)
        found = linter().lint(document.source, format=example.format).findings
        assert [f for f in found if f.level is Level.ERROR and f.rule.partition(".")[0] == rule.pack] == [], example.text


@pytest.mark.parametrize("rule", [r for r in RULES.values() if kind_of(r).reports], ids=lambda r: r.name)
def test_a_message_shows_its_values(rule: Rule) -> None:
    """A value of the wrong kind, or one too few, is shown as a fault."""
    for example in rule.bad:
        document = read_example(rule, example)
        assert [f for f in linter().lint(document.source, format=example.format).findings if "%!" in f.message] == [], example.text


def test_the_packs_of_the_main_job_are_there() -> None:
    assert {"Captions", "Boilerplate", "Headlines", "Claims", "Grammar", "Paste"} <= set(shipped_packs())
    assert shipped_folder().name == "rules"


LONGEST_LINE = 200


def test_an_editor_can_read_every_line_of_a_rule() -> None:
    long = [
        f"{folder.name}/{path.name}"
        for folder in shipped_packs().values()
        for path in rule_files(folder)
        if any(len(line) > LONGEST_LINE for line in path.read_text(encoding="utf-8").splitlines())
    ]
    assert long == [], "name the words in `lists:`, and break a pattern at a blank"


def test_nobody_needs_the_command_line_to_follow_advice() -> None:
    """Pages and text editors show it, too; there `--fix` or a comment that switches a rule off says nothing."""
    told = re.compile(r"--\w|`|\bswitch|\bcomment that|\bdirective|vocabulary")
    assert [rule.name for rule in RULES.values() if told.search(rule.instead)] == []


def test_names_are_unlike_even_without_their_case() -> None:
    assert len({name.lower() for name in RULES}) == len(RULES)
