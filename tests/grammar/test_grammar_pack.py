"""The pack `Grammar` and its slice of Harper: every name is known, and edited copy is left in peace."""

from __future__ import annotations

import pytest

from edlint.checks.grammar import slice_of
from edlint.linter import Linter
from edlint.model.config import Config

LINTER = Linter(select=["Grammar"])
HARPERS = [rule for rule in LINTER.all_rules.values() if rule.options.get("engine") == "harper"]


def test_every_rule_of_the_slices_exists_in_the_engine() -> None:
    import harper

    known = harper.Linter().get_default_lint_config()
    listed = {name for rule in HARPERS for name in slice_of(rule).rules}
    assert len(listed) > 40
    assert listed <= set(known)


def test_house_style_is_one_switch() -> None:
    text = "The flag of the town is red, white and blue. The school has 300-400 pupils."
    assert not LINTER.lint_text(text).findings
    both = Linter(Config(extends=("default", "chicago"))).lint_text(text).findings
    assert {f.rule for f in both} == {"Chicago.OxfordComma", "Chicago.NumericRangeEnDash"}


def test_spelling_leaves_names_alone() -> None:
    text = "The old council met at the wadi with a sorrrowful mayor. The Wadi was dry."
    assert [(f.rule, f.match) for f in LINTER.lint_text(text).findings] == [("Grammar.Spelling", "sorrrowful")]


@pytest.mark.parametrize(
    "text",
    [
        "Nguyen Thi Hoa of Al Rayyan told the Kyiv court that the FSB had followed her to Zaporizhzhia.",
        "She had had enough, and knew that that was the end of it.",
        'The mayor said: "They was all here. He don\'t know."',
        "Each of the two men was given a key, and neither was seen again.",
        "There are a number of reasons, but the news is good.",
    ],
)
def test_silence(text: str) -> None:
    assert not LINTER.lint_text(text).findings


def test_words_beside_code_are_left_alone() -> None:
    """Code is masked for the engine, so what it says about the words that touch it is guesswork."""
    found = Linter(select=["Grammar"]).lint_text("Write a `existence` rule, or an `score` rule, for the desk.\n", "draft.md").findings
    assert [f.rule for f in found] == []
